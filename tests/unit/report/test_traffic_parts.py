"""The claim in three, where it is most certainly worse, what could help: as a reader sees it."""

import math
import re
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from grondslag.analysis import StandingOut, area_comparison, told, weighed
from grondslag.analysis.result import Facts
from grondslag.errors import InputError
from grondslag.methods import needed_accidents, power_to_see
from grondslag.plan import MeasureKind, PossibleMeasure
from grondslag.release.released import released_from
from grondslag.report.choosing import choice_parts
from grondslag.report.traffic import claim_parts, speed_parts, where_parts
from grondslag.report.words import Voice
from grondslag.wording import catalogue, sentence
from made_delivery import STREETS, crash_table, let_out, made_delivery, speed_table
from made_report import made_report

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}
WORSE = EVEN | {"S11": [("UMS", 90), ("LET", 40)]}
CALM = {street: [(1000, 48.0, 10.0 + at % 3, 50)] * 3 for at, street in enumerate(STREETS)}
FAST = CALM | {"S11": [(1000, 55.0, 38.0, 50), (3000, 57.0, 42.0, 50), (1000, 56.0, 40.0, 50)]}
NL, EN = Voice("nl"), Voice("en")


def report_of(folder, crashes=WORSE, speeds=FAST, focus=("S11",)):
    """A report; traffic is alike, so that nothing is learned of it and districts stand for it."""
    table = speed_table(speeds) if speeds else None
    traffic = [(street, 1.0 + at % 5 / 10) for at, street in enumerate(STREETS)]
    made = made_delivery(folder, crash_table(crashes), speeds=table, traffic=traffic, focus=focus)
    return made_report(folder, delivery=made)


def text_of(parts):
    return re.sub(r"<[^>]+>", " ", " ".join(" ".join((*p.said, p.body)) for p in parts))


def test_the_claim_gets_three_answers(tmp_path):
    given = report_of(tmp_path)

    said = text_of(claim_parts(given, NL))

    assert said.count("vrijwel zeker") == 2
    assert "niet te zeggen" in said
    assert "130 geregistreerd" in said
    assert "5.000 voertuigen gemeten: 41 procent te hard, elders 11 procent" in said


def test_speeding_without_crashes_is_told_apart(tmp_path):
    given = report_of(tmp_path, crashes=EVEN)

    rows = re.findall(r"<tr>.*?</tr>", str(next(claim_parts(given, NL)).body), re.DOTALL)

    crashes, speeding = rows[1], rows[2]
    assert "vrijwel zeker" not in crashes
    assert "vrijwel zeker" in speeding


def test_crashes_without_speeding_are_told_apart(tmp_path):
    given = report_of(tmp_path, speeds=CALM)

    rows = re.findall(r"<tr>.*?</tr>", str(next(claim_parts(given, NL)).body), re.DOTALL)

    assert "vrijwel zeker" in rows[1]
    assert "vrijwel zeker" not in rows[2]


def test_the_answer_on_top_holds_counts_before_words(tmp_path):
    given = report_of(tmp_path)

    said = [sentence(one.code, **one.fields) for one in told(given.facts, given.figures).answer]

    speeding = next(one for one in said if "voertuigen" in one)
    assert speeding.index("5.000") < speeding.index("41 procent") < speeding.index("vrijwel zeker")
    assert any("oorzaak" in one and "niet te zeggen" in one for one in said)


def test_a_street_that_was_not_measured_gets_no_verdict(tmp_path):
    others = {street: weeks for street, weeks in CALM.items() if street != "S11"}
    given = report_of(tmp_path, speeds=others)

    said = text_of(claim_parts(given, NL))

    assert "niet gemeten" in said


def test_without_speeds_the_report_says_why_the_claim_is_not_split(tmp_path):
    given = report_of(tmp_path, speeds=None)

    said = [sentence(one.code, **one.fields) for one in told(given.facts, given.figures).answer]

    assert said[-1].startswith("Hoe hard er wordt gereden, staat niet in deze gegevens.")
    assert list(claim_parts(given, NL)) == []
    assert list(speed_parts(given, NL)) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_about_speed_and_crashes_says_that_one_causes_the_other(language):
    """A cross-section shows what goes together; "because of speed" may stand nowhere."""
    causal = re.compile(r"\b(doordat|door snelheid|veroorza|komt door|because|causes|caused by)\b")

    said = catalogue("traffic", language)

    assert not [code for code, one in said.items() if causal.search(one)]


