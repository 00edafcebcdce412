"""An area against others that are as long and as busy."""

import numpy as np
import pytest

from grondslag.analysis.alike import compared_alike
from grondslag.analysis.counting import Tally
from grondslag.methods import fit_performance, shrunk

MINIMUM = 10
YEARS = 8.0


def roads(seed, *, size=60, a_kilometre=20.0):
    """Made-up roads whose accidents rise with the root of their traffic, the first ten times."""
    chance = np.random.default_rng(seed)
    length = chance.uniform(200, 2000, size)
    busy = chance.lognormal(8, 0.9, size)
    mean = a_kilometre * length / 1000 * YEARS / 8 * np.sqrt(busy / 3000) + 12
    mean[0] *= 3
    counts = chance.poisson(mean) + MINIMUM
    codes = [f"S{at:03d}" for at in range(size)]
    return (
        {code: Tally(int(count)) for code, count in zip(codes, counts, strict=True)},
        dict(zip(codes, (busy * length).tolist(), strict=True)),
        dict(zip(codes, length.tolist(), strict=True)),
    )


def comparison(tallies, traffic, length):
    return compared_alike(tallies, traffic=traffic, length=length, years=YEARS, minimum=MINIMUM)


def test_a_road_that_is_really_worse_stands_out():
    found = comparison(*roads(1))

    first = found.cells[0].derived
    assert first["ratio_low"] > 1.5
    assert first["certainty"] > 0.99
    assert np.median([cell.derived["certainty"] for cell in found.cells]) < 0.8


def test_the_numbers_are_those_of_the_methods():
    tallies, traffic, length = roads(2)
    counts = [tally.count for tally in tallies.values()]
    metres = np.array(list(length.values()))
    busy = np.log(np.array(list(traffic.values())) / metres)
    learned = fit_performance(counts, {"traffic": busy.tolist()}, (metres * YEARS).tolist())
    expected = shrunk(counts, learned.predicted, learned.dispersion)

    found = comparison(tallies, traffic, length)

    ratios = [cell.derived["ratio"] for cell in found.cells]
    assert ratios == pytest.approx(expected.mean / learned.predicted, abs=0.005001)


def test_part_of_a_high_count_is_taken_as_chance():
    found = comparison(*roads(3))

    for cell in found.cells:
        raw = cell.count / cell.derived["expected"]
        assert abs(cell.derived["ratio"] - 1) <= abs(raw - 1) + 1e-3


def test_a_few_roads_teach_nothing():
    assert comparison(*roads(4, size=29)) is None


def test_roads_that_are_all_as_busy_teach_nothing():
    tallies, _, length = roads(5)

    assert (
        comparison(tallies, {code: 100 * metres for code, metres in length.items()}, length) is None
    )


def test_a_count_that_the_delivery_withheld_makes_it_impossible():
    tallies, traffic, length = roads(6)

    assert comparison(tallies | {"S007": Tally(None)}, traffic, length) is None


# Three numbers are learned: a level, what traffic does, a spread. Ten degrees must be left.
@pytest.mark.parametrize(("small", "given"), [(0, True), (1, False), (12, False), (13, True)])
def test_a_few_small_counts_could_be_worked_out_from_what_was_learned(small, given):
    tallies, traffic, length = roads(7)
    few = {code: Tally(4) for code in list(tallies)[1 : small + 1]}

    found = comparison(tallies | few, traffic, length)

    assert (found is not None) is given


def test_the_gate_gets_to_see_what_was_learned():
    tallies, traffic, length = roads(7)
    small = {code: Tally(4) for code in list(tallies)[1:21]}

    model = comparison(tallies | small, traffic, length).model

    assert (model.units, model.hidden, model.parameters, model.degrees) == (60, 20, 3, 17)
    assert [term.name for term in model.terms] == ["traffic"]


def test_one_road_of_a_few_people_that_decides_what_is_learned_makes_it_impossible():
    tallies, traffic, length = roads(7)
    small = {code: Tally(4) for code in list(tallies)[1:21]}
    alone = "S005"  # so much busier than all others that the line goes through it

    found = comparison(
        tallies | small,
        traffic | {alone: traffic[alone] * 1e9},
        length | {alone: length[alone] * 1e3},
    )

    assert found is None


def test_no_ratio_where_next_to_nothing_is_to_be_expected():
    tallies, traffic, length = roads(8)
    short = {"S005": 1.0}
    quiet = {"S005": 50.0}

    found = comparison(tallies, traffic | quiet, length | short)

    assert "ratio" not in found.cells[5].derived
