"""More speeding here than on streets with the same limit? A week is one measurement."""

from dataclasses import replace

import pytest

from grondslag.analysis import area_comparison
from grondslag.analysis.counting import Tally
from grondslag.analysis.speed_and_crashes import Streets, association
from grondslag.analysis.speeding import speeding
from grondslag.errors import InputError
from made_delivery import STREETS, crash_table, let_out, made_delivery, speed_table

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}
CALM = {street: [(1000, 48.0, 10.0 + at % 3, 50)] * 3 for at, street in enumerate(STREETS)}
UNEVEN = [(1000, 55.0, 38.0, 50), (3000, 57.0, 42.0, 50), (1000, 56.0, 40.0, 50)]


def measured(folder, weeks, focus=("S11",)):
    made = made_delivery(folder, crash_table(EVEN), speeds=speed_table(weeks), focus=focus)
    return speeding(made, focus=focus, minimum=10)


def cell_of(found, street):
    return next(cell for cell in found.figure.cells if cell.keys == (street,))


def test_a_fast_street_stands_out_with_its_counts_and_range(tmp_path):
    """Share by hand: (38 + 3 * 42 + 40) / 5 = 40.8; v85 (55 + 3 * 57 + 56) / 5 = 56.4."""
    found = measured(tmp_path, CALM | {"S11": UNEVEN})

    fast = cell_of(found, "S11")
    assert fast.count == 5000
    assert fast.exposure == 3
    assert fast.derived["above"] == pytest.approx(40.8)
    assert fast.derived["v85"] == pytest.approx(56.4)
    assert fast.derived["above_low"] < 40.8 < fast.derived["above_high"]
    assert fast.derived["certainty"] > 0.95
    assert fast.derived["above_elsewhere"] < 13
    assert found.facts["asked"] == ["S11"]


def test_only_streets_with_the_same_limit_are_set_beside_it(tmp_path):
    """The others with 50 have 10, 11 and 12 percent; those with 30 have 80 and do not count."""
    slow = {street: [(1000, 40.0, 80.0, 30)] * 3 for street in list(STREETS)[9:]}

    found = measured(tmp_path, CALM | slow | {"S11": UNEVEN})

    assert cell_of(found, "S11").derived["above_elsewhere"] == pytest.approx(11, abs=0.5)
    assert cell_of(found, "S61").derived["above_elsewhere"] == pytest.approx(80)


def test_one_week_gives_a_number_but_no_verdict(tmp_path):
    found = measured(tmp_path, CALM | {"S11": UNEVEN[:1]})

    assert cell_of(found, "S11").derived.keys() == {
        "above",
        "v85",
        "above_elsewhere",
        "v85_elsewhere",
    }


def test_with_few_other_streets_there_is_no_usual_speed(tmp_path):
    few = {street: CALM[street] for street in list(STREETS)[:4]}

    found = measured(tmp_path, few | {"S11": UNEVEN})

    assert "certainty" not in cell_of(found, "S11").derived


def test_only_weeks_under_the_newest_limit_count(tmp_path):
    lowered = [(1000, 56.0, 5.0, 50), (1000, 56.0, 90.0, 30), (1000, 57.0, 92.0, 30)]

    found = measured(tmp_path, CALM | {"S11": lowered})

    assert cell_of(found, "S11").count == 2000
    assert found.facts["limit"]["S11"] == 30


def test_a_handful_of_vehicles_is_not_shown_at_all(tmp_path):
    """A share of three vehicles would tell of each of them."""
    found = measured(tmp_path, CALM | {"S11": [(1, 80.0, 100.0, 50), (2, 81.0, 100.0, 50)]})

    assert all(cell.keys != ("S11",) for cell in found.figure.cells)
    assert found.facts["not_measured"] == ["S11"]


def test_the_table_passes_the_gate_and_the_facts_hold_no_count(tmp_path):
    made = made_delivery(
        tmp_path, crash_table(EVEN), speeds=speed_table(CALM | {"S11": UNEVEN}), focus=["S11"]
    )

    result = area_comparison(made)

    released = {one.id: one for one in let_out(tmp_path, result.figures)}
    assert released["speeds"].cell("S11").count == 5000
    assert "passages" not in str(result.facts.parts)
    assert "5000" not in str(result.facts.parts)


def test_a_plan_without_speeds_has_no_such_part(tmp_path):
    made = made_delivery(tmp_path, crash_table(EVEN))

    assert speeding(made, focus=(), minimum=10) is None
    assert area_comparison(made).facts.parts == {}


def test_a_column_that_was_not_asked_is_named(tmp_path):
    made = made_delivery(tmp_path, crash_table(EVEN), speeds=speed_table(CALM))
    asked = replace(made.plan.analysis.speeds, v85="v90")
    other = replace(
        made, plan=replace(made.plan, analysis=replace(made.plan.analysis, speeds=asked))
    )

    with pytest.raises(InputError) as refused:
        speeding(other, focus=(), minimum=10)

    assert refused.value.code == "analysis.column-not-delivered"


def streets(counts, above):
    codes = [f"S{at}" for at in range(len(counts))]
    busy = [1.0 + at % 7 for at in range(len(counts))]
    known = Streets(
        above=dict(zip(codes, above, strict=True)),
        limit=dict.fromkeys(codes, 50),
        traffic=dict(zip(codes, busy, strict=True)),
        length=dict.fromkeys(codes, 1.0),
    )
    return {code: Tally(count) for code, count in zip(codes, counts, strict=True)}, known


def test_twice_the_crashes_at_ten_points_more_is_found():
    """Made by the formula itself: 20 times 2 to the power of a tenth of the share, no chance."""
    above = [5.0 * (at % 5) for at in range(40)]
    counts = [round(20 * 2 ** (share / 10)) for share in above]

    ratio, rests_on, learned = association(*streets(counts, above), years=1, minimum=10)

    assert ratio["ratio"] == pytest.approx(2, abs=0.03)
    assert ratio["ratio_low"] < 2 < ratio["ratio_high"]
    assert rests_on == learned.units == 40


def test_few_small_counts_are_not_learned_from():
    """With one small count among forty, the outcome could be solved for it."""
    above = [5.0 * (at % 5) for at in range(40)]
    counts = [20] * 39 + [3]

    assert association(*streets(counts, above), years=1, minimum=10) is None
