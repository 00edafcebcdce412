"""Towns for the tests of deliveries: a fresh one, and one that is delivered and only looked at."""

import pytest

from small_project import RECORDS, REPORTS, lawful_plan, write_reports
from small_town import copied, make_small_town


@pytest.fixture(scope="session")
def counting(tmp_path_factory):
    """The pattern of `town`; never used itself."""
    made = make_small_town(tmp_path_factory.mktemp("counting"))
    made.sign()
    return made


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    """The pattern of `monthly`; never used itself."""
    rhythm = {"kind": "monthly", "until": "2027-12-31"}
    plan = lawful_plan(RECORDS, step="pseudonymous", rhythm=rhythm)
    made = make_small_town(tmp_path_factory.mktemp("recording"), plan)
    write_reports(made.folder / "data", [row for row in REPORTS if row.soort != "anders"])
    made.sign()
    return made


@pytest.fixture
def town(counting, tmp_path):
    """A signed project that may deliver once: counts per neighbourhood, and open data."""
    return copied(counting, tmp_path)


@pytest.fixture
def monthly(recording, tmp_path):
    """A signed project that delivers pseudonymous records every month."""
    return copied(recording, tmp_path)


@pytest.fixture(scope="module")
def delivered(counting, tmp_path_factory):
    """Like `town`, delivered; for looking only, never for changing."""
    made = copied(counting, tmp_path_factory.mktemp("delivered"))
    made.deliver()
    return made
