"""How many persons per cell, off by a little, by the same in every table (cell keys).

Each person has a number that stays the same over projects and years. The numbers in a cell decide
how far its count is off, so the same persons always give the same count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.answering import releaser_of
from grondslag.analysis.fixed_lists import places_in
from grondslag.analysis.let_out import Drawer, Letting, countable
from grondslag.anonymise.tables import cell_keys
from grondslag.approval import Installation, Signer
from grondslag.clock import Clock, today
from grondslag.delivery import OpenedDelivery, open_delivery, record_keys_of
from grondslag.errors import IntegrityError
from grondslag.release import (
    ALL,
    FourEyes,
    Ledger,
    PerturbedCell,
    PerturbedQuestion,
    ReleaseRecord,
    cells_in,
    profile_on,
    release_perturbed,
)

FOLDER = "perturbed_counts"
_DRAWER = Drawer(FOLDER)


@dataclass(frozen=True, slots=True)
class PersonsBy:
    """What somebody wants to know.

    Args:
        dataset: Which delivered table.
        by: Columns of it, each with a fixed list of values; every combination and every total.
    """

    dataset: str
    by: tuple[str, ...]


def perturbed_counts(
    folder: Path,
    installation: Installation,
    asked: PersonsBy,
    *,
    actor: str,
    signer: Signer,
    clock: Clock,
) -> ReleaseRecord:
    """Count persons in a delivery and let the counts out, off by a little; a second person signs.

    Args:
        folder: The delivery's own folder.
        installation: Where ledger, authorities and keys stand.
        asked: What to count.
        actor: Who asks.
        signer: Who lets it out: somebody else.
        clock: Tells the day.

    Raises:
        ApprovalError: The delivery may not be opened, or the key may not release.
        DisclosureRefusedError: Nobody else looked, or the table is linked.
        InputError: The delivery keeps no number per person, or a column has no fixed list.
    """
    opened = open_delivery(folder, installation, clock=clock, actor=actor)
    subject = releaser_of(opened, installation, signer, clock)
    eyes, profile = FourEyes(actor, subject), profile_on("open", today(clock))
    figure = release_perturbed(
        _question(opened, installation, asked),
        profile=profile,
        ledger=Ledger(installation.ledger),
        by=eyes,
        project=opened.plan.id,
        clock=clock,
    )
    letting = Letting(eyes, signer, profile)
    return _DRAWER.put(opened, figure, installation, letting, clock=clock)


def read_perturbed_counts(project: Path, installation: Installation) -> tuple[ReleaseRecord, ...]:
    """All such counts of a project, each held against the ledger and its signature.

    Raises:
        IntegrityError: One was changed after release.
    """
    return _DRAWER.read(project, installation)


def _question(
    opened: OpenedDelivery, installation: Installation, asked: PersonsBy
) -> PerturbedQuestion:
    name = "-".join(("perturbed", *asked.by))
    found = countable(opened, asked.dataset, asked.by, name=name)
    cells_in(name, [(*values, ALL) for values in found.lists.values()])
    numbers = record_keys_of(opened, installation, found.need.dataset)
    return PerturbedQuestion(
        id=name,
        dataset=found.need.dataset,
        population="persons",
        scope=found.scope,
        dimensions=asked.by,
        cells=cells_with_totals(found.table, found.person, found.lists, numbers),
    )


def cells_with_totals(
    table: pa.Table, person: str, lists: Mapping[str, Sequence[str]], numbers: pa.Table
) -> tuple[PerturbedCell, ...]:
    """Distinct persons and the key of every combination of values, and of every total.

    Args:
        table: One or more rows per person; rows without a person are left out.
        person: The column that says who.
        lists: Per column its values, `UNKNOWN` among them.
        numbers: The number of each person: ``person``, ``number``.

    Raises:
        IntegrityError: Somebody has no number.
    """
    table = table.filter(pc.is_valid(table[person]))
    who = pc.index_in(table[person].combine_chunks(), value_set=numbers["person"].combine_chunks())
    if who.null_count:
        raise IntegrityError("delivery.damaged", file="record_keys")
    people = who.to_numpy(zero_copy_only=False).astype(np.int64)
    own = numbers["number"].to_numpy()
    places = {name: places_in(table[name], values) for name, values in lists.items()}
    cells: list[PerturbedCell] = []
    for kept in product((True, False), repeat=len(lists)):
        shown = [name for name, stays in zip(lists, kept, strict=True) if stays]
        size, at = 1, np.zeros(len(people), dtype=np.int64)
        for name in shown:
            size, at = size * len(lists[name]), at * len(lists[name]) + places[name]
        pairs = np.unique(people * size + at)  # each person once per cell
        here = pairs % size
        counts = np.bincount(here, minlength=size).tolist()
        keys = cell_keys(here, own[pairs // size], size=size).tolist()
        names = product(*(lists[name] if name in shown else (ALL,) for name in lists))
        cells += [PerturbedCell(*one) for one in zip(names, counts, keys, strict=True)]
    return tuple(cells)
