"""How long to measure in a street, when what was measured does not tell."""

import math

import pytest

from grondslag.analysis import area_comparison, said_of_speeds, say
from grondslag.analysis.measuring_on import measuring_on
from made_delivery import OPEN, STREETS, crash_table, let_out, made_delivery, speed_table

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}
CALM = {street: [(1000, 48.0, 10.0 + at % 3, 50)] * 3 for at, street in enumerate(STREETS)}


def answer(folder, weeks):
    made = made_delivery(folder, crash_table(EVEN), speeds=speed_table(weeks), focus=["S11"])
    found = area_comparison(made, profile=OPEN)
    return found.facts, let_out(folder, found.figures)


def of_weeks(*above):
    return [(1000, 50.0, share, 50) for share in above]


def test_weeks_by_hand(tmp_path):
    """Only this street has weeks that differ: 6 and 18, so a deviation of 8.49 in one degree of
    freedom. The 17 others have 10, 11 or 12 in three alike weeks, two degrees each: together
    8.49^2 / 35 is a deviation of 1.43. The others have a mean with an error of 0.21.
    """
    facts, released = answer(tmp_path, CALM | {"S11": of_weeks(6.0, 18.0)})

    found = measuring_on(facts, released, "S11")

    # With 3 weeks the error is 0.86, and 5 points are 5.8 errors: enough. With 2 weeks the error
    # is 1.03 with hardly more than one degree of freedom, whose limit lies at ten errors or so.
    assert found.now == 2
    assert found.vehicles == 1000
    assert found.weeks == 3
    assert math.isclose(8.485**2 / 35, 1.434**2, rel_tol=0.01)


def test_who_cannot_tell_hears_how_long_to_measure(tmp_path):
    facts, released = answer(tmp_path, CALM | {"S11": of_weeks(6.0, 18.0)})

    said = [say(one) for one in said_of_speeds(facts, released)]

    assert any("Meet dan 3 weken in plaats van 2." in one for one in said)
    assert any("1.000 voertuigen per week" in one for one in said)


def test_one_week_is_not_enough_and_the_other_streets_say_what_is(tmp_path):
    wide = {street: of_weeks(6.0, 14.0, 10.0) for street in STREETS}
    facts, released = answer(tmp_path, wide | {"S11": of_weeks(10.0)})

    found = measuring_on(facts, released, "S11")

    assert found.now == 1
    assert found.weeks > 3


def test_who_measured_long_enough_hears_that_more_does_not_help(tmp_path):
    facts, released = answer(tmp_path, CALM | {"S11": of_weeks(10.0, 12.0, 11.0, 11.0)})

    said = [say(one) for one in said_of_speeds(facts, released)]

    assert any("Langer meten helpt dus weinig" in one for one in said)


def test_when_other_streets_are_too_different_no_number_of_weeks_is_promised(tmp_path):
    unlike = {
        street: of_weeks(*[5.0 + 40.0 * (at % 2)] * 3)
        for at, street in enumerate(list(STREETS)[:6])
    }
    facts, released = answer(tmp_path, unlike | {"S11": of_weeks(10.0, 40.0)})

    said = [say(one) for one in said_of_speeds(facts, released)]

    assert any("Langer meten in deze straat helpt niet." in one for one in said)


def test_who_can_tell_is_not_sent_out_again(tmp_path):
    facts, released = answer(tmp_path, CALM | {"S11": of_weeks(40.0, 41.0, 39.0)})

    said = " ".join(say(one) for one in said_of_speeds(facts, released))

    assert "weken in plaats van" not in said
    assert "Langer meten" not in said


@pytest.mark.parametrize("focus", ["S11"])
def test_without_speeds_nothing_is_planned(tmp_path, focus):
    made = made_delivery(tmp_path, crash_table(EVEN), focus=[focus])
    found = area_comparison(made, profile=OPEN)

    assert measuring_on(found.facts, let_out(tmp_path, found.figures), focus) is None
