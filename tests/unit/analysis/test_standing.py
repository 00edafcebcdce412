"""Areas beside what is to be expected in them: expectation, ratio, certainty, and who stands."""

import math

import numpy as np
import pyarrow as pa
import pytest

from grondslag.analysis.places import Places
from grondslag.analysis.standard import (
    Population,
    expectations,
    population_of,
    with_all_areas,
)
from grondslag.analysis.standing import standings
from grondslag.contracts import AreaList
from grondslag.contracts.areas import Area
from grondslag.errors import InputError

YOUNG, OLD = ("jong",), ("oud",)


def places():
    areas = {
        "W1": Area("W1", "Wijk 1", "wijk", ""),
        "W2": Area("W2", "Wijk 2", "wijk", ""),
        **{f"B1{n}": Area(f"B1{n}", f"Buurt 1{n}", "buurt", "W1") for n in (1, 2, 3)},
        **{f"B2{n}": Area(f"B2{n}", f"Buurt 2{n}", "buurt", "W2") for n in (1, 2)},
    }
    return Places(AreaList("gebieden", ("buurt", "wijk"), areas, ""), {"buurt": "buurt"})


def test_an_area_is_expected_to_have_what_its_groups_have_in_the_whole_town():
    sizes = {"jonge buurt": {YOUNG: 90, OLD: 10}, "oude buurt": {YOUNG: 10, OLD: 90}}

    expected = expectations(sizes, {YOUNG: 10, OLD: 50}, {YOUNG: 100, OLD: 100})

    # By hand: 90 * 0.1 + 10 * 0.5 and 10 * 0.1 + 90 * 0.5.
    assert expected == pytest.approx({"jonge buurt": 14.0, "oude buurt": 46.0})


def test_an_area_with_a_group_that_has_no_rate_gets_no_expectation():
    sizes = {"bekend": {YOUNG: 90}, "onbekend": {YOUNG: 10, OLD: 1}}

    assert set(expectations(sizes, {YOUNG: 10}, {YOUNG: 100, OLD: 1})) == {"bekend"}


def test_what_areas_are_expected_to_have_adds_up_to_what_was_counted():
    sizes = {"a": {YOUNG: 40, OLD: 20}, "b": {YOUNG: 60, OLD: 80}}

    expected = expectations(sizes, {YOUNG: 7, OLD: 31}, {YOUNG: 100, OLD: 100})

    assert sum(expected.values()) == pytest.approx(38)


def test_sizes_are_read_per_area_and_group():
    table = pa.table(
        {
            "buurt": ["B11", "B11", "B12", None, "B13"],
            "leeftijd": ["jong", "oud", "jong", "jong", "jong"],
            "mensen": [10, 5, 7, 99, None],
        }
    )

    found = population_of(table, area="buurt", value="mensen", groups=["leeftijd"])

    assert found.sizes == {"B11": {YOUNG: 10, OLD: 5}, "B12": {YOUNG: 7}}
    assert found.missing == ("B13",)


def test_a_size_that_was_left_out_because_it_is_small_is_no_gap():
    table = pa.table({"buurt": ["B11"], "mensen": pa.array([None], pa.int64())})

    found = population_of(table, area="buurt", value="mensen", groups=[], withheld=5.0)

    assert found.sizes == {"B11": {(): 5.0}}
    assert found.missing == ()


def test_a_size_below_nothing_is_refused():
    table = pa.table({"buurt": ["B11"], "mensen": [-1]})

    with pytest.raises(InputError) as refused:
        population_of(table, area="buurt", value="mensen", groups=[], dataset="huishoudens")

    assert refused.value.code == "analysis.exposure-below-nothing"


def test_an_area_without_people_is_named_and_its_district_is_not_guessed():
    known = Population({"B11": {(): 10.0}, "B12": {(): 20.0}, "B21": {(): 4.0}, "B22": {(): 6.0}})

    found = with_all_areas(known, places(), "buurt", impute=False)

    assert found.missing == ("B13",)
    assert found.imputed == ()
    assert found.at(places(), "wijk") == {"W2": {(): 10.0}}


def test_a_plan_may_let_an_area_without_people_take_the_mean_of_its_like():
    known = Population({"B11": {(): 10.0}, "B12": {(): 20.0}, "B21": {(): 4.0}, "B22": {(): 6.0}})

    found = with_all_areas(known, places(), "buurt", impute=True)

    assert found.imputed == ("B13",)
    assert found.at(places(), "wijk")["W1"] == {(): 45.0}


def areas(count, *, size=60.0):
    return {f"B{n:02d}": size for n in range(count)}


def test_the_ratio_is_drawn_towards_one_and_keeps_its_side():
    expected = areas(30)
    counts = dict.fromkeys(expected, 60) | {"B00": 120, "B01": 30}

    cells = {cell.keys[0]: cell for cell in standings(counts, expected, expected, focus=()).cells}

    assert 1 < cells["B00"].derived["ratio"] < 2
    assert 0.5 < cells["B01"].derived["ratio"] < 1
    assert cells["B00"].derived["stands"] == 1
    assert cells["B00"].derived["certainty"] > 0.95
    assert cells["B01"].derived["certainty"] < 0.2


