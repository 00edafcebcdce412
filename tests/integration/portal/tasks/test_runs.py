"""Long work has a lease: who stops renewing it loses the work, once; a second time it failed."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from grondslag.errors import InputError, SourceError
from grondslag_portal.tasks import chores, jobs
from grondslag_portal.tasks.chores import daily, do_chores
from grondslag_portal.tasks.jobs import job, perform
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.services import (
    begin_run,
    end_well,
    keep_lease,
    take_run,
    take_up_expired,
)

KIND = "tests.work"


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(jobs, "_KINDS", {})
    monkeypatch.setattr(chores, "_CHORES", {})


@pytest.fixture
def by(portal):
    return portal.people["analist"]


def begin(by, about="veilige-straat"):
    return begin_run(KIND, about=about, by=by)


def without_heartbeat(run):
    return nullcontext()


def let_lease_run_out():
    Run.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_work_is_done_once_and_its_result_kept(kinds, by):
    @job(KIND)
    def work(assignment):
        assignment.tell("tell.step-read", "meldingen")
        return {"made": assignment.run.about}

    run = begin(by)
    perform(run.pk, beating=without_heartbeat)
    perform(run.pk, beating=without_heartbeat)  # handed out twice: the second finds nothing to do

    run.refresh_from_db()
    assert (run.status, run.attempt, run.result) == ("done", 1, {"made": "veilige-straat"})
    assert (run.step, run.step_about, run.done) == ("tell.step-read", "meldingen", 1)


def test_the_same_work_is_not_begun_beside_itself(kinds, by):
    first, second = begin(by), begin(by)
    other = begin(by, about="andere-straat")

    assert first == second
    assert other != first


def test_work_that_is_done_can_be_begun_again(kinds, by):
    job(KIND)(lambda _assignment: {})
    first = begin(by)
    perform(first.pk, beating=without_heartbeat)

    assert begin(by) != first


def test_a_refusal_is_kept_as_its_sentence_in_both_languages(kinds, by):
    @job(KIND)
    def work(_assignment):
        raise InputError("delivery.empty-source", dataset="meldingen")

    run = begin(by)
    perform(run.pk, beating=without_heartbeat)

    run.refresh_from_db()
    assert run.status == "failed"
    assert "meldingen" in run.said["nl"]
    assert "meldingen" in run.said["en"]


def test_a_fault_of_ours_is_said_as_such_and_not_hidden(kinds, by):
    @job(KIND)
    def work(_assignment):
        raise ZeroDivisionError

    run = begin(by)
    with pytest.raises(ZeroDivisionError):
        perform(run.pk, beating=without_heartbeat)

    run.refresh_from_db()
    assert run.status == "failed"
    assert run.said["nl"].startswith("Er ging iets mis")


def test_a_run_whose_lease_ran_out_is_taken_up_again_once(kinds, by):
    run = begin(by)
    first = take_run(run.pk)
    assert take_up_expired() == []  # it lives still

    let_lease_run_out()
    assert take_up_expired() == [run]
    assert take_up_expired() == []
    second = take_run(run.pk)
    assert second.attempt == 2

    let_lease_run_out()
    assert take_up_expired() == []
    run.refresh_from_db()
    assert run.status == "failed"
    assert run.said["nl"].startswith("Het werk is twee keer gestopt.")
    assert not keep_lease(first)


def test_what_django_tasks_keeps_of_a_killed_run_is_settled_too(kinds, by):
    run = begin(by)
    for attempt in range(2):
        DBTaskResult.objects.get(status="READY").claim(f"worker-{attempt}")
        take_run(run.pk)
        let_lease_run_out()
        take_up_expired()

    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED"}
    run.refresh_from_db()
    assert run.status == "failed"


def test_a_run_whose_worker_died_just_after_its_end_is_settled_and_stays_done(kinds, by):
    run = begin(by)
    row = DBTaskResult.objects.get()
    row.claim("worker-1")
    end_well(take_run(run.pk), {"made": "once"})
    assert take_up_expired() == []
    row.refresh_from_db()
    assert row.status == "RUNNING"  # the worker may be about to say so itself

    long_ago = timezone.now() - timedelta(minutes=2)
    Run.objects.update(finished=long_ago)
    DBTaskResult.objects.update(started_at=long_ago)

    assert take_up_expired() == []
    row.refresh_from_db()
    run.refresh_from_db()
    assert (row.status, run.status, run.result) == ("FAILED", "done", {"made": "once"})


def test_a_run_whose_worker_died_before_it_began_is_handed_out_again(kinds, by):
    run = begin(by)
    row = DBTaskResult.objects.get()
    row.claim("worker-1")
    assert take_up_expired() == []  # the worker may be about to begin

    long_ago = timezone.now() - timedelta(minutes=2)
    Run.objects.update(created=long_ago)
    DBTaskResult.objects.update(started_at=long_ago)

    assert take_up_expired() == [run]
    assert take_up_expired() == []
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert take_run(run.pk).attempt == 1


def test_who_lost_a_run_can_neither_renew_nor_end_it(kinds, by):
    run = begin(by)
    first = take_run(run.pk)
    let_lease_run_out()
    take_up_expired()
    second = take_run(run.pk)

    assert not keep_lease(first)
    end_well(first, {"made": "twice"})
    with pytest.raises(SourceError):
        jobs.Assignment(first).tell("tell.step-read", "meldingen")

    run.refresh_from_db()
    assert (run.status, run.result) == ("running", {})
    assert keep_lease(second)


def test_a_run_is_recorded_in_the_audit_chain(portal, kinds, by):
    begin(by)

    assert ("run.begun", "veilige-straat") in portal.audited()
    portal.verified_chain()


def test_a_chore_is_done_once_a_day(portal, kinds):
    done = []
    daily("tests.chore")(lambda: done.append("chore"))
    day = portal.clock.now().date()

    for _ in range(2):
        do_chores(day)
    do_chores(day + timedelta(days=1))

    assert done == ["chore", "chore"]


def test_a_chore_that_cannot_be_done_keeps_no_other_from_its_turn(portal, kinds):
    @daily("tests.first")
    def first():
        raise InputError("delivery.empty-source", dataset="meldingen")

    daily("tests.second")(lambda: None)

    assert do_chores(portal.clock.now().date()) == ["tests.second"]
