"""Who may sign what: persons, their keys, roles, departments, bodies, mandates and terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from grondslag.approval.statements import digest, same_person
from grondslag.errors import ApprovalError
from grondslag.keys import fingerprint_of
from grondslag.vocabulary import AdministrativeBody, SigningRole
from grondslag.wording import Word

EVERY = "*"
ROLE_WORDS: Mapping[SigningRole, Word] = {
    SigningRole.OWNER: Word("approval.word-owner"),
    SigningRole.PRIVACY_OFFICER: Word("approval.word-privacy-officer"),
    SigningRole.DECIDER: Word("approval.word-decider"),
    SigningRole.RELEASER: Word("approval.word-releaser"),
    SigningRole.REVOKER: Word("approval.word-revoker"),
    SigningRole.DATA_PROTECTION_OFFICER: Word("approval.word-data-protection-officer"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a person, a key, what it may sign and for how long.

    Args:
        subject: The person.
        public_key: Their own key; for a witness the portal's key, which signs for this person.
        witness: Whether the key is a portal's, that vouches for who signed.
        roles: In which roles.
        departments: For which departments; ``*`` for all.
        bodies: For which bodies a decider decides.
        mandate: On which mandate that rests; empty when the body acts itself.
        start: First day.
        end: Last day.
    """

    subject: str
    public_key: str
    witness: bool
    roles: frozenset[SigningRole]
    departments: frozenset[str]
    bodies: frozenset[AdministrativeBody]
    mandate: str
    start: date
    end: date

    @property
    def fingerprint(self) -> str:
        """Of the key, as people read it to each other."""
        return fingerprint_of(self.public_key)

    def is_in_force(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity somebody signs.

    Args:
        role: The role.
        departments: All must be covered; for owners and privacy officers.
        body: The body must be covered; for deciders.
        mandate: The mandate that the plan names; empty when it names none.
    """

    role: SigningRole
    departments: tuple[str, ...] = ()
    body: AdministrativeBody | None = None
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One person with roles that do not go together, for people to look at."""

    subject: str
    roles: tuple[SigningRole, ...]
    keys: int


@dataclass(frozen=True, slots=True)
class Authorities:
    """The list as read and verified.

    Args:
        municipality: Whose list it is.
        example: Whether its root key is made for an example: then only made-up or open data.
        number: Rises with every new list.
        issued: The day it was made.
        machines: Keys of installations, base64: their proofs and audit heads can be trusted.
        entries: In the order of the file.
        document: The signed content, to keep a copy beside a seal.
    """

    municipality: str
    example: bool
    number: int
    issued: date
    machines: tuple[str, ...]
    entries: tuple[Entry, ...]
    document: Mapping[str, Any] = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash over the signed content."""
        return digest(self.document)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Persons who hold two of owner, privacy officer, decider and data protection officer.

        No fault by itself (a small municipality has few people), but never on one approval.

        Source:
            GDPR art. 38(6): other tasks of the data protection officer may not conflict.
        """
        apart = {
            SigningRole.OWNER,
            SigningRole.PRIVACY_OFFICER,
            SigningRole.DECIDER,
            SigningRole.DATA_PROTECTION_OFFICER,
        }
        found: list[Conflict] = []
        for entry in self.entries:
            if any(same_person(entry.subject, known.subject) for known in found):
                continue
            own = [other for other in self.entries if same_person(other.subject, entry.subject)]
            roles = sorted({role for other in own for role in other.roles} & apart)
            if len(roles) > 1:
                keys = len({other.public_key for other in own})
                found.append(Conflict(entry.subject, tuple(roles), keys))
        return tuple(found)

    def may_sign(
        self, public_key: str, capacity: Capacity, day: date, *, subject: str = ""
    ) -> Entry:
        """The entry under which a key may sign in a capacity on a day.

        Args:
            public_key: The key.
            capacity: Role, departments, body.
            day: The day.
            subject: For whom, when the key is a portal's.

        Raises:
            ApprovalError: It may not; the code says why: not in the list, role not given, other
                department or body, other mandate, mandate not begun or ended.
        """
        role = ROLE_WORDS[capacity.role]
        found = self._entries_of(public_key, subject)
        if not found:
            raise ApprovalError(
                "approval.key-not-in-authorities", fingerprint=fingerprint_of(public_key)
            )
        person = found[0].subject
        found = [entry for entry in found if capacity.role in entry.roles]
        if not found:
            raise ApprovalError("approval.role-not-given", subject=person, role=role)
        found = [entry for entry in found if _covers(entry, capacity.departments)]
        if not found:
            departments = capacity.departments
            raise ApprovalError(
                "approval.other-department", subject=person, role=role, departments=departments
            )
        found = [entry for entry in found if capacity.body is None or capacity.body in entry.bodies]
        if not found:
            raise ApprovalError("approval.other-body", subject=person, body=capacity.body)
        named = [entry for entry in found if _rests_on(entry, capacity.mandate)]
        if not named:
            raise ApprovalError("approval.other-mandate", subject=person, mandate=capacity.mandate)
        return _in_force(named, day, role)

    def check_statement(
        self, public_key: str, subject: str, capacity: Capacity, day: date
    ) -> Entry:
        """Check who a signed statement says signed it; gives the entry it rests on.

        Raises:
            ApprovalError: The key may not sign so, or the statement names somebody else.
        """
        witnessed = subject if self.is_witness(public_key) else ""
        entry = self.may_sign(public_key, capacity, day, subject=witnessed)
        if not same_person(entry.subject, subject):
            raise ApprovalError("approval.signed-for-other", subject=subject, owner=entry.subject)
        return entry

    def is_data_protection_officer(self, public_key: str, subject: str, day: date) -> bool:
        """Whether this key or this person advises as data protection officer on a day."""
        return any(
            SigningRole.DATA_PROTECTION_OFFICER in entry.roles
            and entry.is_in_force(day)
            and (same_person(entry.subject, subject) or _own_key(entry, public_key))
            for entry in self.entries
        )

    def is_witness(self, public_key: str) -> bool:
        """Whether this is a portal's key, that signs for others."""
        return any(entry.witness and entry.public_key == public_key for entry in self.entries)

    def has_key(self, person: str, public_key: str) -> bool:
        """Whether this is, or was, a key of this person's own."""
        return any(
            same_person(entry.subject, person) and _own_key(entry, public_key)
            for entry in self.entries
        )

    def _entries_of(self, public_key: str, subject: str) -> list[Entry]:
        own = [entry for entry in self.entries if entry.public_key == public_key]
        return [
            entry
            for entry in own
            if (not entry.witness and not subject) or same_person(entry.subject, subject)
        ]


def _covers(entry: Entry, departments: Sequence[str]) -> bool:
    return EVERY in entry.departments or entry.departments >= set(departments)


def _rests_on(entry: Entry, mandate: str) -> bool:
    return not mandate or same_person(entry.mandate, mandate)


def _own_key(entry: Entry, public_key: str) -> bool:
    return not entry.witness and entry.public_key == public_key


def _in_force(entries: Sequence[Entry], day: date, role: Word) -> Entry:
    for entry in entries:
        if entry.is_in_force(day):
            return entry
    begun = [entry for entry in entries if entry.start <= day]
    if not begun:
        first = min(entries, key=lambda entry: entry.start)
        raise ApprovalError(
            "approval.mandate-not-begun", subject=first.subject, role=role, date=first.start
        )
    last = max(begun, key=lambda entry: entry.end)
    raise ApprovalError("approval.mandate-ended", subject=last.subject, role=role, date=last.end)
