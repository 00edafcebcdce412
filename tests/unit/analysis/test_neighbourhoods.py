"""Is it worse here, for people who are alike? What is compared, and what a reader is told."""

import pytest

from grondslag.analysis import AnalysisResult, Facts, area_class, groups_said, say, told, years_said
from grondslag.analysis.choices import AreaClass
from grondslag.analysis.neighbourhoods import neighbourhoods
from grondslag.errors import InputError
from made_delivery import OPEN, let_out
from made_neighbourhoods import BUURTEN, made_neighbourhoods

RATE = {"alleen": 0.20, "samen": 0.05}
"""What a household of each kind really runs."""


def town(*, alone=(), twice=()):
    """Sizes and counts: 1,000 households each, 300 alone; somewhere 800 alone; twice as much."""
    sizes = {code: (800, 200) if code in alone else (300, 700) for code in BUURTEN}
    counts = {}
    kinds = [0, 0]
    for code, (one, two) in sizes.items():
        times = 2 if code in twice else 1
        own = (round(one * RATE["alleen"] * times), round(two * RATE["samen"] * times))
        counts[code] = sum(own)
        kinds = [kinds[0] + own[0], kinds[1] + own[1]]
    return counts, sizes, tuple(kinds)


def answered(folder, counts, sizes, kinds, **settings):
    delivery = made_neighbourhoods(folder, counts, sizes, per_kind=kinds, **settings)
    result = neighbourhoods(delivery, profile=OPEN)
    return result, let_out(folder, result.figures)


def cell_of(figures, name, code):
    return next(one for one in figures if one.id == name).cell(code)


def test_an_area_full_of_people_who_live_alone_only_seems_worse(tmp_path):
    counts, sizes, kinds = town(alone=["B21"], twice=["B53"])

    result, released = answered(tmp_path, counts, sizes, kinds, focus=["B53"])

    fair = cell_of(released, "buurt-fair", "B21")
    plain = cell_of(released, "buurt-plain", "B21")
    assert area_class(plain.derived) is AreaClass.ALMOST_CERTAIN
    assert area_class(fair.derived) not in (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)
    assert "neighbourhoods.groups-seems" in {
        one.code for one in groups_said(result.facts, released)
    }


def test_an_area_that_really_has_more_is_found_and_comes_first(tmp_path):
    counts, sizes, kinds = town(alone=["B21"], twice=["B53"])

    result, released = answered(tmp_path, counts, sizes, kinds, focus=["B53"])

    said = told(result.facts, released)
    assert say(said.headline) == (
        "Buurt 53: ja, hier zijn vrijwel zeker meer koude huishoudens dan te verwachten."
    )
    assert say(said.answer[0]).startswith("Buurt 53: 190 koude huishoudens. Te verwachten")
    assert "neighbourhoods.elsewhere-none" in {one.code for one in said.answer}


def test_what_is_expected_is_worked_out_by_hand(tmp_path):
    counts, sizes, kinds = town(alone=["B21"])

    _, released = answered(tmp_path, counts, sizes, kinds)

    # Every household runs the risk of its kind, so each area has just what is expected.
    for code, count in counts.items():
        assert cell_of(released, "buurt-fair", code).derived["expected"] == pytest.approx(count)


def test_every_other_division_into_areas_is_tried_and_told(tmp_path):
    counts, sizes, kinds = town(twice=["B11", "B12", "B13", "B14"])

    result, released = answered(tmp_path, counts, sizes, kinds, focus=["B11"])

    said = {one.code for one in told(result.facts, released).answer}
    assert cell_of(released, "wijk-fair", "W1") is not None
    assert "neighbourhoods.again-same" in said


def test_a_difference_that_is_gone_in_the_district_is_told(tmp_path):
    counts, sizes, kinds = town(twice=["B11"])
    counts = counts | {"B12": 60, "B13": 60, "B14": 65}
    kinds = (sum(counts.values()) - kinds[1], kinds[1])

    result, released = answered(tmp_path, counts, sizes, kinds, focus=["B11"])

    said = {one.code for one in told(result.facts, released).answer}
    assert "neighbourhoods.again-gone" in said


def test_how_many_areas_were_looked_at_is_told(tmp_path):
    result, released = answered(tmp_path, *town(), focus=["B11"])

    said = [one for one in told(result.facts, released).quality if "compared" in one.fields]
    assert [one.fields["compared"] for one in said] == [24]


