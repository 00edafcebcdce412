"""The list of who may sign: what it refuses to be, and whom it lets sign in what."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import Capacity, read_authorities, sign_authorities
from grondslag.approval.statements import is_signed_by
from grondslag.canonical import read_document, to_yaml
from grondslag.keys import public_key_of
from grondslag.vocabulary import AdministrativeBody, SigningRole
from town import entry, refused

ROOT = Ed25519PrivateKey.generate()
KEYS = [public_key_of(Ed25519PrivateKey.generate()) for _ in range(3)]
DAY = date(2027, 3, 2)
COLLEGE, COUNCIL = AdministrativeBody.EXECUTIVE_BOARD, AdministrativeBody.COUNCIL
OWNER, DECIDER, OFFICER = (
    SigningRole.OWNER,
    SigningRole.DECIDER,
    SigningRole.DATA_PROTECTION_OFFICER,
)


def content(*entries, **changes):
    return {
        "authorities": "grondslag/1",
        "municipality": "Voorbeeldstad",
        "example": False,
        "number": 3,
        "issued": "2027-01-01",
        "machines": [],
        "entries": list(entries) or [entry("A. Een", KEYS[0])],
    } | changes


def listed(folder, *entries, **changes):
    path = folder / "authorities.yaml"
    path.write_text(to_yaml(content(*entries, **changes)))
    return sign_authorities(path, ROOT)


CAPACITIES = [
    # line of the list             asked                            answer
    ({}, Capacity(OWNER, ("Verkeer",)), None),
    ({"departments": ["Verkeer"]}, Capacity(OWNER, ("Verkeer",)), None),
    ({"departments": ["Verkeer"]}, Capacity(OWNER, ("Zorg",)), "approval.other-department"),
    (
        {"departments": ["Verkeer"]},
        Capacity(OWNER, ("Verkeer", "Zorg")),
        "approval.other-department",
    ),
    ({"departments": ["verkeer"]}, Capacity(OWNER, ("Verkeer",)), "approval.other-department"),
    ({}, Capacity(SigningRole.REVOKER), "approval.role-not-given"),
    ({"roles": ["decider"], "bodies": ["college"]}, Capacity(DECIDER, body=COLLEGE), None),
    (
        {"roles": ["decider"], "bodies": ["college"]},
        Capacity(DECIDER, body=COUNCIL),
        "approval.other-body",
    ),
    (
        {"roles": ["decider"], "bodies": ["college"], "mandate": "Besluit 1"},
        Capacity(DECIDER, body=COLLEGE, mandate="besluit  1"),
        None,
    ),
    (
        {"roles": ["decider"], "bodies": ["college"], "mandate": "Besluit 1"},
        Capacity(DECIDER, body=COLLEGE, mandate="Besluit 2"),
        "approval.other-mandate",
    ),
    ({"from": "2027-03-02", "until": "2027-03-02"}, Capacity(OWNER), None),
    ({"from": "2027-03-03"}, Capacity(OWNER), "approval.mandate-not-begun"),
    ({"until": "2027-03-01"}, Capacity(OWNER), "approval.mandate-ended"),
]


@pytest.mark.parametrize(("line", "asked", "answer"), CAPACITIES)
def test_who_may_sign_in_what(tmp_path, line, asked, answer):
    authorities = listed(tmp_path, entry("A. Een", KEYS[0], **line))

    if answer is None:
        assert authorities.may_sign(KEYS[0], asked, DAY).subject == "A. Een"
    else:
        with refused(answer):
            authorities.may_sign(KEYS[0], asked, DAY)


def test_two_lines_of_one_person_do_not_mix(tmp_path):
    """Owner here and decider there is not owner there: rights meet per line, never in union."""
    authorities = listed(
        tmp_path,
        entry("A. Een", KEYS[0], departments=["Verkeer"], until="2027-02-01"),
        entry("A. Een", KEYS[0], departments=["Zorg"]),
    )

    with refused("approval.mandate-ended"):
        authorities.may_sign(KEYS[0], Capacity(OWNER, ("Verkeer",)), DAY)
    with refused("approval.other-department"):
        authorities.may_sign(KEYS[0], Capacity(OWNER, ("Verkeer", "Zorg")), DAY)


def test_a_gap_between_two_terms_says_when_the_first_ended(tmp_path):
    authorities = listed(
        tmp_path,
        entry("A. Een", KEYS[0], until="2027-02-01"),
        entry("A. Een", KEYS[0], **{"from": "2027-04-01"}),
    )

    with refused("approval.mandate-ended") as caught:
        authorities.may_sign(KEYS[0], Capacity(OWNER), DAY)

    assert caught.value.fields["date"] == date(2027, 2, 1)


CONTRADICTIONS = [
    # lines               refusal
    ([entry("A. Een", KEYS[0]), entry("B. Twee", KEYS[0])], "approval.key-under-two-names"),
    (
        [entry("A. Een", KEYS[0]), entry("A. Een", KEYS[0], witness=True)],
        "approval.key-under-two-names",
    ),
    ([entry("A. Een", public_key_of(ROOT))], "approval.key-of-no-person"),
    ([entry("A. Een", KEYS[0], roles=["decider"])], "approval.decider-without-body"),
    ([entry("A. Een", KEYS[0], until="2026-01-01")], "approval.mandate-backwards"),
    ([entry("A. Een", KEYS[0], extra=1)], "canonical.schema-unknown-key"),
    ([entry("A. Een", KEYS[0], roles=["root"])], "canonical.schema-not-in-list"),
    ([entry("A. Een", "AAAA")], "canonical.schema-wrong-form"),
    ([entry("A. Een", KEYS[0], until="2027-02-30")], "canonical.schema-wrong-form"),
]


@pytest.mark.parametrize(("lines", "refusal"), CONTRADICTIONS)
def test_a_list_that_contradicts_itself_is_not_signed(tmp_path, lines, refusal):
    with refused(refusal):
        listed(tmp_path, *lines)


def test_a_machine_key_is_of_no_person(tmp_path):
    with refused("approval.key-of-no-person"):
        listed(tmp_path, entry("A. Een", KEYS[0]), machines=[KEYS[0]])


ALLOWED = [
    [entry("A. Een", KEYS[0]), entry("a.  een", KEYS[0], roles=["revoker"])],
    [
        entry("A. Een", KEYS[0], until="2027-06-30"),
        entry("B. Twee", KEYS[0], **{"from": "2027-07-01"}),
    ],
    [entry("A. Een", KEYS[0], witness=True), entry("B. Twee", KEYS[0], witness=True)],
]


@pytest.mark.parametrize("lines", ALLOWED)
def test_one_key_may_stand_twice_for_one_person_one_after_another_or_behind_a_portal(
    tmp_path, lines
):
    assert len(listed(tmp_path, *lines).entries) == 2


def test_a_portals_key_signs_only_for_who_is_named(tmp_path):
    authorities = listed(
        tmp_path,
        entry("A. Een", KEYS[0], witness=True),
        entry("B. Twee", KEYS[0], witness=True, roles=["revoker"]),
    )

    assert authorities.may_sign(KEYS[0], Capacity(OWNER), DAY, subject="a. een").witness
    with refused("approval.role-not-given"):
        authorities.may_sign(KEYS[0], Capacity(OWNER), DAY, subject="B. Twee")
    with refused("approval.key-not-in-authorities"):
        authorities.may_sign(KEYS[0], Capacity(OWNER), DAY)


def test_the_data_protection_officer_is_known_by_name_and_by_key(tmp_path):
    authorities = listed(
        tmp_path, entry("F. Toezicht", KEYS[0], roles=[OFFICER.value], until="2027-06-30")
    )

    assert authorities.is_data_protection_officer(KEYS[1], "f. toezicht", DAY)
    assert authorities.is_data_protection_officer(KEYS[0], "Iemand Anders", DAY)
    assert not authorities.is_data_protection_officer(KEYS[1], "Iemand Anders", DAY)
    assert not authorities.is_data_protection_officer(KEYS[0], "F. Toezicht", date(2027, 7, 1))


def test_one_person_with_a_key_per_role_is_visible(tmp_path):
    authorities = listed(
        tmp_path,
        entry("A. Een", KEYS[0]),
        entry("a. een", KEYS[1], roles=[OFFICER.value]),
        entry("B. Twee", KEYS[2], roles=["owner", "revoker"]),
    )

    (conflict,) = authorities.conflicts

    assert (conflict.subject, conflict.roles, conflict.keys) == ("A. Een", (OFFICER, OWNER), 2)


def test_signing_again_replaces_the_signature(tmp_path):
    listed(tmp_path)
    path = tmp_path / "authorities.yaml"
    first = path.read_text()

    sign_authorities(path, ROOT)

    assert path.read_text() == first  # Ed25519 is deterministic
    assert read_authorities(path, public_key_of(ROOT)).number == 3


def test_the_draft_can_stay_as_it_is(tmp_path):
    draft = tmp_path / "draft.yaml"
    draft.write_text("# Uitleg voor mensen\n" + to_yaml(content()))

    sign_authorities(draft, ROOT, target=tmp_path / "signed.yaml")

    assert draft.read_text().startswith("# Uitleg")
    assert read_authorities(tmp_path / "signed.yaml", public_key_of(ROOT)).number == 3


def test_a_comment_may_be_added_and_a_word_may_not(tmp_path):
    listed(tmp_path)
    path = tmp_path / "authorities.yaml"
    text = path.read_text()

    path.write_text("# Gelezen op dinsdag\n" + text)
    assert read_authorities(path, public_key_of(ROOT)).number == 3
    path.write_text(text.replace("A. Een", "A. Twee"))
    with refused("approval.authorities-not-by-root"):
        read_authorities(path, public_key_of(ROOT))


def test_a_lower_number_than_seen_is_refused(tmp_path):
    listed(tmp_path)
    path = tmp_path / "authorities.yaml"

    assert read_authorities(path, public_key_of(ROOT), 3).number == 3
    with refused("approval.authorities-older"):
        read_authorities(path, public_key_of(ROOT), 4)


def test_a_signature_for_one_kind_of_statement_fits_no_other(tmp_path):
    listed(tmp_path)
    document = read_document(tmp_path / "authorities.yaml").content

    assert is_signed_by(public_key_of(ROOT), "authorities", document)
    for kind in ("seal", "revocations", "advice", "answer", "consent", "check"):
        assert not is_signed_by(public_key_of(ROOT), kind, document)
