"""Tables beside the question: every asked table is used, and nothing withheld comes out."""

from dataclasses import replace

import pytest

from grondslag.analysis import AnalysisResult, area_comparison, said_beside, say
from grondslag.analysis.protecting import Gathering
from made_context import AGES, BANDS, CASUALTIES, COMPLAINTS, EVEN, KINDS, beside_delivery
from made_delivery import DISTRICTS, OPEN, crash_table, let_out, made_delivery

MOST = COMPLAINTS | {("W6", "te_hard"): 400, ("W6", "oversteek"): 90}
DANGEROUS = EVEN | {f"S1{n}": [("UMS", 60), ("LET", 40)] for n in (1, 2, 3)}


def analysed(folder, **settings):
    """Facts, and the released figures by id."""
    result = area_comparison(beside_delivery(folder, **settings), profile=OPEN)
    return result.facts, {figure.id: figure for figure in let_out(folder, result.figures)}


def told(facts, released, dataset):
    """Every sentence about one dataset, and its codes."""
    table = next(one for one in facts.context if one.dataset == dataset)
    found = [one for part in said_beside(facts, list(released.values()), table) for one in part]
    return " ".join(say(one) for one in found), {one.code for one in found}


def test_every_table_that_was_asked_is_used(tmp_path):
    delivery = beside_delivery(tmp_path)

    facts = area_comparison(delivery, profile=OPEN).facts

    assert facts.tables == tuple(need.dataset for need in delivery.plan.data)
    assert [one.dataset for one in facts.context] == ["meldingen", "bewoners", "gewonden"]


def test_without_other_tables_nothing_stands_beside_the_question(tmp_path):
    facts = area_comparison(made_delivery(tmp_path, crash_table(EVEN)), profile=OPEN).facts

    assert facts.context == ()
    assert facts.tables == ("ongevallen", "wijken")


def test_a_table_that_is_unsafe_as_a_whole_is_told_of_and_not_shown(tmp_path, monkeypatch):
    safe = Gathering.with_all
    monkeypatch.setattr(
        Gathering,
        "with_all",
        lambda self, more: None if "context-meldingen" in {one.id for one in more}
        else safe(self, more),
    )  # fmt: skip

    result = area_comparison(beside_delivery(tmp_path), profile=OPEN)

    assert "meldingen" in [one.dataset for one in result.facts.context]
    assert "context-meldingen" not in {figure.id for figure in result.figures}


def test_counted_persons_go_on_cell_by_cell_and_withheld_ones_stay_withheld(tmp_path):
    complaints = MOST | {("W2", "oversteek"): None}
    del complaints["W3", "te_hard"]

    facts, released = analysed(tmp_path, complaints=complaints)

    figure = released["context-meldingen"]
    assert len(figure.cells) == len(DISTRICTS) * len(KINDS)
    assert figure.cell("W6", "te_hard").count == 400
    assert figure.cell("W2", "oversteek").withheld
    assert figure.cell("W3", "te_hard").withheld  # none at all looks like a few
    assert facts.context[0].groups == KINDS


def test_amounts_are_added_up_over_the_years_of_the_question(tmp_path):
    facts, released = analysed(tmp_path)

    figure = released["context-gewonden-aantal"]
    assert {cell.count for cell in figure.cells} == {4 * 12}
    assert figure.scope.period == ("2015-01-01", "2018-12-31")
    assert facts.context[2].counted == "gewonden"


def test_an_amount_with_a_part_that_is_left_empty_is_not_shown(tmp_path):
    casualties = CASUALTIES | {("W4", 2016): None, ("W5", 2014): None}

    facts, released = analysed(tmp_path, casualties=casualties)

    figure = released["context-gewonden-aantal"]
    assert [cell.keys[0] for cell in figure.cells if cell.withheld] == ["W4"]
    assert told(facts, released, "gewonden")[1] == {"analysis.context-too-few"}


def test_where_most_complain_stands_beside_what_goes_wrong_there(tmp_path):
    facts, released = analysed(tmp_path, per_street=DANGEROUS, complaints=MOST, focus=["S11"])

    text, codes = told(facts, released, "meldingen")

    assert "De meeste zijn hier: Wijk Centrum (490)." in text
    assert "Het vaakst gaat het om te hard (400) en oversteek (90)." in text
    assert "Toch gaat hier per gereden kilometer waarschijnlijk niet meer mis" in text
    assert "Het gebied van de vraag: Wijk Noord (60)." in text
    assert "Ook gaat hier per gereden kilometer vrijwel zeker meer mis" in text
    assert "analysis.context-most-shown" not in codes


def test_where_a_total_is_withheld_the_most_is_the_most_of_what_is_shown(tmp_path):
    facts, released = analysed(tmp_path, complaints=MOST | {("W2", "oversteek"): None})

    text, codes = told(facts, released, "meldingen")

    assert "analysis.context-most-shown" in codes
    assert "Wijk Oost" not in text


def test_shares_of_young_and_old_are_said_for_the_city_and_the_area_of_the_question(tmp_path):
    ages = AGES | {("W1", "0-11"): 450, ("W1", "18-64"): 300}

    facts, released = analysed(tmp_path, ages=ages, focus=["S11"])

    text, _ = told(facts, released, "bewoners")
    assert "In de hele stad is 25% jonger dan 18 jaar. En 20% is 65 jaar of ouder." in text
    assert "Wijk Noord. Daar is 50% jonger dan 18 jaar. En 20% is 65 jaar of ouder." in text
    assert facts.context[1].groups == BANDS


def test_a_withheld_age_gives_no_share(tmp_path):
    facts, released = analysed(tmp_path, ages=AGES | {("W1", "12-17"): None}, focus=["S11"])

    text, codes = told(facts, released, "bewoners")

    assert (text, codes) == ("", set())


def test_casualties_stand_beside_registered_injuries_with_their_ratio(tmp_path):
    facts, released = analysed(tmp_path)

    text, _ = told(facts, released, "gewonden")

    injured = 18 * 12  # every street has twelve crashes with injury
    assert "In de hele stad telde de bron 288 gewonden." in text
    assert f"zijn {injured} ongevallen met letsel of doden geregistreerd." in text
    assert "Dat is 1,3 gewonden per ongeval." in text
    assert "Precies vergelijken kan niet" in text
    assert "50 tot 50 per 100" in text


@pytest.mark.parametrize(("domain", "unit"), [("care", "party"), ("traffic", "crash")])
def test_parties_or_other_counts_are_not_set_against_casualties(tmp_path, domain, unit):
    facts, released = analysed(tmp_path, domain=domain)
    facts = replace(facts, unit=unit)

    _, codes = told(facts, released, "gewonden")

    assert codes == {"analysis.context-amount", "analysis.context-per-hundred"}


def test_context_reads_back_to_the_same(tmp_path):
    result = area_comparison(beside_delivery(tmp_path), profile=OPEN)

    again = AnalysisResult.from_mapping(result.to_mapping())

    assert again.facts.context == result.facts.context
    assert again.sha256 == result.sha256
