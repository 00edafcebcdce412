"""A first plan out of four questions: honest about what nobody knows, whole or absent."""

import json
from pathlib import Path

import pytest

from commanding import NOW, call, works
from grondslag.plan import read_plan
from grondslag.vocabulary import AlternativeVerdict, AlternativeWay, Proceed, Trilean

DO_NOT_KNOW = "weet ik niet"
PROBLEM = "Ouderen in Noord komen niet meer bij de winkels."
KNOW = "Hoeveel mensen in Noord wonen in 2026 ver van een bushalte?"
DECISION = "We besluiten of er een extra buurtbus komt."
IF_YES = "Dan rijdt er vanaf januari een extra bus."
IF_NO = "Dan gaat het geld naar de fietspaden."
WHY = "Zonder antwoord kiest de gemeente op gevoel."


def answers(*, decision=DECISION, ways=(DO_NOT_KNOW,) * 8, proceed=("1", WHY)):
    return [PROBLEM, KNOW, decision, IF_YES, IF_NO, "het college", "1-6-2027", *ways, *proceed]


def new(folder, lines):
    return call("new", folder, lines=lines)


def plan_of(folder):
    return read_plan(folder / "plan.yaml")


def nothing_in(folder):
    return list(folder.iterdir()) == []


def test_the_answers_stand_in_the_plan(tmp_path):
    said = new(tmp_path / "buurtbus-noord", answers())

    plan = plan_of(tmp_path / "buurtbus-noord")
    assert said.status == 0
    assert (plan.id, plan.title) == ("buurtbus-noord", KNOW)
    assert plan.question.problem == PROBLEM
    assert plan.question.decision.what == DECISION
    assert (plan.question.decision.if_yes, plan.question.decision.if_no) == (IF_YES, IF_NO)
    assert plan.question.decision.needed_by.isoformat() == "2027-06-01"
    assert plan.question.proceed is Proceed.GO
    assert plan.dated == NOW.date()


def test_the_four_questions_are_asked_in_order_and_one_at_a_time(tmp_path):
    said = new(tmp_path / "project", answers())

    places = [said.out.index(f"Vraag {number} van 4.") for number in (1, 2, 3, 4)]
    assert places == sorted(places)


def test_what_nobody_knows_is_written_down_as_not_known(tmp_path):
    unknown = [DO_NOT_KNOW, "Weet ik niet.", "?", "", "geen idee", *[DO_NOT_KNOW] * 12]

    said = new(tmp_path / "project", unknown)

    plan = plan_of(tmp_path / "project")
    assert said.status == 0
    assert plan.question.problem.startswith("Nog te bepalen")
    assert plan.question.proceed is Proceed.NOT_YET
    assert {item.way for item in plan.alternatives} == set(AlternativeWay)
    assert {item.verdict for item in plan.alternatives} == {AlternativeVerdict.UNCLEAR}
    assert plan.individual_decision is Trilean.UNCLEAR
    assert plan.end_date == NOW.date()


def test_a_new_plan_is_never_lawful_by_itself(tmp_path):
    new(tmp_path / "project", answers())

    said = call("check", tmp_path / "project", "--json")

    findings = json.loads(said.out)["findings"]
    assert said.status == 3
    assert "nog-te-bepalen" in " ".join(finding["says"] for finding in findings)


def test_wanting_insight_is_answered_at_once(tmp_path):
    said = new(tmp_path / "project", answers(decision="We willen meer inzicht in Noord."))

    warning = said.out.index("Er hangt nog geen besluit van het antwoord af.")
    assert warning < said.out.index("Wat doen jullie als het antwoord ja is?")
    assert "Verzamel daarom nog geen gegevens over mensen." in said.out


def test_a_no_is_a_good_ending_that_is_kept(tmp_path):
    said = new(tmp_path / "project", answers(proceed=("4", "Het kan met een enquête.")))

    assert plan_of(tmp_path / "project").question.proceed is Proceed.NO
    assert "Dat is ook een goed einde." in said.out


def test_a_way_without_personal_data_is_good_news(tmp_path):
    ways = ("1", "De provincie telt dit elk jaar.", *[DO_NOT_KNOW] * 7)

    said = new(tmp_path / "project", answers(ways=ways))

    assert plan_of(tmp_path / "project").alternatives[0].verdict is AlternativeVerdict.WORKS
    assert "Goed nieuws." in said.out


def test_conditions_are_asked_when_the_answer_is_yes_if(tmp_path):
    conditions = ("2", WHY, "De wijkraad denkt vooraf mee.")

    new(tmp_path / "project", answers(proceed=conditions))

    assert plan_of(tmp_path / "project").question.conditions == ("De wijkraad denkt vooraf mee.",)


def test_the_questions_are_also_asked_in_english(tmp_path):
    said = call("new", tmp_path / "project", "--language", "en", lines=["I don't know"] * 17)

    assert said.status == 0
    assert "Question 1 of 4." in said.out
    assert plan_of(tmp_path / "project").question.problem.startswith("TBD")


@pytest.mark.parametrize(
    ("folder", "key"),
    [
        ("Buurtbus Noord", "buurtbus-noord"),
        ("2026 verkeer", "verkeer"),
        ("éénrichting", "nrichting"),
        ("2026", "project"),
        ("x" * 90, "x" * 63),
    ],
)
def test_the_key_of_a_plan_comes_from_its_folder(tmp_path, folder, key):
    works("new", tmp_path / folder, lines=answers())

    assert plan_of(tmp_path / folder).id == key


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "Het antwoord op regel 1 ontbreekt."),
        (answers()[:-1], "Het antwoord op regel 17 ontbreekt."),
        (["te kort"], "Antwoord 1 heeft 10 tot 1200 tekens nodig."),
        (["a" * 1201], "Antwoord 1 heeft 10 tot 1200 tekens nodig."),
        ([PROBLEM, "Hoeveel mensen\u202e wonen in Noord?"], "In antwoord 2 staat een teken"),
        ([*answers()[:5], "de wethouder"], "Antwoord 6 staat niet in de lijst."),
        ([*answers()[:5], "7"], "Antwoord 6 staat niet in de lijst."),
        ([*answers()[:6], "31-2-2027"], "Antwoord 7 is geen datum."),
        ([*answers()[:6], "volgende week"], "Antwoord 7 is geen datum."),
    ],
)
def test_answers_that_do_not_fit_leave_nothing_behind(tmp_path, lines, sentence):
    said = new(tmp_path / "project", lines)

    assert said.status == 2
    assert sentence in said.complaint
    assert nothing_in(tmp_path)


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("x")])
def test_what_stands_there_is_never_overwritten(tmp_path, make):
    make(tmp_path / "project")

    said = new(tmp_path / "project", answers())

    assert said.status == 2
    assert "bestaat al" in said.complaint
    assert not (tmp_path / "project" / "plan.yaml").exists()


def test_a_folder_that_cannot_be_made_leaves_nothing_behind(tmp_path):
    (tmp_path / "bestand").touch()

    said = new(tmp_path / "bestand" / "project", answers())

    assert said.status == 7
    assert "Er is niets bewaard." in said.complaint
