"""A seal shows anyone who signed, with the root key alone; and a portal can witness for people."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from grondslag.approval import PrivacyOfficer, Seat, Settings, Signer, verify_seal
from grondslag.keys import fingerprint_of, public_key_of
from grondslag.vocabulary import SigningRole
from town import FIRST_DAY, MANDATE, at, entry, make_town, refused

DECIDER = Seat(SigningRole.DECIDER)
OFFICER = Seat(SigningRole.PRIVACY_OFFICER)
BEFORE = "2027-03-02T08:57:00.000Z"  # three minutes before they sign


@pytest.fixture
def town(tmp_path):
    made = make_town(tmp_path)
    made.sign_all()
    return made


def test_a_copy_of_the_project_is_enough(town, tmp_path):
    copy = shutil.copytree(town.project, tmp_path / "elsewhere")
    shutil.rmtree(town.home)

    report = verify_seal(copy, root_public_key=town.root_public_key)

    assert report.project == "veilige-straat"
    assert report.root_fingerprint == fingerprint_of(town.root_public_key)
    assert report.authorities_number == 1
    decider = report.signatures[-1]
    assert decider.to_mapping() == {
        "role": "decider",
        "dataset": None,
        "subject": "D. Beslisser",
        "fingerprint": fingerprint_of(town.signer("D. Beslisser").public_key),
        "mandate": MANDATE,
        "witness": False,
        "time": "2027-03-02T09:00:00.000Z",
    }


def test_another_root_key_shows_nothing(town):
    other = public_key_of(town.signer("andere gemeente").private)

    with refused("approval.authorities-not-by-root"):
        verify_seal(town.project, root_public_key=other)


def test_the_evidence_hash_changes_with_every_signature(town):
    before = verify_seal(town.project, root_public_key=town.root_public_key)
    town.clock = type(town.clock)(town.clock.moment.replace(hour=10))
    town.sign(DECIDER, "D. Beslisser")

    after = verify_seal(town.project, root_public_key=town.root_public_key)

    assert after.seal_sha256 == before.seal_sha256
    assert after.evidence_sha256 != before.evidence_sha256


def with_portal(town, *people):
    """Authorities in which these people sign through a portal's one key."""
    portal = town.signer("portaal")
    lines = [
        line | {"public_key": portal.public_key, "witness": True}
        if line["subject"] in people
        else line
        for line in town.entries()
    ]
    town.give_authorities(lines)
    return portal


def test_a_portal_may_witness_for_two_people_and_it_shows(town):
    portal = with_portal(town, "P. Privacy", "D. Beslisser")
    town.sign(OFFICER, Signer(portal.private, "P. Privacy"))
    town.sign(DECIDER, Signer(portal.private, "D. Beslisser"))

    signatures = town.verified().signatures

    assert {item.subject: item.witness for item in signatures} == {
        "B. Burgerzaken": False,
        "E. Eigenaar": False,
        "P. Privacy": True,
        "D. Beslisser": True,
    }


def test_a_portal_says_when_somebody_showed_anew_who_they_are(town):
    portal = with_portal(town, "P. Privacy", "D. Beslisser")
    town.sign(OFFICER, Signer(portal.private, "P. Privacy", stepped_up=BEFORE))
    town.sign(DECIDER, Signer(portal.private, "D. Beslisser"))

    officer, decider = verify_seal(town.project, root_public_key=town.root_public_key).signatures[
        2:
    ]

    assert (officer.subject, officer.stepped_up) == ("P. Privacy", BEFORE)
    assert officer.to_mapping()["stepped_up"] == BEFORE
    assert (decider.subject, decider.stepped_up, decider.shown_anew) == ("D. Beslisser", "", None)
    assert "stepped_up" not in decider.to_mapping()


def test_what_a_portal_says_of_the_moment_is_signed_too(town):
    portal = with_portal(town, "P. Privacy", "D. Beslisser")
    path = town.sign(OFFICER, Signer(portal.private, "P. Privacy", stepped_up=BEFORE))
    town.sign(DECIDER, Signer(portal.private, "D. Beslisser", stepped_up=BEFORE))
    path.write_text(path.read_text().replace(BEFORE, "2027-03-02T08:58:00.000Z"))

    with refused("approval.signature-invalid"):
        town.verified()


def test_nobody_showed_anew_who_they_are_after_they_signed(town):
    portal = with_portal(town, "P. Privacy", "D. Beslisser")
    later = "2027-03-02T09:00:00.001Z"
    town.sign(OFFICER, Signer(portal.private, "P. Privacy", stepped_up=later))
    town.sign(DECIDER, Signer(portal.private, "D. Beslisser"))

    with refused("approval.signature-invalid"):
        town.verified()


def test_with_a_key_of_ones_own_no_portal_says_anything(town):
    own = town.signer("D. Beslisser")
    path = town.sign(DECIDER, replace(own, stepped_up=BEFORE))

    assert "stepped_up" not in path.read_text()
    assert town.verified().signatures[-1].stepped_up == ""


def test_a_portal_does_not_witness_one_person_in_two_roles(town):
    portal = with_portal(town, "P. Privacy", "D. Beslisser")
    extra = entry(
        "P. Privacy", portal.public_key, witness=True, roles=["decider"], bodies=["college"]
    )
    town.give_authorities([*town.entries()[:2], *_through(town, portal), extra])
    town.sign(OFFICER, Signer(portal.private, "P. Privacy"))

    with refused("approval.person-in-two-roles"):
        town.sign(DECIDER, Signer(portal.private, "P. Privacy"))


def _through(town, portal):
    return [
        line | {"public_key": portal.public_key, "witness": True} for line in town.entries()[2:4]
    ]


def test_a_portal_does_not_witness_for_whom_it_was_not_given(town):
    portal = with_portal(town, "P. Privacy")

    for subject in ("D. Beslisser", ""):
        with refused("approval.key-not-in-authorities"):
            town.sign(DECIDER, Signer(portal.private, subject))


def test_one_key_is_not_both_a_persons_and_a_portals(town):
    lines = town.entries()
    extra = entry("Z. Ander", lines[0]["public_key"], witness=True)

    with refused("approval.key-under-two-names"):
        town.give_authorities([*lines, extra])


def test_a_person_with_an_own_key_cannot_sign_for_another(town):
    with refused("approval.key-not-in-authorities"):
        town.sign(DECIDER, Signer(town.signer("D. Beslisser").private, "P. Privacy"))


ADVISES = Settings({FIRST_DAY: 7}, {FIRST_DAY: PrivacyOfficer.ADVISES})
APPROVES_LATER = replace(
    ADVISES,
    privacy_officer=ADVISES.privacy_officer | {date(2027, 3, 5): PrivacyOfficer.APPROVES},
)


def test_where_the_privacy_officer_advises_nobody_misses_the_signature(tmp_path):
    town = make_town(tmp_path, settings=ADVISES)
    town.sign_all()

    assert [item.seat.role for item in town.verified().signatures] == ["owner", "owner", "decider"]


def test_a_privacy_officer_who_only_advises_may_sign_all_the_same(tmp_path):
    town = make_town(tmp_path, settings=ADVISES)
    town.sign_all()
    town.sign(OFFICER, "P. Privacy")

    assert [item.subject for item in town.verified().signatures][2] == "P. Privacy"


def test_from_the_day_the_privacy_officer_approves_the_signature_is_missed(tmp_path):
    town = make_town(tmp_path, settings=APPROVES_LATER)
    town.sign_all()

    assert town.verified(on=at(2027, 3, 4))
    with refused("approval.privacy-officer-approves-now"):
        town.verified(on=at(2027, 3, 5))
