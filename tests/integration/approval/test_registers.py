"""Lists that stand in the home: never older than seen, revocations for ever, all of it audited."""

import json

import pytest

from grondslag.approval import (
    Revocable,
    Revocation,
    Signer,
    current_authorities,
    current_revocations,
    issue_revocations,
    revoke,
)
from grondslag.approval.revocations import NextList, write_revocations
from grondslag.audit import FileStore, verify_chain
from grondslag.keys import PublicIdentity, create_identity, fingerprint_of, load_private
from grondslag.wording import explain
from town import PEOPLE, at, make_town, refused

STOLEN = Revocation(Revocable.KEY, "ab" * 32, "De laptop is gestolen.")


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path)


def revocations(town, *, on=None):
    return current_revocations(town.installation, clock=on or town.clock)


def test_a_revocation_stands_in_every_later_list(town):
    revoke(town.installation, STOLEN, signer=town.signer("R. Intrekker"), clock=town.clock)
    town.fresh_revocations()

    now = revocations(town)

    assert now.number == 3
    assert [(item.what, item.by) for item in now.records] == [(Revocable.KEY, "R. Intrekker")]
    assert now.find(Revocable.KEY, "abab " * 16) is not None
    assert now.find(Revocable.SEAL, "ab" * 32) is None


def test_the_root_key_may_revoke_too(town):
    revoke(town.installation, STOLEN, signer=Signer(town.root), clock=town.clock)

    assert revocations(town).records[0].by == "hoofdsleutel"


def test_nobody_else_may_revoke(town):
    with refused("approval.role-not-given"):
        revoke(town.installation, STOLEN, signer=town.signer("D. Beslisser"), clock=town.clock)


def test_a_revocation_needs_a_reason(town):
    without = Revocation(Revocable.KEY, "ab" * 32, "  x ")

    with refused("approval.revocation-without-reason"):
        revoke(town.installation, without, signer=town.signer("R. Intrekker"), clock=town.clock)


def rewrite(town, *, records=(), number=None, signer=None, subject="R. Intrekker"):
    """A list as somebody with a key writes it by hand."""
    standing = revocations(town)
    by = signer or town.signer("R. Intrekker")
    following = NextList(
        number or standing.number + 1,
        "2027-03-02T09:00:00.000Z",
        records,
        by.public_key,
        subject,
    )
    write_revocations(town.installation.revocations_file, following, by.private)


def test_a_revocation_that_vanished_is_missed(town):
    revoke(town.installation, STOLEN, signer=town.signer("R. Intrekker"), clock=town.clock)
    rewrite(town)

    with refused("approval.revocation-vanished"):
        revocations(town)


def test_a_second_list_with_the_same_number_is_refused(town):
    before = revocations(town)
    rewrite(town, number=before.number, subject="R. INTREKKER")

    with refused("approval.revocations-same-number"):
        revocations(town)


def test_a_list_signed_by_somebody_without_the_role_is_refused(town):
    rewrite(town, signer=town.signer("D. Beslisser"), subject="D. Beslisser")

    with refused("approval.role-not-given"):
        revocations(town)


def test_a_list_by_a_revoker_who_left_is_refused_and_the_next_one_counts(town):
    town.change_entry("R. Intrekker", until="2027-03-02")

    with refused("approval.mandate-ended"):
        revocations(town, on=at(2027, 3, 3))
    issue_revocations(town.installation, signer=Signer(town.root), clock=at(2027, 3, 3))
    assert revocations(town, on=at(2027, 3, 3)).number == 2


def test_a_revoker_does_not_revoke_the_own_key(town):
    own = fingerprint_of(town.signer("R. Intrekker").public_key)

    with refused("approval.revoker-revoked"):
        revoke(
            town.installation,
            Revocation(Revocable.KEY, own, "Ik stop ermee."),
            signer=town.signer("R. Intrekker"),
            clock=town.clock,
        )


