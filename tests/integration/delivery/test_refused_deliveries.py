"""What is not approved any more, or not this, is neither delivered nor opened."""

import shutil
from datetime import date, timedelta

import pytest

from grondslag.approval import (
    AdviceOutcome,
    Opinion,
    Reply,
    Revocable,
    Revocation,
    answer_advice,
    bundle_for,
    give_advice,
    revoke,
)
from grondslag.audit import FileStore
from grondslag.canonical import canonical_bytes, read_document, sha256_hex
from grondslag.delivery import open_delivery, read_project
from grondslag.keys import fingerprint_of
from grondslag.vocabulary import SigningRole
from made_contracts import AREAS
from small_town import make_small_town, refused


def edit_plan(town):
    town.edit("plan.yaml", lambda plan: plan.update(title="Is de Havenstraat echt gevaarlijker?"))


def swap_contract(town):
    town.edit("contracts/meldingen.odcs.yaml", lambda contract: contract.update(version="1.0.1"))


def widen_contract(town):
    """What an attacker wants: a column that was closed is opened."""

    def open_number(contract):
        (number,) = (x for x in contract["schema"][0]["properties"] if x["name"] == "bsn")
        number["customProperties"][0]["value"] |= {"category": "none", "allowed": ["exact"]}

    town.edit("contracts/meldingen.odcs.yaml", open_number)


def change_areas(town):
    town.edit("contracts/gebieden.areas.yaml", lambda areas: areas["list"].pop())


def change_areas_and_their_hash(town):
    """The contract pins the hash of its list; here both are changed to fit each other."""
    change_areas(town)
    content = read_document(town.project / "contracts/gebieden.areas.yaml").content
    assert content != AREAS
    digest = sha256_hex(canonical_bytes(content))

    def pin(contract):
        (own,) = (x for x in contract["customProperties"] if x["property"] == "privacy")
        own["value"]["areas"]["sha256"] = digest

    town.edit("contracts/meldingen.odcs.yaml", pin)


def change_assessment(town):
    town.edit("accountability/dpia-straat.yaml", lambda document: document.update(title="Anders"))


def remove_a_signature(town):
    next((town.project / "approval" / "signatures").glob("owner-*.json")).unlink()


def remove_the_approval(town):
    shutil.rmtree(town.project / "approval")


def revoke_it(town, what, name):
    revoke(
        town.installation,
        Revocation(what, name, "Een klacht bleek terecht."),
        signer=town.players.signers[SigningRole.REVOKER],
        clock=town.clock,
    )


def revoke_the_seal(town):
    read = read_project(town.project, clock=town.clock)
    bundle = bundle_for(town.project, town.installation, read.judgement, clock=town.clock)
    revoke_it(town, Revocable.SEAL, bundle.sha256)


def revoke_a_key(town):
    key = town.players.signers[SigningRole.DECIDER].public_key
    revoke_it(town, Revocable.KEY, fingerprint_of(key))


def let_the_list_of_revocations_grow_old(town):
    town.clock.go_on(days=200)


def let_the_end_date_pass(town):
    town.go_on(days=(date(2028, 1, 1) - town.clock.now().date()).days)


CHANGES = {
    edit_plan: "approval.plan-changed",
    swap_contract: "approval.contract-changed",
    change_areas: "contracts.areas-changed",
    change_areas_and_their_hash: "approval.contract-changed",
    change_assessment: "approval.accountability-changed",
    remove_a_signature: "approval.signature-missing",
    remove_the_approval: "approval.none",
    revoke_the_seal: "approval.seal-revoked",
    revoke_a_key: "approval.key-revoked",
    let_the_list_of_revocations_grow_old: "approval.revocations-too-old",
    let_the_end_date_pass: "delivery.not-lawful-today",
}
CASES = [pytest.param(change, code, id=change.__name__) for change, code in CHANGES.items()]


@pytest.mark.parametrize(("change", "code"), CASES)
def test_after_a_change_nothing_is_delivered(town, change, code):
    change(town)

    with refused(code):
        town.deliver()

    assert (town.visible, town.unfinished) == ([], [])


