"""Which requested columns and precision do not change the answer, tried on made-up data.

No source is opened: rows are drawn from the contracts, delivered by the same query as real ones,
and the plan's analysis runs on them. Then again with a column less, or coarser. When the answer
stays the same, the plan can do without, and the official can say why.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa

from grondslag.analysis import AnalysisResult, ask
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Contract
from grondslag.delivery.model import TablePlan
from grondslag.delivery.planning import plan_query
from grondslag.delivery.running import run_table
from grondslag.errors import GrondslagError, InputError
from grondslag.plan import DataNeed, Plan, WantedColumn
from grondslag.policy import Change, apply_change
from grondslag.policy.edits import Coarsen, DropColumn
from grondslag.sources import open_engine
from grondslag.synthetic.rows import made_up_rows

_MOST = 10_000
"""Rows of the dataset that is counted: enough for its finest areas to be shown."""
_ROWS = (4000, 1000, 500, 250, 120, 60, 40, *range(30, 0, -1))
"""Rows of the others; fewer where a unique column has no more values."""


class Use(StrEnum):
    """What the answer does with a column."""

    NEEDED = "needed"
    COARSER = "coarser"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What trying without a column, or coarser, gave.

    Args:
        dataset: Of the column.
        column: Its name.
        form: The form the plan asks.
        use: Whether the answer needs it so.
        change: What the plan can do without changing the answer; None when it needs it so.
    """

    dataset: str
    column: str
    form: str
    use: Use
    change: Change | None


@dataclass(frozen=True, slots=True)
class _MadeDelivery:
    """A delivery of made-up rows, for an analysis."""

    plan: Plan
    contracts: Mapping[str, Contract]
    tables: Mapping[str, pa.Table]

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Nothing was left out of what was made up."""
        return {"made_up": True, "tables": []}

    def table(self, dataset: str) -> pa.Table:
        """One table."""
        return self.tables[dataset]


def column_uses(
    plan: Plan, contracts: Mapping[str, Contract], *, day: date, minimum: int, seed: int = 1
) -> list[ColumnUse]:
    """Try every requested column: without it, and in each coarser form its owner allows.

    Args:
        plan: With a question for its delivery.
        contracts: By name.
        day: On which retention is counted.
        minimum: The smallest group.
        seed: Equal seeds give equal made-up rows.

    Raises:
        InputError: The plan puts no question, or its contracts can't be kept by made-up rows.
    """
    if plan.analysis is None:
        raise InputError("analysis.no-question")
    most = {plan.analysis.dataset: (_MOST, *_ROWS)}
    trial = _Trial(
        contracts=contracts,
        rows={
            name: _rows(contract, seed, most.get(name, _ROWS))
            for name, contract in sorted(contracts.items())
        },
        day=day,
        minimum=minimum,
    )
    for need in plan.data:
        trial.rows[need.dataset] = _in_period(trial.rows[need.dataset], need, contracts, seed)
    whole = trial.answer(plan)
    return [
        _tried(trial, plan, need.dataset, wanted, whole)
        for need in plan.data
        for wanted in need.columns
    ]


def _tried(
    trial: "_Trial", plan: Plan, dataset: str, wanted: WantedColumn, whole: str
) -> ColumnUse:
    for change in _changes(dataset, wanted, trial.contracts[dataset]):
        try:
            answer = trial.answer(apply_change(plan, change))
        except GrondslagError:
            continue  # the answer cannot be given at all without it
        if answer == whole:
            use = Use.UNUSED if isinstance(change, DropColumn) else Use.COARSER
            return ColumnUse(dataset, wanted.name, str(wanted.form), use, change)
    return ColumnUse(dataset, wanted.name, str(wanted.form), Use.NEEDED, None)


def _changes(dataset: str, wanted: WantedColumn, contract: Contract) -> Sequence[Change]:
    """Without the column first, then the coarsest form, and so on to one step coarser."""
    changes: list[Change] = [DropColumn(dataset, wanted.name)]
    privacy = contract.column(wanted.name).privacy
    forms = list(privacy.allowed) if privacy else []
    if wanted.form in forms:
        coarser = forms[forms.index(wanted.form) + 1 :]
        steps = range(len(coarser), 0, -1)
        changes += [
            Coarsen(dataset, wanted.name, form, step)
            for form, step in zip(reversed(coarser), steps, strict=True)
            if form.name != "drop"
        ]
    return changes


def _rows(contract: Contract, seed: int, counts: Sequence[int]) -> pa.Table:
    *more, least = counts
    for count in more:
        try:
            return made_up_rows(contract, count, seed)
        except InputError:  # a unique column has fewer values: fewer rows then
            continue
    return made_up_rows(contract, least, seed)


def _in_period(
    rows: pa.Table, need: DataNeed, contracts: Mapping[str, Contract], seed: int
) -> pa.Table:
    """The rows with their days in the plan's period: drawn over decades, nearly none would be."""
    if need.period is None:
        return rows
    kept = contracts[need.dataset].retention
    names = {need.period.column, kept.column if kept else need.period.column}
    chance = np.random.default_rng(seed)
    first, last = need.period.start.toordinal(), need.period.end.toordinal()
    for name in sorted(names & set(rows.column_names)):
        drawn = chance.integers(first, last + 1, rows.num_rows).tolist()
        days = [date.fromordinal(one) for one in drawn]
        at = rows.column_names.index(name)
        wanted = rows.schema.field(name).type
        values = [one.year for one in days] if pa.types.is_integer(wanted) else days
        rows = rows.set_column(at, name, pa.array(values).cast(wanted))
    return rows


@dataclass(slots=True)
class _Trial:
    """The plan and its variants over the same rows; a table that stays the same is made once."""

    contracts: Mapping[str, Contract]
    rows: dict[str, pa.Table]
    day: date
    minimum: int
    made: list[tuple[TablePlan, pa.Table]] = field(default_factory=list)

    def answer(self, plan: Plan) -> str:
        """A mark of everything the analysis says."""
        query = plan_query(plan, self.contracts, day=self.day, minimum=self.minimum)
        nobody = {dataset: pa.array([], pa.string()) for dataset in query.objections}
        tables = {table.name: self._table(table, nobody) for table in query.tables}
        return _mark(ask(_MadeDelivery(plan, self.contracts, tables)))

    def _table(self, table: TablePlan, nobody: Mapping[str, pa.Array]) -> pa.Table:
        for known, made in self.made:
            if known == table:
                return made
        with open_engine([]) as engine:
            for at, scan in enumerate(table.scans):
                source = self.rows[scan.dataset]
                if scan.repeats:
                    marks = pa.array([False] * source.num_rows)
                    source = source.append_column(scan.columns[-1].name, marks)
                engine.register(f"source_{at}", source)
            result = run_table(engine, table, tokens=_tokens, objectors=nobody)
            delivered = result.reader.read_all()
        self.made.append((table, delivered))
        return delivered


def _mark(result: AnalysisResult) -> str:
    """The figures and what is said of them; not how many gaps a column has."""
    figures = [
        figure.to_mapping() for figure in result.figures if not figure.id.startswith("gaps-")
    ]
    said = [note.code for note in (*result.facts.warnings, *result.facts.unknowns)]
    return sha256_hex(canonical_bytes([figures, sorted(said)]))


def _tokens(persons: Iterable[str]) -> list[bytes | None]:
    """Made-up people need no key."""
    return [hashlib.sha256(person.encode()).digest()[:16] for person in persons]
