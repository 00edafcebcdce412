"""Towns for the tests of deliveries: a fresh one, and one that is delivered and only looked at."""

import pytest

from small_project import RECORDS, lawful_plan, write_reports
from small_project import REPORTS as ALL_REPORTS
from small_town import make_small_town


@pytest.fixture
def town(tmp_path):
    """A signed project that may deliver once: counts per neighbourhood, and open data."""
    made = make_small_town(tmp_path)
    made.sign()
    return made


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """The same, delivered; for looking only, never for changing."""
    made = make_small_town(tmp_path_factory.mktemp("delivered"))
    made.sign()
    made.deliver()
    return made


@pytest.fixture
def monthly(tmp_path):
    """A signed project that delivers pseudonymous records every month."""
    rhythm = {"kind": "monthly", "until": "2027-12-31"}
    made = make_small_town(tmp_path, lawful_plan(RECORDS, step="pseudonymous", rhythm=rhythm))
    write_reports(made.folder / "data", [row for row in ALL_REPORTS if row.soort != "anders"])
    made.sign()
    return made
