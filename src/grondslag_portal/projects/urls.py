"""Addresses of projects."""

from django.urls import path

from grondslag_portal.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="list"),
    path("<slug:key>/", views.project_page, name="project"),
]
