"""Data about nobody goes on the owner's consent, and not a step further."""

import json

import pytest

from grondslag.approval import Revocable, Revocation, revoke, sign_consent
from grondslag.approval.statements import digest
from grondslag.delivery import read_project
from grondslag.keys import KeyKind
from grondslag.vocabulary import SigningRole
from made_contracts import column
from small_project import OPEN, WIJKEN, lawful_plan, number, write_csv
from small_town import make_small_town, refused

NAMED = OPEN | {
    "columns": [
        *OPEN["columns"],
        {"name": "naam", "form": "exact", "reason": "Een lezer kent de naam, niet de code."},
    ]
}


@pytest.fixture
def fast(tmp_path):
    """A project about open data only, with the owner's consent."""
    town = make_small_town(tmp_path, lawful_plan(NAMED, step="open"))
    town.sign()
    return town


def fill(town, *names, count=3100):
    rows = [(f"W{at}", count + at, name) for at, name in enumerate(names)]
    write_csv(town.folder / "data" / "wijken.csv", ("code", "inwoners", "naam"), rows)


def test_open_data_is_delivered_on_the_consent_of_its_owner(fast):
    delivery = fast.deliver()

    assert delivery.manifest["approval"]["lane"] == "fast"
    assert fast.open().table("wijken").num_rows == len(WIJKEN)
    assert fast.verify().seal.signatures == ()
    assert [consent.dataset for consent in fast.verify().seal.consents] == ["wijken"]


def test_nobody_is_in_the_log_and_no_pseudonym_is_made(fast):
    delivery = fast.deliver()

    assert delivery.manifest["processing_log"] is None
    assert list(fast.installation.processing_log.rglob("*.parquet")) == []
    assert not fast.installation.vault.has(KeyKind.PROJECT, "veilige-straat")


FOUND = {
    "number": number(7),
    "bank account": "NL91ABNA0417164300",
    "e-mail": "jan@voorbeeld.example",
    "telephone": "bel 06-12345678 na vijven",
    "number in a story": f"gebeld door {number(7)} over de stoep",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_it_ends_where_a_text_holds_personal_data(fast, text):
    fill(fast, "Noord", text, "Zuid")

    with refused("delivery.personal-data-found"):
        fast.deliver()

    assert (fast.visible, fast.unfinished) == ([], [])


def test_it_ends_where_personal_data_stands_far_down_in_the_file(fast):
    fill(fast, *[f"Wijk {at}" for at in range(60_000)], "jan@voorbeeld.example")

    with refused("delivery.personal-data-found"):
        fast.deliver()


def test_it_ends_where_whole_numbers_are_citizen_service_numbers(fast):
    rows = [(f"W{at}", number(at), "Wijk") for at in range(40)]
    write_csv(fast.folder / "data" / "wijken.csv", ("code", "inwoners", "naam"), rows)

    with refused("delivery.personal-data-found"):
        fast.deliver()


def test_large_numbers_that_pass_by_chance_are_no_reason_to_stop(fast):
    fill(fast, *[f"Wijk {at}" for at in range(200)], count=412_000_000)

    assert fast.deliver().manifest["tables"][0]["file"]["rows"] == 200


def test_no_message_repeats_what_was_found(fast):
    fill(fast, FOUND["e-mail"])

    with pytest.raises(Exception, match="personal-data-found") as caught:
        fast.deliver()

    assert FOUND["e-mail"] not in str(caught.value) + repr(caught.value.fields)
    assert FOUND["e-mail"] not in repr(fast.audited())


def test_it_ends_at_a_column_without_an_entry(fast):
    def add_column(contract):
        contract["schema"][0]["properties"].append(column("extra") | {"customProperties": []})

    fast.edit("contracts/wijken.odcs.yaml", add_column)
    asked = {"name": "extra", "form": "exact", "reason": "Nodig om te kunnen vergelijken."}
    fast.edit("plan.yaml", lambda plan: plan["data"][0]["columns"].append(asked))

    with refused("delivery.not-lawful-today"):
        fast.deliver()


def test_it_ends_when_the_contract_changes(fast):
    fast.edit("contracts/wijken.odcs.yaml", lambda contract: contract.update(version="1.0.1"))

    with refused("approval.contract-changed"):
        fast.deliver()


def test_an_old_consent_does_not_carry_a_new_contract(fast):
    fast.edit("contracts/wijken.odcs.yaml", lambda contract: contract.update(version="1.0.1"))

    fast.reseal()

    with refused("approval.consent-other-contract"):
        fast.deliver()


def test_it_ends_when_the_owner_takes_the_consent_back(fast):
    record = json.loads(fast.installation.consent_file("wijken").read_bytes())
    revoke(
        fast.installation,
        Revocation(Revocable.CONSENT, digest(record), "Er bleken namen in te staan."),
        signer=fast.players.signers[SigningRole.REVOKER],
        clock=fast.clock,
    )

    with refused("approval.consent-revoked"):
        fast.deliver()


def test_it_ends_when_the_owner_consents_to_less(fast):
    contract = read_project(fast.project, clock=fast.clock).contracts["wijken"]
    owner = fast.players.owner_of(contract)
    sign_consent(
        fast.installation, contract, columns=["code"], until=read_project(
            fast.project, clock=fast.clock).plan.end_date, signer=owner, clock=fast.clock,
    )  # fmt: skip

    with refused("approval.consent-replaced"):
        fast.deliver()


def test_a_dataset_with_people_never_takes_the_fast_lane(tmp_path):
    need = {
        "dataset": "meldingen",
        "columns": [{"name": "soort", "form": "exact", "reason": "Wat er op straat mis gaat."}],
        "rows": {"period": {"column": "dag", "from": "2022-01-01", "until": "2026-12-31"}},
        "output": "aggregate",
        "count": "rows",
    }
    town = make_small_town(tmp_path, lawful_plan(need))

    assert read_project(town.project, clock=town.clock).judgement.lane == "signed"


def test_a_count_of_rows_about_nobody_keeps_the_minimum_and_says_what_it_counts(tmp_path):
    need = OPEN | {"columns": [NAMED["columns"][2]], "output": "aggregate", "count": "rows"}
    town = make_small_town(tmp_path, lawful_plan(need))
    fill(town, *["Noord"] * 12, *["Zuid"] * 3)
    town.sign()

    delivery = town.deliver()

    assert delivery.manifest["approval"]["lane"] == "fast"
    assert delivery.manifest["tables"][0]["unit"] == "rows"
    assert town.open().table("wijken").to_pylist() == [
        {"naam": "Noord", "rows": 12, "withheld": False},
        {"naam": "Zuid", "rows": None, "withheld": True},
    ]
