"""Counts that are off by a little, by the same in every table (cell keys), as a released table.

All cells of fixed lists are there, with their totals, each off by itself. The minimum group does
not hold here: what a count is off by is the protection. Nothing of this touches exact tables.
"""

from dataclasses import dataclass, field

import numpy as np

from grondslag.anonymise.tables import Perturbation, perturbation_table
from grondslag.clock import Clock
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release.gate import FourEyes, put_down
from grondslag.release.ledger import Ledger
from grondslag.release.persons import PersonsQuestion, persons_figure
from grondslag.release.profile import Profile
from grondslag.release.released import PerturbationMark, ReleasedCell, ReleasedFigure

CERTAINTY = 95
"""Percent: how surely a count lies within its margin."""


@dataclass(frozen=True, slots=True)
class PerturbedCell:
    """One cell before anything is done to it; it never leaves this room.

    Args:
        keys: One per dimension; `ALL` makes it a total over that dimension.
        count: Distinct persons.
        cell_key: The numbers of those persons added up, starting again at 2 to the power 32.
    """

    keys: tuple[str, ...]
    count: int = field(repr=False)
    cell_key: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class PerturbedQuestion(PersonsQuestion):
    """What is asked for.

    Args:
        id: Short key of the table.
        dataset: Where the counts come from.
        population: Which units.
        scope: Which rows.
        dimensions: Names of the columns, each with a fixed list of values from a contract.
        cells: One per combination of values, and the totals.

    Raises:
        InputError: A key does not fit, a cell stands twice, or a count is below zero.
    """

    cells: tuple[PerturbedCell, ...]

    def __post_init__(self) -> None:
        if any(len(cell.keys) != len(self.dimensions) for cell in self.cells):
            raise InputError("release.keys-do-not-fit", figure=self.id)
        if len({cell.keys for cell in self.cells}) != len(self.cells):
            raise InputError("release.cell-twice", figure=self.id)
        if any(cell.count < 0 for cell in self.cells):
            raise InputError("release.no-count", figure=self.id)


def release_perturbed(
    question: PerturbedQuestion,
    *,
    profile: Profile,
    ledger: Ledger,
    by: FourEyes,
    project: str,
    clock: Clock,
) -> ReleasedFigure:
    """Let counts out that are off by a little; the same persons always by the same.

    Args:
        question: What is asked, with the true counts.
        profile: How far off, for this audience.
        ledger: Of the installation.
        by: Who asks, who lets it out.
        project: Key of the project.
        clock: The time.

    Raises:
        DisclosureRefusedError: The audience gets no such counts, or it is one pair of eyes.
        IntegrityError: The ledger is damaged.
    """
    by.check()
    if profile.perturbation is None:
        raise DisclosureRefusedError("release.no-perturbation", profile=profile.name)
    figure = _figure(question, profile.perturbation)
    with ledger.locked():
        put_down([figure], ledger=ledger, project=project, clock=clock)
    return figure


def _figure(question: PerturbedQuestion, perturbation: Perturbation) -> ReleasedFigure:
    table = perturbation_table(perturbation)
    counts = np.array([cell.count for cell in question.cells], dtype=np.int64)
    keys = np.array([cell.cell_key for cell in question.cells], dtype=np.int64)
    shown = table.shown(counts, keys).tolist()
    cells = [
        ReleasedCell(cell.keys, count, {}, None)
        for cell, count in zip(question.cells, shown, strict=True)
    ]
    mark = PerturbationMark(
        most=perturbation.most,
        variance=perturbation.variance,
        none_up_to=perturbation.none_up_to,
        certainty=CERTAINTY,
        margin=table.margin(CERTAINTY / 100),
    )
    return persons_figure(question, cells, title_code="release.perturbed-title", perturbed=mark)
