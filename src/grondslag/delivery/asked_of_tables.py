"""What is asked of a table that was delivered, as models, levels and a population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from grondslag.anonymise import Hierarchy, KAnonymity, Model
from grondslag.anonymise.hierarchies import distinct_values
from grondslag.anonymise.search import Watch
from grondslag.delivery.anonymity import model_of
from grondslag.delivery.anonymous_records import with_everybody
from grondslag.delivery.generalising import delivered_hierarchy
from grondslag.delivery.opening import OpenedDelivery
from grondslag.delivery.populations import Population, counted_of_delivery, population_beside
from grondslag.delivery.roles import ColumnRoles
from grondslag.errors import InputError
from grondslag.plan import WantedModel


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an anonymous table must be.

    Args:
        k: Persons that look alike, at least.
        promises: What every group satisfies besides.
        suppression: The share of rows that may be left out, from 0 to 1.
        measure: Of what is lost.
        weights: Per column how much it matters to the question.
        local: Whether each group may be as fine as its own people allow.
        seconds: Stop searching after this time with the best so far.
        watch: Called with looks, best value and bound; False stops the search.
    """

    k: int
    promises: tuple[WantedModel, ...] = ()
    suppression: float = 0.0
    measure: str = "loss"
    weights: Mapping[str, float] = field(default_factory=dict)
    local: bool = False
    seconds: float | None = None
    watch: Watch | None = None


def hierarchies_of(
    opened: OpenedDelivery,
    roles: ColumnRoles,
    table: pa.Table,
    everybody: pa.Table | None = None,
) -> list[Hierarchy]:
    """How each column that an outsider may know becomes coarser, as its owner says.

    Args:
        opened: The delivery.
        roles: Which column plays which part.
        table: The rows.
        everybody: The population, when one is laid beside them.

    Raises:
        InputError: An owner did not say.
    """
    found = []
    for name in roles.quasi:
        values = with_everybody(table.column(name), everybody, name)
        made = _levels(opened, roles.dataset, name, values)
        missing = distinct_values(values)[0].null_count
        found.append(made.covering_missing() if missing else made)
    return found


def _levels(opened: OpenedDelivery, dataset: str, name: str, values: pa.ChunkedArray) -> Hierarchy:
    """The levels of one column."""
    entry = next(one for one in opened.manifest["tables"] if one["name"] == dataset)
    column = next(one for one in entry["columns"] if one["name"] == name)
    return delivered_hierarchy(column, opened.contracts[column["dataset"]], values)


def population_of(
    opened: OpenedDelivery, roles: ColumnRoles, table: pa.Table, promises: Sequence[WantedModel]
) -> Population | None:
    """The population that promises stand beside.

    Raises:
        InputError: There are two, or it counts nobody in the same columns and forms.
    """
    names = list(dict.fromkeys(one.population for one in promises if one.population))
    if len(names) > 1:
        raise InputError("anonymity.two-populations")
    if not names:
        return None
    counted = counted_of_delivery(opened, names[0], roles)
    return population_beside(
        counted, table, quasi=roles.quasi, person=roles.person, promises=promises
    )


def models_of(
    opened: OpenedDelivery,
    dataset: str,
    table: pa.Table,
    wanted: Wanted,
    everybody: pa.Table | None,
) -> tuple[Model, ...]:
    """All that was asked, as models.

    Raises:
        InputError: A promise is about no column, or along levels that the owner did not write.
    """

    def levels(name: str) -> Hierarchy:
        if name not in table.column_names:
            known = table.column_names
            raise InputError("anonymise.unknown-column", column=name[:63], known=known)
        return _levels(opened, dataset, name, table.column(name))

    found = [model_of(one, everybody=everybody, levels=levels) for one in wanted.promises]
    return (KAnonymity(wanted.k), *found)
