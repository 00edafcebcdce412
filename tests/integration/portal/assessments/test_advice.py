"""The data protection officer advises; the decider follows or explains, before anything else."""

import pytest
from django.urls import reverse

from grondslag_portal.assessments.selectors import advice_in
from grondslag_portal.projects.services import save_document

TEXT = "Doe dit alleen met cijfers per buurt en niet per persoon."


@pytest.fixture
def project(portal):
    return portal.add_project()


def page_of(name, project):
    return reverse(f"assessments:{name}", args=[project.key])


def send(client, portal, name, project, typed):
    """Send a form, sign in anew when that is asked, and send it again as the page kept it."""
    answer = client.post(page_of(name, project), typed)
    asked = client.session.get("step_up_asked")
    if answer.status_code != 302 or asked is None:
        return answer
    session = client.session
    session["step_up_shown"] = {asked["sha256"]: portal.clock.now().isoformat()}
    del session["step_up_asked"]
    session.save()
    kept = client.get(page_of(name, project)).context["form"]
    return client.post(page_of(name, project), {name: kept[name].value() for name in kept.fields})


def advise(client, portal, project, outcome="do_with_conditions", text=TEXT):
    portal.sign_in(client, "fg")
    return send(client, portal, "advise", project, {"outcome": outcome, "text": text})


def answer(client, portal, project, **typed):
    portal.sign_in(client, "beslisser")
    return send(client, portal, "answer", project, typed)


def sign_as_decider(client, portal, project):
    portal.sign_in(client, "beslisser")
    sha256 = client.get(page_of("decision", project)).context["shown"].sha256
    session = client.session
    session["step_up_shown"] = {sha256: portal.clock.now().isoformat()}
    session.save()
    return client.post(page_of("sign", project), {"sha256": sha256})


def test_an_advice_is_a_record_of_its_own(portal, client, project):
    assert advise(client, portal, project).status_code == 302

    found = advice_in(project)

    assert (found.text, found.subject) == (TEXT, portal.people["fg"].name)
    assert (found.answered, found.on_this_plan) == (False, True)
    assert ("advice.given", project.key) in portal.audited()


def test_what_was_typed_is_kept_while_the_officer_signs_in_anew(portal, client, project):
    portal.sign_in(client, "fg")

    client.post(page_of("advise", project), {"outcome": "do", "text": TEXT})

    assert client.get(page_of("advise", project)).context["form"]["text"].value() == TEXT
    assert advice_in(project) is None


def test_who_decides_first_says_whether_they_follow_the_advice(portal, client, project):
    advise(client, portal, project)

    refused = sign_as_decider(client, portal, project)

    assert refused.context["fault"].code == "approval.advice-not-answered"
    assert portal.signed(project) == set()

    assert answer(client, portal, project, followed="yes", reason="").status_code == 302
    assert sign_as_decider(client, portal, project).status_code == 302
    assert portal.signed(project) == {"decider-project.json"}


def test_who_does_not_follow_says_why(portal, client, project):
    advise(client, portal, project, outcome="do_not")

    without = answer(client, portal, project, followed="no", reason="")
    assert without.status_code == 400
    assert list(without.context["form"].errors) == ["reason"]

    reason = "De raad vroeg hierom. We nemen de voorwaarden over."
    answer(client, portal, project, followed="no", reason=reason)

    found = advice_in(project)
    assert (found.answered, found.followed, found.reason) == (True, False, reason)


def test_a_new_advice_makes_earlier_signatures_void(portal, client, project):
    portal.approve(project)

    advise(client, portal, project)

    project.refresh_from_db()
    assert project.phase == "signing"
    states = {state["step"]: state for state in project.states}
    assert states["approval"]["status"] == "waiting"


def test_an_answer_belongs_to_one_version_of_the_plan(portal, client, project):
    advise(client, portal, project)
    answer(client, portal, project, followed="yes", reason="")
    plan = bytes(project.documents.get(path="plan.yaml", current=True).content)
    changed = plan.replace(b"Bewoners melden veel", b"Veel bewoners melden")
    assert changed != plan
    save_document(project, "plan.yaml", changed, by=portal.people["adviseur"])

    found = advice_in(project)

    assert (found.answered, found.on_this_plan) == (False, False)


@pytest.mark.parametrize("account", ["adviseur", "eigenaar", "privacy", "beslisser", "analist"])
def test_only_the_officer_advises(portal, client, project, account):
    portal.sign_in(client, account)

    answered = client.post(page_of("advise", project), {"outcome": "do", "text": TEXT})

    assert answered.status_code == 403
    assert advice_in(project) is None


def test_nobody_answers_an_advice_that_is_not_there(portal, client, project):
    portal.sign_in(client, "beslisser")

    page = client.get(page_of("answer", project))

    assert (page.status_code, page.url) == (302, page_of("advice", project))