def test_a_reader_of_another_language_gets_the_same_parts(tmp_path):
    given = report_of(tmp_path)

    said = text_of([*claim_parts(given, EN), *speed_parts(given, EN)])

    assert "almost certain" in said
    assert "Is speed the reason?" in [part.heading for part in speed_parts(given, EN)]


def alike_report(folder, measures=(), focus=("S11",), crashes=WORSE):
    """A report whose facts say that it compared streets as busy; numbers of a released table."""
    given = report_of(folder, crashes=crashes, focus=focus)
    table = given.figure("straat-traffic")
    facts = given.facts
    wanted = [{"kind": one.kind.value, "cost": one.cost, "cost_source": one.cost_source}
              for one in measures]  # fmt: skip
    parts = (
        {**facts.parts, "measures": {"wanted": wanted, "years": 4.0}} if measures else facts.parts
    )
    renamed = replace_id(table, "straat-alike")
    figures = (*(one for one in given.figures if one.id != table.id), renamed)
    changed = Facts.from_mapping(facts.to_mapping() | {"primary": "alike", "parts": parts})
    return replace(given, facts=changed, figures=figures)


def replace_id(table, name):
    return released_from(table.to_mapping() | {"id": name})


def test_streets_are_ranked_by_certainty_and_the_rest_are_not_ranked(tmp_path):
    given = alike_report(tmp_path)

    part = next(where_parts(given, NL))

    rows = re.findall(r"<tr>.*?</tr>", str(part.body), re.DOTALL)[1:]
    assert len(rows) == 1
    assert "Straat 11" in rows[0]
    assert "18 straten" in part.said[0]
    assert "hoogstens 1 op de 20" in " ".join(part.said)


TWO_WORSE = EVEN | {"S11": [("UMS", 90), ("LET", 40)], "S12": [("UMS", 99), ("LET", 44)]}


def test_an_order_of_streets_has_the_places_that_are_possible(tmp_path):
    """Goldstein and Spiegelhalter (1996), doi:10.2307/2983325: no place without its interval.

    S12 has a tenth more traffic than S11, and a tenth more crashes: either can be the first. Both
    are so far above the other sixteen that no third place is possible.
    """
    given = alike_report(tmp_path, crashes=TWO_WORSE, focus=("S11", "S12"))

    part = next(where_parts(given, NL))

    rows = re.findall(r"<tr>.*?</tr>", str(part.body), re.DOTALL)
    assert "Mogelijke plaats" in rows[0]
    assert [re.findall(r"\d+ tot \d+", row)[-1] for row in rows[1:]] == ["1 tot 2", "1 tot 2"]
    assert "Overlappen die? Dan staat de volgorde niet vast." in " ".join(part.said)


def test_an_order_without_possible_places_is_refused(tmp_path, monkeypatch):
    given = alike_report(tmp_path, crashes=TWO_WORSE, focus=("S11", "S12"))
    room = sys.modules[StandingOut.__module__]  # its name is also that of the function
    monkeypatch.setattr(room, "_places", lambda _judged: {"S11": (1, 2)})

    with pytest.raises(InputError) as refused:
        next(where_parts(given, NL))

    assert refused.value.code == "analysis.guard-league-table"


MEASURES = (
    PossibleMeasure(MeasureKind.DO_NOTHING),
    PossibleMeasure(MeasureKind.REDESIGN, 250_000, "raming afdeling Mobiliteit"),
    PossibleMeasure(MeasureKind.FIXED_CAMERA),
    PossibleMeasure(MeasureKind.SECTION_CONTROL),
    PossibleMeasure(MeasureKind.SPEED_DISPLAY),
)


def test_what_a_redesign_prevents_is_reckoned_by_hand(tmp_path):
    """Elvik (2001), doi:10.1016/S0001-4575(00)00046-4: 15% fewer, between 12 and 17.

    With n crashes a year, 0.15 n fewer; least 0.12 times the lower limit, most 0.17 times the
    upper. Power and years are those of the square-root test, held against Huffman elsewhere.
    """
    given = alike_report(tmp_path, MEASURES)

    found = weighed(given.facts, given.figures)[0]

    cell = given.figure("straat-alike").cell("S11")
    a_year = cell.derived["expected"] * cell.derived["ratio"] / 4
    redesign = found.options[1]
    assert found.without.value == pytest.approx(a_year)
    assert redesign.prevented.value == pytest.approx(0.15 * a_year)
    assert redesign.prevented.low == pytest.approx(0.12 * found.without.low)
    assert redesign.prevented.high == pytest.approx(0.17 * found.without.high)
    assert redesign.power == pytest.approx(power_to_see(0.15, 3 * a_year))
    assert redesign.years_needed == pytest.approx(needed_accidents(0.15) / a_year)


