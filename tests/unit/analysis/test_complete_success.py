"""A measure after which nothing happened any more: that may be shown, for it is about nobody."""

from types import SimpleNamespace

import pytest

from grondslag.analysis.measure_effect import OTHERS, SITES, _figures, _Known
from grondslag.release import Scope, would_show

MINIMUM = 10


def shown(before, after, *, unit="crash"):
    """Counts at the places with the measure, before and after, as the gate shows them."""
    question = SimpleNamespace(
        contract=SimpleNamespace(name="ongevallen"),
        unit=unit,
        scope=Scope(("2020-01-01", "2025-12-31")),
        minimum=MINIMUM,
        places=SimpleNamespace(parents={}),
    )
    sites = SimpleNamespace(before=(2020, 2022), after=(2023, 2025), years_before=3, years_after=3)
    counts = {SITES: (before, after), OTHERS: (300, 280)}
    known = _Known(["A", "B"], counts, effect=None, trend=None, scatter=1.0)
    tables = would_show(_figures(question, sites, known), minimum=MINIMUM)
    return [cell.count for cell in next(one for one in tables if one.id == SITES).cells]


def test_no_crash_at_all_after_the_measure_is_shown():
    assert shown(24, 0) == [24, 0]


def test_a_few_crashes_stay_withheld():
    assert shown(24, 3) == [24, None]


@pytest.mark.parametrize("after", [0, 3])
def test_of_persons_who_are_counted_a_zero_tells_that_none_of_them_did(after):
    assert shown(24, after, unit="person") == [24, None]
