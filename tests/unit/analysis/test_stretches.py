"""Which years may be taken together, and what keeps them apart."""

import numpy as np
import pytest

from grondslag.analysis.breaks import Break, BreakKind
from grondslag.analysis.stretches import (
    Change,
    changes_of_codes,
    jumps,
    known_changes,
    stretches,
)

YEARS = tuple(range(2017, 2026))
COVID = Break(BreakKind.COVID, 2020)


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ((), ((2017, 2025),)),
        ((2022,), ((2017, 2021), (2022, 2025))),
        ((2020, 2022), ((2017, 2019), (2020, 2021), (2022, 2025))),
        ((2017,), ((2017, 2025),)),
        ((2025,), ((2017, 2024), (2025, 2025))),
        ((2022, 2022), ((2017, 2021), (2022, 2025))),
    ],
)
def test_years_on_both_sides_of_a_change_lie_apart(edges, expected):
    assert stretches(YEARS, [Change("registration", edge) for edge in edges]) == expected


def test_a_year_that_is_missing_does_not_hide_a_change():
    assert stretches((2019, 2023), [Change("borders", 2021)]) == ((2019, 2019), (2023, 2023))


def test_the_corona_years_lie_apart_from_before_and_after():
    found = known_changes([COVID], YEARS)

    assert [(one.reason, one.year) for one in found] == [("covid", 2020), ("covid", 2022)]


def test_a_change_before_the_first_year_keeps_nothing_apart():
    early = Break(BreakKind.REGISTRATION, 2017, "Sinds 2017 telt de politie anders.")

    assert known_changes([early, COVID], (2021, 2022)) == [Change("covid", 2022)]


def test_a_year_with_other_areas_than_the_year_before_is_a_change():
    codes = {2023: {"B1", "B2"}, 2024: {"B1", "B3", "B4"}, 2025: {"B4", "B3", "B1"}}

    assert changes_of_codes(codes) == [Change("codes", 2024)]


def test_a_jump_of_the_whole_town_that_nobody_explained_is_found():
    counts = dict(zip(YEARS, (812, 798, 805, 820, 801, 1207, 1195, 1213, 1201), strict=True))

    assert jumps(counts, ()) == [Change("jump", 2022)]


def test_a_jump_that_the_owner_explained_is_told_once():
    counts = dict(zip(YEARS, (812, 798, 805, 820, 801, 1207, 1195, 1213, 1201), strict=True))

    assert jumps(counts, [Change("registration", 2022)]) == []


def test_a_row_without_a_jump_and_a_short_row_are_left_alone():
    flat = dict(zip(YEARS, (812, 798, 805, 820, 801, 807, 795, 813, 801), strict=True))

    assert jumps(flat, ()) == []
    assert jumps({2023: 10, 2024: 900, 2025: 10}, ()) == []


def test_years_that_only_wander_are_seldom_kept_apart():
    """Four hundred towns of ten years; each year lies 5 percent off by itself, beside chance."""
    chance = np.random.default_rng(5)
    rates = 800 * np.exp(chance.normal(0, 0.05, (400, 10)))

    cut = [bool(jumps(dict(enumerate(row.tolist(), 2016)), ())) for row in chance.poisson(rates)]

    assert sum(cut) / len(cut) <= 0.02
