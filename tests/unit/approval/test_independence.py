"""Two roles never rest on one person or one key."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import Entry
from grondslag.approval.independence import check_apart
from grondslag.approval.statements import same_person
from grondslag.keys import public_key_of
from grondslag.vocabulary import SigningRole
from town import refused

ONE, OTHER = (public_key_of(Ed25519PrivateKey.generate()) for _ in range(2))
OWNER, DECIDER = SigningRole.OWNER, SigningRole.DECIDER


def line(subject, key, *, witness=False):
    nothing = frozenset()
    day = date(2027, 1, 1)
    return Entry(subject, key, witness, nothing, nothing, nothing, "", day, day)


PAIRS = [
    # one signer, other signer, refusal
    ((OWNER, line("A. Een", ONE)), (DECIDER, line("B. Twee", OTHER)), None),
    ((OWNER, line("A. Een", ONE)), (OWNER, line("A. Een", ONE)), None),
    ((OWNER, line("A. Een", ONE)), (DECIDER, line("A. Een", ONE)), "approval.person-in-two-roles"),
    (
        (OWNER, line("A. Een", ONE)),
        (DECIDER, line("a.  EEN", OTHER)),
        "approval.person-in-two-roles",
    ),
    ((OWNER, line("A. Een", ONE)), (DECIDER, line("B. Twee", ONE)), "approval.key-in-two-roles"),
    (
        (OWNER, line("A. Een", ONE, witness=True)),
        (DECIDER, line("B. Twee", ONE)),
        "approval.key-in-two-roles",
    ),
    (
        (OWNER, line("A. Een", ONE, witness=True)),
        (DECIDER, line("B. Twee", ONE, witness=True)),
        None,
    ),
    (
        (OWNER, line("A. Een", ONE, witness=True)),
        (DECIDER, line("A. Een", ONE, witness=True)),
        "approval.person-in-two-roles",
    ),
]


@pytest.mark.parametrize(("one", "other", "refusal"), PAIRS)
def test_who_may_sign_beside_whom(one, other, refusal):
    if refusal is None:
        check_apart([one, other])
    else:
        with refused(refusal):
            check_apart([one, other])
        with refused(refusal):
            check_apart([other, one])


NAMES = [
    ("A. Een", "a. een", True),
    ("A. Een", " A.\tEen ", True),
    ("É. Een", "E\u0301. Een", True),
    ("A. Een", "A. Eén", False),
    ("A. Een", "A Een", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_capitals_spaces_and_composed_letters_make_no_other_person(one, other, same):
    assert same_person(one, other) is same
