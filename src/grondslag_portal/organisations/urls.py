"""Addresses of signing in."""

from django.urls import path

from grondslag_portal.organisations import views

app_name = "organisations"
urlpatterns = [
    path("inloggen/", views.sign_in, name="sign-in"),
    path("inloggen/werkaccount/", views.ask_provider, name="provider"),
    path("inloggen/werkaccount/opnieuw/", views.ask_provider_again, name="provider-again"),
    path("inloggen/werkaccount/antwoord/", views.read_provider, name="provider-answer"),
    path("opnieuw-inloggen/", views.step_up, name="step-up"),
    path("uitloggen/", views.sign_out, name="sign-out"),
]
