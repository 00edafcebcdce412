"""Who may not be one person: applicant and approver, adviser and approver, two roles of a seal."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from grondslag.approval.authorities import ROLE_WORDS, Authorities, Entry
from grondslag.approval.statements import same_person
from grondslag.errors import ApprovalError
from grondslag.vocabulary import SigningRole


def check_independent(entry: Entry, applicant: str, authorities: Authorities, day: date) -> None:
    """Check that a signer is neither the applicant nor the data protection officer.

    Names and keys are both compared: a second name for one key, or a second key for one name, does
    not help.

    Raises:
        ApprovalError: The signer is one of them, or nobody knows who asks.
    """
    if not applicant.strip():
        raise ApprovalError("approval.applicant-missing")
    if same_person(entry.subject, applicant) or authorities.has_key(applicant, entry.public_key):
        raise ApprovalError("approval.applicant-signs", subject=entry.subject)
    if authorities.is_data_protection_officer(entry.public_key, entry.subject, day):
        raise ApprovalError("approval.officer-signs", subject=entry.subject)


def check_apart(signers: Sequence[tuple[SigningRole, Entry]]) -> None:
    """Check that no two roles rest on one key or one person.

    One person may be owner of two datasets. A portal's witness key may sign for several persons.

    Args:
        signers: Each role with the entry under which it was signed.

    Raises:
        ApprovalError: Two roles rest on one key or on one person.
    """
    for (role, entry), (other_role, other) in combinations(signers, 2):
        if role == other_role:
            continue
        roles = [ROLE_WORDS[role], ROLE_WORDS[other_role]]
        if same_person(entry.subject, other.subject):
            raise ApprovalError("approval.person-in-two-roles", subject=entry.subject, roles=roles)
        if entry.public_key == other.public_key and not (entry.witness and other.witness):
            raise ApprovalError(
                "approval.key-in-two-roles", fingerprint=entry.fingerprint, roles=roles
            )
