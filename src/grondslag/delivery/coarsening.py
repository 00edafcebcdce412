"""How a delivered column may become coarser: by its owner's words, from the form it came in."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from grondslag.anonymise import Hierarchy, hierarchy_of
from grondslag.anonymise.hierarchies import distinct_values, to_nothing
from grondslag.contracts import ColumnHierarchy, Contract, HierarchyKind
from grondslag.contracts.building import area_hierarchy, hierarchy_from
from grondslag.delivery.shaping import privacy_of
from grondslag.errors import InputError
from grondslag.vocabulary.forms import EXACT

_AREA = "area:"


def delivered_hierarchy(
    entry: Mapping[str, Any], contract: Contract, values: pa.ChunkedArray
) -> Hierarchy:
    """The levels of a delivered column.

    A value as it is in the source takes the owner's levels, a code of an area those above it. A
    value that was coarsened in another way (a month, a band) is kept as it is or not told at all.

    Args:
        entry: The column in the manifest: its name and the form it was delivered in.
        contract: Of its dataset.
        values: The column.

    Raises:
        InputError: The owner did not say how it may become coarser, or it holds what the owner's
            words do not cover.
    """
    name, form = str(entry["name"]), str(entry["form"])
    privacy = privacy_of(contract, contract.column(name))
    said = privacy.hierarchy
    if said is None:
        raise InputError(
            "delivery.no-hierarchy", dataset=contract.name, column=name, contract=contract.file
        )
    known = contract.privacy.areas
    if form == str(EXACT):
        return hierarchy_from(name, values, said, areas=known, level=privacy.area_level)
    if form.startswith(_AREA) and known is not None:
        level = form.removeprefix(_AREA)
        return area_hierarchy(name, known, level, _above(level, said, known.levels))
    domain = distinct_values(values)[0].drop_null()
    return to_nothing(hierarchy_of(name, [domain]))


def _above(level: str, said: ColumnHierarchy, levels: tuple[str, ...]) -> tuple[str, ...]:
    """The owner's levels that are coarser than the one that was delivered."""
    if said.kind is not HierarchyKind.AREAS:
        return ()
    coarser = levels[levels.index(level) + 1 :]
    return tuple(one for one in said.levels if one in coarser)