def test_an_area_without_households_is_named_and_takes_no_part(tmp_path):
    counts, sizes, kinds = town()
    sizes["B32"] = (None, None)

    result, released = answered(tmp_path, counts, sizes, kinds)

    assert result.facts.parts["fair"]["missing"] == ["B32"]
    assert cell_of(released, "buurt-fair", "B32") is None
    assert "neighbourhoods.population-missing" in codes(told(result.facts, released).quality)


def test_a_plan_may_allow_an_estimate_and_the_report_marks_it(tmp_path):
    counts, sizes, kinds = town()
    sizes["B32"] = (None, None)

    result, released = answered(tmp_path, counts, sizes, kinds, missing="impute")

    assert result.facts.parts["fair"]["imputed"] == ["B32"]
    expected = cell_of(released, "buurt-fair", "B32").derived["expected"]
    assert expected == pytest.approx(95, abs=0.1)
    assert "neighbourhoods.population-imputed" in codes(told(result.facts, released).quality)


def test_without_groups_the_reader_is_told_that_nothing_was_made_equal(tmp_path):
    result, released = answered(tmp_path, *town(alone=["B21"]), groups=False)

    assert "neighbourhoods.unknown-groups" in codes(result.facts.unknowns)
    assert groups_said(result.facts, released) == ()


def test_a_small_count_stands_nowhere_and_does_not_follow(tmp_path):
    counts, sizes, kinds = town()
    counts["B41"] = 4
    kinds = (sum(counts.values()) - kinds[1], kinds[1])

    _result, released = answered(tmp_path, counts, sizes, kinds, focus=["B53"])

    for figure in released:
        cell = figure.cell("B41")
        assert cell is None or (cell.count is None and not cell.derived)
    hidden = [cell for cell in cells_of(released, "buurt") if cell.count is None]
    assert len(hidden) >= 2  # one alone would follow from the whole town


def test_an_area_too_small_to_show_is_answered_for_by_its_district(tmp_path):
    counts, sizes, kinds = town(twice=["B11", "B12", "B13"])
    counts["B14"] = 4
    kinds = (sum(counts.values()) - kinds[1], kinds[1])

    result, released = answered(tmp_path, counts, sizes, kinds, focus=["B14"])

    assert result.facts.answer_level == "wijk"
    said = told(result.facts, released)
    assert say(said.headline).startswith("Wijk 1: ja")
    assert "analysis.level-coarser" in codes(said.fineness)
    assert not any(one.code.startswith("neighbourhoods.again") for one in said.answer)


def test_a_count_that_its_owner_left_out_makes_no_area_look_empty(tmp_path):
    counts, sizes, kinds = town()
    total = sum(counts.values())
    counts["B41"] = None

    _result, released = answered(tmp_path, counts, sizes, (total - kinds[1], kinds[1]))

    assert cell_of(released, "buurt", "B41").count is None
    assert all(figure.cell("B41") is None or not figure.cell("B41").derived for figure in released)


def test_the_facts_hold_no_count_and_can_be_read_back(tmp_path):
    result, _ = answered(tmp_path, *town(), focus=["B11"])

    again = AnalysisResult.from_mapping(result.to_mapping())

    assert again.sha256 == result.sha256
    assert Facts.from_mapping(result.facts.to_mapping()).parts == again.facts.parts


def test_a_group_outside_the_fixed_list_is_refused(tmp_path):
    counts, sizes, kinds = town()
    rows = [("alleen", 2024, kinds[0]), ("samen", 2024, kinds[1]), ("student", 2024, 30)]

    with pytest.raises(InputError) as refused:
        answered(tmp_path, counts, sizes, kinds, per_kind_rows=rows)

    assert refused.value.code == "neighbourhoods.group-not-listed"


def over_years(per_year, codes=BUURTEN):
    """The same town in some years, each so many times as large."""
    counts, sizes, kinds = town()
    rows = [
        (code, year, round(counts[code] * times))
        for year, times in per_year.items()
        for code in codes
    ]
    per_kind = [
        (kind, year, round(count * times * len(codes) / len(BUURTEN)))
        for year, times in per_year.items()
        for kind, count in zip(("alleen", "samen"), kinds, strict=True)
    ]
    return (counts, sizes, kinds), {"rows": rows, "per_kind_rows": per_kind}


