"""Does more go wrong here than elsewhere? What is counted, at which level, against what."""

import re
from dataclasses import replace

import pyarrow as pa
import pytest

from grondslag.analysis import (
    AnalysisResult,
    AreaClass,
    Facts,
    area_class,
    area_comparison,
    say,
    statements,
)
from grondslag.errors import InputError
from grondslag.methods import compare_rates, exact_interval
from grondslag.vocabulary import Form
from made_contracts import column
from made_delivery import (
    DISTRICTS,
    OPEN,
    POLYGONS,
    STREETS,
    crash_table,
    let_out,
    made_delivery,
)

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}


def figures_of(result):
    return {figure.id: figure for figure in result.figures}


def codes(notes):
    return {note.code for note in notes}


def said(folder, delivery):
    result = area_comparison(delivery, profile=OPEN)
    released = let_out(folder, result.figures)
    return result, released, statements(result.facts, released)


def test_counts_have_exact_intervals_and_ratios_are_against_the_rest(tmp_path):
    crashes = crash_table(EVEN | {"S11": [("UMS", 80), ("LET", 40)]})

    result = area_comparison(made_delivery(tmp_path, crashes), profile=OPEN)

    counts = {cell.keys[0]: cell for cell in figures_of(result)["wijk"].cells}
    assert counts["W1"].count == 120 + 2 * 32
    limits = exact_interval(184)
    assert counts["W1"].derived["low"] == pytest.approx(limits.low, abs=1e-4)
    heads = {cell.keys[0]: cell for cell in figures_of(result)["wijk-residents"].cells}
    rest = compare_rates(count=184, exposure=1000, other_count=5 * 96, other_exposure=5000)
    assert heads["W1"].derived["ratio"] == pytest.approx(rest.ratio, abs=1e-4)
    assert heads["W1"].derived["expected"] == pytest.approx(96)
    assert figures_of(result)["city"].cells[0].count == 184 + 5 * 96


def test_an_area_that_stands_apart_is_found_and_the_others_are_not(tmp_path):
    crashes = crash_table(EVEN | {f"S1{n}": [("UMS", 60), ("LET", 40)] for n in (1, 2, 3)})

    result, released, what = said(tmp_path, made_delivery(tmp_path, crashes))

    table = next(figure for figure in released if figure.id == "wijk-residents")
    assert area_class(table.cell("W1").derived) is AreaClass.ALMOST_CERTAIN
    others = {area_class(table.cell(code).derived) for code in DISTRICTS if code != "W1"}
    assert AreaClass.ALMOST_CERTAIN not in others
    assert what.headline.code == "analysis.headline-several"
    assert "300" in say(what.answer[0])
    assert result.facts.primary == "residents"


def test_the_finest_level_at_which_the_asked_area_may_be_shown_is_chosen(tmp_path):
    few = EVEN | {"S12": [("UMS", 4)]}

    fine = area_comparison(made_delivery(tmp_path / "a", crash_table(EVEN), focus=["S11"]))
    coarse = area_comparison(made_delivery(tmp_path / "b", crash_table(few), focus=["S12"]))

    assert (fine.facts.levels, fine.facts.focus) == (("wijk", "straat"), ("S11",))
    assert (coarse.facts.levels, coarse.facts.focus) == (("wijk",), ("W1",))
    assert coarse.facts.asked == ("S12",)


def test_why_a_coarser_level_was_chosen_is_said(tmp_path):
    few = EVEN | {"S12": [("UMS", 4)]}

    _, _, what = said(tmp_path, made_delivery(tmp_path, crash_table(few), focus=["S12"]))

    assert what.fineness[0].code == "analysis.level-coarser"
    assert "Straat 12" in say(what.fineness[0])


def test_residents_and_traffic_stand_beside_each_other_and_why_they_differ_is_said(tmp_path):
    crashes = crash_table(EVEN | {f"S6{n}": [("UMS", 60), ("LET", 40)] for n in (1, 2, 3)})
    traffic = [(street, 5.0 if street[1] == "6" else 1.0) for street in STREETS]
    delivery = made_delivery(tmp_path, crashes, traffic=traffic)

    result, _, what = said(tmp_path, delivery)

    assert result.facts.primary == "traffic"
    assert {"analysis.difference-seems", "analysis.difference-why"} <= codes(what.difference)
    seems = next(one for one in what.difference if one.code == "analysis.difference-seems")
    assert seems.fields["area"] == "Wijk Centrum"
    assert seems.fields["heads"] > 2
    assert seems.fields["traffic"] < 1


