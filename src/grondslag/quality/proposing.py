"""Hierarchies for anonymous records: what could be said of each column, and what said does not fit.

Under the owner's check mandate, as the check of a contract is. What comes back holds parameters and
no value, and no count of fewer people than the smallest group.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.approval import CheckMandate
from grondslag.clock import Clock
from grondslag.contracts import (
    Column,
    ColumnHierarchy,
    Contract,
    HierarchyKind,
    LogicalType,
    known_hierarchy,
)
from grondslag.contracts.hierarchy_proposing import proposed_hierarchy
from grondslag.errors import ApprovalError, InputError
from grondslag.sources import Location, open_source, present_columns
from grondslag.vocabulary import IdentifierRole
from grondslag.vocabulary.forms import EXACT

_FORMS_OF_DAYS = ("month", "quarter", "year")


class HierarchyState(StrEnum):
    """How it stands with the hierarchy of a column."""

    PROPOSED = "proposed"
    SAID = "said"
    FOLLOWS = "follows"
    UNFIT = "unfit"
    OWNER_MUST_SAY = "owner_must_say"


@dataclass(frozen=True, slots=True)
class FoundHierarchy:
    """The hierarchy of one column that an outsider may know.

    Args:
        column: Its name.
        line: Where it stands in the contract.
        state: Whether it was proposed, stands in the contract, or must still be said.
        hierarchy: The levels, if there are any.
        without_place: How many people have a value without a place in it; None when these are
            fewer than the smallest group.
        minimum: The smallest group.
    """

    column: str
    line: int
    state: HierarchyState
    hierarchy: ColumnHierarchy | None = None
    without_place: int | None = 0
    minimum: int = 0


def find_hierarchies(
    mandate: CheckMandate, contract: Contract, location: Location, *, clock: Clock
) -> tuple[FoundHierarchy, ...]:
    """Propose a hierarchy where there is none, and hold those that there are against the data.

    Args:
        mandate: The owner's check mandate for this dataset.
        contract: The dataset.
        location: Where it stands, as `locate` found it.
        clock: Tells the day, for the mandate.

    Raises:
        ApprovalError: No check mandate, it is over, or it is about another contract.
        InputError: The file can't be read as the contract says, or no column needs a hierarchy.
        SourceError: The file is damaged or changed meanwhile, or the server can't be reached.
    """
    if not isinstance(mandate, CheckMandate):
        raise ApprovalError("quality.needs-check-mandate", dataset=contract.name)
    mandate.check_open(clock)
    names = present_columns(mandate, contract, location)
    columns = [one for one in contract.columns if names.count(one.name) == 1 and _needs_one(one)]
    if not columns:
        raise InputError(
            "quality.no-hierarchy-needed", dataset=contract.name, contract=contract.file
        )
    person = contract.privacy.person_key
    asked = [column.name for column in columns]
    if person and person not in asked and names.count(person) == 1:
        asked.append(person)
    source = open_source(mandate, contract, location, columns=asked)
    table = pa.Table.from_batches(source.batches())
    persons = table[person] if person in asked else pa.chunked_array([range(table.num_rows)])
    return tuple(_found(column, table[column.name], persons, contract) for column in columns)


def _needs_one(column: Column) -> bool:
    """Whether a plan can ask the column in anonymous records in a form that has levels above it."""
    privacy = column.privacy
    if privacy is None or privacy.role is not IdentifierRole.QUASI or privacy.free_text:
        return False
    if column.type in (LogicalType.DATE, LogicalType.TIMESTAMP):
        return any(form == EXACT or form.name in _FORMS_OF_DAYS for form in privacy.allowed)
    return EXACT in privacy.allowed


def _found(
    column: Column, values: pa.ChunkedArray, persons: pa.ChunkedArray, contract: Contract
) -> FoundHierarchy:
    least = max(contract.privacy.minimum_group, 1)
    said = known_hierarchy(column, contract.privacy.areas)
    if said is None:
        made = proposed_hierarchy(column.type, values, persons, least=least)
        state = HierarchyState.OWNER_MUST_SAY if made is None else HierarchyState.PROPOSED
        return FoundHierarchy(column.name, column.line, state, made, minimum=least)
    homeless = _without_place(said, column, values, contract)
    if homeless is not None and pc.any(homeless).as_py():
        count = pc.count_distinct(persons.filter(homeless)).as_py()
        shown = count if count >= least else None
        return FoundHierarchy(column.name, column.line, HierarchyState.UNFIT, said, shown, least)
    follows = column.privacy is not None and column.privacy.hierarchy is None
    state = HierarchyState.FOLLOWS if follows else HierarchyState.SAID
    return FoundHierarchy(column.name, column.line, state, said, minimum=least)


def _without_place(
    said: ColumnHierarchy, column: Column, values: pa.ChunkedArray, contract: Contract
) -> pa.ChunkedArray | None:
    """Which rows have a value that no level knows; None where every value has a place."""
    if said.kind in (HierarchyKind.INTERVALS, HierarchyKind.DATES):
        return None
    texts = values.cast(pa.string())
    if said.kind is HierarchyKind.MASKING:
        return pc.fill_null(pc.greater(pc.utf8_length(texts), said.length), False)
    known = pa.array(sorted(_known(said, column, contract)), pa.string())
    return pc.and_(pc.is_valid(texts), pc.invert(pc.is_in(texts, value_set=known)))


def _known(said: ColumnHierarchy, column: Column, contract: Contract) -> Iterator[str]:
    areas, privacy = contract.privacy.areas, column.privacy
    if said.kind is HierarchyKind.AREAS and areas is not None and privacy is not None:
        yield from areas.codes(privacy.area_level)
    elif said.kind is HierarchyKind.ORDERED:
        yield from map(str, said.values)
    else:
        yield from (row[0] for row in said.rows)
