"""Which cells may not be shown by themselves, and how far they must stay hidden."""

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from grondslag.anonymise.tables.cells import Cells
from grondslag.anonymise.tables.tabulating import KEPT
from grondslag.anonymise.tables.trees import Bools, Floats, Ints
from grondslag.errors import InputError


class Reason(Enum):
    """Why a cell may not be shown."""

    FEW = "few"
    DOMINANCE = "dominance"
    ESTIMATE = "estimate"
    ZERO = "zero"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Rules:
    """What makes a cell unsafe.

    Args:
        minimum: Fewest contributors of a cell that may be shown.
        dominance: Pairs (n, k): unsafe when the n largest are more than the share k of it.
        estimate: Share p: unsafe when the second largest can estimate the largest within p of it.
        zeros: Whether a cell with nobody in it says something about people.
        margin: Share of its value on each side that a cell with few contributors stays hidden in.
        group: Share of a group that may have one value at most, else everybody in it has it.
        group_dimensions: Columns whose values say something about the people in a group.
        singletons: Whether somebody who is alone in a cell may not learn another unsafe cell.

    Raises:
        InputError: A share is not between 0 and 1, or n is not 1 to 3.

    Source:
        Hundepool and others (2012), Statistical Disclosure Control, doi:10.1002/9781118348239,
        on magnitude tables: (n,k) rule, p% rule and the protection levels that follow from them.
    """

    minimum: int = 0
    dominance: tuple[tuple[int, float], ...] = ()
    estimate: float | None = None
    zeros: bool = False
    margin: float = 0.1
    group: float | None = None
    group_dimensions: tuple[str, ...] = ()
    singletons: bool = True

    def __post_init__(self) -> None:
        shares = [share for _, share in self.dominance] + [self.margin]
        shares += [share for share in (self.estimate, self.group) if share is not None]
        if not all(0 < share < 1 for share in shares):
            raise InputError("tables.share-out-of-range")
        if not all(1 <= number <= KEPT for number, _ in self.dominance) or self.minimum < 0:
            raise InputError("tables.rule-out-of-range")


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """Which cells are unsafe.

    Args:
        unsafe: Per cell.
        below: How far below its value the attacker's interval must reach.
        above: How far above.
        reasons: Per reason the cells it holds for.
    """

    unsafe: Bools
    below: Floats
    above: Floats
    reasons: dict[Reason, Bools] = field(repr=False)


def sensitivity(cells: Cells, rules: Rules) -> Sensitivity:
    """Judge every cell by itself.

    A count that is too small must have half of all values below the minimum open. An amount must
    stay hidden by what its rule says.

    Args:
        cells: The tables.
        rules: What is unsafe.
    """
    unsafe, need, reasons = judged(
        cells.contributors, cells.largest, cells.whole, rules, asking=cells.asking
    )
    # A rule on another variable says which share must stay hidden; that share of this value does.
    need = need * cells.shown_share
    below, above = sides(cells, cells.value, cells.contributors, need, rules)
    reasons[Reason.GROUP], least = _same_for_all(cells, rules)
    unsafe = unsafe | reasons[Reason.GROUP]
    below = np.where(reasons[Reason.GROUP], np.maximum(below, cells.value - least), below)
    return Sensitivity(unsafe, np.minimum(below, cells.value), above, reasons)


def _same_for_all(cells: Cells, rules: Rules) -> tuple[Bools, Floats]:
    """Cells that (nearly) everybody of their group is in, and what is no longer nearly everybody.

    Source:
        Bond, Brandt and De Wolf (2015), Guidelines for the checking of output based on microdata
        research, rule of group disclosure: 90 percent.
    """
    found, least = np.zeros(cells.size, dtype=bool), cells.value.copy()
    if rules.group is None:
        return found, least
    sums = cells.frame.sums
    lengths = np.diff(sums.indptr)
    whole = np.repeat(sums.indices[sums.indptr[:-1]], lengths)
    part = sums.indices
    told = [cells.frame.names.index(name) for name in rules.group_dimensions]
    numbers = cells.frame.numbers
    about = (numbers[whole][:, told] != numbers[part][:, told]).any(axis=1)
    limit = rules.group * cells.value[whole]
    held = about & (cells.value[part] > limit)
    found[part[held]] = True
    np.minimum.at(least, part[held], limit[held])
    return found, least


