"""The screens of a project as somebody fills them in: what the form holds, with a few answers."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from grondslag.canonical import read_document
from grondslag_portal.projects.models import Document, Project


def address(name: str, project: Project, **more: str) -> str:
    """The address of a screen of a project."""
    return reverse(f"projects:{name}", kwargs={"key": project.key, **more})


def form_of(page: Any) -> dict[str, Any]:
    """Everything the form on a page would send as it stands."""
    form = page.context["form"]
    sent = {name: form.initial.get(name, "") for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False, "")}
    sent["base"] = page.context["base"]
    if form.screen.rows is not None:
        sent["rows"] = str(form.count)
    return sent


def answer(
    client: Client, name: str, project: Project, given: dict[str, Any], **more: str
) -> HttpResponse:
    """Open a screen, fill in some answers and send it."""
    place = address(name, project, **more)
    page = client.get(place)
    assert page.status_code == 200, page.status_code
    return client.post(place, {**form_of(page), **given})


def plan_in(project: Project) -> dict[str, Any]:
    """The content of the plan as it stands."""
    found = Document.objects.get(project=project, path="plan.yaml", current=True)
    content: dict[str, Any] = read_document(bytes(found.content).decode(), file="plan.yaml").content
    return content


def plans_of(project: Project) -> int:
    """How many versions of the plan there are."""
    return Document.objects.filter(project=project, path="plan.yaml").count()
