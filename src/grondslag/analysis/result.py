"""What an analysis gives: figures for the gate, and facts that hold no count."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.release import Figure


@dataclass(frozen=True, slots=True)
class Note:
    """A warning, or something the data do not say.

    Args:
        code: Of its sentence.
        fields: Names, years and shares of public things; never a count of people or rows.
    """

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContextTable:
    """A table beside the question, without its counts.

    Args:
        figure: Id of its figure.
        dataset: Name of the dataset.
        title: What people call it.
        domain: For which field of tasks it is kept.
        kind: ``groups`` of people or rows, ``ages``, or ``amounts`` that the source counted.
        level: Of its areas; empty when it has none.
        groups: The groups, in the order in which they are shown.
        counted: What the amounts are of, in the owner's word; else empty.
        persons: Whether distinct persons are counted.
        period: First and last day; None when it is about one moment.
        limits: What the owner says the data cannot tell.
        left_out: Whether people who objected, or whose data are secret, are not in it.
    """

    figure: str
    dataset: str
    title: str
    domain: str
    kind: str
    level: str = ""
    groups: tuple[str, ...] = ()
    counted: str = ""
    persons: bool = False
    period: tuple[str, str] | None = None
    limits: str = ""
    left_out: bool = False

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "ContextTable":
        """From the values of a document."""
        values = dict(mapping)
        period = values.get("period")
        values["groups"] = tuple(values.get("groups", ()))
        values["period"] = (period[0], period[1]) if period else None
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about the answer that is no count: may be shown as it is.

    Args:
        dataset: Name of the dataset that was counted.
        unit: What one row is: ``party``, ``crash``, ``row`` or ``person``.
        granularity: What the contract says one row is; empty when it says nothing.
        period: First and last day of the rows; None when nothing is known.
        levels: Levels with a table, from the coarsest to the finest.
        delivered_level: The finest level that was delivered.
        focus: Codes of the areas that were asked about, at the level that could be shown.
        asked: Codes of the areas as they were asked.
        answer_level: The finest level with a comparison: the answer rests on it; empty when there
            is none.
        answer_areas: The areas asked about, at that level.
        names: Name per area code.
        primary: Exposure that the answer rests on: ``traffic``, ``residents`` or empty.
        exposures: The exposures that are known.
        dispersion: Per figure how many times more the counts scatter than chance alone.
        changed: Areas whose conclusion changes without identical rows; None when not measured.
        severities: Severities that reach the minimum in no area.
        severity_said: What the contract says the severities are.
        merged: Per severity key shown the values that it holds.
        geometry: GeoJSON geometry per area code.
        map_level: Level of those areas.
        warnings: What is odd about the data.
        unknowns: What the data do not say.
        methods: Per table and number the method that computed it.
        version: Of the program that computed it.
        tables: Every delivered table that was used.
        context: The tables beside the question.
        question: Which question was put, as the plan names it.
        parts: Per part of the answer what only that part knows; plain values without a count.
    """

    dataset: str
    unit: str
    granularity: str
    period: tuple[str, str] | None
    levels: tuple[str, ...] = ()
    delivered_level: str = ""
    focus: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    answer_level: str = ""
    answer_areas: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    primary: str = ""
    exposures: tuple[str, ...] = ()
    dispersion: Mapping[str, float] = field(default_factory=dict)
    changed: tuple[str, ...] | None = None
    severities: tuple[str, ...] = ()
    severity_said: str = ""
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    geometry: Mapping[str, Any] = field(default_factory=dict)
    map_level: str = ""
    warnings: tuple[Note, ...] = ()
    unknowns: tuple[Note, ...] = ()
    methods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    version: str = ""
    tables: tuple[str, ...] = ()
    context: tuple[ContextTable, ...] = ()
    question: str = "area_comparison"
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """What people call an area."""
        return self.names.get(code, code)

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document."""
        values = asdict(self)
        return {name: _plain(value) for name, value in values.items()}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Facts":
        """From the values of `to_mapping`."""
        values = dict(mapping)
        for name in (
            "levels",
            "focus",
            "asked",
            "answer_areas",
            "exposures",
            "severities",
            "tables",
        ):
            values[name] = tuple(values[name])
        for name in ("period", "changed"):
            values[name] = None if values[name] is None else tuple(values[name])
        for name in ("warnings", "unknowns"):
            values[name] = tuple(Note(note["code"], note["fields"]) for note in values[name])
        values["context"] = tuple(ContextTable.from_mapping(one) for one in values["context"])
        values["merged"] = {key: tuple(held) for key, held in values["merged"].items()}
        return cls(**values)


@dataclass(frozen=True, slots=True)
class AnalysisResult:
    """The outcome of one analysis. It holds small counts: sealed until `release` has judged it.

    Args:
        figures: For `release`, all together.
        facts: May be shown.
    """

    figures: tuple[Figure, ...]
    facts: Facts

    def to_mapping(self) -> dict[str, Any]:
        """As plain values; to be sealed."""
        return {
            "analysis": "grondslag/1",
            "figures": [figure.to_mapping() for figure in self.figures],
            "facts": self.facts.to_mapping(),
        }

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "AnalysisResult":
        """From the values of `to_mapping`."""
        figures = tuple(Figure.from_mapping(one) for one in mapping["figures"])
        return cls(figures, Facts.from_mapping(mapping["facts"]))

    @property
    def sha256(self) -> str:
        """Hash over the canonical content; a decision names the analysis by it."""
        return sha256_hex(canonical_bytes(self.to_mapping()))


def _plain(value: Any) -> Any:
    """Tuples as lists, all the way down: the form that a document reads back."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
