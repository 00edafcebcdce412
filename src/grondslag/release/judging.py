"""Which cells of a table may not be shown for their own sake, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from grondslag.anonymise.tables.primary import Reason, Rules, judged
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release.figure import ALL, LARGEST, Cell, Figure

Keys = tuple[str, ...]
_ROUNDED = 0.51
"""A percentage may be rounded to whole percents, not further from its count than that."""


class Why(Enum):
    """Why a cell may not be shown."""

    DELIVERY = "delivery"
    ZERO = "zero"
    FEW = "few"
    GROUP = "group"
    OTHERS_FEW = "others_few"
    DOMINANCE = "dominance"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be shown of a cell by itself.

    Args:
        count: Why its count may not; None when it may.
        amount: Why its amount may not; None when it may, or when it has none.
    """

    count: Why | None
    amount: Why | None


def verdicts(figure: Figure, rules: Rules) -> tuple[Verdict, ...]:
    """Judge every cell of a table by itself, in the order of its cells.

    Args:
        figure: The table.
        rules: Of the profile, with the minimum group that holds for this table.
    """
    groups = _Groups(figure)
    amounts = _of_amounts(figure.cells, rules)
    found = []
    for cell, amount in zip(figure.cells, amounts, strict=True):
        count = _of_count(figure, cell, rules, groups)
        hidden = count if cell.amount is not None else None
        found.append(Verdict(count, hidden or amount))
    return tuple(found)


def nearly_everybody(figure: Figure, cell: Cell, rules: Rules) -> float:
    """How far below its count a cell must stay open, so that it may not be nearly everybody."""
    if cell.count is None or rules.group is None or not figure.told:
        return 0.0
    limits = [rules.group * whole for whole in _Groups(figure).around(cell.keys)]
    return max([cell.count - limit for limit in limits if limit < cell.count], default=0.0)


def groups_given_back(figure: Figure, cells: Sequence[Keys]) -> Mapping[Keys, int]:
    """The counts of whole groups that the percentages of these cells give back.

    Args:
        figure: The table.
        cells: Keys of cells that are shown with their derived numbers.

    Raises:
        DisclosureRefusedError: A percentage is of a group whose count is not known.
        InputError: A percentage is not that of its own count.
    """
    shown = set(cells)
    groups = _Groups(figure)
    given: dict[Keys, int] = {}
    for cell in figure.cells:
        percentage = cell.derived.get("percentage")
        if percentage is None or cell.keys not in shown:
            continue
        keys = groups.whole_keys(cell.keys)
        whole = cell.exposure if figure.within_exposure else groups.count(keys)
        if not whole or cell.count is None:
            raise DisclosureRefusedError("release.group-unknown", figure=figure.id)
        if abs(100 * cell.count / whole - percentage) > _ROUNDED:
            raise InputError("release.does-not-follow", figure=figure.id, name="percentage")
        if not figure.within_exposure:
            given[keys] = int(whole)
    return given


class _Groups:
    """The group of people that the values of a telling dimension divide."""

    def __init__(self, figure: Figure) -> None:
        self._told = [figure.dimensions.index(name) for name in figure.told]
        self._totals = {cell.keys: cell.count for cell in figure.cells}
        self._sums: dict[Keys, int | None] = {}
        for cell in figure.cells if figure.covers else ():
            if cell.is_total:
                continue
            wholes = {_without(cell.keys, [on]) for on in self._told}
            wholes |= {self.whole_keys(cell.keys)} if self._told else set()
            for keys in wholes:
                self._add(keys, cell.count)

    def _add(self, keys: Keys, count: int | None) -> None:
        known = self._sums.get(keys, 0)
        self._sums[keys] = None if known is None or count is None else known + count

    def whole_keys(self, keys: Keys) -> Keys:
        """The group that a cell is a part of."""
        return _without(keys, self._told)

    def count(self, keys: Keys) -> int | None:
        """How many are in a group; None when nothing in the table tells."""
        total = self._totals.get(keys)
        return self._sums.get(keys) if total is None else total

    def around(self, keys: Keys) -> list[int]:
        """How many are in each group that a cell says something about."""
        wholes = {_without(keys, [on]) for on in self._told if keys[on] != ALL}
        counts = [self.count(whole) for whole in wholes if whole != keys]
        return [count for count in counts if count is not None]


def _without(keys: Keys, told: Sequence[int]) -> Keys:
    return tuple(ALL if at in told else key for at, key in enumerate(keys))


def _of_count(figure: Figure, cell: Cell, rules: Rules, groups: _Groups) -> Why | None:
    if cell.count is None or cell.group is None:
        return Why.DELIVERY
    if cell.count == 0:
        return Why.ZERO if figure.zeros_disclose else None
    if cell.group < rules.minimum:
        return Why.FEW
    if _says_all(cell.count, groups.around(cell.keys), rules):
        return Why.GROUP
    return _beside_exposure(figure, cell, rules)


def _says_all(count: int, wholes: Sequence[float], rules: Rules) -> bool:
    return rules.group is not None and any(count > rules.group * whole for whole in wholes)


def _beside_exposure(figure: Figure, cell: Cell, rules: Rules) -> Why | None:
    """The people of the exposure who are not counted are a group of their own."""
    if not figure.within_exposure or cell.exposure is None or cell.count is None:
        return None
    if _says_all(cell.count, [cell.exposure], rules):
        return Why.GROUP
    return Why.OTHERS_FEW if 0 < cell.exposure - cell.count < rules.minimum else None


def _of_amounts(cells: Sequence[Cell], rules: Rules) -> list[Why | None]:
    totals = np.array([cell.total_judged for cell in cells])
    largest = np.zeros((len(cells), LARGEST))
    asking = np.zeros(len(cells))
    for at, cell in enumerate(cells):
        own = cell.largest[:LARGEST]
        largest[at, : len(own)] = own
        asking[at] = asking_in(cell.asking, largest[at, 0], cell.group or 0, rules)
    groups = np.array([cell.group or 0 for cell in cells], dtype=np.int64)
    _, _, reasons = judged(groups, largest, totals, rules, asking=asking)
    found: list[Why | None] = []
    for at, cell in enumerate(cells):
        why: Why | None = None
        if cell.amount is not None:
            for reason, name in _REASONS:
                if reasons[reason][at]:
                    why = name
                    break
        found.append(why)
    return found


def asking_in(asking: float | None, most: float, group: int, rules: Rules) -> float:
    """The largest amount that must stay hidden; -1 where everybody agreed to be recognisable.

    Who agrees, agrees for itself: fewer than the minimum group are never shown for it.

    Args:
        asking: Of whoever did not agree, as far as known; None: nobody did.
        most: The largest amount of anybody.
        group: How many there are.
        rules: With the minimum group.
    """
    return most if asking is None or group < rules.minimum else min(asking, most)


_REASONS = (
    (Reason.FEW, Why.FEW),
    (Reason.DOMINANCE, Why.DOMINANCE),
    (Reason.ESTIMATE, Why.ESTIMATE),
)
