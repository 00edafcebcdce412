"""The screens of a project as somebody fills them in: what the form holds, with a few answers."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from grondslag.canonical import read_document
from grondslag_portal.projects.models import Document, Project

WRITTEN = {
    "sentence": "De buurtbus gaat in 2027 door Veenkant rijden.",
    "data_say": "In Veenkant zijn het er meer dan past bij wie er woont.\nIn Biezenveld niet.",
    "data_do_not_say": "De cijfers zeggen niet hoe vaak er een bus rijdt.",
    "option_0_name": "Niets doen",
    "option_0_advantages": "Het kost niets.",
    "option_0_drawbacks": "Wie geen auto heeft, komt moeilijk weg.",
    "option_1_name": "Bewoners vragen waar een halte moet komen",
    "option_1_advantages": "Bewoners kennen de plek.",
    "option_1_drawbacks": "Wie het hardst roept, krijgt de bus.",
    "option_2_name": "Een buurtbus door Veenkant",
    "option_2_advantages": "Helpt waar de afstand het grootst is.",
    "option_2_drawbacks": "Er zijn vrijwilligers nodig.",
    "chosen": "2",
    "voice_0_who": "Bewoners van Veenkant",
    "voice_0_said": "Ouderen komen niet bij de huisarts zonder hulp.",
    "expected": "Na een jaar wonen er minder huishoudens ver van een halte.",
    "check_date": "2028-04-01",
    "public": "yes",
    "version": "0",
}
"""A decision on the example about mobility, as its form is filled in."""


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
