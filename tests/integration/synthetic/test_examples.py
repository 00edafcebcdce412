"""The example projects: what they ask exists, the first plan asks what it may not."""

import csv
from collections import Counter
from itertools import pairwise

import pytest

from grondslag.accountability import Accountability, read_accountability
from grondslag.analysis.exposure import reference_year
from grondslag.analysis.question import granularity_of
from grondslag.canonical import sha256_of_file
from grondslag.contracts import DataKind, definition_conflicts, read_contracts
from grondslag.plan import read_plan
from grondslag.policy import Case, Outcome, Severity, check, default_parameters, is_fast_lane
from grondslag.synthetic import make_stand_in
from grondslag.synthetic.geography import street_named
from grondslag.vocabulary import AlternativeWay, OutputStep, PersonalDataCategory, Secrecy
from keeping import broken_promises, count_of
from our_source import ROOT
from reading import read_as

EXAMPLES = ROOT / "examples"
PLANS = [
    ("voorbeeldstad-verkeer", "plan.yaml"),
    ("voorbeeldstad-verkeer", "plan-eerste.yaml"),
    ("utrecht-verkeersveiligheid", "plan.yaml"),
    ("voorbeeldstad-verkeer", "plan-anoniem.yaml"),
    ("voorbeeldstad-verkeer", "plan-afstand.yaml"),
]
LAWFUL = [PLANS[0], *PLANS[2:]]


def case_of(name, plan):
    folder = EXAMPLES / name
    facts = folder / "accountability"
    read = read_plan(folder / plan)
    return Case(
        plan=read,
        contracts=read_contracts(folder / "contracts"),
        accountability=read_accountability(facts) if facts.is_dir() else Accountability(),
        day=read.dated,
        parameters=default_parameters(),
    )


@pytest.mark.parametrize(("name", "plan"), PLANS)
def test_what_a_plan_asks_is_in_the_contracts(name, plan):
    case = case_of(name, plan)

    for need in case.plan.data:
        known = case.contracts[need.dataset].column_names
        assert {column.name for column in need.columns} <= set(known)


@pytest.mark.parametrize(("name", "plan"), LAWFUL)
def test_a_lawful_plan_asks_only_forms_that_the_owner_allows(name, plan):
    case = case_of(name, plan)

    for need in case.plan.data:
        for wanted in need.columns:
            privacy = case.contracts[need.dataset].column(wanted.name).privacy
            assert wanted.form in privacy.allowed, f"{need.dataset}.{wanted.name}"


@pytest.mark.parametrize(("name", "plan"), LAWFUL)
def test_the_question_uses_only_what_the_plan_asks(name, plan):
    asked = read_plan(EXAMPLES / name / plan)

    ask = asked.analysis
    counted = asked.need(ask.dataset)
    named = filter(None, (ask.area, ask.severity, ask.period))
    assert all(counted.wants(column) for column in named)
    for exposure in filter(None, (ask.residents, ask.traffic, ask.map)):
        need = asked.need(exposure.dataset)
        assert need.wants(exposure.area)
        assert need.wants(exposure.value)


@pytest.mark.parametrize(("name", "year"), [(LAWFUL[0][0], 2026), (LAWFUL[1][0], 2022)])
def test_the_contract_says_of_which_year_the_residents_are(name, year):
    asked = read_plan(EXAMPLES / name / "plan.yaml").analysis.residents
    contract = read_contracts(EXAMPLES / name / "contracts")[asked.dataset]

    assert reference_year(contract, asked.value) == year


def test_every_contract_says_what_one_row_is():
    for name, _ in LAWFUL:
        for contract in read_contracts(EXAMPLES / name / "contracts").values():
            assert granularity_of(contract), contract.name


@pytest.mark.parametrize("name", sorted({name for name, _ in LAWFUL}))
def test_an_example_holds_nothing_but_made_up_or_open_data(name):
    contracts = read_contracts(EXAMPLES / name / "contracts")

    assert read_plan(EXAMPLES / name / "plan.yaml").example
    assert {contract.privacy.data for contract in contracts.values()} <= {
        DataKind.MADE_UP,
        DataKind.OPEN,
    }


@pytest.mark.parametrize("name", sorted({name for name, _ in LAWFUL}))
def test_every_column_of_an_example_is_described_and_has_a_privacy_entry(name):
    for contract in read_contracts(EXAMPLES / name / "contracts").values():
        for column in contract.columns:
            assert column.privacy is not None, f"{contract.name}.{column.name}"
            assert len(column.definition) > 10, f"{contract.name}.{column.name}"


