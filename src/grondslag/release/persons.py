"""What counts of persons over fixed lists have in common when the counts are not exact."""

from collections.abc import Sequence
from dataclasses import dataclass

from grondslag.release.figure import Scope
from grondslag.release.released import (
    NoiseMark,
    PerturbationMark,
    ReleasedCell,
    ReleasedFigure,
    made_by_the_gate,
)


@dataclass(frozen=True, slots=True)
class PersonsQuestion:
    """Which counts are asked for.

    Args:
        id: Short key of the table.
        dataset: Where the counts come from.
        population: Which units.
        scope: Which rows.
        dimensions: Names of the columns, each with a fixed list of values from a contract.
    """

    id: str
    dataset: str
    population: str
    scope: Scope
    dimensions: tuple[str, ...]


def persons_figure(
    question: PersonsQuestion,
    cells: Sequence[ReleasedCell],
    *,
    title_code: str,
    noise: NoiseMark | None = None,
    perturbed: PerturbationMark | None = None,
) -> ReleasedFigure:
    """The released table. No minimum group: what the counts are off by is the protection.

    Args:
        question: What was asked.
        cells: The counts as they may be shown.
        title_code: Code of the sentence that is its title.
        noise: When they carry noise.
        perturbed: When they are off by the same in every table.
    """
    return made_by_the_gate(
        id=question.id,
        title_code=title_code,
        dataset=question.dataset,
        population=question.population,
        scope=question.scope,
        dimensions=question.dimensions,
        cells=tuple(cells),
        unit="persons",
        minimum=0,
        covers=False,
        implied_total=None,
        zeros_disclose=False,
        group="count",
        area_parents={},
        fields={},
        noise=noise,
        perturbed=perturbed,
    )
