"""Addresses of the pages about tokens: below who may do what."""

from django.urls import path

from grondslag_portal.api import token_views

app_name = "tokens"
urlpatterns = [
    path("", token_views.token_list, name="list"),
    path("geven/", token_views.give_page, name="give"),
    path("token/<int:token>/", token_views.token_page, name="token"),
]
