"""Complete tables that do not show the true numbers: rounded or adjusted, all sums kept.

Such a table says of every cell about how large it is, withheld cells of exact tables too. So it
stands alone: nothing else about the same population is let out beside it, before or after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class ChangedTable:
    """One of the tables that are changed together, so that what they share shows one number.

    Args:
        id: Short key of the table.
        dimensions: Names of its keys.
        cells: Per cell its keys, and its number among the true counts.
        area_parents: Per area code the code of the area around it.
        fields: Facts for the title.
    """

    id: str
    dimensions: tuple[str, ...]
    cells: tuple[tuple[tuple[str, ...], int], ...]
    area_parents: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ChangedQuestion:
    """What is asked for.

    Args:
        tables: One or more tables over the same rows.
        dataset: Where the counts come from.
        population: Which units.
        scope: Which rows.
        cells: The true counts of rows, with who stands behind them; they never leave this room.
        minimum: Smallest group according to the contract; the profile may ask for more.
        change: Round or adjust.
        base: What counts become multiples of; only for rounding.
        zeros_disclose: Whether a cell with nobody in it says something about people.
    """

    tables: tuple[ChangedTable, ...]
    dataset: str
    population: str
    scope: Scope
    cells: Cells
    minimum: int
    change: Change
    base: int = 1
    zeros_disclose: bool = True


def release_changed(
    question: ChangedQuestion,
    *,
    profile: Profile,
    ledger: Ledger,
    by: FourEyes,
    project: str,
    clock: Clock,
) -> tuple[ReleasedFigure, ...]:
    """Let rounded or adjusted tables out.

    Args:
        question: What is asked, with the true counts.
        profile: What may be shown.
        ledger: Of the installation.
        by: Who asks, who lets it out.
        project: Key of the project.
        clock: The time.

    Raises:
        DisclosureRefusedError: They hide too little, something else about the same population is
            out, the audience gets rounder numbers only, or it is one pair of eyes.
        IntegrityError: The ledger is damaged.
        InputError: The base cannot be used.
    """
    by.check()
    base = question.base if question.change is Change.ROUND else 1
    if base % profile.rounding:
        raise DisclosureRefusedError(
            "release.rounder-for-audience", audience=profile.name, base=profile.rounding
        )
    figures = _figures(question, profile)
    mine = {figure.sha256 for figure in figures}
    with ledger.locked():
        for entry in ledger.entries(question.dataset, question.population):
            if {table.sha256 for table in entry.figures} != mine:
                raise DisclosureRefusedError(
                    "release.changed-beside-others", figure=figures[0].id, earlier=entry.release
                )
        put_down(figures, ledger=ledger, project=project, clock=clock)
    return figures


def _figures(question: ChangedQuestion, profile: Profile) -> tuple[ReleasedFigure, ...]:
    cells = question.cells
    rules = replace(profile.rules(question.minimum), zeros=question.zeros_disclose)
    if question.change is Change.ROUND:
        rounded = round_to(cells, rules, float(question.base))
        value, off = rounded.value, rounded.reach * question.base - 1
    else:
        adjusted = adjust(cells, rules)
        value, off = adjusted.value, round(adjusted.reach)
    return tuple(
        made_by_the_gate(
            id=table.id,
            title_code="release.changed-title",
            dataset=question.dataset,
            population=question.population,
            scope=question.scope,
            dimensions=table.dimensions,
            cells=tuple(
                ReleasedCell(keys, round(float(value[at])), {}, None) for keys, at in table.cells
            ),
            unit="rows",
            minimum=rules.minimum,
            covers=True,
            implied_total=None,
            zeros_disclose=question.zeros_disclose,
            group="contributors",
            area_parents=table.area_parents,
            fields=table.fields,
            rounding=question.base if question.change is Change.ROUND else 1,
            changed=ChangeMark(question.change.value, off),
        )
        for table in question.tables
    )
