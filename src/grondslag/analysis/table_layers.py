"""The columns of a protected table as trees: areas within areas, values within an owner's groups.

`buurt` is a column with its fixed list; `buurt:wijk` also has every wijk between the buurten and
the total, and `soort:1` the first level of the hierarchy that the owner put in the contract.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.anonymise.tables import Dimension, flat
from grondslag.contracts import AreaList, Contract, HierarchyKind
from grondslag.errors import InputError
from grondslag.plan import DataNeed
from grondslag.release import ALL

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layered:
    """A column as a tree.

    Args:
        tree: Its values, with what they are counted under.
        names: The names its keys have in a released table: ``area`` for areas, whose parents tell
            what lies in what; else one per level, coarsest first.
        keys: Per code of the tree those keys.
        area_parents: Per area code the code of the area around it.
        column: The column itself.
    """

    tree: Dimension
    names: Keys
    keys: Mapping[str, Keys]
    area_parents: Mapping[str, str]
    column: str


def column_of(asked: str) -> str:
    """The column in `column:level:level`."""
    return asked.partition(":")[0]


def layered(asked: str, values: Sequence[str], contract: Contract, need: DataNeed) -> Layered:
    """A column with the levels that are asked.

    Args:
        asked: The column, and the levels between it and the total: ``buurt:wijk``.
        values: All values it can have, `UNKNOWN` the last.
        contract: Of its dataset.
        need: What the plan asks of it.

    Raises:
        InputError: The contract knows no such level of this column, or a value has no place in it.
    """
    column, _, rest = asked.partition(":")
    levels = rest.split(":") if rest else []
    areas = contract.privacy.areas
    if areas is not None and _area_columns(contract, need) == [column]:
        return _of_areas(column, values, levels, areas)
    if not levels:
        tree = flat(column, list(values))
        return Layered(tree, (column,), {code: (code,) for code in tree.codes}, {}, column)
    return _of_groups(column, values, levels, contract)


def _area_columns(contract: Contract, need: DataNeed) -> list[str]:
    """The delivered columns that hold codes of areas; the analyses call the only one `area`."""
    found = []
    for wanted in need.columns:
        privacy = contract.column(wanted.name).privacy
        if privacy is not None and privacy.area_level and wanted.form.name in ("exact", "area"):
            found.append(wanted.name)
    return found


def _of_areas(
    column: str, values: Sequence[str], levels: Sequence[str], areas: AreaList
) -> Layered:
    own = areas.areas[values[0]].level
    coarser = areas.levels[areas.levels.index(own) + 1 :]
    if list(levels) != [level for level in coarser if level in levels]:
        raise _no_level(column, levels, coarser)
    parents: dict[str, str] = {}
    for value in values:
        path = [value]
        if value != UNKNOWN:
            path += [code for level in levels if (code := areas.ancestor(value, level))]
            if len(path) != 1 + len(levels):
                raise InputError("analysis.protected-value-homeless", column=column)
        parents |= dict(pairwise([*path, ALL]))
    tree = Dimension("area", parents)
    around = {area.code: area.within for area in areas.areas.values() if area.within}
    needed: dict[str, str] = {}
    for start in parents:
        code = start
        while code in around and code not in needed:
            needed[code] = around[code]
            code = around[code]
    return Layered(tree, ("area",), {code: (code,) for code in tree.codes}, needed, column)


def _of_groups(
    column: str, values: Sequence[str], levels: Sequence[str], contract: Contract
) -> Layered:
    """Values in the groups of the owner's own hierarchy, which is a row per value."""
    privacy = contract.column(column).privacy
    hierarchy = None if privacy is None else privacy.hierarchy
    rows: tuple[tuple[str, ...], ...] = ()
    if hierarchy is not None and hierarchy.kind is HierarchyKind.FILE:
        rows = hierarchy.rows
    known = [str(at) for at in range(1, len(rows[0]))] if rows else []
    if [level for level in known if level in levels] != list(levels):
        raise _no_level(column, levels, known)
    of_value = {row[0]: [row[int(level)] for level in reversed(levels)] for row in rows}
    parents: dict[str, str] = {}
    keys: dict[str, Keys] = {ALL: (ALL,) * (len(levels) + 1)}
    for value in values:
        if value == UNKNOWN:
            above = [UNKNOWN] * len(levels)
        elif value in of_value:
            above = of_value[value]
        else:
            raise InputError("analysis.protected-value-homeless", column=column)
        over = ALL
        for depth in range(len(levels)):
            if value == UNKNOWN:  # who has no value has no group: one cell, right under the total
                break
            code = "\x1f".join(above[: depth + 1]) + "\x1f"  # two groups may have one name
            parents[code] = over
            keys[code] = (*above[: depth + 1], *[ALL] * (len(levels) - depth))
            over = code
        parents[value] = over
        keys[value] = (*above, value)
    names = (*(f"{column}:{level}" for level in reversed(levels)), column)
    return Layered(Dimension(column, parents), names, keys, {}, column)


def _no_level(column: str, levels: Sequence[str], known: Sequence[str]) -> InputError:
    return InputError(
        "analysis.protected-no-level",
        column=column,
        levels=[level[:40] for level in levels],
        known=list(known),
    )
