"""Nothing that somebody typed is lost: not at sign-out, not when two people change the same."""

import pytest

from grondslag.errors import SourceError
from grondslag_portal.projects import answering
from grondslag_portal.projects.models import Draft
from portal_road import address, answer, form_of, plan_in, plans_of

FIRST = "Bewoners durven de straat niet over te steken."
SECOND = "Fietsers worden vaak aangereden op de kruising."


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


def test_the_second_writer_sees_both_and_nothing_is_written(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    stale = form_of(adviser.get(place))
    answer(adviser, "question-problem", project, {"problem": FIRST})
    versions = plans_of(project)

    second = adviser.post(place, {**stale, "problem": SECOND})

    assert second.status_code == 409
    page = second.content.decode()
    assert FIRST in page
    assert SECOND in page
    assert plans_of(project) == versions


@pytest.mark.parametrize(("button", "kept"), [({}, SECOND), ({"theirs": "1"}, FIRST)])
def test_the_second_writer_chooses(portal, adviser, button, kept):
    project = portal.add_project()
    place = address("question-problem", project)
    stale = form_of(adviser.get(place))
    answer(adviser, "question-problem", project, {"problem": FIRST})
    shown = adviser.post(place, {**stale, "problem": SECOND})

    typed = dict(shown.context["typed"])
    chosen = adviser.post(place, {**typed, "base": shown.context["base"], **button})

    assert chosen.status_code == 302
    assert plan_in(project)["question"]["problem"] == kept


def test_other_parts_of_the_plan_merge_silently(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    stale = form_of(adviser.get(place))
    answer(adviser, "question-know", project, {"know": "Waar in de straat gaat het mis?"})

    second = adviser.post(place, {**stale, "problem": SECOND})

    assert second.status_code == 302
    question = plan_in(project)["question"]
    assert question["problem"] == SECOND
    assert question["know"] == "Waar in de straat gaat het mis?"


def test_two_who_answer_alike_do_not_meet_each_other(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    stale = form_of(adviser.get(place))
    answer(adviser, "question-problem", project, {"problem": FIRST})

    assert adviser.post(place, {**stale, "problem": FIRST}).status_code == 302


def test_who_must_wait_too_long_keeps_what_was_typed(portal, adviser, monkeypatch):
    project = portal.add_project()
    place = address("question-problem", project)
    sent = {**form_of(adviser.get(place)), "problem": FIRST}
    monkeypatch.setattr(answering, "at_work", busy)

    waited = adviser.post(place, sent)

    assert waited.status_code == 503
    assert FIRST in waited.content.decode()
    assert "Iemand anders is met dit project bezig" in waited.content.decode()
    assert plan_in(project)["question"]["problem"] != FIRST


def busy(*_given, **_more):
    raise SourceError("projects.busy")


def test_a_form_sent_twice_writes_once(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    sent = {**form_of(adviser.get(place)), "problem": FIRST}
    adviser.post(place, sent)
    versions, records = plans_of(project), len(portal.audited())

    again = adviser.post(place, sent)

    assert again.status_code == 302
    assert plans_of(project) == versions
    assert len(portal.audited()) == records


def test_what_is_typed_stands_there_again_after_signing_out(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    sent = {**form_of(adviser.get(place)), "problem": "Half"}

    kept = adviser.post(f"{place}typt/", sent)

    assert kept.json()["saved"].startswith("Opgeslagen om")
    adviser.logout()
    portal.sign_in(adviser, "adviseur")
    page = adviser.get(place).content.decode()
    assert ">\nHalf</textarea>" in page
    assert plan_in(project)["question"]["problem"] != "Half"
    answer(adviser, "question-problem", project, {"problem": FIRST})
    assert not Draft.objects.exists()


def test_what_arrives_late_does_not_come_back_as_something_unfinished(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    sent = {**form_of(adviser.get(place)), "problem": FIRST}
    adviser.post(place, sent)

    late = adviser.post(f"{place}typt/", sent)

    assert late.status_code == 200
    assert not Draft.objects.exists()


def test_what_is_typed_is_shown_to_nobody_else(portal, adviser, client):
    project = portal.add_project()
    place = address("question-problem", project)
    adviser.post(f"{place}typt/", {**form_of(adviser.get(place)), "problem": "Half geheim"})

    portal.sign_in(client, "analist")

    assert "Half geheim" not in client.get(place).content.decode()


def test_more_than_any_answer_holds_is_not_kept(portal, adviser):
    project = portal.add_project()
    place = address("question-problem", project)
    sent = {**form_of(adviser.get(place)), "problem": "x" * 200_000}

    kept = adviser.post(f"{place}typt/", sent)

    assert kept.status_code == 413
    assert not Draft.objects.exists()