def test_the_page_says_what_it_takes_to_see_the_effect_by_hand(tmp_path):
    """Years: crashes that the square-root test needs, over those of a year; streets share them."""
    given = alike_report(tmp_path, MEASURES)

    said = next(choice_parts(given, NL)).said

    a_year = weighed(given.facts, given.figures)[0].without.value
    years = needed_accidents(0.15) / a_year
    assert years > 3
    assert f"Straat anders inrichten: na {math.ceil(years)} jaar is de kans 80 procent" in " ".join(
        said
    )
    assert f"Met {math.ceil(years / 3)} zulke straten samen is die kans er al na 3 jaar." in said
    # What towns found differs too much: no day follows from it.
    assert "Vaste flitspaal" not in " ".join(said)


def test_a_review_before_the_effect_can_show_is_called_too_soon(tmp_path):
    given = alike_report(tmp_path, MEASURES)
    record = given.decision
    years = weighed(given.facts, given.figures)[0].options[1].years_needed
    for day, expected in (
        (given.moment.date() + timedelta(days=years * 365.25 - 2), "te vroeg"),
        (given.moment.date() + timedelta(days=years * 365.25 + 2), "te zien zijn"),
    ):
        moved = replace(record, decision=replace(record.decision, check_date=day))

        said = next(choice_parts(replace(given, decision=moved), NL)).said

        assert expected in said[-1]

    without = next(choice_parts(replace(given, decision=None), NL)).said
    assert "terugblik" not in " ".join(without)


def test_an_effect_without_a_range_or_from_other_roads_is_not_reckoned_with(tmp_path):
    given = alike_report(tmp_path, MEASURES)

    options = {one.kind: one for one in weighed(given.facts, given.figures)[0].options}

    assert options[MeasureKind.SECTION_CONTROL].effect is not None
    assert options[MeasureKind.SECTION_CONTROL].prevented is None
    assert options[MeasureKind.SPEED_DISPLAY].effect is None


def test_the_table_names_who_decides_and_invents_no_cost(tmp_path):
    given = alike_report(tmp_path, MEASURES)

    said = text_of(choice_parts(given, NL))

    assert said.count("Openbaar Ministerie (Parket CVOM)") == 2
    assert "250.000 euro (raming afdeling Mobiliteit)" in said
    assert said.count("niet bekend") == 4
    assert "hier is een zaak" in said


def test_a_camera_is_told_as_towns_found_it_and_not_reckoned_with(tmp_path):
    """Barcelona 2, London 12, 62 cameras on 30 mph roads 25 percent fewer: no intervals, no mean.

    The one interval (CMF Clearinghouse 8196, 63 percent fewer to 37 more) is of roads outside town.
    """
    given = alike_report(tmp_path, MEASURES)

    camera = weighed(given.facts, given.figures)[0].options[2]
    said, in_english = text_of(choice_parts(given, NL)), text_of(choice_parts(given, EN))

    assert camera.kind is MeasureKind.FIXED_CAMERA
    assert (camera.prevented, camera.power, camera.years_needed) == (None, None, None)
    assert sorted(one.ratio for one in camera.in_town) == [0.75, 0.88, 0.98]
    assert "In steden vonden onderzoeken 2 tot 25 procent minder ongevallen." in said
    assert "studies found 2 to 25 percent fewer crashes" in in_english
    assert said.count("Vaste flitspaal: in een stad vond onderzoek") == 3
    assert "buiten de stad" not in said


def test_an_effect_of_whole_areas_says_so_in_its_own_sentence(tmp_path):
    """Whole areas calmed (Elvik, 2001)."""
    given = alike_report(tmp_path, MEASURES)

    assert "12 tot 17). Dat is gemeten aan hele buurten." in text_of(choice_parts(given, NL))
    in_english = text_of(choice_parts(given, EN))
    assert "12 to 17). That was measured on whole neighbourhoods." in in_english


def test_the_figures_of_the_parts_pass_the_gate_together(tmp_path):
    made = made_delivery(tmp_path, crash_table(WORSE), speeds=speed_table(FAST), focus=["S11"])

    released = let_out(tmp_path, area_comparison(made).figures)

    assert "speeds" in {one.id for one in released}
