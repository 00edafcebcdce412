"""Addresses of the first page and of looking things up."""

from django.urls import path

from grondslag_portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("zoeken/", views.search, name="search"),
    path("overzicht/", views.overview, name="overview"),
]
