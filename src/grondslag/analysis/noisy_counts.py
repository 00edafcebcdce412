"""How many persons per cell, let out with noise (differential privacy).

A person is counted once per cell and in at most so many cells; the rest of their cells is left out
by chance, before anything is counted. So one person changes at most so many counts by one, and the
noise is measured out for that.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.answering import releaser_of
from grondslag.analysis.fixed_lists import UNKNOWN, fixed_list
from grondslag.approval import Installation, Signer, current_authorities
from grondslag.approval.statements import is_signed_by, signed
from grondslag.canonical import write_json
from grondslag.clock import Clock, timestamp, today
from grondslag.delivery import OpenedDelivery, open_delivery
from grondslag.errors import DisclosureRefusedError, InputError, IntegrityError
from grondslag.plan import DataNeed
from grondslag.release import (
    FourEyes,
    Ledger,
    NoisyQuestion,
    Profile,
    ReleaseRecord,
    Scope,
    cells_in,
    read_release,
    release_noisy,
    write_release,
)

FOLDER = "noisy_counts"
_KIND = "noisy_counts"
_SIGNED = ".signed.json"


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
    path = write_release(
        folder.parent.parent / FOLDER,
        [figure],
        project=opened.plan.id,
        profile=Profile("noise", 0, today(clock)),
        by=eyes,
        clock=clock,
    )
    record = read_release(path, Ledger(installation.ledger))
    content = {
        "noisy_counts": "grondslag/1",
        "release": record.id,
        "release_sha256": record.sha256,
        "delivery": opened.id,
        "manifest_sha256": opened.manifest_sha256,
        "asked_by": actor,
        "released_by": subject,
        "public_key": signer.public_key,
        "time": timestamp(clock),
    }
    write_json(path.with_suffix(_SIGNED), signed(_KIND, content, signer.private))
    installation.record(subject, "noisy_counts.released", record.id, sha256=record.sha256)
    return record


def read_noisy_counts(project: Path, installation: Installation) -> tuple[ReleaseRecord, ...]:
    """All counts with noise of a project, each held against the ledger and its signature.

    Raises:
        IntegrityError: One was changed after release.
    """
    known = {entry.public_key for entry in current_authorities(installation).entries}
    ledger, records = Ledger(installation.ledger), []
    for path in sorted((project / FOLDER).glob(f"*{_SIGNED}")):
        changed = IntegrityError("answering.answer-changed", file=path.name)
        try:
            content = json.loads(path.read_bytes())
            key = content["public_key"]
            whole = key in known and is_signed_by(key, _KIND, content)
            record = read_release(path.with_name(f"{content['release']}.json"), ledger)
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise changed from error
        if not whole or content["release_sha256"] != record.sha256:
            raise changed
        records.append(record)
    return tuple(records)


def _question(opened: OpenedDelivery, asked: Asked) -> NoisyQuestion:
    need = opened.plan.need(asked.dataset)
    if need is None:
        raise InputError(
            "delivery.no-such-table", dataset=asked.dataset[:63], known=opened.datasets
        )
    if any(asked.dataset in (link.left, link.right) for link in opened.plan.links):
        raise DisclosureRefusedError("analysis.noisy-of-linked", dataset=need.dataset)
    if not asked.by or len(set(asked.by)) != len(asked.by):
        raise InputError("analysis.noisy-by-what", dataset=need.dataset)
    contract = opened.contracts[need.dataset]
    lists = {name: fixed_list(name, contract, need) for name in asked.by}
    name = "-".join(("noisy", *asked.by))
    cells_in(name, list(lists.values()))  # before a table of that size is made
    table = opened.table(need.dataset)
    person = contract.privacy.person_key
    if not person or person not in table.column_names:
        raise InputError("analysis.noisy-needs-persons", dataset=need.dataset)
    return NoisyQuestion(
        id=name,
        dataset=need.dataset,
        population="persons",
        scope=_scope(need),
        dimensions=asked.by,
        categories=tuple(lists.values()),
        counts=persons_per_cell(table, person, lists, most=asked.cells_per_person),
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
        known = pa.array(values, pa.string())
        at = pc.index_in(table[name].cast(pa.string()), value_set=known)
        place = pc.fill_null(at, list(values).index(UNKNOWN)).to_numpy().astype(np.int64)
        size, cells = size * len(values), cells * len(values) + place
    people = table[person].combine_chunks().dictionary_encode().indices.to_numpy()
    # Shuffled first: of each person the first so many cells are then a choice by chance.
    pairs = np.random.default_rng().permutation(np.unique(people.astype(np.int64) * size + cells))
    pairs = pairs[np.argsort(pairs // size, kind="stable")]
    owners = pairs // size
    starts = np.searchsorted(owners, owners, side="left")
    kept = pairs[np.arange(len(pairs)) - starts < most] % size
    return tuple(int(count) for count in np.bincount(kept, minlength=size))


def _scope(need: DataNeed) -> Scope:
    period = need.period
    return Scope((period.start.isoformat(), period.end.isoformat()) if period else None)