def test_the_ratio_is_the_weighted_mean_of_the_papers():
    """Hauer et al. (2002), doi:10.3141/1784-16, worked out by hand.

    With variance v between ratios (DerSimonian and Laird 1986) the weight of what is
    expected is 1 / (1 + v * E), the rest is the area's own count.
    """
    expected = areas(9, size=20.0)
    counts = dict(zip(expected, (20, 22, 18, 25, 15, 21, 19, 40, 20), strict=True))
    ratios = np.array(list(counts.values())) / 20
    weight = 20.0
    q = (weight * (ratios - ratios.mean()) ** 2).sum()
    between = (q - 8) / (9 * weight - 9 * weight**2 / (9 * weight))

    cells = {cell.keys[0]: cell for cell in standings(counts, expected, expected, focus=()).cells}

    own = 1 - 1 / (1 + between * 20)
    assert cells["B07"].derived["ratio"] == pytest.approx(1 + own * (2 - 1), abs=1e-3)


def test_areas_that_differ_by_chance_alone_are_nowhere_more():
    expected = areas(40)
    counts = dict(zip(expected, [55, 65, 58, 62] * 10, strict=True))

    standing = standings(counts, expected, expected, focus=())

    assert standing.spread == 0
    for cell in standing.cells:
        assert cell.derived["certainty"] < 0.2
        assert cell.derived["stands"] == 0


def test_an_area_that_was_asked_about_is_looked_at_once_and_others_many_times():
    """A score of about 2 is rare for one area and usual for the highest of a hundred."""
    expected = areas(100)
    counts = dict.fromkeys(expected, 60) | {"B07": math.ceil(60 * (1 + 2 / math.sqrt(60)))}

    asked = standings(counts, expected, expected, focus=["B07"])
    unasked = standings(counts, expected, expected, focus=())

    assert next(c for c in asked.cells if c.keys == ("B07",)).derived["stands"] == 1
    assert next(c for c in unasked.cells if c.keys == ("B07",)).derived["stands"] == 0
    assert asked.tested == 100


def test_a_difference_that_is_certain_but_small_is_not_called_more():
    """A twentieth more of ten thousand is surely more than chance, and nothing to act upon."""
    expected = areas(20, size=10_000.0)
    counts = dict.fromkeys(expected, 9_975) | {"B07": 10_500}

    cell = next(
        c for c in standings(counts, expected, expected, focus=()).cells if c.keys == ("B07",)
    )

    assert cell.derived["ratio_low"] > 1
    assert cell.derived["certainty"] < 0.2


def test_no_ratio_where_little_is_expected():
    expected = areas(20) | {"klein": 4.9}
    counts = dict.fromkeys(expected, 60) | {"klein": 15}

    standing = standings(counts, expected, expected, focus=["klein"])

    small = next(cell for cell in standing.cells if cell.keys == ("klein",))
    assert "ratio" not in small.derived
    assert small.derived["expected"] == 4.9
    assert standing.tested == 20


def test_a_handful_of_areas_gives_counts_and_no_verdict():
    expected = areas(4)

    standing = standings(dict.fromkeys(expected, 90), expected, expected, focus=())

    assert standing.spread is None
    assert standing.tested == 0
    assert all("certainty" not in cell.derived for cell in standing.cells)


@pytest.mark.parametrize("seed", range(5))
def test_of_areas_where_nothing_is_the_matter_nearly_none_is_called_almost_certain(seed):
    """Two hundred areas that differ by chance alone: the generator draws plain Poisson counts."""
    chance = np.random.default_rng(seed)
    expected = {f"B{n:03d}": float(size) for n, size in enumerate(chance.uniform(8, 200, 200))}
    counts = {area: int(chance.poisson(size)) for area, size in expected.items()}

    standing = standings(counts, expected, expected, focus=())

    called = [c for c in standing.cells if c.derived["certainty"] > 0.95 and c.derived["stands"]]
    assert len(called) <= 1


def test_the_intervals_hold_the_real_ratio_nineteen_times_out_of_twenty():
    """Two hundred towns of forty areas; real ratios are lognormal, which no formula here is."""
    chance = np.random.default_rng(11)
    held = total = 0
    for _ in range(200):
        size = chance.uniform(15, 200, 40)
        real = np.exp(chance.normal(0, 0.18, 40))
        seen = chance.poisson(size * real)
        expected = {f"B{n:02d}": float(size[n] * seen.sum() / size.sum()) for n in range(40)}
        counts = {area: int(seen[n]) for n, area in enumerate(expected)}
        own = real / ((size * real).sum() / size.sum())
        for n, cell in enumerate(standings(counts, expected, expected, focus=()).cells):
            held += cell.derived["ratio_low"] <= own[n] <= cell.derived["ratio_high"]
            total += 1

    assert 0.92 <= held / total <= 0.98
