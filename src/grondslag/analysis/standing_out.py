"""Where it is most certainly worse: by certainty, never by counts.

A street with many crashes is often just a busy street. So streets stand here in the order of how
sure it is that they have more than their like; those of which it is not sure have no order. An
order looks surer than it is, so each has the places that are possible, or there is no order.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grondslag.analysis.choices import word_of
from grondslag.analysis.guards import Situation, notes_or_refusal
from grondslag.analysis.result import Facts
from grondslag.methods import Certainty, ranks_of_estimates
from grondslag.release import ReleasedCell, ReleasedFigure

_NAMED = (Certainty.ALMOST_CERTAIN, Certainty.PROBABLE)
_RATIO = ("ratio", "ratio_low", "ratio_high")
_WIDTH = 2 * 1.959964
"""Of a 95% range, in standard errors."""
_LEAST_LOW = 0.005
"""A lower limit is let out in two decimals: below this it is written as nought."""


@dataclass(frozen=True, slots=True)
class StandingOut:
    """The areas of which more is almost certain or probable.

    Args:
        level: Of the areas.
        cells: The surest first; by name when no places can be given.
        judged: Areas that were compared and are shown: so many times chance had its turn.
        all_areas: Areas in the table, compared or not.
        sure: How many of the cells are almost certain.
        places: Per area its best and its worst possible place among all that were compared, by how
            many times as much it has; empty when one area stands out or was compared.
    """

    level: str
    cells: tuple[ReleasedCell, ...]
    judged: int
    all_areas: int
    sure: int
    places: Mapping[str, tuple[int, int]]


def standing_out(facts: Facts, released: Sequence[ReleasedFigure]) -> StandingOut | None:
    """The areas with more than areas as busy; None when nothing was learned of those.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.

    Raises:
        InputError: A guard refuses: an order without the places that are possible.
    """
    level = next((one for one in reversed(facts.levels) if _alike(one, released)), "")
    table = _alike(level, released)
    if table is None:
        return None
    judged = [cell for cell in table.cells if "certainty" in cell.derived]
    named = [cell for cell in judged if word_of(cell.derived) in _NAMED]
    places = _places(judged) if len(named) > 1 else {}
    if places:
        named.sort(
            key=lambda cell: (_NAMED.index(_word(cell)), -cell.derived["certainty"], cell.keys)
        )
        among = all(cell.keys[0] in places for cell in named)
        notes_or_refusal(Situation(question=facts.question, ranked=True, rank_intervals=among))
    else:
        named.sort(key=lambda cell: facts.name(cell.keys[0]))
    sure = sum(_word(cell) is Certainty.ALMOST_CERTAIN for cell in named)
    return StandingOut(level, tuple(named), len(judged), len(table.cells), sure, places)


def _places(judged: Sequence[ReleasedCell]) -> dict[str, tuple[int, int]]:
    """The possible places of every area that was compared: from ratios and ranges as let out.

    The log of a ratio is taken as normal, with the error that its range tells. So the places hang
    on nothing but what stands on the page.
    """
    logs = [[math.log(max(cell.derived[name], _LEAST_LOW)) for name in _RATIO] for cell in judged]
    errors = [(high - low) / _WIDTH for _, low, high in logs]
    if len(judged) < 2 or min(errors) <= 0:
        return {}
    found = ranks_of_estimates([mean for mean, _, _ in logs], errors)
    return {
        cell.keys[0]: (int(low), int(high))
        for cell, low, high in zip(judged, found.low, found.high, strict=True)
    }


def _alike(level: str, released: Sequence[ReleasedFigure]) -> ReleasedFigure | None:
    return next((one for one in released if one.id == f"{level}-alike"), None)


def _word(cell: ReleasedCell) -> Certainty:
    return word_of(cell.derived) or Certainty.UNCLEAR
