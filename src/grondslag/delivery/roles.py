"""Which delivered column plays which part when somebody looks for a person in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grondslag.contracts import Column, Contract
from grondslag.delivery.opening import OpenedDelivery
from grondslag.delivery.shaping import privacy_of
from grondslag.errors import InputError
from grondslag.vocabulary import IdentifierRole, OutputStep
from grondslag.vocabulary.forms import PSEUDONYM

_RECORDS = (OutputStep.ANONYMOUS, OutputStep.PSEUDONYMOUS, OutputStep.IDENTIFIED)


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """The columns of one delivered table, by the part they play.

    Args:
        dataset: Name of the table.
        quasi: What an outsider may know of someone.
        sensitive: What nobody should learn of someone.
        harmless: What tells nothing of anybody, as the owner says.
        person: The pseudonym by which persons are counted; None when every row is one person.
        direct: Everything else that points at one person: never in an anonymous table.
        minimum: The smallest group that may be told about.
    """

    dataset: str
    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]
    harmless: tuple[str, ...]
    person: str | None
    direct: tuple[str, ...]
    minimum: int

    @property
    def used(self) -> list[str]:
        """The columns that are looked at; all but those that point at one person."""
        named = [*self.quasi, *self.sensitive, *self.harmless]
        return named if self.person is None else [*named, self.person]


def column_roles(opened: OpenedDelivery, dataset: str) -> ColumnRoles:
    """The parts that the columns of a delivered table play, by the contracts of its datasets.

    Raises:
        InputError: There is no such table, it holds no records of people, persons cannot be told
            apart in it, or no column could betray anybody.
    """
    entry = _entry(opened, dataset)
    if entry["output"] not in _RECORDS:
        raise InputError("delivery.no-records", dataset=dataset)
    by_role: dict[IdentifierRole, list[str]] = {role: [] for role in IdentifierRole}
    contract = opened.contracts[dataset]
    person = None
    for column in entry["columns"]:
        owner = opened.contracts[column["dataset"]]
        if column["form"] == str(PSEUDONYM) and column["name"] == contract.privacy.person_key:
            person = column["name"]
        else:
            role = _role(owner.column(column["name"]), owner, form=str(column["form"]))
            by_role[role].append(column["name"])
    if not by_role[IdentifierRole.QUASI]:
        raise InputError("delivery.nothing-recognises", dataset=dataset)
    if person is None and not _is_one_row_each(contract):
        raise InputError("delivery.persons-not-told-apart", dataset=dataset)
    return ColumnRoles(
        dataset=dataset,
        quasi=tuple(by_role[IdentifierRole.QUASI]),
        sensitive=tuple(by_role[IdentifierRole.SENSITIVE]),
        harmless=tuple(by_role[IdentifierRole.NONE]),
        person=person,
        direct=tuple(by_role[IdentifierRole.DIRECT]),
        minimum=int(entry["minimum_group"]),
    )


def tables_of_records(opened: OpenedDelivery) -> tuple[str, ...]:
    """The delivered tables that hold a row per person or event."""
    return tuple(
        entry["name"] for entry in opened.manifest["tables"] if entry["output"] in _RECORDS
    )


def _entry(opened: OpenedDelivery, dataset: str) -> Mapping[str, Any]:
    for entry in opened.manifest["tables"]:
        if entry["name"] == dataset:
            found: Mapping[str, Any] = entry
            return found
    raise InputError("delivery.no-such-table", dataset=dataset, known=opened.datasets)


def _role(column: Column, contract: Contract, *, form: str) -> IdentifierRole:
    privacy = privacy_of(contract, column)
    if privacy.free_text or form == "deidentified":  # whatever people type can point at one of them
        return IdentifierRole.DIRECT
    return privacy.role


def _is_one_row_each(contract: Contract) -> bool:
    """Whether every row is one person, or about nobody."""
    key = contract.privacy.person_key
    return not key or contract.column(key).unique
