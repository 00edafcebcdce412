"""An approved project is delivered as long work; the proof can be verified by anybody."""

import zipfile
from contextlib import nullcontext
from io import BytesIO

import pytest
from django.urls import reverse

from grondslag.delivery import verify_delivery
from grondslag.keys import KeyKind
from grondslag_portal.deliveries.selectors import deliveries_of
from grondslag_portal.deliveries.services import close_ended, start_delivery
from grondslag_portal.shared import engine
from grondslag_portal.tasks.jobs import perform
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.services import end_well, take_run, tell_step


@pytest.fixture
def project(portal):
    made = portal.add_project()
    portal.approve(made)
    return made


def page_of(name, project, *more):
    return reverse(f"deliveries:{name}", args=[project.key, *more])


def work():
    """What a worker does, without its heartbeat: a test has one connection."""
    for run in Run.objects.filter(status="waiting"):
        perform(run.pk, beating=lambda _run: nullcontext())


def deliver(portal, project):
    portal.clock.go_on(seconds=1)
    start_delivery(project, by=portal.people["analist"])
    work()
    project.refresh_from_db()


def test_the_analyst_starts_a_delivery_and_sees_what_is_in_it(portal, client, project):
    portal.sign_in(client, "analist")

    assert client.post(page_of("start", project)).status_code == 302
    before = client.get(page_of("delivery", project))
    assert before.context["is_busy"]
    assert before.context["deliveries"] == []

    work()

    project.refresh_from_db()
    page = client.get(page_of("delivery", project))
    assert project.phase == "delivered"
    assert not page.context["is_busy"]
    (delivery,) = page.context["deliveries"]
    assert [table.title for table in delivery.tables]
    assert "tell.left-out-objection" in {item.what.code for item in delivery.left_out}
    assert Run.objects.get().done >= 10
    portal.verified_chain()


def test_a_page_follows_how_far_a_delivery_is(portal, client, project):
    portal.sign_in(client, "analist")
    client.post(page_of("start", project))
    run = Run.objects.get()
    page = client.get(page_of("delivery", project)).content.decode()
    assert f'data-follow="{page_of("progress", project)}"' in page
    assert f'data-run="{run.pk}"' in page

    told = client.get(page_of("progress", project)).json()[str(run.pk)]
    assert (told["open"], told["step"]) == (True, "")
    take_run(run.pk)
    run.refresh_from_db()
    tell_step(run, "tell.step-read", "meldingen", done=4, total=12)
    told = client.get(page_of("progress", project)).json()[str(run.pk)]
    assert (told["done"], told["total"], told["step"]) == (4, 12, "Stap 4 van 12.")
    assert "meldingen" in told["said"]

    end_well(run, {})
    assert not client.get(page_of("progress", project)).json()[str(run.pk)]["open"]
    assert "data-follow" not in client.get(page_of("delivery", project)).content.decode()


def test_pressing_twice_is_one_delivery(portal, client, project):
    portal.sign_in(client, "analist")
    for _ in range(2):
        client.post(page_of("start", project))

    work()

    assert Run.objects.count() == 1
    assert len(deliveries_of(project)) == 1


def test_what_the_engine_refuses_is_said_on_the_page(portal, client, project):
    deliver(portal, project)
    deliver(portal, project)  # the plan asks for one

    portal.sign_in(client, "analist")
    page = client.get(page_of("delivery", project))

    run = Run.objects.first()
    assert run.status == "failed"
    assert run.said["nl"] in page.content.decode()
    assert len(page.context["deliveries"]) == 1


def test_the_proof_can_be_verified_by_anybody(portal, client, project, tmp_path):
    deliver(portal, project)
    (delivery,) = deliveries_of(project)
    portal.sign_in(client, "eigenaar")

    answer = client.get(page_of("proof", project, delivery.name))

    content = b"".join(answer.streaming_content)
    zipfile.ZipFile(BytesIO(content)).extractall(tmp_path / "unpacked")
    found = verify_delivery(
        tmp_path / "unpacked" / project.key / "deliveries" / delivery.name,
        root_public_key=engine.installation().root_public_key,
    )
    assert found.delivery == delivery.name
    assert all(signature.witness for signature in found.seal.signatures)


def test_a_proof_of_another_project_is_not_found(portal, client, project):
    deliver(portal, project)
    (delivery,) = deliveries_of(project)
    other = portal.add_project(id="andere-straat")
    portal.sign_in(client, "eigenaar")

    assert client.get(page_of("proof", other, delivery.name)).status_code == 404
    assert client.get(page_of("proof", project, "2027-03-02-00000000")).status_code == 404


@pytest.mark.parametrize("account", ["adviseur", "eigenaar", "beslisser", "fg", "raadslid"])
def test_only_an_analyst_starts_a_delivery(portal, client, project, account):
    portal.sign_in(client, account)

    assert client.post(page_of("start", project)).status_code == 403
    assert not Run.objects.exists()


def test_without_an_approval_nothing_is_delivered(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "analist")

    assert client.post(page_of("start", project)).status_code == 403


def test_after_its_end_date_a_project_closes_by_itself(portal, project):
    deliver(portal, project)
    (delivery,) = deliveries_of(project)
    close_ended()
    vault = engine.installation().vault
    assert vault.has(KeyKind.DELIVERY, delivery.name)

    portal.clock.go_on(days=400)
    close_ended()
    close_ended()

    assert not vault.has(KeyKind.DELIVERY, delivery.name)
    assert deliveries_of(project)[0].closed is not None
    assert portal.audited().count(("project.closed", project.key)) == 1
    portal.verified_chain()
