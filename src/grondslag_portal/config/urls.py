"""Addresses: each app's own, under a Dutch word that an official understands."""

from django.urls import include, path

urlpatterns = [
    path("", include("grondslag_portal.shared.urls")),
    path("", include("grondslag_portal.organisations.urls")),
    path("", include("grondslag_portal.public.urls")),
    path("", include("grondslag_portal.home.urls")),
    path("", include("grondslag_portal.assessments.urls")),
    path("", include("grondslag_portal.deliveries.urls")),
    path("", include("grondslag_portal.decisions.urls")),
    path("v1/", include("grondslag_portal.api.urls")),
    path("wie-mag-wat/programmas/", include("grondslag_portal.api.token_urls")),
    path("projecten/", include("grondslag_portal.projects.urls")),
    path("catalogus/", include("grondslag_portal.catalogue.urls")),
]

handler400 = "grondslag_portal.shared.problems.bad_request"
handler403 = "grondslag_portal.shared.problems.not_allowed"
handler404 = "grondslag_portal.shared.problems.not_found"
handler500 = "grondslag_portal.shared.problems.failed"
