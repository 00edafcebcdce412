"""A small town that delivered pseudonymous records, and the command line on its clock."""

import pytest

from commanding import on
from small_project import RECORDS, REPORTS, lawful_plan, write_reports
from small_town import copied, make_small_town

HIERARCHIES = {
    "buurt": {"areas": {"levels": ["wijk"]}},
    "soort": {"ordered": {"values": ["te_hard", "oversteek", "anders"]}},
}
"""What the owner says: a district is all there is above a neighbourhood; a kind is kept or not."""


def say_how_columns_coarsen(contract):
    """Put the owner's hierarchies in the contract of the reports."""
    for column in contract["schema"][0]["properties"]:
        if column["name"] in HIERARCHIES:
            column["customProperties"][0]["value"]["hierarchy"] = HIERARCHIES[column["name"]]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """The pattern of `town`; never used itself."""
    plan = lawful_plan(RECORDS, step="pseudonymous")
    made = make_small_town(tmp_path_factory.mktemp("recorded"), plan)
    made.edit("contracts/meldingen.odcs.yaml", say_how_columns_coarsen)
    write_reports(made.folder / "data", [row for row in REPORTS if row.soort != "anders"])
    made.sign()
    made.deliver()
    return made


@pytest.fixture
def town(recorded, tmp_path):
    """A town with one delivery of records: of whom, which district, which kind of report."""
    return copied(recorded, tmp_path)


@pytest.fixture(autouse=True)
def _on_the_day_of_the_delivery(recorded, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    with on(recorded.clock.now()):
        yield
