"""How many persons per cell, let out with noise (differential privacy).

A person is counted once per cell and in at most so many cells; the rest of their cells is left out
by chance, before anything is counted. So one person changes at most so many counts by one, and the
noise is measured out for that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.answering import releaser_of
from grondslag.analysis.fixed_lists import places_in
from grondslag.analysis.let_out import Drawer, Letting, countable
from grondslag.approval import Installation, Signer
from grondslag.clock import Clock, today
from grondslag.delivery import OpenedDelivery, open_delivery
from grondslag.release import FourEyes, NoisyQuestion, Profile, ReleaseRecord, release_noisy

FOLDER = "noisy_counts"
_DRAWER = Drawer(FOLDER)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know.

    Args:
        dataset: Which delivered table.
        by: Columns of it, each with a fixed list of values; one cell per combination.
        epsilon: What it may cost of the dataset's budget.
        cells_per_person: In so many cells one person is counted at most.
        adds_up: Whether there is a total to which the cells add up.
    """

    dataset: str
    by: tuple[str, ...]
    epsilon: Fraction
    cells_per_person: int = 1
    adds_up: bool = False


def noisy_counts(
    folder: Path,
    installation: Installation,
    asked: Asked,
    *,
    actor: str,
    signer: Signer,
    clock: Clock,
) -> ReleaseRecord:
    """Count persons in a delivery and let the counts out with noise; a second person signs.

    Args:
        folder: The delivery's own folder.
        installation: Where budget, ledger, authorities and keys stand.
        asked: What to count.
        actor: Who asks.
        signer: Who lets it out: somebody else.
        clock: Tells the day.

    Raises:
        ApprovalError: The delivery may not be opened, the key may not release, or there is no
            budget.
        DisclosureRefusedError: Too little is left of the budget, or nobody else looked.
        InputError: The table holds no persons, or a column has no fixed list.
    """
    opened = open_delivery(folder, installation, clock=clock, actor=actor)
    subject = releaser_of(opened, installation, signer, clock)
    question = _question(opened, asked)
    eyes = FourEyes(actor, subject)
    figure = release_noisy(
        question, installation=installation, by=eyes, project=opened.plan.id, clock=clock
    )
    profile = Profile("noise", 0, today(clock))
    letting = Letting(eyes, signer, profile)
    return _DRAWER.put(opened, figure, installation, letting, clock=clock)


def read_noisy_counts(project: Path, installation: Installation) -> tuple[ReleaseRecord, ...]:
    """All counts with noise of a project, each held against the ledger and its signature.

    Raises:
        IntegrityError: One was changed after release.
    """
    return _DRAWER.read(project, installation)


def _question(opened: OpenedDelivery, asked: Asked) -> NoisyQuestion:
    name = "-".join(("noisy", *asked.by))
    found = countable(opened, asked.dataset, asked.by, name=name)
    return NoisyQuestion(
        id=name,
        dataset=found.need.dataset,
        population="persons",
        scope=found.scope,
        dimensions=asked.by,
        categories=tuple(found.lists.values()),
        counts=persons_per_cell(
            found.table, found.person, found.lists, most=asked.cells_per_person
        ),
        cells_per_person=asked.cells_per_person,
        source=opened.manifest_sha256,
        epsilon=asked.epsilon,
        adds_up=asked.adds_up,
    )


def persons_per_cell(
    table: pa.Table, person: str, lists: Mapping[str, Sequence[str]], *, most: int
) -> tuple[int, ...]:
    """Distinct persons per combination of values, each in at most so many of them.

    Args:
        table: One or more rows per person; rows without a person are left out.
        person: The column that says who.
        lists: Per column its values, `UNKNOWN` among them.
        most: In so many cells a person is counted; which ones is left to chance.

    Returns:
        One count per combination, the last column running fastest.
    """
    table = table.filter(pc.is_valid(table[person]))
    size, cells = 1, np.zeros(table.num_rows, dtype=np.int64)
    for name, values in lists.items():
        size, cells = size * len(values), cells * len(values) + places_in(table[name], values)
    people = table[person].combine_chunks().dictionary_encode().indices.to_numpy()
    # Shuffled first: of each person the first so many cells are then a choice by chance.
    pairs = np.random.default_rng().permutation(np.unique(people.astype(np.int64) * size + cells))
    pairs = pairs[np.argsort(pairs // size, kind="stable")]
    owners = pairs // size
    starts = np.searchsorted(owners, owners, side="left")
    kept = pairs[np.arange(len(pairs)) - starts < most] % size
    return tuple(int(count) for count in np.bincount(kept, minlength=size))
