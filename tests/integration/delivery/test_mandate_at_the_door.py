"""No column and no dataset opens without a mandate that names it, made where mandates are made."""

import pickle
from dataclasses import replace
from types import SimpleNamespace

import pytest

from grondslag.approval import CheckMandate, Mandate, SealedApproval, check_mandate
from grondslag.contracts import read_contract
from grondslag.delivery import judge_project
from grondslag.errors import ApprovalError
from grondslag.sources import locate, open_source
from made_contracts import column, write_contract
from small_town import refused


@pytest.fixture
def judged(town):
    return judge_project(town.project, town.installation, clock=town.clock)


@pytest.fixture
def at_the_door(town, judged):
    """Open columns of a dataset under some mandate."""

    def attempt(mandate, dataset, *columns):
        contract = judged.contracts[dataset]
        location = locate(contract, town.project / "contracts")
        return open_source(mandate, contract, location, columns=columns)

    return attempt


def test_an_approval_opens_what_it_names_and_what_protections_need(judged, at_the_door):
    source = at_the_door(judged.approval, "meldingen", "buurt", "soort", "bsn", "geheim", "dag")

    assert [column.name for column in source.columns] == ["buurt", "soort", "bsn", "geheim", "dag"]


@pytest.mark.parametrize("column", ["melding", "verhaal", "zonder_privacy"])
def test_a_column_outside_the_plan_does_not_open(judged, at_the_door, column):
    with refused("sources.column-not-allowed"):
        at_the_door(judged.approval, "meldingen", "buurt", column)


def test_a_column_nobody_asked_of_open_data_does_not_open_either(judged, at_the_door):
    with refused("sources.column-not-allowed"):
        at_the_door(judged.approval, "wijken", "naam")


@pytest.mark.parametrize("nothing", [None, True, "mandate", {}, object()])
def test_without_a_mandate_nothing_opens(at_the_door, nothing):
    with refused("sources.no-mandate"):
        at_the_door(nothing, "wijken", "code")


def pretenders(approval):
    """Things that look like a mandate."""
    facts = {
        "plan": approval.plan,
        "contracts": approval.contracts,
        "bundle": approval.bundle,
        "check_covers": lambda _contract: None,
        "check_open": lambda _clock: None,
        "allowed_columns": lambda dataset: approval.contracts[dataset].column_names,
    }
    yield SimpleNamespace(**facts)
    yield type("SealedApproval", (), facts)()
    yield type("Pretender", (), {**facts, "__class__": SealedApproval})()
    yield object.__new__(SealedApproval)
    yield object.__new__(CheckMandate)


@pytest.mark.parametrize("which", range(5))
def test_a_thing_that_looks_like_a_mandate_opens_nothing(judged, at_the_door, which):
    pretender = list(pretenders(judged.approval))[which]

    with refused("sources.no-mandate"):
        at_the_door(pretender, "meldingen", "verhaal")


def test_nobody_else_makes_inherits_stores_or_changes_a_mandate(judged):
    attempts = [
        Mandate,
        SealedApproval,
        lambda: type("Mine", (SealedApproval,), {}),
        lambda: type("Mine", (Mandate,), {"__module__": "grondslag.approval.elsewhere"}),
        lambda: pickle.dumps(judged.approval),
        lambda: setattr(judged.approval, "allowed_columns", lambda _dataset: ("verhaal",)),
        lambda: setattr(SealedApproval, "allowed_columns", lambda _self, _dataset: ("verhaal",)),
    ]

    codes = []
    for attempt in attempts:
        with pytest.raises(ApprovalError) as caught:
            attempt()
        codes.append(caught.value.code)

    assert codes == ["approval.mandate-not-made-here"] * len(attempts)


def test_leave_to_check_one_dataset_opens_no_other(town, judged, at_the_door):
    own = judged.contracts["meldingen"]
    mandate = check_mandate(
        town.installation, own, signer=town.players.owner_of(own), clock=town.clock
    )

    at_the_door(mandate, "meldingen", "verhaal")

    with refused("approval.dataset-not-covered"):
        at_the_door(mandate, "wijken", "code")


def test_an_approval_opens_no_dataset_it_does_not_name(town, judged):
    path = write_contract(town.project / "contracts", name="klachten", columns=[column("code")])
    location = locate(judged.contracts["wijken"], town.project / "contracts")

    with refused("approval.dataset-not-covered"):
        open_source(judged.approval, read_contract(path), location, columns=("code",))


def test_a_contract_changed_in_memory_opens_nothing(town, judged):
    contract = judged.contracts["meldingen"]
    location = locate(contract, town.project / "contracts")

    with refused("approval.contract-changed"):
        open_source(
            judged.approval, replace(contract, version="9.9.9"), location, columns=("buurt",)
        )
