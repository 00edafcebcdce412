"""An anonymisation as a document: what was asked, what became of each column, what risk is left.

Counts that could point at a person (more than nothing, less than the minimum group) are left out,
and so is what they could be subtracted from. No value of a row, and no value of a hierarchy.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grondslag.anonymise.anonymising import Anonymised, ColumnChange, Report
from grondslag.anonymise.groups import SensitiveRisk
from grondslag.anonymise.hierarchies import Step
from grondslag.anonymise.models import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    KMap,
    Model,
    RecursiveDiversity,
    TCloseness,
)
from grondslag.anonymise.risks import Attack, Risks
from grondslag.anonymise.uniqueness import PopulationUniqueness
from grondslag.anonymise.usefulness import ColumnUse

_MODELS: Mapping[type[Model], tuple[str, tuple[str, ...]]] = {
    KAnonymity: ("k_anonymity", ("k",)),
    KMap: ("k_map", ("k",)),
    DeltaPresence: ("delta_presence", ("low", "high")),
    DistinctDiversity: ("distinct_diversity", ("column", "l")),
    EntropyDiversity: ("entropy_diversity", ("column", "l")),
    RecursiveDiversity: ("recursive_diversity", ("column", "c", "l")),
    TCloseness: ("t_closeness", ("column", "t", "distance")),
    PopulationUniqueness: ("population_uniqueness", ("share", "people", "estimator")),
}

_Rounding = Callable[[float], float]


def report_mapping(
    made: Anonymised, *, models: Sequence[Model], minimum: int, person: str | None = None
) -> dict[str, Any]:
    """What anonymising did, ready for a manifest or a report.

    Args:
        made: The outcome.
        models: What every group satisfies.
        minimum: Counts of people or rows below it are left out, unless nobody is counted.
        person: The column by which people were counted; None when every row is one person.

    Returns:
        Numbers, texts, lists and mappings. A count that was left out is None. When the number of
        rows that were left out is hidden, the rows and persons before are too, and what could be
        worked back to them is rounded.
    """
    report = made.report
    suppressed = shown(report.suppressed, minimum)
    hides = suppressed is None
    rounded = _three_digits if hides else float
    return {
        "anonymisation": "grondslag/1",
        "models": [model_mapping(model) for model in models],
        "measure": str(report.measure),
        "value": rounded(report.value),
        "bound": rounded(report.bound),
        "optimal": report.is_optimal,
        "blind": report.is_blind,
        "local_loss": None if report.local_loss is None else rounded(report.local_loss),
        "columns": [_column(change, minimum) for change in report.columns],
        "counts": "rows" if person is None else "persons",
        "minimum": minimum,
        "rows_before": None if hides else report.rows,
        "rows_after": made.table.num_rows,
        "suppressed": suppressed,
        "before": risks_mapping(report.before, minimum=minimum, hides_persons=hides),
        "after": risks_mapping(report.after, minimum=minimum),
        "gives_away": _both(report, minimum, hides=hides),
        "nodes": report.nodes,
        "looks": report.looks,
    }


def model_mapping(model: Model) -> dict[str, Any]:
    """A model by name, with what it was asked; of a population nothing is said."""
    name, fields = _MODELS[type(model)]
    return {"model": name, **{field: getattr(model, field) for field in fields}}


def risks_mapping(risks: Risks, *, minimum: int, hides_persons: bool = False) -> dict[str, Any]:
    """The risks of one table.

    Args:
        risks: As measured.
        minimum: Shares of fewer persons than this are left out.
        hides_persons: Whether the number of persons is left out, and chances are rounded.
    """
    rounded = _three_digits if hides_persons else float
    return {
        "persons": None if hides_persons else shown(risks.persons, minimum),
        "groups": None if hides_persons else risks.groups,
        "smallest_group": smallest_group_of(risks),
        "prosecutor": _attack(risks.prosecutor, risks.persons, minimum, rounded),
        "journalist": (
            None
            if risks.journalist is None
            else _attack(risks.journalist, risks.persons, minimum, rounded)
        ),
        "marketer": rounded(risks.marketer),
    }


def smallest_group_of(risks: Risks) -> int:
    """Persons in the smallest group that looks alike: the *k* that was measured; 0 for nobody."""
    return round(1 / risks.prosecutor.highest) if risks.persons else 0


def gives_away_mapping(
    risk: SensitiveRisk, *, minimum: int, hides_persons: bool = False
) -> dict[str, Any]:
    """How many groups give a sensitive value away, and how many persons are in them.

    Args:
        risk: As measured.
        minimum: A number of fewer persons than this is left out.
        hides_persons: Whether all is left out, for it could hold the number of persons.
    """
    if hides_persons:
        return {"groups": None, "giving_away": None, "persons": None}
    return {
        "groups": risk.groups,
        "giving_away": risk.giving_away,
        "persons": shown(risk.persons, minimum),
    }


def uses_mapping(
    uses: Sequence[ColumnUse], *, suppressed: int, minimum: int
) -> list[dict[str, Any]]:
    """What is left of each column, ready for a manifest or a report.

    Args:
        uses: As measured.
        suppressed: Rows that were left out.
        minimum: When fewer rows than this were left out, no shift is told: it could be worked back
            to them.
    """
    few = shown(suppressed, minimum) is None
    return [
        {
            "column": one.column,
            "kept": round(one.kept, 2),
            "shifted": None if few or one.shifted is None else round(one.shifted, 3),
        }
        for one in uses
    ]


def number_mapping(column: str, step: Step) -> dict[str, Any]:
    """What was done to a column of numbers, in the shape of the other columns.

    Different values are not counted: nearly every number is another, so that the count would tell
    how many rows there were.

    Args:
        column: Its name.
        step: What was done.
    """
    return {"column": column, "level": 1, "levels": [_step(Step("exact")), _step(step)]}


def shown(count: int, minimum: int) -> int | None:
    """A count as others may see it: None when it could point at a person."""
    return count if count == 0 or count >= minimum else None


def _column(change: ColumnChange, minimum: int) -> dict[str, Any]:
    """What became of a column; of groups with levels of their own, the share of rows at each."""
    rows = sum(change.spread)
    few = any(shown(count, minimum) is None for count in change.spread)
    spread = None if few or not rows else [round(count / rows, 2) for count in change.spread]
    return {
        **({"spread": spread} if change.spread else {}),
        "column": change.column,
        "level": change.level,
        "levels": [_step(step) for step in change.steps],
        "before": change.before,
        "after": change.after,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"kind": step.kind, **step.fields}


def _attack(attack: Attack, persons: int, minimum: int, rounded: _Rounding) -> dict[str, Any]:
    return {
        "highest": attack.highest,
        "average": rounded(attack.average),
        "up_to": _distribution(attack.up_to, persons, minimum, rounded),
    }


def _distribution(
    up_to: Mapping[int, float], persons: int, minimum: int, rounded: _Rounding
) -> list[dict[str, Any]]:
    """The share of persons in groups up to each size.

    A share is left out when it is of few persons, when it differs from the last one shown by few,
    or when few are left beside it: shares can be subtracted.
    """
    told, last = [], 0
    for size, share in up_to.items():
        count = round(share * persons)
        hides = any(shown(few, minimum) is None for few in (count, count - last, persons - count))
        told.append({"size": size, "share": None if hides else rounded(share)})
        last = last if hides else count
    return told


def _both(report: Report, minimum: int, *, hides: bool) -> list[dict[str, Any]]:
    return [
        {
            "column": column,
            "before": gives_away_mapping(
                report.gives_away_before[column], minimum=minimum, hides_persons=hides
            ),
            "after": gives_away_mapping(after, minimum=minimum),
        }
        for column, after in report.gives_away.items()
    ]


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")
