"""Addresses of the first page, of looking things up, and of reminders."""

from django.urls import path

from grondslag_portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("zoeken/", views.search, name="search"),
    path("overzicht/", views.overview, name="overview"),
    path("geleerd/", views.lesson_list, name="lessons"),
    path("wat-weten-we-al/", views.known, name="known"),
    path("steekproef/", views.sample, name="sample"),
    path("herinneringen/", views.reminders, name="reminders"),
    path("agenda/<str:secret>.ics", views.calendar, name="calendar"),
]
