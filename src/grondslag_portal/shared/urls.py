"""Addresses that belong to every page."""

from django.urls import path

from grondslag_portal.shared import views

app_name = "shared"
urlpatterns = [
    path("taal/", views.choose_language, name="language"),
    path("nog-hier/", views.still_here, name="here"),
    path("toegankelijkheid/", views.about, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", views.about, {"page": "privacy"}, name="privacy"),
    path("wat-we-vastleggen/", views.about, {"page": "logged"}, name="logged"),
]
