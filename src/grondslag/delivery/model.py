"""The query plan: what a sealed approval allows, as values that cannot change.

Nothing here can say "all columns" or hold a piece of SQL; `compile` makes the one query from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from grondslag.anonymise import Model
from grondslag.contracts import LogicalType
from grondslag.plan import WantedModel
from grondslag.vocabulary import Form, OutputStep


class Protection(StrEnum):
    """What may leave a row, a value or a cell out of a delivery."""

    COLUMNS = "columns"
    COARSENED = "coarsened"
    PERIOD = "period"
    AREA = "area"
    RETENTION = "retention"
    OBJECTION = "objection"
    SECRECY = "secrecy"
    SMALL_CELLS = "small_cells"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One delivered column.

    Args:
        name: Its name, in the source and in the delivery.
        type: Its type in the contract.
        form: How coarse it is delivered.
        edges: For ``band`` and ``age``: where the bands begin.
        codes: For ``area``: per code of the source the code of the coarser area.
        reference: For ``age``: the day on which the age is taken.
        marked_form: The form for persons with the secrecy mark, when it is another one; never
            finer than *form*.
        marked_edges: As *edges*, for *marked_form*.
        marked_codes: As *codes*, for *marked_form*.
    """

    name: str
    type: LogicalType
    form: Form
    edges: tuple[float, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    reference: date | None = None
    marked_form: Form | None = None
    marked_edges: tuple[float, ...] = ()
    marked_codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """A limit on rows; a row whose value is missing is left out, for nobody knows it may stay.

    Args:
        protection: ``period``, ``area`` or ``retention``.
        column: The column it looks at.
        type: Its type; a whole number is a year.
        first: The first day that stays, for period and retention.
        last: The last day that stays, for period.
        codes: The codes that stay, for area.
    """

    protection: Protection
    column: str
    type: LogicalType
    first: date | None = None
    last: date | None = None
    codes: tuple[str, ...] = ()

    @property
    def lowest(self) -> int | date | datetime | None:
        """The first value that stays, as the column holds it; None when there is no first."""
        return None if self.first is None else self._held(self.first)

    @property
    def beyond(self) -> int | date | datetime | None:
        """The first value after those that stay; None when there is no last."""
        if self.last is not None and self.type is LogicalType.INTEGER:
            return self.last.year + 1
        if self.last is None or self.last == date.max:
            return None
        return self._held(self.last + timedelta(days=1))

    def _held(self, day: date) -> int | date | datetime:
        """The first moment of a day as the column holds it."""
        if self.type is LogicalType.INTEGER:
            return day.year
        return datetime.combine(day, time()) if self.type is LogicalType.TIMESTAMP else day


@dataclass(frozen=True, slots=True)
class Mark:
    """The secrecy mark of the BRP in a dataset.

    Args:
        column: Where it stands.
        value: What it holds when it is set.
        leave_out: Whether rows of marked persons are left out: third parties may not get them.
    """

    column: str
    value: str
    leave_out: bool


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """What is read of one dataset, and what protects it while it is read.

    Args:
        dataset: Name of the contract.
        columns: The delivered columns.
        cuts: Limits on rows, in the order in which they are counted.
        person: The column with the person; empty when no person is needed or known.
        person_type: Its type.
        objections: Whether persons who object are left out.
        mark: The secrecy mark, when the dataset has one.
        repeats: Whether the last of *columns* marks rows that equal an earlier row of the source.
        is_national_id: Whether the person stands there by citizen service number.
    """

    dataset: str
    columns: tuple[ColumnPlan, ...]
    cuts: tuple[Cut, ...]
    person: str
    person_type: LogicalType
    objections: bool
    mark: Mark | None
    repeats: bool = False
    is_national_id: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column that is read, delivered or not; nothing else is opened."""
        names = [column.name for column in self.columns[: -1 if self.repeats else None]]
        names += [cut.column for cut in self.cuts]
        if self.person:
            names.append(self.person)
        if self.mark:
            names.append(self.mark.column)
        return tuple(dict.fromkeys(names))

    @property
    def coarsens(self) -> bool:
        """Whether a delivered column is coarser for persons with the secrecy mark."""
        coarser = any(column.marked_form is not None for column in self.columns)
        return coarser and self.mark is not None and not self.mark.leave_out


@dataclass(frozen=True, slots=True)
class AnonymityPlan:
    """How the records of one table become anonymous.

    Args:
        models: What every group that looks alike satisfies.
        suppression: The share of rows that may be left out.
        weights: Per column how much it matters to the question.
        measure: Of what is lost.
        later: What can only become a model once the data is there: beside a population, or along
            the levels of a sensitive column.
        local: Whether each group is as fine as its own people allow.
    """

    models: tuple[Model, ...]
    suppression: float
    weights: Mapping[str, float]
    measure: str = "loss"
    later: tuple[WantedModel, ...] = ()
    local: bool = False

    @property
    def populations(self) -> tuple[str, ...]:
        """The datasets with everybody the rows could be of, once each."""
        return tuple(dict.fromkeys(one.population for one in self.later if one.population))


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One delivered table.

    Args:
        scan: The dataset it rests on.
        joined: Datasets whose columns are added, on the project's pseudonym only.
        output: Step on the ladder.
        count: For aggregates ``persons`` (distinct) or ``rows``.
        minimum: The smallest group that may be delivered.
        quasi: Delivered columns by which someone could be recognised together.
        sensitive: Delivered columns whose value would harm when it leaks.
        anonymity: For anonymous records: how they become so; None for every other output.
    """

    scan: ScanPlan
    joined: tuple[ScanPlan, ...]
    output: OutputStep
    count: str
    minimum: int
    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]
    anonymity: AnonymityPlan | None = None

    @property
    def name(self) -> str:
        """The table's name: that of its dataset."""
        return self.scan.dataset

    @property
    def columns(self) -> tuple[ColumnPlan, ...]:
        """All delivered columns, those of joined datasets behind."""
        return self.scan.columns + tuple(c for scan in self.joined for c in scan.columns)

    @property
    def texts(self) -> tuple[str, ...]:
        """Delivered columns of free text, out of which personal data is taken."""
        return tuple(c.name for c in self.columns if c.form.name == "deidentified")

    @property
    def scans(self) -> tuple[ScanPlan, ...]:
        """The dataset it rests on, then the joined ones."""
        return (self.scan, *self.joined)

    @property
    def is_aggregate(self) -> bool:
        """Whether it holds counts and no records."""
        return self.output is OutputStep.AGGREGATE


@dataclass(frozen=True, slots=True)
class ObjectionPlan:
    """Where objections stand, and which count for this project.

    Args:
        dataset: Name of the contract of the objections.
        person: Column with the person.
        purpose: Column with the purpose objected to.
        state: Column with the state.
        purposes: Purposes that count: that of the project.
        states: States in which the person is left out.
        is_national_id: Whether the person stands there by citizen service number.
    """

    dataset: str
    person: str
    purpose: str
    state: str
    purposes: tuple[str, ...]
    states: tuple[str, ...]
    is_national_id: bool = False


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """Everything one delivery reads.

    Args:
        project: Key of the project.
        day: The day on which retention and ages are counted.
        tables: The delivered tables.
        objections: Per dataset that has them: where its objections stand.
        left_out_columns: Per dataset how many columns of the contract are not delivered.
    """

    project: str
    day: date
    tables: tuple[TablePlan, ...]
    objections: Mapping[str, ObjectionPlan]
    left_out_columns: Mapping[str, int]

    @property
    def populations(self) -> frozenset[str]:
        """Tables that another one is laid beside."""
        wishes = [table.anonymity for table in self.tables if table.anonymity is not None]
        return frozenset(name for wish in wishes for name in wish.populations)
