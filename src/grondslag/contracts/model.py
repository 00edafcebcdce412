"""A dataset as its owner describes it: what the rest of the engine reads of a contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from grondslag.canonical import Document
from grondslag.contracts.areas import AreaList
from grondslag.contracts.breaks import ToldBreak
from grondslag.contracts.hierarchies import ColumnHierarchy
from grondslag.contracts.observation import Observation
from grondslag.errors import InputError
from grondslag.vocabulary import (
    CollectedFrom,
    Domain,
    Form,
    GdprBasis,
    IdentifierRole,
    PersonalDataCategory,
    Secrecy,
    SpecialKind,
)


class LogicalType(StrEnum):
    """The types of ODCS that a table of ours can hold."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"


class DataKind(StrEnum):
    """Whether the rows are about the real world: made-up and open data may serve an example."""

    REAL = "real"
    OPEN = "open"
    MADE_UP = "made_up"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal basis with the law and article behind it (GDPR art. 6(1) with 6(3))."""

    gdpr: GdprBasis
    law: str
    article: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class CompatiblePurpose:
    """A further purpose, with the five factors of GDPR art. 6(4) weighed in words."""

    purpose: str
    factors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SecrecyMark:
    """Where the BRP secrecy mark stands and what it coarsens.

    Args:
        column: The column that holds the mark.
        value: What it holds when the mark is set.
        coarsen: Per column the form that a marked person's value gets.
    """

    column: str
    value: str
    coarsen: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Objections:
    """The dataset that holds objections (GDPR art. 21) and its columns.

    Args:
        dataset: Name of the contract of the objections.
        person: Column with the person.
        purpose: Column with the purpose objected to.
        state: Column with the state of the objection.
        left_out_states: States in which the person's rows stay out.
    """

    dataset: str
    person: str
    purpose: str
    state: str
    left_out_states: tuple[str, ...]


class Contributors(StrEnum):
    """Who the person key of a dataset tells apart."""

    PERSONS = "persons"
    ORGANISATIONS = "organisations"


@dataclass(frozen=True, slots=True)
class Waivers:
    """Who agreed in writing that their own amounts may be recognisable in tables.

    Args:
        column: The column that tells who did.
        value: What it holds of whoever did.
        statement: Where the signed statements are kept.
        date: Day of the last of them.
    """

    column: str
    value: str
    statement: str
    date: date


@dataclass(frozen=True, slots=True)
class Linking:
    """On which key and with which domains the owner allows linking at all."""

    key: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnPrivacy:
    """The privacy entry of a column; a column without one can't be delivered.

    Args:
        category: Kind of personal data.
        role: What it does to someone who wants to find a person.
        allowed: Forms in which it may be delivered, from finest to coarsest.
        default: The form when a plan names none; ``drop`` unless the owner says otherwise.
        filterable: Whether rows may be chosen on its raw value.
        area_level: For codes of areas: which level of the area list they are.
        bands: Named lists of edges for ``band:`` and ``age:``; each band is [edge, next edge).
        values: The complete list of values, when there is one.
        free_text: Whether people type whatever they like in it.
        kind: Which special category it is; None when the owner did not say.
        hierarchy: How it may become coarser in anonymous records; None when the owner did not say.
        judged_by: The column whose amounts tell who dominates a table of this one; empty: its own.
    """

    category: PersonalDataCategory
    role: IdentifierRole
    allowed: tuple[Form, ...]
    default: Form
    filterable: bool
    area_level: str = ""
    bands: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    values: tuple[str | int, ...] = ()
    free_text: bool = False
    kind: SpecialKind | None = None
    hierarchy: ColumnHierarchy | None = None
    judged_by: str = ""


class PeriodBasis(StrEnum):
    """What moment or period a value is about; two figures on another basis cannot be compared."""

    MOMENT = "moment"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"
    FIRST_OF_JANUARY = "first_of_january"
    LAST_OF_DECEMBER = "last_of_december"
    SINCE_START = "since_start"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the contract describes it.

    Args:
        name: In files and plans.
        type: What it holds.
        required: Whether every row has a value.
        unique: Whether every value stands there once.
        title: Its business name, or else its name.
        definition: What it means, in the owner's words.
        minimum: Lowest value; a text for days.
        maximum: Highest value.
        privacy: Its privacy entry; None when the owner gave none.
        line: Where it stands in the contract.
        synonyms: Other names for the same thing.
        unit: In what it is counted or measured; empty when that is not said.
        period_basis: What moment or period a value is about; None when that is not said.
    """

    name: str
    type: LogicalType
    required: bool
    unique: bool
    title: str
    definition: str
    minimum: float | str | None
    maximum: float | str | None
    privacy: ColumnPrivacy | None
    line: int
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    period_basis: PeriodBasis | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file must be read."""

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    date_format: str = "%Y-%m-%d"
    timestamp_format: str = "%Y-%m-%dT%H:%M:%S"
    missing: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Server:
    """Where the dataset stands.

    Args:
        kind: ``csv``, ``parquet``, ``geojson``, ``sqlite`` or ``postgres``.
        path: File, relative to the contract's folder; empty for a database server.
        table: Table name in a database.
        host: Database server; no secrets: those come from the environment.
        port: Its port.
        database: Its database.
        schema: The schema in it.
    """

    kind: str
    path: str = ""
    table: str = ""
    host: str = ""
    port: int = 0
    database: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows may be kept, counted in calendar years or months from a date column."""

    column: str
    amount: int
    unit: str
    basis: str

    @property
    def months(self) -> int:
        """The period in months."""
        return self.amount * (12 if self.unit == "y" else 1)


