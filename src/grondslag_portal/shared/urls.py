"""Addresses that belong to every page."""

from django.urls import path

from grondslag_portal.shared import views

app_name = "shared"
urlpatterns = [
    path("taal/", views.choose_language, name="language"),
]