def test_without_traffic_the_answer_says_that_residents_are_not_who_drives(tmp_path):
    _, _, what = said(tmp_path, made_delivery(tmp_path, crash_table(EVEN)))

    assert codes(what.difference) == {"analysis.difference-no-traffic"}


def test_parts_of_the_traffic_nobody_measured_are_filled_in_and_told(tmp_path):
    traffic = [(street, 1.0) for street in STREETS for _ in range(9)]
    traffic += [(street, None) for street in STREETS]

    result = area_comparison(made_delivery(tmp_path, crash_table(EVEN), traffic=traffic))

    cells = figures_of(result)["wijk-traffic"].cells
    assert {cell.exposure for cell in cells} == {30.0}
    assert "analysis.warning-traffic-gaps" in codes(result.facts.warnings)


def test_an_area_with_mostly_unmeasured_traffic_is_not_compared(tmp_path):
    traffic = [(street, None if street[1] == "3" else 1.0) for street in STREETS]

    result = area_comparison(made_delivery(tmp_path, crash_table(EVEN), traffic=traffic))

    compared = {cell.keys[0] for cell in figures_of(result)["wijk-traffic"].cells}
    assert compared == set(DISTRICTS) - {"W3"}


def test_no_ratio_where_fewer_than_five_are_expected(tmp_path):
    residents = dict.fromkeys(DISTRICTS, 100_000) | {"W2": 100}

    result = area_comparison(made_delivery(tmp_path, crash_table(EVEN), residents=residents))

    cells = {cell.keys[0]: cell for cell in figures_of(result)["wijk-residents"].cells}
    assert "ratio" not in cells["W2"].derived
    assert "rate" in cells["W2"].derived
    assert "ratio" in cells["W1"].derived


def test_residents_of_another_year_are_warned_about(tmp_path):
    result = area_comparison(made_delivery(tmp_path, crash_table(EVEN)))

    warning = next(
        note for note in result.facts.warnings if note.code == "analysis.warning-residents-year"
    )
    assert warning.fields == {"year": 2022, "first": 2015, "last": 2018}


def test_the_text_null_is_missing_and_its_share_is_told(tmp_path):
    crashes = crash_table(EVEN)
    values = crashes["ernst"].to_pylist()
    values[:25] = ["NULL"] * 25
    at = crashes.column_names.index("ernst")
    crashes = crashes.set_column(at, "ernst", pa.array(values))

    result, released, what = said(tmp_path, made_delivery(tmp_path, crashes))

    gap = next(figure for figure in released if figure.id == "gaps-ernst")
    assert gap.cell("empty").count == 25
    line = next(one for one in what.quality if one.code == "analysis.gap")
    assert line.fields == {"column": "ernst", "count": 25, "percent": 4}
    assert "NULL" not in str(result.to_mapping())


@pytest.mark.parametrize("empty", [0, 1, 9])
def test_a_few_missing_values_are_not_counted_out(tmp_path, empty):
    crashes = crash_table(EVEN)
    values = [None] * empty + crashes["ernst"].to_pylist()[empty:]
    crashes = crashes.set_column(2, "ernst", pa.array(values))

    _, released, _ = said(tmp_path, made_delivery(tmp_path, crashes))

    assert not [figure for figure in released if figure.id.startswith("gaps")]


def test_rows_without_an_area_are_left_out_and_told(tmp_path):
    crashes = crash_table(EVEN)
    lost = [None] * 40 + crashes["wijk"].to_pylist()[40:]
    crashes = crashes.set_column(1, "wijk", pa.array(lost))

    columns = ["wijk", "ernst", "jaar"]

    _, released, what = said(tmp_path, made_delivery(tmp_path, crashes, columns=columns))

    city = next(figure for figure in released if figure.id == "city")
    assert city.cells[0].count == crashes.num_rows - 40
    assert "analysis.without-area" in codes(what.quality)


DEADLY = EVEN | {f"S{n}1": [("UMS", 20), ("LET", 12), ("DOD", 4)] for n in range(1, 7)}


def test_a_severity_too_rare_in_every_area_is_shown_in_none(tmp_path):
    result, released, what = said(tmp_path, made_delivery(tmp_path, crash_table(DEADLY)))

    assert result.facts.severities == ("DOD",)
    rare = next(figure for figure in released if figure.id.startswith("severity-rare"))
    assert all(cell.withheld for cell in rare.cells)
    everywhere = next(figure for figure in released if figure.id == "severity")
    assert everywhere.cell("DOD").count == 24
    assert "analysis.severities-none" in codes(what.city)


