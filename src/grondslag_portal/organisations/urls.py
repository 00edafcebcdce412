"""Addresses of sign-in."""

from django.urls import path

from grondslag_portal.organisations import views

app_name = "organisations"
urlpatterns = [
    path("inloggen/", views.sign_in, name="sign-in"),
    path("uitloggen/", views.sign_out, name="sign-out"),
]
