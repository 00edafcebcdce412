"""The owner checks the own dataset; somebody else only with a grant, and never more than that."""

from datetime import date

import pytest

from grondslag.approval import (
    Revocable,
    Revocation,
    Signer,
    check_mandate,
    grant_check,
    revoke,
)
from grondslag.contracts import read_contracts
from grondslag.keys import PublicIdentity, fingerprint_of
from town import at, entry, make_town, refused

STEWARD = "S. Steward"


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path)


def contract(town, name="meldingen"):
    return read_contracts(town.project / "contracts")[name]


def grant(town, *, by="E. Eigenaar", until=date(2027, 3, 4)):
    return grant_check(
        town.installation,
        contract(town),
        PublicIdentity(STEWARD, town.signer(STEWARD).public_key),
        until=until,
        signer=town.signer(by),
        clock=town.clock,
    )


def check(town, *, by, of="meldingen", on=None):
    return check_mandate(
        town.installation, contract(town, of), signer=town.signer(by), clock=on or town.clock
    )


def test_an_owner_checks_the_own_dataset_today(town):
    mandate = check(town, by="E. Eigenaar")

    assert mandate.holder == "E. Eigenaar"
    assert mandate.expires == date(2027, 3, 2)
    assert mandate.allowed_columns("meldingen") == contract(town).column_names
    mandate.check_covers(contract(town))
    with refused("approval.mandate-over"):
        mandate.check_open(at(2027, 3, 3))


def test_a_check_mandate_opens_nothing_else(town):
    mandate = check(town, by="E. Eigenaar")

    with refused("approval.dataset-not-covered"):
        mandate.allowed_columns("inwoners")
    with refused("approval.dataset-not-covered"):
        mandate.check_covers(contract(town, "inwoners"))


def test_a_check_mandate_is_about_the_contract_it_was_made_for(town):
    mandate = check(town, by="E. Eigenaar")
    town.edit("contracts/meldingen.odcs.yaml", lambda raw: raw.update(version="2.0.0"))

    with refused("approval.contract-changed"):
        mandate.check_covers(contract(town))


def test_an_owner_does_not_check_the_dataset_of_another_department(town):
    with refused("approval.other-department"):
        check(town, by="E. Eigenaar", of="inwoners")


def test_a_steward_checks_under_the_owners_grant_until_its_date(town):
    grant(town)

    assert check(town, by=STEWARD).holder == STEWARD
    assert check(town, by=STEWARD, on=at(2027, 3, 4)).expires == date(2027, 3, 4)
    with refused("approval.grant-over"):
        check(town, by=STEWARD, on=at(2027, 3, 5))


def test_without_a_grant_a_steward_checks_nothing(town):
    with refused("approval.key-not-in-authorities"):
        check(town, by=STEWARD)


def test_a_grant_is_for_one_key(town):
    grant(town)

    with refused("approval.key-not-in-authorities"):
        check(town, by="S. Ander")


def test_only_the_owner_grants(town):
    with refused("approval.other-department"):
        grant(town, by="B. Burgerzaken")


def test_a_grant_ends_when_the_owner_is_owner_no_more(town):
    grant(town)
    town.change_entry("E. Eigenaar", until="2027-03-02")

    assert check(town, by=STEWARD)
    with refused("approval.mandate-ended"):
        check(town, by=STEWARD, on=at(2027, 3, 3))


def test_a_grant_does_not_reach_a_dataset_that_took_the_name(town):
    grant(town)
    town.edit("contracts/meldingen.odcs.yaml", lambda raw: raw.update(id="urn:andere:meldingen"))

    with refused("approval.grant-other-dataset"):
        check(town, by=STEWARD)


def test_an_edited_grant_is_refused(town):
    path = grant(town)
    path.write_text(path.read_text().replace('"until": "2027-03-04"', '"until": "2029-03-04"'))

    with refused("approval.signature-invalid"):
        check(town, by=STEWARD)


@pytest.mark.parametrize("whose", ["E. Eigenaar", STEWARD])
def test_a_revoked_key_ends_the_check(town, whose):
    grant(town)
    key = fingerprint_of(town.signer(whose).public_key)
    revocation = Revocation(Revocable.KEY, key, "De laptop is gestolen.")
    revoke(town.installation, revocation, signer=town.signer("R. Intrekker"), clock=town.clock)

    with refused("approval.key-revoked"):
        check(town, by=STEWARD)


def test_every_check_is_in_the_audit_chain(town):
    grant(town)
    check(town, by=STEWARD)

    assert town.actions()[-2:] == [
        ("E. Eigenaar", "check.granted", "meldingen"),
        (STEWARD, "check.opened", "meldingen"),
    ]


def test_a_grant_through_a_portal_names_the_owner(town):
    portal = town.signer("portaal")
    line = entry("E. Eigenaar", portal.public_key, witness=True, departments=["Verkeer"])
    town.give_authorities([*town.entries()[1:], line])

    grant_check(
        town.installation,
        contract(town),
        PublicIdentity(STEWARD, town.signer(STEWARD).public_key),
        until=date(2027, 3, 4),
        signer=Signer(portal.private, "E. Eigenaar"),
        clock=town.clock,
    )

    assert check(town, by=STEWARD).holder == STEWARD
