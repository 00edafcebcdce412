"""Tables of a delivery with all their totals, protected together and let out beside the answer.

Withheld cells go through `release` like every figure. Rounded or adjusted tables go through the
gate as what they are: complete, and not the true numbers. Tables that are linked share totals: what
is withheld in one is withheld in the other, and a rounded number is the same in both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.answering import releaser_of
from grondslag.analysis.counting import material_of
from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.analysis.judged_amounts import judged_amounts, judging_of
from grondslag.analysis.let_out import Countable, Drawer, Letting, countable
from grondslag.analysis.question import granularity_of, unit_of
from grondslag.analysis.table_layers import Layered, column_of, layered
from grondslag.anonymise.tables import Cells, Measure, tabulate
from grondslag.approval import Installation, Signer
from grondslag.clock import Clock, today
from grondslag.delivery import OpenedDelivery, open_delivery
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release import (
    ALL,
    Cell,
    Change,
    ChangedQuestion,
    ChangedTable,
    Figure,
    FourEyes,
    Ledger,
    ReleasedFigure,
    ReleaseRecord,
    cells_in,
    profile_on,
    release,
    release_changed,
)

FOLDER = "protected_tables"
_WHO = "#who"
BASE = 5
"""What counts become multiples of when nobody says so."""
_DRAWER = Drawer(FOLDER)


class Way(Enum):
    """How a table is protected."""

    SUPPRESS = "suppress"
    ROUND = "round"
    ADJUST = "adjust"


@dataclass(frozen=True, slots=True)
class TableAsked:
    """What somebody wants to know.

    Args:
        dataset: Which delivered table.
        by: Columns of it, each with a fixed list of values; every combination and every total.
            ``buurt:wijk`` also has every wijk that a buurt lies in.
        way: How it is protected.
        amount: A column that is added up beside the count of rows; empty for counts alone.
        base: With `ROUND`: what counts become multiples of; None: 5.
        audience: Whose rules hold: ``open``, ``internal_policy`` or another profile.
        zeros_tell: Whether a cell with nobody in it says something about people.
        linked: Columns of more tables over the same rows, protected together with the first.
    """

    dataset: str
    by: tuple[str, ...]
    way: Way = Way.SUPPRESS
    amount: str = ""
    base: int | None = None
    audience: str = "open"
    zeros_tell: bool = True
    linked: tuple[tuple[str, ...], ...] = ()

    def check(self) -> None:
        """Refuse what does not go together.

        Raises:
            InputError: Amounts that are not withheld, a base without rounding, or a table twice.
        """
        if self.amount and self.way is not Way.SUPPRESS:
            raise InputError("analysis.protected-amount", way=self.way.value)
        if self.base is not None and self.way is not Way.ROUND:
            raise InputError("analysis.protected-base", way=self.way.value)
        columns = [frozenset(map(column_of, by)) for by in self.tables]
        if len(set(columns)) != len(columns):
            raise InputError("analysis.protected-table-twice", dataset=self.dataset[:63])

    @property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """The columns of every table."""
        return (self.by, *self.linked)


def protect_delivered(
    folder: Path,
    installation: Installation,
    asked: TableAsked,
    *,
    actor: str,
    signer: Signer,
    clock: Clock,
) -> ReleaseRecord:
    """Make a table of a delivery, protect it and let it out; a second person signs.

    Args:
        folder: The delivery's own folder.
        installation: Where ledger, authorities and keys stand.
        asked: Which table.
        actor: Who asks.
        signer: Who lets it out: somebody else.
        clock: Tells the day.

    Raises:
        ApprovalError: The delivery may not be opened, or the key may not release.
        DisclosureRefusedError: The table cannot be protected, or nobody else looked.
        InputError: There are no rows, a column has no fixed list, or an amount is below zero.
    """
    asked.check()
    opened = open_delivery(folder, installation, clock=clock, actor=actor)
    subject = releaser_of(opened, installation, signer, clock)
    eyes, profile = FourEyes(actor, subject), profile_on(asked.audience, today(clock))
    letting = Letting(eyes, signer, profile)
    figures = _let_out(_Tables(opened, asked, today(clock)), letting, installation, clock)
    return _DRAWER.put(opened, figures, installation, letting, clock=clock)


def read_protected_tables(project: Path, installation: Installation) -> tuple[ReleaseRecord, ...]:
    """All such tables of a project, each held against the ledger and its signature.

    Raises:
        IntegrityError: One was changed after release.
    """
    return _DRAWER.read(project, installation)


class _Tables:
    """The rows that are counted, by fixed lists."""

    def __init__(self, opened: OpenedDelivery, asked: TableAsked, day: date) -> None:
        self.opened, self.asked = opened, asked
        every = tuple(dict.fromkeys(column for by in asked.tables for column in by))
        columns = tuple(dict.fromkeys(map(column_of, every)))
        for by in asked.tables:
            if len({column_of(one) for one in by}) != len(by) or not by:
                raise InputError("analysis.noisy-by-what", dataset=asked.dataset[:63])
        found: Countable = countable(opened, asked.dataset, columns, name=self.names[0])
        self.found, self.contract = found, opened.contracts[found.need.dataset]
        self.columns = {
            one: layered(one, found.lists[column_of(one)], self.contract, found.need)
            for one in every
        }
        for name, by in zip(self.names, asked.tables, strict=True):
            cells_in(name, [self.columns[one].tree.codes for one in by])
        self.amounts = (
            judged_amounts(asked.amount, found.table, self.contract, _WHO, day=day)
            if asked.amount
            else None
        )
        self.rows = self._rows()

    @property
    def names(self) -> list[str]:
        """Of the tables."""
        way = self.asked.way.value
        return [
            "-".join(("protected", way, *(one.replace(":", ".") for one in by)))
            for by in self.asked.tables
        ]

    def _rows(self) -> pa.Table:
        found = self.found
        columns = {
            one.tree.name: _known(found.table[one.column], found.lists[one.column])
            for one in self.columns.values()
        } | {_WHO: found.table[found.person]}
        if self.amounts is not None:
            columns |= self.amounts.columns
        return pa.table(columns).filter(pc.is_valid(columns[_WHO]))

    @property
    def population(self) -> str:
        """The same words as an analysis of this dataset, so that both stand in one ledger."""
        need = self.found.need
        said = f"{granularity_of(self.contract)} {self.contract.title}"
        return unit_of(said, material_of(self.found.table, self.contract, need), need)

    @property
    def minimum(self) -> int:
        """Smallest group that the contract lets out."""
        return self.contract.privacy.minimum_group

    @property
    def layers(self) -> list[list[Layered]]:
        """Per table its columns."""
        return [[self.columns[one] for one in by] for by in self.asked.tables]

    def cells(self, measure: Measure) -> Cells:
        """All tables filled, every total too; what two tables share is one cell."""
        trees = [[layer.tree for layer in layers] for layers in self.layers]
        return tabulate(self.rows, trees, measure)

    def drawn(self, cells: Cells) -> tuple[ChangedTable, ...]:
        """Per table its cells: the keys they are let out by, and their number."""
        return tuple(
            ChangedTable(
                name,
                tuple(part for layer in layers for part in layer.names),
                _places(layers, cells),
                {code: over for one in layers for code, over in one.area_parents.items()},
                _column_of_areas(layers),
            )
            for name, layers in zip(self.names, self.layers, strict=True)
        )


def _column_of_areas(layers: Sequence[Layered]) -> dict[str, str]:
    columns = [one.column for one in layers if one.names == ("area",)]
    return {"area": columns[0]} if columns else {}


def _places(layers: Sequence[Layered], cells: Cells) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The cells of one table among those of all: totals over every other column."""
    names = cells.frame.names
    mine = [names.index(layer.tree.name) for layer in layers]
    known = [set(layer.tree.codes) for layer in layers]
    found = []
    for at, key in enumerate(cells.frame.keys()):
        own = [key[place] for place in mine]
        elsewhere = any(one != ALL for on, one in enumerate(key) if on not in mine)
        if elsewhere or any(one not in codes for one, codes in zip(own, known, strict=True)):
            continue
        keys = [layer.keys[one] for layer, one in zip(layers, own, strict=True)]
        found.append((tuple(part for several in keys for part in several), at))
    return tuple(found)


