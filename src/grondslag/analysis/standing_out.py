"""Where it is most certainly worse: by certainty, never by counts.

A street with many crashes is often just a busy street. So streets stand here in the order of how
sure it is that they have more than their like; those of which it is not sure have no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from grondslag.analysis.choices import word_of
from grondslag.analysis.result import Facts
from grondslag.methods import Certainty
from grondslag.release import ReleasedCell, ReleasedFigure

_NAMED = (Certainty.ALMOST_CERTAIN, Certainty.PROBABLE)


@dataclass(frozen=True, slots=True)
class StandingOut:
    """The areas of which more is almost certain or probable.

    Args:
        level: Of the areas.
        cells: The surest first.
        judged: Areas that were compared and are shown: so many times chance had its turn.
        all_areas: Areas in the table, compared or not.
        sure: How many of the cells are almost certain.
    """

    level: str
    cells: tuple[ReleasedCell, ...]
    judged: int
    all_areas: int
    sure: int


def standing_out(facts: Facts, released: Sequence[ReleasedFigure]) -> StandingOut | None:
    """The areas with more than areas as busy; None when nothing was learned of those.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    level = next((one for one in reversed(facts.levels) if _alike(one, released)), "")
    table = _alike(level, released)
    if table is None:
        return None
    judged = [cell for cell in table.cells if "certainty" in cell.derived]
    named = [cell for cell in judged if word_of(cell.derived) in _NAMED]
    named.sort(key=lambda cell: (_NAMED.index(_word(cell)), -cell.derived["certainty"], cell.keys))
    sure = sum(_word(cell) is Certainty.ALMOST_CERTAIN for cell in named)
    return StandingOut(level, tuple(named), len(judged), len(table.cells), sure)


def _alike(level: str, released: Sequence[ReleasedFigure]) -> ReleasedFigure | None:
    return next((one for one in released if one.id == f"{level}-alike"), None)


def _word(cell: ReleasedCell) -> Certainty:
    return word_of(cell.derived) or Certainty.UNCLEAR