def test_personal_data_has_a_person_key_a_term_and_a_department():
    for contract in read_contracts(EXAMPLES / "voorbeeldstad-verkeer" / "contracts").values():
        numbered = any(
            column.privacy.category is PersonalDataCategory.NATIONAL_ID
            for column in contract.columns
        )
        assert bool(numbered) <= (contract.privacy.person_key == "bsn")
        assert not contract.holds_personal_data or contract.retention is not None
        assert contract.department
        assert contract.owner != contract.steward


def test_departments_describe_their_terms_alike_but_for_the_day_that_differs():
    contracts = read_contracts(EXAMPLES / "voorbeeldstad-verkeer" / "contracts")

    told = {
        conflict.explain().split()[0]
        for conflict in definition_conflicts(contracts.values())
        if "soort persoonsgegeven" not in conflict.explain()
    }
    assert told == {"datum"}


def test_the_plan_is_about_the_lindelaan_and_weighs_all_eight_ways():
    plan = read_plan(EXAMPLES / "voorbeeldstad-verkeer" / "plan.yaml")

    assert plan.analysis.focus == (street_named("Lindelaan").code,)
    assert {item.way for item in plan.alternatives} == set(AlternativeWay)
    assert plan.output is OutputStep.AGGREGATE
    assert plan.links == ()


def test_the_first_plan_asks_what_it_may_not():
    plan = read_plan(EXAMPLES / "voorbeeldstad-verkeer" / "plan-eerste.yaml")
    contracts = read_contracts(EXAMPLES / "voorbeeldstad-verkeer" / "contracts")

    asked = {f"{need.dataset}.{c.name}:{c.form}" for need in plan.data for c in need.columns}
    assert {
        "inwoners.bsn:exact",
        "inwoners.achternaam:exact",
        "inwoners.geboortedatum:exact",
        "ongevallen.toelichting:exact",
        "ambulanceritten.diagnose:exact",
    } <= asked
    assert contracts["ambulanceritten"].privacy.secrecy is Secrecy.MEDICAL
    assert [(link.left, link.right) for link in plan.links] == [("inwoners", "inkomens")]
    assert plan.end_date.year - plan.dated.year == 10
    assert len(plan.alternatives) == len(AlternativeWay)


@pytest.mark.parametrize(
    ("name", "plan", "lane"), [(*LAWFUL[0], False), (*LAWFUL[1], True), (*LAWFUL[2], False)]
)
def test_the_rules_let_a_lawful_plan_go(name, plan, lane):
    case = case_of(name, plan)

    verdict = check(case)

    assert [f.code for f in verdict.findings if f.severity is Severity.REFUSES] == []
    assert verdict.outcome in (Outcome.GO, Outcome.GO_IF)
    assert is_fast_lane(case) is lane


def test_the_rules_refuse_the_first_plan_on_every_planted_ground():
    verdict = check(case_of(*PLANS[1]))

    assert verdict.outcome is Outcome.NO
    themes = {f.rule.split(".")[0] for f in verdict.findings if f.severity is Severity.REFUSES}
    assert len(themes) >= 7


def test_the_stand_in_keeps_the_contracts_of_the_open_data(tmp_path):
    contracts = read_contracts(EXAMPLES / "utrecht-verkeersveiligheid" / "contracts")

    files = make_stand_in(tmp_path)

    assert set(files) == set(contracts)
    for name, path in files.items():
        table, unreadable = read_as(contracts[name], path)
        assert unreadable == 0
        assert broken_promises(contracts[name], table) == []
        assert path.stat().st_size < 60_000


def test_the_stand_in_has_the_faults_of_the_open_data(tmp_path):
    files = make_stand_in(tmp_path)
    contracts = read_contracts(EXAMPLES / "utrecht-verkeersveiligheid" / "contracts")

    table, _ = read_as(contracts["ongevallen"], files["ongevallen"])

    with files["ongevallen"].open(encoding="utf-8", newline="") as stream:
        rows = [tuple(row) for row in csv.reader(stream)]
    counts = Counter(rows)
    assert sum(n - 1 for n in counts.values()) >= 24
    assert not any(one == other for one, other in pairwise(rows[:50]))  # not side by side
    assert sum(row[4] == "NULL" for row in rows) / len(rows) == pytest.approx(0.19, abs=0.05)
    assert count_of(table, "nummer", 1) < count_of(table, "nummer", 2)
    assert min(Counter(table["wijk_code"].to_pylist()).values()) >= 10
    assert 0 < count_of(table, "ap3_code", "DOD") < 40


def test_the_stand_in_is_the_same_for_one_seed_and_differs_for_another(tmp_path):
    first = make_stand_in(tmp_path / "a", seed=1)["ongevallen"]
    again = make_stand_in(tmp_path / "b", seed=1)["ongevallen"]
    other = make_stand_in(tmp_path / "c", seed=2)["ongevallen"]

    assert sha256_of_file(first) == sha256_of_file(again)
    assert sha256_of_file(first) != sha256_of_file(other)
