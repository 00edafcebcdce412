"""A table of a delivery with all its totals, protected and let out beside the answer.

Withheld cells go through `release` like every figure. A rounded or adjusted table goes through the
gate as what it is: complete, and not the true numbers.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.answering import releaser_of
from grondslag.analysis.counting import material_of
from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.analysis.let_out import Countable, Drawer, Letting, countable
from grondslag.analysis.question import granularity_of, unit_of
from grondslag.anonymise.tables import Cells, Measure, flat, tabulate
from grondslag.approval import Installation, Signer
from grondslag.clock import Clock, today
from grondslag.delivery import OpenedDelivery, open_delivery
from grondslag.errors import InputError
from grondslag.release import (
    ALL,
    Cell,
    Change,
    ChangedQuestion,
    Figure,
    FourEyes,
    Ledger,
    Profile,
    ReleasedFigure,
    ReleaseRecord,
    cells_in,
    profile_on,
    release,
    release_changed,
)

FOLDER = "protected_tables"
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
        way: How it is protected.
        amount: A column that is added up beside the count of rows; empty for counts alone.
        base: With `ROUND`: what counts become multiples of.
        audience: Whose rules hold: ``open``, ``internal_policy`` or another profile.
        zeros_tell: Whether a cell with nobody in it says something about people.
    """

    dataset: str
    by: tuple[str, ...]
    way: Way = Way.SUPPRESS
    amount: str = ""
    base: int = 5
    audience: str = "open"
    zeros_tell: bool = True


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
    if asked.amount and asked.way is not Way.SUPPRESS:
        raise InputError("analysis.protected-amount", way=asked.way.value)
    opened = open_delivery(folder, installation, clock=clock, actor=actor)
    subject = releaser_of(opened, installation, signer, clock)
    eyes, profile = FourEyes(actor, subject), profile_on(asked.audience, today(clock))
    figure = _figure(_Table(opened, asked), profile, installation, eyes, clock)
    letting = Letting(eyes, signer, profile)
    return _DRAWER.put(opened, figure, installation, letting, clock=clock)


def read_protected_tables(project: Path, installation: Installation) -> tuple[ReleaseRecord, ...]:
    """All such tables of a project, each held against the ledger and its signature.

    Raises:
        IntegrityError: One was changed after release.
    """
    return _DRAWER.read(project, installation)


class _Table:
    """The rows that are counted, by fixed lists."""

    def __init__(self, opened: OpenedDelivery, asked: TableAsked) -> None:
        self.opened, self.asked = opened, asked
        self.name = "-".join(("protected", asked.way.value, *asked.by))
        found: Countable = countable(opened, asked.dataset, asked.by, name=self.name)
        cells_in(self.name, [(*values, ALL) for values in found.lists.values()])
        self.found, self.contract = found, opened.contracts[found.need.dataset]
        if asked.amount and asked.amount not in found.table.column_names:
            raise InputError(
                "analysis.column-not-delivered", dataset=asked.dataset, column=asked.amount[:63]
            )
        columns = {
            name: _known(found.table[name], values) for name, values in found.lists.items()
        } | {"#who": found.table[found.person]}
        if asked.amount:
            columns["#amount"] = found.table[asked.amount].cast(pa.float64())
        self.rows = pa.table(columns).filter(pc.is_valid(columns["#who"]))

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

    def cells(self, measure: Measure) -> Cells:
        """Filled, every total too."""
        tables = [[flat(name, list(values)) for name, values in self.found.lists.items()]]
        return tabulate(self.rows, tables, measure)


def _known(column: pa.ChunkedArray, values: tuple[str, ...]) -> pa.ChunkedArray:
    texts = column.cast(pa.string())
    listed = pc.is_in(texts, value_set=pa.array(values, pa.string()))
    return pc.if_else(listed, texts, UNKNOWN)


def _figure(
    table: _Table, profile: Profile, installation: Installation, eyes: FourEyes, clock: Clock
) -> ReleasedFigure:
    ledger, project = Ledger(installation.ledger), table.opened.plan.id
    counts = table.cells(Measure(contributor="#who"))
    if table.asked.way is not Way.SUPPRESS:
        question = ChangedQuestion(
            id=table.name,
            dataset=table.found.need.dataset,
            population=table.population,
            scope=table.found.scope,
            cells=counts,
            minimum=table.minimum,
            change=Change(table.asked.way.value),
            base=table.asked.base,
        )
        return release_changed(
            question, profile=profile, ledger=ledger, by=eyes, project=project, clock=clock
        )
    figure = Figure(
        id=table.name,
        title_code="release.protected-title",
        dataset=table.found.need.dataset,
        population=table.population,
        scope=table.found.scope,
        dimensions=table.asked.by,
        cells=_cells(table, counts),
        unit="rows",
        minimum=table.minimum,
        zeros_disclose=table.asked.zeros_tell,
        measured=table.asked.amount,
    )
    return release([figure], profile=profile, ledger=ledger, by=eyes, project=project, clock=clock)[
        0
    ]


def _cells(table: _Table, counts: Cells) -> tuple[Cell, ...]:
    amounts = None
    if table.asked.amount:
        amounts = table.cells(Measure("#amount", contributor="#who"))
    found = []
    for at, keys in enumerate(counts.frame.keys()):
        people = int(counts.contributors[at])
        largest: tuple[float, ...] = ()
        if amounts is not None:
            largest = tuple(map(float, amounts.largest[at][: min(people, 3)]))
        found.append(
            Cell(
                keys,
                int(counts.value[at]),
                contributors=people,
                amount=None if amounts is None else float(amounts.value[at]),
                largest=largest,
            )
        )
    return tuple(found)
