"""Addresses of deliveries and answers."""

from django.urls import path

from grondslag_portal.deliveries import views

app_name = "deliveries"
urlpatterns = [
    path("projecten/<slug:key>/levering/", views.delivery_page, name="delivery"),
    path("projecten/<slug:key>/levering/starten/", views.start_page, name="start"),
    path("projecten/<slug:key>/voortgang/", views.progress, name="progress"),
    path("projecten/<slug:key>/levering/<slug:name>/bewijs.zip", views.proof_file, name="proof"),
    path("projecten/<slug:key>/inzicht/", views.insight_page, name="insight"),
    path("projecten/<slug:key>/inzicht/starten/", views.analyse_page, name="analyse"),
    path("projecten/<slug:key>/inzicht/vrijgeven/", views.release_page, name="release"),
    path("projecten/<slug:key>/rapport/maken/", views.report_again, name="report-again"),
    path("projecten/<slug:key>/rapport/", views.report_page, name="report"),
    path("projecten/<slug:key>/rapport/rapport.pdf", views.report_pdf, name="report-pdf"),
    path("projecten/<slug:key>/rapport/cijfers/<str:name>", views.report_figures, name="figures"),
]
