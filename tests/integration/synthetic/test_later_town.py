"""Twelve cameras with a known effect: what the question "did it work?" says of them.

Town and method share no formula: in the town traffic works in a curve that flattens, streets differ
by what nobody observes, and the cameras stand where the last two years were bad.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from grondslag.analysis import ask, reckonings, say, told
from grondslag.analysis.choices import word_of
from grondslag.contracts import Contract, ToldBreak, ToldKind, read_contracts
from grondslag.errors import InputError
from grondslag.methods import Certainty
from grondslag.plan import ChosenFor, Plan, read_plan
from grondslag.report.downloads import data_files
from grondslag.report.measures import measure_parts
from grondslag.report.words import Voice
from grondslag.synthetic import make_later_town
from grondslag.synthetic.later_town import LATER_FILES
from grondslag.wording import sentence
from keeping import broken_promises
from made_delivery import let_out
from made_report import made_report
from reading import read_as

EXAMPLE = Path(__file__).parents[3] / "examples" / "voorbeeldstad-flitspalen"


@dataclass(frozen=True)
class Delivered:
    """The tables of the example, as the plan asks for them."""

    plan: Plan
    contracts: dict[str, Contract]
    tables: dict[str, pa.Table]
    manifest: Any = None

    def table(self, dataset: str) -> pa.Table:
        """One table."""
        return self.tables[dataset]


def delivered_of(town):
    plan, contracts = read_plan(EXAMPLE / "plan.yaml"), read_contracts(EXAMPLE / "contracts")
    tables = {}
    for need in plan.data:
        table, _ = read_as(contracts[need.dataset], town.sources[need.dataset])
        tables[need.dataset] = table.select([column.name for column in need.columns])
    year = tables["ongevallen"]["jaar"]
    inside = pc.and_(pc.greater_equal(year, 2023), pc.less_equal(year, 2028))
    tables["ongevallen"] = tables["ongevallen"].filter(inside)
    return Delivered(plan, contracts, tables)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return make_later_town(tmp_path_factory.mktemp("later"))


@pytest.fixture(scope="module")
def no_effect(town):
    return delivered_of(town)


@pytest.fixture(scope="module")
def half_less(tmp_path_factory):
    return delivered_of(make_later_town(tmp_path_factory.mktemp("half"), effect=0.5, slower=0.0))


def released_of(delivered, folder):
    result = ask(delivered)
    return result.facts, let_out(folder, result.figures)


@pytest.mark.parametrize("name", sorted(LATER_FILES))
def test_a_file_keeps_its_contract(name, town):
    contract = read_contracts(EXAMPLE / "contracts")[name]

    table, unreadable = read_as(contract, town.sources[name])

    assert unreadable == 0
    assert broken_promises(contract, table) == []
    assert contract.server.path == f"../../voorbeeldstad-data/{LATER_FILES[name]}"


def test_the_cameras_stand_where_the_truth_says(town):
    truth = json.loads(town.truth.read_text(encoding="utf-8"))
    contract = read_contracts(EXAMPLE / "contracts")["flitspalen"]

    table, _ = read_as(contract, town.sources["flitspalen"])

    assert table["straat"].to_pylist() == truth["sites"]
    assert len(truth["sites"]) == 12
    assert set(table["geplaatst_op"].to_pylist()) == {date(2027, 1, 1)}


def test_cameras_without_effect_seem_to_work_barely_reckoned_and_not_fairly(no_effect, tmp_path):
    facts, released = released_of(no_effect, tmp_path)

    ways = {one.label.code: one for one in reckonings(facts, released)}

    bare, fair = ways["traffic.reckon-naive"], ways["traffic.reckon-expected"]
    assert bare.ratio < 0.9
    assert bare.misleads
    assert fair.low < 1 < fair.high
    assert abs(fair.ratio - 1) < abs(bare.ratio - 1) / 2
    assert told(facts, released).headline.code == "traffic.fewer-unclear"


def test_the_whole_town_shows_no_step_either(no_effect, tmp_path):
    facts, released = released_of(no_effect, tmp_path)

    ways = {one.label.code: one for one in reckonings(facts, released)}

    assert ways["traffic.reckon-months"].low < 1 < ways["traffic.reckon-months"].high


def test_people_drive_slower_by_what_was_planted(no_effect, tmp_path):
    """Four kilometres an hour were planted, everywhere at the cameras and nowhere else."""
    _, released = released_of(no_effect, tmp_path)

    cell = next(one for one in released if one.id == "speed-change").cell("measure", "after")

    assert cell.derived["change_low"] < -4 < cell.derived["change_high"] < -3
    assert word_of(cell.derived) is Certainty.ALMOST_CERTAIN


def test_one_camera_is_judged_by_speed_and_not_by_crashes(no_effect, tmp_path):
    """One street: too few crashes to be expected, and yet the four kilometres an hour show."""
    one = no_effect.tables["flitspalen"].slice(4, 1)
    alone = replace(no_effect, tables={**no_effect.tables, "flitspalen": one})

    facts, released = released_of(alone, tmp_path)

    cell = next(table for table in released if table.id == "speed-change").cell("measure", "after")
    assert cell.derived["change_low"] < -4 < cell.derived["change_high"] < 0
    assert word_of(cell.derived) is Certainty.ALMOST_CERTAIN
    assert facts.parts["taken"]["used"] == 1
    assert "bootstrap" not in facts.methods["speed-change"]["change"]
    assert "Welch" in facts.methods["speed-change"]["change"]


def test_the_file_with_speeds_says_by_which_method_and_between_which_limits(no_effect, tmp_path):
    facts, released = released_of(no_effect, tmp_path)
    given = replace(made_report(tmp_path / "r"), facts=facts, figures=released)

    files = {one.name: one.content for one in data_files(given)}

    speeds = next(content for name, content in files.items() if "speed-change" in name)
    assert "wild cluster bootstrap" in speeds
    assert "empirical-Bayes" not in speeds
    assert all("kans op minder" in content for content in files.values() if "kans op" in content)
    assert "kans op minder" in speeds
    table = next(one for one in released if one.id == "speed-change")
    for cell in table.cells:
        assert cell.derived["v85_low"] < cell.derived["v85"] < cell.derived["v85_high"]


def test_a_true_half_less_is_found(half_less, tmp_path):
    facts, released = released_of(half_less, tmp_path)

    fair = {one.label.code: one for one in reckonings(facts, released)}["traffic.reckon-expected"]

    assert fair.low < 0.5 < fair.high
    assert told(facts, released).headline.code == "traffic.fewer-almost-certain"


def test_a_measure_after_which_nothing_happened_any_more_is_reckoned(no_effect, tmp_path):
    """Crashes that did not happen are about nobody, so the best there can be is told."""
    crashes = no_effect.tables["ongevallen"]
    here = pc.is_in(crashes["straat"], no_effect.tables["flitspalen"]["straat"])
    gone = pc.and_(here, pc.greater_equal(crashes["jaar"], 2027))
    tables = {**no_effect.tables, "ongevallen": crashes.filter(pc.invert(gone))}

    result = ask(replace(no_effect, tables=tables))
    released = let_out(tmp_path, result.figures)

    after = next(one for one in result.figures if one.id == "sites").cells[-1]
    assert (after.count, after.derived["ratio"], after.derived["certainty"]) == (0, 0.0, 1.0)
    assert 0 < after.derived["ratio_high"] < 1
    said = {one.code for one in told(result.facts, released).answer}
    assert "traffic.effect-said" in said
    assert "traffic.effect-withheld" not in said


def test_nobody_who_drives_as_before_is_called_slower(half_less, tmp_path):
    _, released = released_of(half_less, tmp_path)

    cell = next(one for one in released if one.id == "speed-change").cell("measure", "after")

    assert cell.derived["change_low"] < 0 < cell.derived["change_high"]


def test_places_chosen_for_their_counts_need_what_was_to_be_expected(no_effect):
    """Tempting and wrong: without traffic, set them beside the streets that were not chosen."""
    blind = asked_with(no_effect, traffic=None)

    with pytest.raises(InputError) as refused:
        ask(blind)

    assert refused.value.code == "analysis.guard-other-sites"
    assert sentence(refused.value.code, **refused.value.fields)


def test_places_chosen_otherwise_may_be_set_beside_others(no_effect, tmp_path):
    taken = replace(no_effect.plan.analysis.taken, chosen=ChosenFor.OTHERWISE)
    facts, released = released_of(asked_with(no_effect, traffic=None, taken=taken), tmp_path)

    ways = {one.label.code: one for one in reckonings(facts, released)}

    assert "traffic.reckon-expected" not in ways
    assert not ways["traffic.reckon-naive"].misleads
    assert told(facts, released).headline.code == "traffic.fewer-no-answer"


def with_break(delivered, dataset, year, kind):
    """The same delivery, whose owner of one dataset put down a change."""
    contract = delivered.contracts[dataset]
    told = ToldBreak(year, ToldKind(kind), "Vanaf dan gaat het anders.")
    changed = replace(contract, privacy=replace(contract.privacy, breaks=(told,)))
    return replace(delivered, contracts={**delivered.contracts, dataset: changed})


@pytest.mark.parametrize(
    ("dataset", "kind"),
    [("maandcijfers", "registration"), ("ongevallen", "definition"), ("maandcijfers", "borders")],
)
def test_months_over_a_change_are_left_out_and_the_answer_goes_on(
    no_effect, tmp_path, dataset, kind
):
    """Nothing stands beside a whole town: the step may be the change itself. Streets do."""
    facts, released = released_of(with_break(no_effect, dataset, 2026, kind), tmp_path)

    assert "months" not in {one.id for one in released}
    assert "traffic.reckon-months" not in {one.label.code for one in reckonings(facts, released)}
    assert "traffic.reckon-expected" in {one.label.code for one in reckonings(facts, released)}
    said = told(facts, released)
    (left_out,) = [one for one in said.quality if one.code == "traffic.months-left-out"]
    assert "2026" in say(left_out)
    assert "Vanaf dan gaat het anders." in say(left_out)
    assert said.headline.code == "traffic.fewer-unclear"


def test_streets_beside_streets_of_the_same_register_go_along_with_its_change(no_effect):
    alone = with_break(asked_with(no_effect, monthly=None), "ongevallen", 2026, "registration")

    warned = [note.code for note in ask(alone).facts.warnings]

    assert "analysis.guard-break-registration-alike" in warned


def test_streets_that_were_drawn_anew_are_not_compared_with_what_they_were(no_effect):
    anew = with_break(asked_with(no_effect, monthly=None), "ongevallen", 2026, "borders")

    with pytest.raises(InputError) as refused:
        ask(anew)

    assert refused.value.code == "analysis.guard-break-borders-trend"


def test_a_change_before_the_years_that_are_compared_refuses_nothing(no_effect):
    early = with_break(no_effect, "maandcijfers", 2023, "registration")

    assert ask(early).figures


def asked_with(delivered, **changes):
    analysis = replace(delivered.plan.analysis, **changes)
    return replace(delivered, plan=replace(delivered.plan, analysis=analysis))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"taken": None}, "traffic.no-measure"),
        ({"period": ""}, "traffic.no-year-column"),
    ],
)
def test_a_plan_that_does_not_say_what_was_done_or_when_is_told_so(no_effect, changes, code):
    with pytest.raises(InputError) as refused:
        ask(asked_with(no_effect, **changes))

    assert refused.value.code == code


def test_a_measure_without_a_whole_year_on_both_sides_is_refused(no_effect):
    late = no_effect.tables["flitspalen"].set_column(
        1, "geplaatst_op", pa.array([date(2028, 6, 1)] * 12)
    )
    other = replace(no_effect, tables={**no_effect.tables, "flitspalen": late})

    with pytest.raises(InputError) as refused:
        ask(other)

    assert refused.value.code == "traffic.no-years-beside-measure"


def test_no_number_per_street_leaves_and_none_is_in_the_facts(no_effect, tmp_path):
    """Twelve streets over two years hold small counts: only their sum may be shown."""
    facts, released = released_of(no_effect, tmp_path)

    crashes = [one for one in released if one.dataset == "ongevallen"]
    assert {one.dimensions for one in crashes} == {("period",)}
    assert all(cell.count >= 10 for one in crashes for cell in one.cells)
    after = next(one for one in crashes if one.id == "sites").cells[-1].count
    assert str(after) not in json.dumps(facts.to_mapping()["parts"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_shows_the_bare_figure_greyed_and_says_why(no_effect, tmp_path, language):
    facts, released = released_of(no_effect, tmp_path)
    given = replace(made_report(tmp_path / "r"), facts=facts, figures=released, language=language)

    parts = list(measure_parts(given, Voice(language)))

    body = re.sub(r"<[^>]+>", " ", str(parts[0].body))
    misleading = {"nl": "kaal, misleidend", "en": "bare, misleading"}[language]
    assert misleading in body
    assert len(parts) == 2


def test_streets_that_went_on_differently_widen_the_row_beside_other_streets(no_effect, tmp_path):
    """Where all others went on alike or not hangs on nothing but which street had the crashes."""
    crashes = no_effect.tables["ongevallen"]
    sites = no_effect.tables["flitspalen"]["straat"]
    others = [one for one in crashes["straat"].to_pylist() if one not in set(sites.to_pylist())]
    years = pc.greater_equal(crashes["jaar"], 2027).to_pylist()
    busiest = max(set(others), key=others.count)
    streets = [
        busiest if after and street in set(others) else street
        for street, after in zip(crashes["straat"].to_pylist(), years, strict=True)
    ]
    at = crashes.column_names.index("straat")
    moved = crashes.set_column(at, "straat", pa.array(streets))
    apart = replace(no_effect, tables={**no_effect.tables, "ongevallen": moved})

    spreads = []
    for delivered in (no_effect, apart):
        ways = {one.id: one for one in ask(delivered).figures}
        derived = ways["sites"].cells[-1].derived
        spreads.append(derived["beside_high"] / derived["beside_low"])

    assert spreads[1] > 2 * spreads[0]
    facts, released = released_of(no_effect, tmp_path)
    given = replace(made_report(tmp_path / "r"), facts=facts, figures=released)
    body = str(next(measure_parts(given, Voice("nl"))).body)
    assert "Veranderden straten meer dan door toeval?" in body
    assert "traffic.unknown-traffic-after" in {note.code for note in facts.unknowns}


@pytest.mark.long
@pytest.mark.parametrize("effect", [0.0, 0.3])
def test_twenty_towns_are_judged_by_what_was_planted(tmp_path, effect):
    """Without effect: called effective in 2 of 20 at most, though barely reckoned part is gone.

    With three tenths less: the range holds it in 17 of 20 or more.
    """
    called, held, naive = 0, 0, []
    for seed in range(1, 21):
        town = make_later_town(tmp_path / f"town{seed}", seed=seed, effect=effect, slower=0.0)
        facts, released = released_of(delivered_of(town), tmp_path / f"out{seed}")
        ways = {one.label.code: one for one in reckonings(facts, released)}
        fair = ways["traffic.reckon-expected"]
        called += told(facts, released).headline.code == "traffic.fewer-almost-certain"
        held += fair.low <= 1 - effect <= fair.high
        naive.append(ways["traffic.reckon-naive"].ratio)

    assert held >= 17
    if effect == 0:
        assert called <= 2
        assert sum(naive) / 20 < 0.97
    else:
        assert sum(naive) / 20 < 1 - effect  # barely reckoned it seems to do more than it does
