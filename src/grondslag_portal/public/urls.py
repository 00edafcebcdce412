"""Addresses of public pages."""

from django.urls import path

from grondslag_portal.public import views

app_name = "public"
urlpatterns = [
    path("openbaar/", views.register, name="register"),
    path("openbaar/<slug:key>/", views.project_page, name="project"),
    path("check-voordat-je-deelt/", views.check_before_sharing, name="check"),
]
