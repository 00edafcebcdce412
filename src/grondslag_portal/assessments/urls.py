"""Addresses of advice and signatures."""

from django.urls import path

from grondslag_portal.assessments import views

app_name = "assessments"
urlpatterns = [
    path("projecten/<slug:key>/advies/", views.advice_page, name="advice"),
    path("projecten/<slug:key>/advies/geven/", views.advise_page, name="advise"),
    path("projecten/<slug:key>/advies/antwoord/", views.answer_page, name="answer"),
    path("projecten/<slug:key>/besluit-om-te-leveren/", views.decision_page, name="decision"),
    path("projecten/<slug:key>/besluit-om-te-leveren/tekenen/", views.sign_page, name="sign"),
]