@dataclass(frozen=True, slots=True)
class DatasetPrivacy:
    """The privacy entry of a dataset as a whole; the profile's schema documents each key."""

    data: DataKind
    access: str
    domain: Domain
    secrecy: Secrecy
    purposes: tuple[str, ...]
    compatible_purposes: tuple[CompatiblePurpose, ...]
    legal_basis: LegalBasis
    data_subjects: tuple[str, ...]
    origin: str
    collection: str
    processing_activity: str
    person_key: str
    minimum_group: int
    secrecy_mark: SecrecyMark | None
    objections: Objections | None
    linking: Linking | None
    areas: AreaList | None
    source_folders: tuple[str, ...]
    collected_from: CollectedFrom | None = None
    observation: Observation | None = None
    breaks: tuple[ToldBreak, ...] = ()
    contributors: Contributors | None = None
    waivers: Waivers | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """One dataset: an ODCS document with our privacy profile.

    Args:
        name: Short name, by which plans call it.
        id: The contract's own identifier.
        version: Its version.
        title: What people call it.
        table: Name of the one table in it.
        department: Who keeps it.
        owner: Who decides about it.
        steward: Who looks after it from day to day.
        columns: In the order of the file.
        privacy: The entry for the dataset as a whole.
        reading: How its file is read.
        server: Where it stands.
        retention: How long rows are kept; None when the owner says nothing.
        freshness_days: How old the newest row may be; None when nothing is promised.
        freshness_column: The date column that promise is about.
        sha256: Hash over the canonical content (area list included, by its own hash).
        document: As read, for lines in messages.
    """

    name: str
    id: str
    version: str
    title: str
    table: str
    department: str
    owner: str
    steward: str
    columns: tuple[Column, ...]
    privacy: DatasetPrivacy
    reading: Reading
    server: Server
    retention: Retention | None
    freshness_days: int | None
    freshness_column: str
    sha256: str
    document: Document = field(repr=False, compare=False)

    @property
    def file(self) -> str:
        """The name of the file it was read from."""
        return self.document.file

    @property
    def column_names(self) -> tuple[str, ...]:
        """All columns, in the order of the file."""
        return tuple(column.name for column in self.columns)

    @property
    def holds_personal_data(self) -> bool:
        """Whether any column is, or may be, personal data; a column without an entry may be."""
        return bool(self.privacy.person_key) or any(
            column.privacy is None or column.privacy.category != PersonalDataCategory.NONE
            for column in self.columns
        )

    def column(self, name: str) -> Column:
        """The column with this name.

        Raises:
            InputError: The contract has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise InputError(
            "contracts.unknown-column",
            file=self.file,
            dataset=self.name,
            column=name[:63],
            known=self.column_names,
        )
