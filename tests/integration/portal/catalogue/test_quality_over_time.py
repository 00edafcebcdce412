"""The data of a dataset held against its contract, over time: counts on the page, never a value."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from grondslag.errors import InputError
from grondslag_portal.catalogue.measuring import (
    allow_measuring,
    measure,
    measure_files,
    measure_read,
    measure_weekly,
)
from grondslag_portal.catalogue.models import Dataset, Measurement
from grondslag_portal.catalogue.places import file_of
from grondslag_portal.catalogue.selectors import contract_in, current_version
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.deliveries.services import start_delivery
from grondslag_portal.organisations.models import Department
from grondslag_portal.shared import engine
from grondslag_portal.tasks.jobs import perform
from grondslag_portal.tasks.models import Run
from made_catalogue import contract_text
from made_contracts import column
from portal_town import later
from small_project import write_csv

ROWS = [("fiets", "1"), ("auto", "2"), ("Jan Jansen", "veel"), ("fiets", "")] * 10
COLUMNS = [
    column("soort", privacy={"values": ["auto", "fiets"]}),
    column("aantal", "integer", required=True),
]


@pytest.fixture
def file(settings):
    """The file of the dataset, beside the projects."""
    place = settings.PROJECTS / "data" / "wegen.csv"
    write_csv(place, ("soort", "aantal"), ROWS)
    return place


@pytest.fixture
def measured(portal, mobility, file):
    """A dataset whose owner lets the portal measure it."""
    local = {"server": "b", "type": "local", "path": "../../data/wegen.csv", "format": "csv"}
    text = contract_text(
        "wegen", server=local, columns=COLUMNS, privacy={"source_folders": ["../../data"]}
    )
    dataset = keep_contract(text.encode(), department=mobility, by="eigenaar")
    allow_measuring(dataset, by=portal.people["eigenaar"], stepped_up=portal.clock.now())
    dataset.refresh_from_db()
    return dataset


def shown(client, portal, dataset):
    portal.sign_in(client, "raadslid")
    return client.get(reverse("catalogue:dataset", args=[dataset.key]))


def test_the_owner_lets_the_portal_measure_and_everybody_sees_counts(client, portal, measured):
    for run in Run.objects.filter(status="waiting"):
        perform(run.pk, beating=lambda _run: nullcontext())

    page = shown(client, portal, measured)

    (row,) = page.context["quality"].rows
    # Few rows of a dataset that is not open: rounded to the minimum group, as for any other reader.
    assert row.counts == ("ongeveer 40", "ongeveer 10", "ongeveer 40", "ongeveer 20")
    assert not page.context["quality"].figure
    assert "Jan Jansen" not in page.content.decode()
    assert {"check.granted", "check.opened", "catalogue.measured"} <= {
        action for action, _ in portal.audited()
    }
    portal.verified_chain()


def test_a_line_is_drawn_from_two_measurements(client, portal, measured, file):
    measure(measured)
    later(portal, timedelta(days=1))
    write_csv(file, ("soort", "aantal"), [("fiets", str(at)) for at in range(40)])
    measure(measured)

    page = shown(client, portal, measured)

    assert page.context["quality"].rows[0].counts[1:] == ("0", "0", "0")
    assert page.content.decode().count("<circle") == 2
    assert 'aria-labelledby="quality-figure-title quality-figure-desc"' in page.content.decode()


def test_once_a_week_is_enough_unless_a_delivery_read_it(portal, measured):
    measure_weekly()
    measure_weekly()
    assert measure_read(["wegen"]) == []
    assert Measurement.objects.count() == 1

    later(portal, timedelta(days=1))
    measure_weekly()
    assert Measurement.objects.count() == 1
    assert len(measure_read(["wegen", "onbekend"])) == 1


def test_a_file_that_is_gone_is_told_and_stops_nothing(client, portal, measured, file):
    file.unlink()
    said = StringIO()

    call_command("read_catalogue", stdout=said)

    assert "sources.no-such-file" in said.getvalue()
    page = shown(client, portal, measured)
    assert [row.counts for row in page.context["quality"].rows] == [()]


def test_without_leave_or_after_it_ended_nothing_is_opened(portal, mobility, measured):
    keep_contract(contract_text("paden").encode(), department=mobility, by="eigenaar")
    later(portal, timedelta(days=366))

    assert measure_files() == []
    assert not Measurement.objects.exists()


def test_only_the_owner_gives_and_takes_leave_after_showing_who_they_are(client, portal, measured):
    address = reverse("catalogue:measure", args=["wegen"])
    portal.sign_in(client, "adviseur")
    assert client.post(address).status_code == 403

    portal.sign_in(client, "eigenaar")
    assert client.post(address).url == reverse("organisations:step-up")
    session = client.session
    digest = current_version(measured).sha256
    session["step_up_shown"] = {digest: engine.clock().now().isoformat()}
    session.save()
    assert client.post(address).status_code == 302

    assert Dataset.objects.get(key="wegen").measured_until < engine.today()
    assert measure_files() == []


def test_a_source_folder_stands_in_only_for_the_whole_path(portal, mobility, settings):
    local = {"server": "b", "type": "local", "path": "../../elders/diep/geo/x.csv", "format": "csv"}
    text = contract_text("diep", server=local).encode()
    contract = contract_in(current_version(keep_contract(text, department=mobility, by="eigenaar")))
    sources = settings.DATA / "bronnen"
    write_csv(sources / "geo" / "x.csv", ("soort",), [])

    assert file_of(contract) is None  # the last two parts are the same, the place is another
    write_csv(sources / "diep" / "geo" / "x.csv", ("soort",), [])
    assert file_of(contract) == sources / "diep" / "geo" / "x.csv"


def test_a_file_in_two_source_folders_is_refused(portal, measured, file, monkeypatch, tmp_path):
    contract = contract_in(current_version(measured))
    installation = engine.installation()
    for name in ("een", "twee"):
        write_csv(tmp_path / name / "wegen.csv", ("soort",), [])
    two = type(installation.settings).usual(
        engine.today(), source_folders=(str(tmp_path / "een"), str(tmp_path / "twee"))
    )
    monkeypatch.setattr(engine, "installation", lambda: replace(installation, settings=two))
    file.unlink()

    with pytest.raises(InputError, match=r"wegen\.csv"):
        file_of(contract)


def test_a_delivery_measures_what_it_read(portal):
    project = portal.add_project()
    portal.approve(project)
    files = {
        path.removeprefix("contracts/"): bytes(content)
        for path, content in project.documents.filter(path__startswith="contracts/").values_list(
            "path", "content"
        )
    }
    department, _ = Department.objects.get_or_create(
        name=project.datasets.get(dataset="meldingen").department, defaults={"key": "van-meldingen"}
    )
    dataset = keep_contract(
        files["meldingen.odcs.yaml"], department=department, by="eigenaar", beside=files
    )
    allow_measuring(dataset, by=portal.people["eigenaar"], stepped_up=portal.clock.now())
    Run.objects.all().delete()  # the first measurement, that leave begins

    start_delivery(project, by=portal.people["analist"])
    for run in Run.objects.filter(status="waiting"):
        perform(run.pk, beating=lambda _run: nullcontext())

    (measured,) = dataset.measurements.all()
    assert measured.refused == ""
    assert measured.rows is None  # about people: a total beside the delivery could say too much
    portal.verified_chain()


def test_a_leave_that_does_not_hold_today_says_nothing_of_the_data(portal, measured):
    later(portal, timedelta(days=30))  # the list of what was revoked is older than it may be

    assert measure_files() == []
    assert not Measurement.objects.exists()
