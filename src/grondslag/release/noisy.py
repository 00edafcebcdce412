"""Counts with noise as a table that may be shown (differential privacy).

All cells of fixed lists get noise, the empty ones too, so neither a number nor an absence says
much about one person. The minimum group does not hold here: the noise is the protection. Nothing
of this touches exact tables; a small exact count stays withheld, also beside a noisy one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, product

from grondslag.approval import Installation
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import Clock, today
from grondslag.errors import InputError
from grondslag.release.budget import charge
from grondslag.release.figure import ALL
from grondslag.release.gate import FourEyes, put_down
from grondslag.release.ledger import Ledger
from grondslag.release.noise import CERTAINTY, Noise, noise_for
from grondslag.release.persons import PersonsQuestion, persons_figure
from grondslag.release.released import NoiseMark, ReleasedCell, ReleasedFigure

_MOST_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class NoisyQuestion(PersonsQuestion):
    """What is asked for, with the true counts that never leave this room.

    Args:
        id: Short key of the table.
        dataset: Where the counts come from; it names the budget.
        population: Which units.
        scope: Which rows.
        dimensions: Names of the columns.
        categories: Per column the fixed list of values; from a contract, never from the data.
        counts: Distinct persons per cell, the last column running fastest.
        cells_per_person: In so many cells each person was counted at most.
        source: Hash over what the counts were taken from.
        epsilon: How much of the budget it may cost, above 0.
        adds_up: Whether the cells must add up to a total; it costs no budget, and each cell can
            be off a little more.

    Raises:
        InputError: The counts do not fit the lists, a value stands twice, or there are too many
            cells.
    """

    categories: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...] = field(repr=False)
    cells_per_person: int
    source: str
    epsilon: Fraction
    adds_up: bool = False

    def __post_init__(self) -> None:
        size = cells_in(self.id, self.categories)
        distinct = all(len(set(values)) == len(values) > 0 for values in self.categories)
        if len(self.categories) != len(self.dimensions) or not distinct:
            raise InputError("release.keys-do-not-fit", figure=self.id)
        if size != len(self.counts) or any(count < 0 for count in self.counts):
            raise InputError("release.no-count", figure=self.id)

    def key(self, noise: Noise) -> str:
        """Hash of what is asked, without the counts: the same question has one answer."""
        lists = [list(values) for values in self.categories]
        rows = [self.id, self.dataset, self.population, self.source, self.scope.to_mapping()]
        cost = [self.cells_per_person, str(self.epsilon), noise.one_in]
        return sha256_hex(canonical_bytes([*rows, list(self.dimensions), lists, *cost]))


def cells_in(figure: str, categories: Sequence[Sequence[str]]) -> int:
    """How many cells a table has.

    Raises:
        InputError: More than fit in one table.
    """
    size = math.prod(len(values) for values in categories)
    if size > _MOST_CELLS:
        raise InputError("release.too-many-cells", figure=figure, most=_MOST_CELLS)
    return size


def release_noisy(
    question: NoisyQuestion,
    *,
    installation: Installation,
    by: FourEyes,
    project: str,
    clock: Clock,
) -> ReleasedFigure:
    """Let counts out with noise, paid from the dataset's budget.

    The same question gets the same numbers again, and costs nothing: new noise on the same counts
    could be averaged away.

    Args:
        question: What is asked, with the true counts.
        installation: Where budget, ledger and audit chain stand.
        by: Who asks, who lets it out.
        project: Key of the project.
        clock: The time.

    Raises:
        ApprovalError: The municipality set no budget.
        DisclosureRefusedError: Too little of it is left, or it is one pair of eyes.
        InputError: The epsilon is out of range, or OpenDP is not installed.
        IntegrityError: Ledger or budget book is damaged.
    """
    by.check()
    budget = installation.settings.privacy_budget_on(today(clock))
    most = min(question.cells_per_person, len(question.counts))
    noise = noise_for(question.epsilon, one_in=budget.one_in, cells_per_person=most)
    key = question.key(noise)
    ledger = Ledger(installation.ledger)
    with ledger.locked():
        drawn = _answered(ledger, question, key)
        if drawn is None:
            charge(
                installation,
                noise,
                dataset=question.dataset,
                question=key,
                project=project,
                clock=clock,
            )
            drawn = tuple(noise.drawn(question.counts))
        figure = _figure(question, noise, drawn)
        put_down([figure], ledger=ledger, project=project, clock=clock)
    return figure


def _answered(ledger: Ledger, question: NoisyQuestion, key: str) -> tuple[int, ...] | None:
    """The numbers that were drawn for this very question; None when it is new."""
    for entry in ledger.entries(question.dataset, question.population):
        for figure in entry.figures:
            if figure.noise is not None and figure.noise.question == key:
                return figure.noise.drawn
    return None


def _figure(question: NoisyQuestion, noise: Noise, drawn: tuple[int, ...]) -> ReleasedFigure:
    margin = noise.margin
    shown = [max(count, 0) for count in drawn]
    total, total_margin = None, 0
    if question.adds_up:
        total, total_margin = max(sum(drawn), 0), noise.margin_of_sum(len(drawn))
        shown, further = adding_up(drawn, total)
        margin += further
    keys = list(product(*question.categories))
    cells = [ReleasedCell(one, count, {}, None) for one, count in zip(keys, shown, strict=True)]
    if total is not None:
        cells.append(ReleasedCell((ALL,) * len(question.dimensions), total, {}, None))
    mark = NoiseMark(
        question=question.key(noise),
        epsilon=str(noise.epsilon),
        one_in=noise.one_in,
        cells_per_person=noise.cells_per_person,
        certainty=CERTAINTY,
        margin=margin,
        total_margin=total_margin,
        drawn=drawn,
    )
    return persons_figure(question, cells, title_code="release.noisy-title", noise=mark)


def adding_up(drawn: Sequence[int], total: int) -> tuple[list[int], int]:
    """Whole counts of 0 or more with exactly this sum, as near to the drawn ones as can be.

    Args:
        drawn: Counts with noise, also below zero; not empty.
        total: 0 or more, and no less than their sum.

    Returns:
        The counts, and how much further than before each can be from the true count.

    Source:
        Duchi, Shalev-Shwartz, Singer and Chandra, 2008, doi:10.1145/1390156.1390191: the nearest
        point takes one amount off every count and stops at zero.
    """
    off = _taken_off(drawn, total)
    exact = [max(count - off, Fraction(0)) for count in drawn]
    shown = [math.floor(count) for count in exact]
    nearest = sorted(range(len(exact)), key=lambda at: (shown[at] - exact[at], at))
    for at in nearest[: total - sum(shown)]:
        shown[at] += 1
    return shown, math.ceil(off) + 1 if off > 0 else 0


def _taken_off(drawn: Sequence[int], total: int) -> Fraction:
    """The amount that, taken off every count that stays above it, leaves the total."""
    falling = sorted(drawn, reverse=True)
    amounts = [
        Fraction(running - total, kept) for kept, running in enumerate(accumulate(falling), start=1)
    ]
    following = [*falling[1:], -math.inf]
    return next(off for off, below in zip(amounts, following, strict=True) if below <= off)
