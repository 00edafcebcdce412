"""Before a signature one page: what is asked, which data of whom, how long, what is open, risks."""

import json
import re
from collections import OrderedDict
from functools import partial
from importlib.resources import files

import pytest
from django.urls import reverse

from grondslag.approval import AdviceOutcome, Opinion, Reply
from grondslag.vocabulary import PersonalDataCategory
from grondslag_portal.assessments.brief import HEAVY, WHOM, brief_of
from grondslag_portal.assessments.services import advise, answer
from grondslag_portal.projects import folders, judging
from grondslag_portal.projects.models import Phase, Project
from portal_road import WRITTEN, plan_in

WORDS = "Laat de toelichting weg, dan kan het."


@pytest.fixture
def project(portal):
    return portal.add_project()


def advised(portal, project, *, reply=None):
    moment = portal.clock.now()
    advise(
        project, Opinion(AdviceOutcome.DO_WITH_CONDITIONS, WORDS), by=portal.people["fg"],
        stepped_up=moment,
    )  # fmt: skip
    if reply is not None:
        answer(project, reply, by=portal.people["beslisser"], stepped_up=moment)


def test_a_brief_says_what_a_decider_must_know(portal, project):
    advised(portal, project, reply=Reply(False, "Zonder de toelichting is er geen antwoord."))

    brief = brief_of(project)

    assert brief.question
    assert brief.decision
    assert brief.until == project.end_date
    assert brief.access
    assert [one.count for one in brief.data] == [
        len(need["columns"]) for need in plan_in(project)["data"]
    ]
    assert any(one.whom for one in brief.data)
    assert (brief.advice.text, brief.advice.followed) == (WORDS, False)
    assert brief.stop
    assert brief.risk


def test_it_is_the_first_thing_on_the_page_of_the_signatures(portal, client, project):
    advised(portal, project)
    portal.sign_in(client, "beslisser")

    page = client.get(reverse("assessments:decision", args=[project.key])).content.decode()

    main = page.split("<h1>")[1]
    assert main.index('class="card brief"') < main.index('id="now"')
    brief = main.split('class="card brief"')[1].split("</section>")[0]
    for said in (project.question, WORDS, "In het kort", "de eigenaar zegt niet wie"):
        assert said in brief


def test_it_is_the_first_thing_on_the_page_of_the_decision(portal, client, project):
    Project.objects.filter(pk=project.pk).update(phase=Phase.ANSWERED)
    portal.sign_in(client, "beslisser")
    client.post(reverse("decisions:write", args=[project.key]), WRITTEN)

    page = client.get(reverse("decisions:check", args=[project.key])).content.decode()

    main = page.split("<h1>")[1]
    assert main.index('class="card brief"') < main.index(WRITTEN["sentence"])


def test_who_decides_can_read_while_somebody_else_is_busy(portal, client, project, monkeypatch):
    Project.objects.filter(pk=project.pk).update(phase=Phase.ANSWERED)
    portal.sign_in(client, "beslisser")
    client.post(reverse("decisions:write", args=[project.key]), WRITTEN)
    monkeypatch.setattr(judging._JUDGED, "_found", OrderedDict())
    monkeypatch.setattr(judging, "alone", partial(folders.alone, patience=0.0))

    with folders.alone(project.key):
        page = client.get(reverse("decisions:check", args=[project.key]))

    assert page.status_code == 200
    assert "Iemand werkt nu aan dit project." in page.text
    assert WRITTEN["sentence"] in page.text


def test_every_kind_of_people_and_of_data_is_told():
    schema = (files("grondslag.contracts") / "schemas" / "privacy.schema.json").read_text("utf-8")
    kinds = re.search(r'"data_subjects": .*?"enum": (\[.*?\])', schema)[1]

    assert set(WHOM) == set(json.loads(kinds))
    assert set(PersonalDataCategory) - set(HEAVY) == {"none", "ordinary"}
