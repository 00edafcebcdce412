"""Every template about neighbourhoods: lawful, described, and made up from one seed."""

import pytest

from commanding import call
from grondslag.accountability import Accountability
from grondslag.analysis.question import granularity_of
from grondslag.canonical import sha256_of_file
from grondslag.contracts import DataKind, read_contracts
from grondslag.errors import InputError
from grondslag.plan import read_plan
from grondslag.policy import Case, Outcome, Severity, check, default_parameters, is_fast_lane
from grondslag.synthetic import THEMES, make_theme
from keeping import broken_promises
from our_source import ROOT
from reading import read_as

every_theme = pytest.mark.parametrize("theme", THEMES)


def folder_of(theme):
    return ROOT / "examples" / f"voorbeeldstad-{theme}"


def case_of(theme):
    plan = read_plan(folder_of(theme) / "plan.yaml")
    return Case(
        plan=plan,
        contracts=read_contracts(folder_of(theme) / "contracts"),
        accountability=Accountability(),
        day=plan.dated,
        parameters=default_parameters(),
    )


@every_theme
def test_the_rules_let_the_plan_go_without_personal_data(theme):
    verdict = check(case_of(theme))

    assert [one.code for one in verdict.findings if one.severity is Severity.REFUSES] == []
    assert verdict.outcome in (Outcome.GO, Outcome.GO_IF)
    assert is_fast_lane(case_of(theme))


@every_theme
def test_the_plan_asks_only_forms_that_the_owner_allows(theme):
    case = case_of(theme)

    for need in case.plan.data:
        for wanted in need.columns:
            privacy = case.contracts[need.dataset].column(wanted.name).privacy
            assert wanted.form in privacy.allowed, f"{need.dataset}.{wanted.name}"


@every_theme
def test_every_contract_says_what_one_row_is_and_that_it_is_made_up(theme):
    for contract in case_of(theme).contracts.values():
        assert granularity_of(contract), contract.name
        assert contract.privacy.data is DataKind.MADE_UP
        assert all(len(column.definition) > 10 for column in contract.columns)


@every_theme
def test_the_made_up_data_keep_the_contracts(theme, tmp_path):
    contracts = case_of(theme).contracts

    made = make_theme(theme, tmp_path)

    assert set(made.sources) == set(contracts)
    for name, path in made.sources.items():
        table, unreadable = read_as(contracts[name], path)
        assert unreadable == 0
        assert broken_promises(contracts[name], table) == []


@every_theme
def test_one_seed_gives_one_town(theme, tmp_path):
    first = make_theme(theme, tmp_path / "a", seed=1)
    again = make_theme(theme, tmp_path / "b", seed=1)
    other = make_theme(theme, tmp_path / "c", seed=2)

    hashes = [
        {name: sha256_of_file(path) for name, path in made.sources.items()}
        for made in (first, again, other)
    ]
    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]


def test_a_theme_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(InputError) as refused:
        make_theme("zorg", tmp_path)

    assert refused.value.code == "synthetic.no-such-theme"


def test_the_demo_of_an_example_that_is_not_there_says_so(tmp_path):
    said = call("demo", "--example", "zorg", "--out", tmp_path / "out")

    assert said.status != 0
    assert "voorbeeldstad-zorg" in said.err
    assert not (tmp_path / "out").exists()
