"""What a plan asks of anonymous records: how large groups are, what may be left out, what matters.

Everything has a safe default: the minimum group of contract and municipality, nothing left out, and
at least two different values of every sensitive column in each group.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class WantedModelKind(StrEnum):
    """What every group must do: for a sensitive column, or beside a population."""

    DISTINCT = "distinct"
    ENTROPY = "entropy"
    RECURSIVE = "recursive"
    CLOSENESS = "closeness"
    KMAP = "kmap"
    PRESENCE = "presence"
    UNIQUENESS = "uniqueness"


@dataclass(frozen=True, slots=True)
class WantedModel:
    """What every group must do for one sensitive column, or beside a population.

    Args:
        kind: Which of the fields below count.
        column: Of a sensitive column its name; empty beside a population.
        l: For the kinds of l-diversity: how many values are well represented.
        c: For ``recursive``: how much the first may outweigh the rest.
        t: For ``closeness``: how far a group may be from the whole.
        distance: For ``closeness``: ``equal``, ``ordered`` or ``hierarchical``.
        k: For ``kmap``: so many people of the population look like each group.
        low: For ``presence``: with at least this chance somebody is in the table.
        high: For ``presence``: with at most this chance.
        population: For ``kmap`` and ``presence``: the dataset with everybody the rows could be of.
        share: For ``uniqueness``: the largest share of people who are alone in the population.
        people: For ``uniqueness``: how many people the population has.
        source: For ``uniqueness``: where that number stands.
        estimator: For ``uniqueness``: ``pitman`` or ``zayatz``.
    """

    kind: WantedModelKind
    column: str = ""
    l: float = 0  # noqa: E741 - the letter of the literature
    c: float = 0
    t: float = 0
    distance: str = "equal"
    k: int = 0
    low: float = 0
    high: float = 1
    population: str = ""
    share: float = 0
    people: int = 0
    source: str = ""
    estimator: str = "pitman"

    @property
    def is_of_all(self) -> bool:
        """Whether it is about the whole table or a population, and not about each group."""
        return bool(self.population) or self.kind is WantedModelKind.UNIQUENESS


@dataclass(frozen=True, slots=True)
class Unprotected:
    """A sensitive column that every group may have one value of, with the reason."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Anonymity:
    """The plan's wishes for one table of anonymous records.

    Args:
        k: Persons that look alike, at least; None asks the minimum that holds anyway.
        suppression: The share of rows that may be left out.
        weights: Per column how much it matters to the question; 1 where it is not named.
        models: Further promises about sensitive columns.
        unprotected: Sensitive columns without a promise, each with its reason.
        measure: Of what is lost.
        local: Whether each group is as fine as its own people allow, instead of one step for all.
    """

    k: int | None = None
    suppression: float = 0
    weights: Mapping[str, float] = field(default_factory=dict)
    models: tuple[WantedModel, ...] = ()
    unprotected: tuple[Unprotected, ...] = ()
    measure: str = "loss"
    local: bool = False

    @property
    def columns(self) -> Iterator[str]:
        """Every column that is named here."""
        yield from self.weights
        yield from (model.column for model in self.models if model.column)
        yield from (item.column for item in self.unprotected)

    @property
    def populations(self) -> tuple[str, ...]:
        """Every dataset that is named as a population, once."""
        return tuple(dict.fromkeys(one.population for one in self.models if one.population))


def anonymity_from(raw: Mapping[str, Any] | None) -> Anonymity | None:
    """The section as it stands in a plan; None when the plan has none."""
    if raw is None:
        return None
    return Anonymity(
        k=raw.get("k"),
        suppression=float(raw.get("suppression", 0)),
        weights={name: float(weight) for name, weight in raw.get("weights", {}).items()},
        models=tuple(_model(item) for item in raw.get("models", ())),
        unprotected=tuple(
            Unprotected(item["column"], item["reason"]) for item in raw.get("unprotected", ())
        ),
        measure=str(raw.get("measure", "loss")),
        local=bool(raw.get("local", False)),
    )


def _model(raw: Mapping[str, Mapping[str, Any]]) -> WantedModel:
    kind, fields = next(iter(raw.items()))
    return WantedModel(WantedModelKind(kind), **fields)
