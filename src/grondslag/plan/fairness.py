"""What a fair comparison of areas needs beside its question: population, groups, survey."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Survey:
    """Answers of a sample, as its maker worked them out per area.

    Args:
        dataset: Name of the dataset.
        area: Column with the code of the area.
        respondents: Column with how many people answered.
        share: Column with the weighted share of them, in percent.
        error: Column with the standard error of that share, in percentage points.
    """

    dataset: str
    area: str
    respondents: str
    share: str
    error: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Counts per group over the whole town, when those per area are not divided by group.

    Args:
        dataset: Name of the dataset.
        value: Column with the counts; its other columns are the groups.
    """

    dataset: str
    value: str


@dataclass(frozen=True, slots=True)
class Fairness:
    """What makes a comparison of areas fair.

    Args:
        dataset: With the population: one row per area and group.
        area: Column with the code of the area.
        value: Column with the size of the population.
        counted: Column with the counts that the owner of the counted dataset made; empty when its
            rows are counted.
        groups: Columns that make up a group: their make-up is made equal.
        whole: Counts per group over the whole town; None when the counted dataset has the groups.
        impute: Whether an area without a population may take that of its like.
        survey: Answers of a sample, beside the counts; None when there are none.
    """

    dataset: str
    area: str
    value: str
    counted: str = ""
    groups: tuple[str, ...] = ()
    whole: Whole | None = None
    impute: bool = False
    survey: Survey | None = None


def fairness_from(raw: Mapping[str, Any] | None) -> Fairness | None:
    """The entry of a plan, after its schema was checked."""
    if raw is None:
        return None
    population, whole, survey = raw["population"], raw.get("whole"), raw.get("survey")
    return Fairness(
        dataset=population["dataset"],
        area=population["area"],
        value=population["value"],
        counted=raw.get("counted", ""),
        groups=tuple(raw.get("groups", ())),
        whole=None if whole is None else Whole(whole["dataset"], whole["value"]),
        impute=raw.get("missing") == "impute",
        survey=None if survey is None else Survey(**survey),
    )
