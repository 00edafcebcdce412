"""Addresses of signing in, and of who may do what."""

from django.urls import path

from grondslag_portal.organisations import authorities_views, review_views, rights_views, views

app_name = "organisations"
urlpatterns = [
    path("inloggen/", views.sign_in, name="sign-in"),
    path("inloggen/werkaccount/", views.ask_provider, name="provider"),
    path("inloggen/werkaccount/opnieuw/", views.ask_provider_again, name="provider-again"),
    path("inloggen/werkaccount/antwoord/", views.read_provider, name="provider-answer"),
    path("opnieuw-inloggen/", views.step_up, name="step-up"),
    path("uitloggen/", views.sign_out, name="sign-out"),
    path("afwezig/", rights_views.away_page, name="away"),
    path("wie-mag-wat/", rights_views.who_may_what, name="who-may-what"),
    path("wie-mag-wat/geven/", rights_views.give_role_page, name="give-role"),
    path("wie-mag-wat/stoppen/<int:grant>/", rights_views.end_role_page, name="end-role"),
    path("wie-mag-wat/mensen/<int:person>/", rights_views.person_page, name="person"),
    path("wie-mag-wat/mensen/<int:person>/sluiten/", rights_views.close_page, name="close"),
    path("wie-mag-tekenen/", authorities_views.authorities_page, name="authorities"),
    path(
        "wie-mag-tekenen/voorstel/", authorities_views.authorities_draft, name="authorities-draft"
    ),
    path("wie-mag-wat/nakijken/", review_views.review_list, name="reviews"),
    path("wie-mag-wat/nakijken/<slug:key>/", review_views.review_page, name="review"),
]
