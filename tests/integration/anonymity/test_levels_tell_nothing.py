"""Who knows the method does not read sensitive values from the levels (the minimality attack)."""

import pyarrow as pa
import pytest

from commanding import call, on
from grondslag.delivery import OpenedDelivery, anonymous_tables
from grondslag.delivery.roles import ColumnRoles

SMALL = 6
ALIKE = ["te_hard"] * SMALL
MIXED = ["te_hard", "oversteek"] * (SMALL // 2)


@pytest.fixture
def make(town, monkeypatch):
    """The command, on six people in one district with these reports, and forty in the other."""
    played = ColumnRoles("meldingen", ("buurt",), ("soort",), (), "bsn", (), 3)
    monkeypatch.setattr(anonymous_tables, "column_roles", lambda _opened, _dataset: played)

    def made(kinds, suppress):
        rows = pa.table(
            {
                "bsn": [f"p{at}" for at in range(SMALL + 40)],
                "buurt": ["W1"] * SMALL + ["W2"] * 40,
                "soort": kinds + ["te_hard", "oversteek"] * 20,
            }
        )
        monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: rows)
        with on(town.clock.now()):
            return call(
                "anonymise", town.visible[-1], "--k", "3", "--model", "distinct:soort:2",
                "--suppress", suppress, "--home", town.folder / "installation",
            )  # fmt: skip

    return made


def test_coarser_levels_never_say_that_a_district_all_reported_the_same(make):
    """To go coarser for the sake of W1 would say that all of W1 reported the same."""
    mixed, alike = make(MIXED, "5%"), make(ALIKE, "5%")

    assert mixed.status == 0, mixed.err
    assert "buurt: per wijk." in mixed.out
    assert alike.status == 5
    assert "zonder naar gevoelige waarden te kijken" in alike.err


def test_where_enough_may_be_left_out_the_levels_are_the_same_whatever_was_reported(make):
    said = [make(kinds, "40%").out for kinds in (MIXED, ALIKE)]

    assert all("buurt: per wijk." in out for out in said)
