"""Addresses of decisions."""

from django.urls import path

from grondslag_portal.decisions import views

app_name = "decisions"
urlpatterns = [
    path("besluiten/", views.decision_list, name="list"),
    path("projecten/<slug:key>/besluit/", views.decision_page, name="decision"),
    path("projecten/<slug:key>/besluit/schrijven/", views.write_decision, name="write"),
    path("projecten/<slug:key>/besluit/controleren/", views.check_decision, name="check"),
    path("projecten/<slug:key>/raad/", views.council_page, name="council"),
    path("projecten/<slug:key>/terugkijken/", views.review_page, name="review"),
]