@pytest.mark.parametrize(("change", "code"), CASES)
def test_after_a_change_nothing_is_opened_and_the_chain_says_why(town, change, code):
    delivery = town.deliver()
    change(town)

    with refused(code):
        town.open()

    assert town.audited()[-1] == ("delivery.opened", delivery.id, code)


def test_a_contract_that_opens_what_was_closed_is_refused(town):
    widen_contract(town)

    with refused("approval.contract-changed"):
        town.deliver()


def test_a_project_nobody_signed_is_not_delivered(tmp_path):
    town = make_small_town(tmp_path)

    with refused("approval.none"):
        town.deliver()


def test_advice_that_was_taken_away_stops_the_delivery(tmp_path):
    town = make_small_town(tmp_path)
    players, at = town.players.signers, {"clock": town.clock}
    officer, decider = players[SigningRole.DATA_PROTECTION_OFFICER], players[SigningRole.DECIDER]
    opinion = Opinion(AdviceOutcome.DO, "Doe het, en kijk na een jaar of het nog nodig is.")
    give_advice(town.project, town.installation, opinion, signer=officer, **at)
    reply = Reply(followed=True, reason="Wij kijken na een jaar of het nog nodig is.")
    answer_advice(town.project, town.installation, reply, signer=decider, **at)
    town.sign()
    for name in ("advice.json", "answer.json"):
        (town.project / "approval" / name).unlink()

    with refused("approval.advice-removed"):
        town.deliver()


def test_a_revoked_delivery_does_not_open_and_the_others_do(monthly):
    first = monthly.deliver()
    monthly.go_on(days=31)
    second = monthly.deliver()
    revoke_it(monthly, Revocable.DELIVERY, first.id)

    with refused("delivery.revoked"):
        monthly.open(first.folder)

    assert monthly.open(second.folder).id == second.id


def test_a_delivery_of_an_earlier_approval_does_not_open_under_the_next(town):
    town.deliver()
    edit_plan(town)
    town.sign()

    with refused("delivery.other-approval"):
        town.open()


def test_a_clock_that_is_set_back_opens_nothing_that_has_ended(town):
    town.deliver()
    let_the_end_date_pass(town)
    town.clock.moment -= timedelta(days=100)

    with refused("audit.clock-set-back"):
        town.open()


def test_a_clock_set_back_before_a_delivery_is_refused(town):
    town.clock.go_on(days=1)
    town.installation.record("iemand", "something.done", "elders")
    town.clock.moment -= timedelta(hours=1)

    with refused("audit.clock-set-back"):
        town.deliver()

    assert (town.visible, town.unfinished) == ([], [])


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("key", "audit.clock-set-back"),
        ("read", "delivery.clock-set-back"),
        ("write", "delivery.clock-set-back"),
        ("manifest", "audit.clock-set-back"),
    ],
)
def test_a_clock_set_back_between_two_steps_is_refused(town, at, code):
    def set_back(step, _about):
        if step == at:
            town.clock.moment -= timedelta(seconds=30)

    with refused(code):
        town.deliver(progress=set_back)

    assert (town.visible, town.unfinished) == ([], [])
    assert list((town.installation.home / "vault" / "delivery").glob("*.key")) == []
    town.clock.go_on(minutes=1)
    town.deliver()
    town.verified_chain()


def test_who_was_refused_stands_in_the_chain(monthly):
    delivery = monthly.deliver()
    revoke_it(monthly, Revocable.DELIVERY, delivery.id)

    with refused("delivery.revoked"):
        open_delivery(delivery.folder, monthly.installation, clock=monthly.clock, actor="analist")

    *_, last = FileStore(monthly.installation.audit_folder).records()
    assert (last.actor, last.object, last.result) == ("analist", delivery.id, "delivery.revoked")
    assert monthly.verified_chain().records == last.number


def test_a_folder_with_an_odd_name_is_refused_and_audited(town):
    odd = town.deliveries / "niets\n\u202e"

    with refused("delivery.no-delivery"):
        town.open(odd)

    assert town.audited()[-1] == ("delivery.opened", "?", "delivery.no-delivery")
