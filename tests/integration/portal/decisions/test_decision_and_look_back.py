"""A decision from draft to look back: prepared by one, signed by who decides, read by everybody."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from grondslag.clock import ShiftedClock
from grondslag.decision.deciding import decide
from grondslag.errors import IntegrityError
from grondslag.synthetic import make_theme
from grondslag_portal.decisions.models import Draft
from grondslag_portal.decisions.selectors import decided_in
from grondslag_portal.example.loading import add_example, answer_stage
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.services import at_work
from grondslag_portal.shared import engine
from portal_road import WRITTEN


@pytest.fixture
def waiting(portal):
    """The tiny project, as if its answer was released: a decision may be written."""
    made = portal.add_project()
    Project.objects.filter(pk=made.pk).update(phase=Phase.ANSWERED)
    return made


@pytest.fixture
def project(portal):
    """A project with a released answer, that waits for a decision."""
    sources = make_theme("mobiliteit", settings.DATA / "bronnen").sources
    stage = add_example("mobiliteit", portal.people, sources)
    answer_stage(stage)
    stage.project.refresh_from_db()
    return stage.project


def page_of(name, project):
    return reverse(f"decisions:{name}", args=[project.key])


def sign(client, portal, project):
    """Sign what the page to check shows, having shown anew who they are."""
    digest = client.get(page_of("check", project)).context["digest"]
    session = client.session
    session["step_up_shown"] = {digest: portal.clock.now().isoformat()}
    session.save()
    return client.post(page_of("check", project))


def test_from_a_draft_to_a_look_back(portal, client, project, settings):
    portal.sign_in(client, "adviseur")
    assert client.post(page_of("write", project), WRITTEN).url == page_of("check", project)
    assert sign(client, portal, project).url == page_of("check", project)  # not theirs to sign
    assert decided_in(project) is None

    portal.sign_in(client, "beslisser")
    assert client.post(page_of("check", project)).url == reverse("organisations:step-up")
    assert sign(client, portal, project).url == page_of("decision", project)

    project.refresh_from_db()
    decided = decided_in(project)
    assert project.phase == Phase.DECIDED
    assert decided.decision.chosen.name == "Een buurtbus door Veenkant"
    assert decided.signed_by == portal.people["beslisser"].name
    assert decided.shown_anew == portal.clock.now()
    assert not Draft.objects.exists()
    assert "decision.recorded" in [action for action, _ in portal.audited()]
    for name in ("decision", "council"):
        assert WRITTEN["sentence"] in client.get(page_of(name, project)).content.decode()

    assert client.post(page_of("review", project), {}).status_code == 400
    settings.PORTAL_CLOCK = ShiftedClock(portal.clock.now() + timedelta(days=600))
    client.logout()
    portal.sign_in(client, "beslisser")
    page = client.get(page_of("decision", project))
    assert page_of("review", project) in page.content.decode()
    looked = {
        "outcome": "Er wonen 40 huishoudens minder ver van een halte.", "worked": "yes",
        "learned": "Een buurtbus werkt als er vrijwilligers zijn.", "next_step": "keep",
        "why": "De bus rijdt vol en kost weinig.",
    }  # fmt: skip
    assert client.post(page_of("review", project), looked).url == page_of("decision", project)
    assert decided_in(project).review.outcome == looked["outcome"]
    assert portal.verified_chain().records


def test_nobody_showed_anew_who_they_are_after_they_decided(portal, client, project):
    portal.sign_in(client, "adviseur")
    client.post(page_of("write", project), WRITTEN)
    portal.sign_in(client, "beslisser")
    sign(client, portal, project)
    with at_work(project, by=portal.people["beslisser"]) as place:
        late = engine.signer_for(
            portal.people["beslisser"].name, stepped_up=portal.clock.now() + timedelta(seconds=1)
        )
        with pytest.raises(IntegrityError) as refused:
            decide(
                place.folder, place.installation, place.folder / "decision.yaml", signer=late,
                clock=place.clock,
            )  # fmt: skip

    assert refused.value.code == "deciding.signature-changed"


def test_a_second_writer_sees_both_texts_and_loses_nothing(portal, client, waiting):
    portal.sign_in(client, "adviseur")
    client.post(page_of("write", waiting), WRITTEN | {"later": "1"})
    portal.sign_in(client, "beslisser")

    second = client.post(page_of("write", waiting), WRITTEN | {"expected": "Heel iets anders."})

    text = second.content.decode()
    assert second.status_code == 409
    assert "Heel iets anders." in text
    assert WRITTEN["expected"] in text
    assert Draft.objects.get(project=waiting).answers["expected"] == WRITTEN["expected"]


def test_what_is_not_whole_is_kept_and_says_what_misses(portal, client, waiting):
    portal.sign_in(client, "adviseur")

    answer = client.post(page_of("write", waiting), WRITTEN | {"public": "no", "sentence": ""})

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Noem het artikel van de Woo" in text
    assert 'href="#id_sentence"' in text
    assert Draft.objects.get(project=waiting).answers["data_say"] == WRITTEN["data_say"]


def test_a_closed_decision_is_not_on_the_public_page(portal, client, project):
    portal.sign_in(client, "beslisser")
    closed = WRITTEN | {"public": "no", "woo_ground": "Woo artikel 5.1 lid 2 onder f"}
    client.post(page_of("write", project), closed)
    assert sign(client, portal, project).status_code == 302
    client.logout()

    page = client.get(reverse("public:project", args=[project.key]))

    assert page.status_code == 200
    assert WRITTEN["sentence"] not in page.content.decode()
    assert "Er is een besluit. Het is niet openbaar." in page.content.decode()


def test_hostile_text_is_only_text(portal, client, waiting):
    portal.sign_in(client, "adviseur")
    hostile = WRITTEN | {"sentence": '<script>alert("x")</script> {{ 7*7 }} =1+1'}

    client.post(page_of("write", waiting), hostile)
    page = client.get(page_of("check", waiting)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "49" not in page.split("main")[1]
