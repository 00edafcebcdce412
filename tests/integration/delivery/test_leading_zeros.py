"""A citizen service number that lost its zeros in one row and not in another is one person."""

import pytest

from grondslag.processing_log import as_ldv
from small_project import MINIMUM, REPORTS, report, write_reports

FEW = [
    report(500 + at, "B12", "anders")._replace(bsn=f"{at:09d}")  # no number of anybody
    for at in range(MINIMUM - 1)
]
TWICE = [*FEW, *(row._replace(bsn=row.bsn.lstrip("0") or "0") for row in FEW)]


@pytest.fixture
def delivered(town):
    write_reports(town.folder / "data", [*REPORTS, *TWICE])
    return town, town.deliver()


def test_somebody_written_in_two_ways_fills_no_group(delivered):
    town, _ = delivered

    rows = town.open().table("meldingen").to_pylist()

    (cell,) = [row for row in rows if (row["buurt"], row["soort"]) == ("B12", "anders")]
    assert cell["withheld"]
    assert cell["persons"] is None


def test_somebody_written_in_two_ways_stands_in_the_log_once(delivered):
    town, delivery = delivered

    (path,) = town.installation.processing_log.glob(f"*/{delivery.id}.parquet")

    seen = [item["attributes"]["dpl.core.data_subject_id"] for item in as_ldv(path)]
    assert len(seen) == len(set(seen))
