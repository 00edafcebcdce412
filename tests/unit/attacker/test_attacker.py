"""The attacker finds what a weaker report gives away, and nothing where a report is safe.

An attack that cannot succeed proves nothing. Each weakness here is one that a careless report has.
"""

import pytest

from attacker.attacking import attack, pinned
from attacker.inverting import inverted_totals
from attacker.reading import Report, Said, counts_in
from attacker.regions import region_of
from made_publications import (
    COUNTS,
    against_the_rest,
    fair_report,
    interval_of,
    learned_of_all,
    ratio_of,
    shown,
    table,
    with_total,
    withheld,
)


def found(report, roads=None):
    """What the attacker knows per withheld key: least and most."""
    return {
        dict(one.region.conditions)["area"]: (one.low, one.high) for one in attack(report, roads)
    }


def test_two_withheld_areas_without_anything_that_adds_up_are_safe():
    report = fair_report()

    assert pinned(attack(report)) == []
    assert found(report) == {"c": (0, 9), "d": (0, 9)}


def test_a_total_let_out_beside_one_withheld_area_gives_it_away():
    report = with_total(one_hidden=True)

    assert found(report) == {"c": (4, 4)}
    assert len(pinned(attack(report))) == 1


def test_a_total_beside_two_withheld_areas_leaves_a_range():
    """Together they are 11, so each is 2 to 9: enough stays possible."""
    report = with_total(one_hidden=False)

    assert found(report) == {"c": (2, 9), "d": (2, 9)}
    assert pinned(attack(report)) == []


@pytest.mark.parametrize("digits", [0, 1, 4])
def test_the_interval_of_a_withheld_area_gives_it_away(digits):
    report = fair_report(c=interval_of(COUNTS["c"], digits))

    assert found(report)["c"] == (4, 4)


def test_a_ratio_with_two_decimals_beside_what_was_expected_gives_a_withheld_area_away():
    report = fair_report(c=ratio_of(COUNTS["c"], 6.283, digits=2))

    assert found(report)["c"] == (4, 4)
    assert len(pinned(attack(report))) == 1


def test_expected_numbers_of_the_others_give_the_total_and_so_the_one_withheld_area():
    """Areas against the rest: the total stands in each expected number, also rounded to whole."""
    report = against_the_rest(("c",), digits=2)
    (within,) = inverted_totals(report.tables[0])

    assert (within.low, within.high) == (138, 138)
    assert found(report) == {"c": (4, 4)}


def test_expected_numbers_beside_two_withheld_areas_give_their_sum_alone():
    report = against_the_rest(("c", "d"), digits=2)

    assert found(report) == {"c": (2, 9), "d": (2, 9)}
    assert pinned(attack(report)) == []


def test_a_total_in_a_sentence_or_a_table_of_the_page_gives_one_withheld_area_away():
    cells = [
        shown(code, count) if code != "c" else withheld(code) for code, count in COUNTS.items()
    ]
    said = Said(sum(COUNTS.values()), "", "In de hele stad waren het er 138.")
    report = Report((table("wijk", cells),), (said,))

    assert found(report) == {"c": (4, 4)}


def test_a_number_on_the_page_that_cannot_be_a_sum_is_left_alone():
    cells = [
        shown(code, count) if code != "c" else withheld(code) for code, count in COUNTS.items()
    ]
    report = Report((table("wijk", cells),), (Said(900, "", "900 inwoners"),))

    assert found(report) == {"c": (0, 9)}


def test_rows_and_columns_of_a_table_give_its_withheld_middle_away():
    """A table by area and kind with both margins: one withheld cell is a sum in one unknown."""
    inner = [
        shown(("a", "x"), 20), shown(("a", "y"), 15),
        shown(("b", "x"), 12), withheld(("b", "y")),
    ]  # fmt: skip
    rows = [shown("a", 35), shown("b", 18)]
    report = Report((table("binnen", inner, ("area", "kind")), table("rijen", rows)))

    (only,) = attack(report)

    assert (only.low, only.high) == (6, 6)


def test_streets_in_a_district_add_up_through_the_list_of_areas():
    parents = {"s1": "w1", "s2": "w1", "s3": "w2"}
    streets = [shown("s1", 22), withheld("s2"), shown("s3", 30)]
    districts = [shown("w1", 27), shown("w2", 30)]
    report = Report(
        (table("straat", streets, parents=parents), table("wijk", districts, parents=parents))
    )

    (only,) = attack(report)

    assert (only.low, only.high) == (5, 5)


def test_what_is_learned_of_all_roads_gives_away_a_few_withheld_ones():
    """Two small roads among sixty: of all worlds tried, only the true one gives what is published
    with four decimals. That is why nothing is learned when a few are small."""
    report, roads, counts = learned_of_all(2, digits=4)

    assert found(report, roads) == {
        code: (count, count) for code, count in counts.items() if count < 10
    }


def test_what_is_learned_of_many_withheld_roads_rounded_as_on_the_page_gives_none_away():
    report, roads, counts = learned_of_all(12, digits=2)

    limits = found(report, roads)

    assert all(limits[code][0] <= count <= limits[code][1] for code, count in counts.items()
               if count < 10)  # fmt: skip
    assert pinned(attack(report, roads)) == []


@pytest.mark.parametrize(("digits", "falls"), [(2, False), (4, True)])
def test_ten_withheld_roads_near_the_minimum_are_safe_at_the_decimals_of_a_page(digits, falls):
    """The worst case: nearly all of them 9. Two decimals more would give them all away."""
    report, roads, _ = learned_of_all(10, digits=digits, busy=0.1)

    assert bool(pinned(attack(report, roads))) is falls


def test_the_equations_of_the_fit_hold_for_the_true_counts():
    """Else the attack on what is learned would be one that never succeeds."""
    from attacker.learned import learned_sums

    report, roads, counts = learned_of_all(12, digits=4)
    sums = list(learned_sums(report.tables[0], roads))
    truth = {region_of(report.tables[0], (code,)): count for code, count in counts.items()}

    assert len(sums) == 2
    for one in sums:
        value = sum(weight * truth[region] for region, weight in one.weights.items())
        assert one.low <= value <= one.high
        assert one.high - one.low < 0.25 * sum(abs(weight) * 9 for weight in one.weights.values())


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("In de hele stad staan 2.655 ongevallen.", [2655]),
        ("2018 tot en met 2025: 17% van 41", [41]),
        ("2,71 (2,26 tot 3,19)", []),
        ("AVG artikel 6 lid 1 onder e", []),
        ("1 april 2028", []),
        ("f7a717080f6cd8377084d93fd0831d5c7a51604331d622bd8d0bddb559009a6f", []),
    ],
)
def test_counts_are_told_from_years_shares_articles_and_hashes(text, counts):
    assert counts_in(text) == counts