def test_a_severity_too_rare_in_the_whole_city_is_put_together_with_another(tmp_path):
    crashes = crash_table(EVEN | {"S11": [("UMS", 20), ("LET", 12), ("DOD", 3)]})

    result = area_comparison(made_delivery(tmp_path, crashes))

    shown = {cell.keys[0]: cell.count for cell in figures_of(result)["severity"].cells}
    assert shown == {"UMS": 360, "DOD+LET": 219}
    assert result.facts.merged["DOD+LET"] == ("DOD", "LET")


def test_what_a_row_is_comes_from_the_contract(tmp_path):
    delivery = made_delivery(
        tmp_path,
        crash_table(EVEN).append_column("nummer", pa.array([1] * (18 * 32))),
        columns=["straat", "wijk", "ernst", "jaar", "nummer"],
        nummer=column(
            "nummer", "integer", description="Nummer van de partij. Partij 1 ontbreekt vaak."
        ),
    )
    path = tmp_path / "contracts" / "ongevallen.odcs.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "physicalType: table",
        "physicalType: table\n    dataGranularityDescription: Een rij per partij in een ongeval",
    )
    path.write_text(text, encoding="utf-8")
    from grondslag.contracts import read_contracts

    delivery = type(delivery)(
        delivery.plan, read_contracts(tmp_path / "contracts"), delivery.tables
    )
    result = area_comparison(delivery)

    assert result.facts.unit == "party"
    assert {"analysis.warning-parties", "analysis.warning-party-number"} <= codes(
        result.facts.warnings
    )


def test_no_question_and_columns_that_were_not_delivered_are_refused(tmp_path):
    delivery = made_delivery(tmp_path, crash_table(EVEN), focus=["X9"])

    with pytest.raises(InputError) as refused:
        area_comparison(delivery)

    assert refused.value.code == "analysis.unknown-focus"
    other = made_delivery(tmp_path / "b", crash_table(EVEN).drop_columns(["ernst"]))
    with pytest.raises(InputError) as refused:
        area_comparison(other)
    assert refused.value.code == "analysis.column-not-delivered"


def test_kinds_are_not_what_people_wrote_in_their_own_words(tmp_path):
    delivery = made_delivery(tmp_path, crash_table(EVEN))
    (need,) = [one for one in delivery.plan.data if one.wants("ernst")]
    columns = tuple(
        replace(one, form=Form("deidentified")) if one.name == "ernst" else one
        for one in need.columns
    )
    changed = replace(need, columns=columns)
    needs = tuple(changed if one is need else one for one in delivery.plan.data)
    own_words = replace(delivery, plan=replace(delivery.plan, data=needs))

    with pytest.raises(InputError) as refused:
        area_comparison(own_words)

    assert refused.value.code == "analysis.counted-by-text"


def test_a_result_reads_back_to_the_same_hash_and_facts_hold_no_count(tmp_path):
    result = area_comparison(made_delivery(tmp_path, crash_table(DEADLY), focus=["S11"]))

    again = AnalysisResult.from_mapping(result.to_mapping())

    assert again.sha256 == result.sha256
    assert Facts.from_mapping(result.facts.to_mapping()).to_mapping() == result.facts.to_mapping()
    assert result.facts.geometry == POLYGONS
    spoken = [note.fields for note in (*result.facts.warnings, *result.facts.unknowns)]
    assert not [fields for fields in spoken if "count" in fields]


def test_the_answer_is_one_sentence_in_counts_with_its_range_and_word(tmp_path):
    per_street = EVEN | {"S11": [("UMS", 800), ("LET", 431)]}
    traffic = [(street, 1.0) for street in STREETS]
    delivery = made_delivery(tmp_path, crash_table(per_street), traffic=traffic, focus=["S11"])

    _, _, what = said(tmp_path, delivery)

    first = say(what.answer[0])
    assert say(what.headline) == (
        "Straat 11: ja, hier gaat per gereden kilometer vrijwel zeker meer mis dan elders."
    )
    assert first.startswith("Straat 11: 1.231 geregistreerde ongevallen, waar er 32 te")
    assert re.search(r"keer zo veel \(mogelijk [\d,]+ tot [\d,]+\), dus vrijwel zeker meer", first)
    assert re.findall(r"[.?!](?:\s|$)", first) == ["."]


def test_when_it_is_not_clear_the_answer_does_not_say_so_either_way(tmp_path):
    traffic = [(street, 1.0) for street in STREETS]
    delivery = made_delivery(tmp_path, crash_table(EVEN), traffic=traffic, focus=["S11"])

    _, _, what = said(tmp_path, delivery)

    assert say(what.answer[0]).endswith("maar of het meer is, is niet te zeggen.")