def test_a_revoked_revoker_signs_no_more_lists(town):
    own = fingerprint_of(town.signer("R. Intrekker").public_key)
    stolen = Revocation(Revocable.KEY, own, "De laptop is gestolen.")
    revoke(town.installation, stolen, signer=Signer(town.root), clock=town.clock)

    with refused("approval.revoker-revoked"):
        town.fresh_revocations()
    rewrite(town, records=revocations(town).records)
    with refused("approval.revoker-revoked"):
        revocations(town)


def test_without_authorities_nothing_is_believed(town):
    town.installation.authorities_file.unlink()

    with refused("approval.authorities-missing"):
        current_authorities(town.installation)


def test_a_damaged_memory_of_what_was_seen_is_refused(town):
    town.installation.seen_file.write_text("[]")

    with refused("approval.seen-damaged"):
        current_authorities(town.installation)


def test_authorities_put_there_by_hand_are_audited_when_first_seen(town):
    before = len(town.actions())
    town.change_entry("V. Vrijgever", until="2027-06-30")
    current_authorities(town.installation)

    assert town.actions()[before:] == [("beheerder", "authorities.accepted", "authorities 2")]


def test_every_step_of_an_approval_is_in_a_chain_without_faults(town):
    town.sign_all()
    revoke(town.installation, STOLEN, signer=town.signer("R. Intrekker"), clock=town.clock)

    report = verify_chain(
        FileStore(town.installation.audit_folder),
        public_key=town.installation.machine_public_key,
        witness=town.installation.witness,
    )

    assert report.records == len(town.actions())
    assert [action for _, action, _ in town.actions()] == [
        "installation.created",
        "authorities.accepted",
        "revocations.accepted",
        *["approval.signed"] * 4,
        "approval.revoked",
        "revocations.accepted",
    ]


REVOKED = [
    (Revocable.SEAL, "approval.seal-revoked"),
    (Revocable.KEY, "approval.key-revoked"),
    (Revocable.DELIVERY, "approval.delivery-revoked"),
    (Revocable.CONSENT, "approval.consent-revoked"),
]


@pytest.mark.parametrize(("what", "refusal"), REVOKED)
def test_a_revoked_thing_counts_no_more_and_others_do(town, what, refusal):
    revocation = Revocation(what, "ab" * 32, "Het mocht toch niet.")
    now = revoke(
        town.installation, revocation, signer=town.signer("R. Intrekker"), clock=town.clock
    )

    with refused(refusal):
        now.check_not_revoked(what, "AB" * 32)
    for other in Revocable:
        now.check_not_revoked(other, "cd" * 32)
        if other != what:
            now.check_not_revoked(other, "ab" * 32)


def test_a_home_that_cannot_be_written_is_refused(town):
    (town.home / ".lock").unlink()
    (town.home / ".lock").mkdir()

    with refused("approval.cannot-lock"):
        current_authorities(town.installation)


def test_numbers_seen_are_kept_for_their_owner_only(town):
    seen = json.loads(town.installation.seen_file.read_text())

    assert (seen["authorities"]["number"], seen["revocations"]["number"]) == (1, 1)
    assert town.installation.seen_file.stat().st_mode & 0o077 == 0


def test_a_key_from_a_file_under_a_passphrase_signs_as_any_other(town, tmp_path):
    path = tmp_path / "sleutels" / "beslisser"
    identity = create_identity(
        path, "vier losse woorden samen", name="D. Beslisser", clock=town.clock
    )
    assert isinstance(identity, PublicIdentity)
    town.keys["D. Beslisser"] = load_private(path, "vier losse woorden samen")
    town.give_authorities()

    town.sign_all()

    assert town.verified().signatures[-1].fingerprint == identity.fingerprint


def test_a_refusal_names_the_role_in_dutch(town):
    with refused("approval.role-not-given") as caught:
        revoke(town.installation, STOLEN, signer=town.signer("D. Beslisser"), clock=town.clock)

    assert explain(caught.value) == (
        "D. Beslisser mag niet tekenen als intrekker. Vraag iemand met die rol."
    )
    assert "D. Beslisser" in PEOPLE
