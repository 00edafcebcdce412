"""The question is put to the delivery, and a second person lets the answer out."""

from contextlib import nullcontext
from datetime import datetime

import pytest
from django.conf import settings
from django.urls import reverse

from grondslag.analysis.answering import read_answer
from grondslag.synthetic import make_theme, make_town
from grondslag.synthetic.town import FILES
from grondslag_portal.deliveries.jobs import RELEASE
from grondslag_portal.deliveries.selectors import analysis_of
from grondslag_portal.deliveries.services import start_analysis, start_delivery
from grondslag_portal.example.loading import add_example, approve_stage
from grondslag_portal.projects.services import at_work
from grondslag_portal.tasks.jobs import perform
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.selectors import tasks_for


def page_of(name, project, *more):
    return reverse(f"deliveries:{name}", args=[project.key, *more])


def work():
    """What a worker does, without its heartbeat: a test has one connection."""
    while waiting := Run.objects.filter(status="waiting").first():
        perform(waiting.pk, beating=lambda _run: nullcontext())
    assert not Run.objects.exclude(status="done").exists()


def analysed(portal, theme, *, by):
    """An example with an answer that is sealed still."""
    folder = settings.DATA / "bronnen"
    if theme == "verkeer":
        made = make_town(folder, today=portal.clock.now().date(), residents=2_000)
        sources = {name: folder / file for name, file in FILES.items() if name in made.sources}
    else:
        sources = make_theme(theme, folder).sources
    stage = add_example(theme, portal.people, sources)
    approve_stage(stage)
    start_delivery(stage.project, by=portal.people["analist"])
    work()
    portal.clock.go_on(seconds=1)
    start_analysis(stage.project, by=portal.people[by])
    work()
    stage.project.refresh_from_db()
    return stage.project


def release(client, portal, project):
    sha256 = analysis_of(project).sha256
    session = client.session
    session["step_up_shown"] = {sha256: portal.clock.now().isoformat()}
    session.save()
    return client.post(page_of("release", project), {"sha256": sha256})


@pytest.mark.parametrize(
    ("theme", "by"),
    [
        pytest.param("mobiliteit", "", id="no data about people"),
        pytest.param("verkeer", "gegevenseigenaar (voorbeeld)", marks=pytest.mark.long),
    ],
)
def test_a_second_person_lets_the_answer_out_and_the_report_follows(portal, client, theme, by):
    project = analysed(portal, theme, by="analist")
    assert [task.step for task in tasks_for(portal.people["eigenaar"])] == ["insight"]
    assert client.get(page_of("report", project)).status_code == 302
    portal.sign_in(client, "eigenaar")
    assert client.get(page_of("report", project)).status_code == 403

    for _ in range(2):  # a second press gives the run that goes on
        assert release(client, portal, project).status_code == 302
    assert Run.objects.filter(kind=RELEASE).count() == 1
    assert client.get(page_of("insight", project)).context["release"] is None
    work()

    assert check_shown_anew(portal, project) == (portal.clock.now() if by else None)
    project.refresh_from_db()
    assert project.phase == "answered"
    assert [task.step for task in tasks_for(portal.people["beslisser"])] == ["decision"]
    page = client.get(page_of("insight", project))
    assert page.context["release"].by == by
    assert page.context["has_report"]
    portal.verified_chain()
    check_report(client, project)


def check_shown_anew(portal, project):
    """When the second person showed anew who they are, as the signed answer says."""
    with at_work(project, by=portal.people["eigenaar"]) as place:
        said = read_answer(place.folder, place.installation).stepped_up
    return datetime.fromisoformat(said) if said else None


def test_another_analysis_than_was_seen_is_not_let_out(portal, client):
    project = analysed(portal, "mobiliteit", by="analist")
    portal.sign_in(client, "eigenaar")

    answer = client.post(page_of("release", project), {"sha256": "0" * 64})

    assert answer.status_code == 409
    assert answer.context["fault"].code == "deliveries.other-analysis"
    assert not Run.objects.filter(kind=RELEASE).exists()


def check_report(client, project):
    """The page brings its own style and nothing that runs; its files are there."""
    report = client.get(page_of("report", project))
    policy = report.headers["Content-Security-Policy"]
    assert report.status_code == 200
    assert b"<script" not in report.content
    assert "unsafe" not in policy
    assert "style-src 'sha256-" in policy
    assert "script-src 'none'" in policy
    assert b"".join(client.get(page_of("report-pdf", project)).streaming_content)[:4] == b"%PDF"
    name = report.content.decode().split('href="cijfers/')[1].split('"')[0]
    figures = client.get(page_of("figures", project, name))
    assert figures.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"".join(figures.streaming_content)
    assert client.get(page_of("figures", project, "..%2Findex.html")).status_code == 404
    assert client.get(page_of("figures", project, "index.html")).status_code == 404


@pytest.mark.long
def test_who_analysed_does_not_release(portal, client):
    project = analysed(portal, "verkeer", by="eigenaar")
    portal.sign_in(client, "eigenaar")

    assert release(client, portal, project).status_code == 302
    perform(Run.objects.get(kind=RELEASE).pk, beating=lambda _run: nullcontext())

    run = Run.objects.get(kind=RELEASE)
    assert run.status == "failed"
    assert run.said["nl"] in client.get(page_of("insight", project)).content.decode()
    project.refresh_from_db()
    assert project.phase == "delivered"
    assert not list((settings.INSTALLATION / "ledger").glob("*.jsonl"))


@pytest.mark.parametrize("account", ["adviseur", "analist", "beslisser", "fg", "privacy"])
def test_only_who_may_release_releases(portal, client, account):
    project = portal.add_project()
    project.phase = "delivered"
    project.save()
    portal.sign_in(client, account)

    assert client.post(page_of("release", project), {"sha256": "0" * 64}).status_code == 403
