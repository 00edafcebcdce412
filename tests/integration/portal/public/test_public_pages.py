"""What everybody may read: open projects after approval, and of a decision what is public."""

import json
import re

import pytest

from grondslag_portal.projects.models import Document, Phase, Project
from grondslag_portal.public.selectors import PUBLIC, statement_of
from made_decisions import decision_content

KEY = "veilige-straat"
PAGE = f"/openbaar/{KEY}/"
SENTENCE = "De Lindelaan krijgt in 2027 drempels en een nieuwe oversteek."


@pytest.fixture
def project(portal):
    """The tiny project, approved as far as its index says."""
    made = portal.add_project()
    Project.objects.filter(pk=made.pk).update(phase=Phase.APPROVED)
    return made


def set_phase(phase, **fields):
    Project.objects.filter(key=KEY).update(phase=phase, **fields)


def decide(project, **changes):
    """Keep a decision as the engine's record names it."""
    content = {"decision": decision_content(**changes), "sha256": "0" * 64}
    Document.objects.create(
        project=project, path="decision.json", version=1, sha256="0" * 64, by="beslisser",
        content=json.dumps(content).encode(),
    )  # fmt: skip
    set_phase(Phase.DECIDED)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("restricted", [True, False])
def test_a_stranger_reads_of_open_projects_after_approval_alone(client, project, phase, restricted):
    set_phase(phase, restricted=restricted)
    shown = phase in PUBLIC and not restricted

    assert client.get(PAGE).status_code == (200 if shown else 404)
    assert (KEY in client.get("/openbaar/").text) == shown


def test_people_read_what_they_must_hear_of_their_data(client, project):
    """GDPR articles 13 and 14, in the sentences of the engine."""
    sentences = statement_of(project, language="nl")

    assert sentences
    page = client.get(PAGE).text
    assert all(sentence in page for sentence in sentences if '"' not in sentence)


def test_a_public_decision_is_read_by_everybody(client, project):
    decide(project)

    assert SENTENCE in client.get(PAGE).text
    assert SENTENCE in client.get("/openbaar/").text


def test_of_a_decision_that_is_not_public_a_stranger_reads_only_that_it_is_there(client, project):
    decide(project, public={"public": False, "woo_ground": "artikel 5.1, tweede lid, onder e"})

    assert "Er is een besluit. Het is niet openbaar." in client.get(PAGE).text
    assert SENTENCE not in client.get(PAGE).text + client.get("/openbaar/").text


def test_words_of_the_municipality_are_marked_as_dutch_on_an_english_page(client, project):
    decide(project)
    client.cookies["django_language"] = "en"

    page = client.get(PAGE).text

    assert '<html lang="en"' in page
    assert f'<p class="lead" lang="nl">{SENTENCE}</p>' in page
    assert '<h1 lang="nl">' in page


@pytest.mark.parametrize("page", ["/inloggen/", "/privacy/", PAGE])
def test_the_register_and_the_check_are_one_link_away(client, project, page):
    text = client.get(page).text

    assert 'href="/openbaar/"' in text
    assert 'href="/check-voordat-je-deelt/"' in text


@pytest.mark.parametrize("page", ["/toegankelijkheid/", "/privacy/", "/wat-we-vastleggen/"])
def test_pages_about_the_portal_are_there_for_everybody_and_lead_nowhere_that_is_not(
    client, db, page
):
    text = client.get(page).text
    inside = set(re.findall(r'href="(/[^"]*)"', text))

    assert {"/toegankelijkheid/", "/privacy/", "/wat-we-vastleggen/"} <= inside
    broken = [to for to in inside if not to.startswith("/static/")
              and client.get(to).status_code not in (200, 302)]  # fmt: skip
    assert broken == []


def test_the_register_asks_the_database_as_much_for_many_projects(
    client, project, django_assert_max_num_queries
):
    decide(project)
    for at in range(30):
        Project.objects.create(
            key=f"p{at}", title=f"Project {at}", phase=Phase.APPROVED,
            applicant=project.applicant, department=project.department,
        )  # fmt: skip

    with django_assert_max_num_queries(5):
        client.get("/openbaar/")