def _known(column: pa.ChunkedArray, values: tuple[str, ...]) -> pa.ChunkedArray:
    texts = column.cast(pa.string())
    listed = pc.is_in(texts, value_set=pa.array(values, pa.string()))
    return pc.if_else(listed, texts, UNKNOWN)


def _let_out(
    tables: _Tables, letting: Letting, installation: Installation, clock: Clock
) -> tuple[ReleasedFigure, ...]:
    asked, cells = tables.asked, tables.cells(Measure(contributor=_WHO))
    _check_people(cells, letting.profile.rules(tables.minimum).minimum)
    drawn, need = tables.drawn(cells), tables.found.need
    ledger, project = Ledger(installation.ledger), tables.opened.plan.id
    if asked.way is not Way.SUPPRESS:
        question = ChangedQuestion(
            tables=drawn,
            dataset=need.dataset,
            population=tables.population,
            scope=tables.found.scope,
            cells=cells,
            minimum=tables.minimum,
            change=Change(asked.way.value),
            base=BASE if asked.base is None else asked.base,
            zeros_disclose=asked.zeros_tell,
        )
        return release_changed(
            question,
            profile=letting.profile,
            ledger=ledger,
            by=letting.eyes,
            project=project,
            clock=clock,
        )
    said = {} if tables.amounts is None else tables.amounts.said
    cell_of = _cell_maker(tables, cells)
    figures = [
        Figure(
            id=table.id,
            title_code="release.protected-title",
            dataset=need.dataset,
            population=tables.population,
            scope=tables.found.scope,
            dimensions=table.dimensions,
            cells=tuple(cell_of(keys, at) for keys, at in table.cells),
            unit="rows",
            minimum=tables.minimum,
            zeros_disclose=asked.zeros_tell,
            area_parents=table.area_parents,
            fields={**table.fields, **said},
            measured=asked.amount,
            judged_by="" if tables.amounts is None else tables.amounts.judged_by,
        )
        for table in drawn
    ]
    return release(
        figures,
        profile=letting.profile,
        ledger=ledger,
        by=letting.eyes,
        project=project,
        clock=clock,
    )


def _check_people(cells: Cells, minimum: int) -> None:
    """Refuse tables that would say nothing, or the same of everybody.

    Raises:
        DisclosureRefusedError: There are too few persons, or all are in one cell.
    """
    if int(cells.contributors.max()) < minimum:
        raise DisclosureRefusedError("analysis.protected-too-few", minimum=minimum)
    finest = (cells.value > 0) & (cells.value < cells.value.max())
    if not finest.any():
        raise DisclosureRefusedError("analysis.protected-all-equal")


def _cell_maker(tables: _Tables, counts: Cells) -> Callable[[tuple[str, ...], int], Cell]:
    """From the keys and number of a cell to the cell, with its amount when one is asked."""
    asked = tables.amounts
    amounts = None if asked is None else tables.cells(asked.measure)

    def made(keys: tuple[str, ...], at: int) -> Cell:
        amount = {} if asked is None or amounts is None else judging_of(amounts, at, asked)
        people = int(counts.contributors[at])
        return Cell(keys, int(counts.value[at]), contributors=people, **amount)

    return made
