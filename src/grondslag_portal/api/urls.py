"""Addresses of the API: nouns, no slash at the end."""

from django.urls import path

from grondslag_portal.api.views import datasets, decided, ground, papers, projects

app_name = "api"
_PROJECT = "projects/<slug:key>"

urlpatterns = [
    path("openapi.json", ground.description, name="description"),
    path("projects", projects.project_list, name="projects"),
    path(_PROJECT, projects.project_whole, name="project"),
    path(f"{_PROJECT}/findings", projects.findings, name="findings"),
    path(f"{_PROJECT}/plan", projects.plan, name="plan"),
    path(f"{_PROJECT}/plan/changes", projects.plan_changes, name="plan-changes"),
    path(f"{_PROJECT}/documents", papers.document_list, name="documents"),
    path(f"{_PROJECT}/documents/<slug:sha256>", papers.document, name="document"),
    path(f"{_PROJECT}/export", papers.export, name="export"),
    path(f"{_PROJECT}/decision", decided.decision, name="decision"),
    path("datasets", datasets.dataset_list, name="datasets"),
    path("datasets/<slug:dataset>", datasets.dataset_item, name="dataset"),
    path("datasets/<slug:dataset>/contract", datasets.contract, name="contract"),
    path("decisions", decided.decision_list, name="decisions"),
    path("tasks", decided.task_list, name="tasks"),
    path("rules", ground.rule_list, name="rules"),
    path("audit-verification", ground.audit_state, name="audit"),
]
