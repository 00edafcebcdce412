"""Complete tables that do not show the true numbers: rounded or adjusted, all sums kept.

Such a table says of every cell about how large it is, withheld cells of exact tables too. So it
stands alone: nothing else about the same population is let out beside it, before or after.
"""

from dataclasses import dataclass
from enum import Enum

from grondslag.anonymise.tables import Cells, adjust, round_to
from grondslag.clock import Clock
from grondslag.errors import DisclosureRefusedError
from grondslag.release.figure import Scope
from grondslag.release.gate import FourEyes, put_down
from grondslag.release.ledger import Ledger
from grondslag.release.profile import Profile
from grondslag.release.released import (
    ChangeMark,
    ReleasedCell,
    ReleasedFigure,
    made_by_the_gate,
)


class Change(Enum):
    """How the numbers of a table are changed."""

    ROUND = "round"
    ADJUST = "adjust"


@dataclass(frozen=True, slots=True, eq=False)
class ChangedQuestion:
    """What is asked for.

    Args:
        id: Short key of the table.
        dataset: Where the counts come from.
        population: Which units.
        scope: Which rows.
        cells: The true counts of rows, with who stands behind them; they never leave this room.
        minimum: Smallest group according to the contract; the profile may ask for more.
        change: Round or adjust.
        base: What counts become multiples of; only for rounding.
    """

    id: str
    dataset: str
    population: str
    scope: Scope
    cells: Cells
    minimum: int
    change: Change
    base: int = 1


def release_changed(
    question: ChangedQuestion,
    *,
    profile: Profile,
    ledger: Ledger,
    by: FourEyes,
    project: str,
    clock: Clock,
) -> ReleasedFigure:
    """Let a rounded or adjusted table out.

    Args:
        question: What is asked, with the true counts.
        profile: What may be shown.
        ledger: Of the installation.
        by: Who asks, who lets it out.
        project: Key of the project.
        clock: The time.

    Raises:
        DisclosureRefusedError: It hides too little, something else about the same population is
            out, or it is one pair of eyes.
        IntegrityError: The ledger is damaged.
        InputError: The base cannot be used.
    """
    by.check()
    figure = _figure(question, profile)
    with ledger.locked():
        for entry in ledger.entries(question.dataset, question.population):
            if any(table.sha256 != figure.sha256 for table in entry.figures):
                raise DisclosureRefusedError(
                    "release.changed-beside-others", figure=figure.id, earlier=entry.release
                )
        put_down([figure], ledger=ledger, project=project, clock=clock)
    return figure


def _figure(question: ChangedQuestion, profile: Profile) -> ReleasedFigure:
    cells, rules = question.cells, profile.rules(question.minimum)
    if question.change is Change.ROUND:
        rounded = round_to(cells, rules, float(question.base))
        shown, off = rounded.shown(), rounded.reach * question.base - 1
    else:
        adjusted = adjust(cells, rules)
        shown, off = adjusted.shown(), round(adjusted.reach)
    return made_by_the_gate(
        id=question.id,
        title_code="release.changed-title",
        dataset=question.dataset,
        population=question.population,
        scope=question.scope,
        dimensions=cells.frame.names,
        cells=tuple(ReleasedCell(keys, round(value), {}, None) for keys, value in shown.items()),
        unit="rows",
        minimum=rules.minimum,
        covers=True,
        implied_total=None,
        zeros_disclose=False,
        group="contributors",
        area_parents={},
        fields={},
        rounding=question.base if question.change is Change.ROUND else 1,
        changed=ChangeMark(question.change.value, off),
    )