def sides(
    cells: Cells, value: Floats, contributors: Ints, need: Floats, rules: Rules
) -> tuple[Floats, Floats]:
    """How far below and above values must stay open.

    Args:
        cells: The tables the values belong to.
        value: Of cells, or of groups of cells.
        contributors: Behind each.
        need: What dominance and the estimate ask, on both sides.
        rules: What is unsafe.
    """
    few = contributors < rules.minimum
    if cells.counts:
        # So many values must stay possible, all below the minimum: half of what is below it.
        width = float((rules.minimum + 1) // 2 - 1)
        above = np.minimum(width // 2, np.maximum(rules.minimum - 1 - value, 0.0))
        below = np.minimum(value, width - above)
        above = width - below
        return np.where(few, below, np.minimum(need, value)), np.where(few, above, need)
    least = np.where(few, rules.margin * value, 0.0)
    needed = np.maximum(need, least)
    return np.minimum(needed, value), needed


def judged(
    contributors: Ints,
    largest: Floats,
    whole: Floats,
    rules: Rules,
    *,
    asking: Floats | None = None,
) -> tuple[Bools, Floats, dict[Reason, Bools]]:
    """Per group of contributors whether it is unsafe, by how much it must be hidden, and why.

    Somebody who agreed to be shown needs no protection, and can still be the one who estimates
    another. So a cell is judged by the largest who did not agree, and is safe when all did.
    Nobody dominates a cell beside larger ones who agreed when that no longer holds once those take
    themselves out, as they can: a share of a total is no measure where they are most of it.

    Args:
        contributors: How many.
        largest: Their largest contributions.
        whole: What they contribute together.
        rules: What is unsafe.
        asking: The largest contribution of whoever did not agree; None: nobody did.

    Source:
        Federal Committee on Statistical Methodology (2005), Statistical Policy Working Paper 22:
        written permission to publish (waivers) of those whose share would show.
    """
    first = largest[:, 0]
    target = first if asking is None else np.maximum(asking, 0.0)
    rival = np.where(target < first, first, largest[:, 1])
    somebody = (contributors > 0) if asking is None else (contributors > 0) & (asking >= 0)
    few = somebody & (contributors < rules.minimum)
    zero = (contributors == 0) & rules.zeros
    need = np.zeros(len(contributors))
    dominated = np.zeros(len(contributors), dtype=bool)
    left, own = _without_larger(largest, whole, target)
    for number, share in rules.dominance:
        missing = np.minimum(
            largest[:, :number].sum(axis=1) / share - whole,
            own[:, :number].sum(axis=1) / share - left,
        )
        is_among = target >= largest[:, number - 1]
        found = somebody & is_among & (missing > 1e-9 * np.maximum(whole, 1.0))
        dominated |= found
        need = np.where(found, np.maximum(need, missing), need)
    estimated = np.zeros(len(contributors), dtype=bool)
    if rules.estimate is not None:
        rest = np.maximum(whole - target - rival, 0.0)
        missing = rules.estimate * target - rest
        estimated = somebody & (missing > 1e-9 * np.maximum(whole, 1.0))
        need = np.where(estimated, np.maximum(need, missing), need)
    reasons = {
        Reason.FEW: few,
        Reason.ZERO: zero,
        Reason.DOMINANCE: dominated,
        Reason.ESTIMATE: estimated,
    }
    return few | zero | dominated | estimated, need, reasons


def _without_larger(largest: Floats, whole: Floats, target: Floats) -> tuple[Floats, Floats]:
    """What is left without whoever is larger than somebody, and the largest in that, at most."""
    larger = largest > target[:, None]
    left = whole - np.where(larger, largest, 0.0).sum(axis=1)
    # Who is not named is at most as large as the last who is.
    every = np.concatenate([largest, np.repeat(largest[:, -1:], KEPT, axis=1)], axis=1)
    first = larger.sum(axis=1)
    own = np.take_along_axis(every, first[:, None] + np.arange(KEPT), axis=1)
    own[:, 0] = target
    return np.maximum(left, 0.0), own