def test_years_without_a_change_are_taken_together(tmp_path):
    made, rows = over_years({2023: 1, 2024: 1, 2025: 1})

    result, released = answered(tmp_path, *made, **rows)

    assert result.facts.period == ("2023-01-01", "2025-12-31")
    assert cell_of(released, "buurt", "B11").count == 3 * 95
    assert years_said(result.facts) == ()


def test_years_that_count_the_same_people_anew_are_not_added_up(tmp_path):
    made, rows = over_years({2024: 1, 2025: 1})

    result, released = answered(tmp_path, *made, **rows, basis="first_of_january")

    assert result.facts.period == ("2025-01-01", "2025-12-31")
    assert cell_of(released, "buurt", "B11").count == 95
    assert "neighbourhoods.years-stock" in codes(years_said(result.facts))


def test_an_area_of_which_one_year_was_left_out_has_no_place_over_all_years(tmp_path):
    (counts, sizes, kinds), rows = over_years({2023: 1, 2024: 1, 2025: 1})
    rows["rows"] = [
        (code, year, None if (code, year) == ("B41", 2024) else count)
        for code, year, count in rows["rows"]
    ]

    result, released = answered(tmp_path, counts, sizes, kinds, focus=["B53"], **rows)

    assert cell_of(released, "buurt", "B41") is None
    assert result.facts.parts["fair"]["left_out"] == {"wijk": ["W4"], "buurt": ["B41"]}
    assert result.facts.answer_level == "buurt"


def test_years_around_a_change_in_the_registration_are_shown_apart(tmp_path):
    made, rows = over_years({2022: 1, 2023: 1, 2024: 2, 2025: 2})
    limits = "Sinds 2024 telt het bureau op een nieuwe manier."

    told = {"breaks": [{"from": 2024, "kind": "registration", "said": limits}]}

    result, released = answered(tmp_path, *made, **rows, privacy=told)

    assert result.facts.period == ("2024-01-01", "2025-12-31")
    assert not [note for note in result.facts.warnings if "guard-break" in note.code]
    assert cell_of(released, "years", "2022").count == 24 * 95
    assert cell_of(released, "buurt", "B11").count == 4 * 95
    said = " ".join(say(one) for one in years_said(result.facts))
    assert limits in said
    assert "alleen over 2024 tot en met 2025" in said


def test_a_sentence_that_only_looks_like_a_change_keeps_no_years_apart(tmp_path):
    made, rows = over_years({2022: 1, 2023: 1, 2024: 1, 2025: 1})
    limits = "In 2024 is de leiding veranderd."

    result, _ = answered(tmp_path, *made, **rows, limitations=limits)

    assert result.facts.period == ("2022-01-01", "2025-12-31")
    assert "analysis.guard-break-untold" in codes(result.facts.warnings)


def test_an_answer_over_the_corona_years_says_so(tmp_path):
    made, rows = over_years(dict.fromkeys(range(2018, 2022), 1))

    result, _ = answered(tmp_path, *made, **rows)

    assert result.facts.period == ("2020-01-01", "2021-12-31")
    assert "analysis.guard-break-covid" in codes(result.facts.warnings)


def test_the_corona_years_are_never_bridged(tmp_path):
    made, rows = over_years(dict.fromkeys(range(2018, 2024), 1))

    result, _ = answered(tmp_path, *made, **rows)

    assert result.facts.parts["fair"]["stretches"] == [[2018, 2019], [2020, 2021], [2022, 2023]]
    assert result.facts.period == ("2022-01-01", "2023-12-31")
    assert "neighbourhoods.change-covid" in codes(years_said(result.facts))


def test_years_with_other_areas_are_shown_apart(tmp_path):
    (counts, sizes, kinds), rows = over_years({2024: 1, 2025: 1})
    old = [("OUD", 2023, 100), *((code, 2023, 95) for code in BUURTEN[1:])]
    town_of_old = [
        (kind, 2023, count) for kind, count in zip(("alleen", "samen"), kinds, strict=True)
    ]

    result, _ = answered(
        tmp_path, counts, sizes, kinds,
        rows=[*old, *rows["rows"]], per_kind_rows=[*town_of_old, *rows["per_kind_rows"]],
    )  # fmt: skip

    assert result.facts.period == ("2024-01-01", "2025-12-31")
    assert "neighbourhoods.change-codes" in codes(years_said(result.facts))


def codes(notes):
    return {note.code for note in notes}


def cells_of(released, name):
    return next(figure for figure in released if figure.id == name).cells
