"""How a column becomes coarser in anonymous records, from the form in which it is delivered.

A value as it stands in the source takes the levels its owner wrote. A value that the plan asks in a
coarser form starts there: a year joins others, a band its neighbours, an area the area around it.
The number of levels never depends on the data, so that two deliveries can be laid side by side.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise import Hierarchy, hierarchy_of, intervals, masking, ordered
from grondslag.anonymise.hierarchies import Step, distinct_values, to_nothing
from grondslag.contracts import (
    Column,
    ColumnHierarchy,
    Contract,
    HierarchyKind,
    LogicalType,
    known_hierarchy,
)
from grondslag.contracts.building import area_hierarchy, hierarchy_from
from grondslag.delivery.bands import band_label
from grondslag.delivery.model import ColumnPlan
from grondslag.delivery.shaping import column_plan
from grondslag.errors import InputError
from grondslag.plan import WantedColumn
from grondslag.vocabulary import Form

_YEARS: Mapping[str, int] = {"lustrum": 5, "decade": 10}
_DEFAULT_STEPS = ("lustrum", "decade")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One column with all that its levels follow from."""

    plan: ColumnPlan
    column: Column
    contract: Contract
    said: ColumnHierarchy | None
    values: pa.ChunkedArray

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def domain(self) -> pa.Array:
        """The values that occur, in order."""
        found = distinct_values(self.values)[0].drop_null()
        return found.take(pc.sort_indices(found))


def generalised_hierarchy(
    plan: ColumnPlan, contract: Contract, values: pa.ChunkedArray
) -> Hierarchy:
    """The levels of a delivered column of anonymous records.

    Args:
        plan: The column and its form.
        contract: Of its dataset.
        values: The column, in that form.

    Raises:
        InputError: The owner did not say how it may become coarser, its form cannot be in
            anonymous records, or it holds what the owner's words do not cover.
    """
    column = contract.column(plan.name)
    if values.null_count == len(values):
        raise InputError(
            "delivery.anonymous-nothing-known", dataset=contract.name, column=plan.name
        )
    if pa.types.is_nested(values.type):
        raise InputError("anonymise.no-hierarchy-for-type", column=plan.name, type=str(values.type))
    said = known_hierarchy(column, contract.privacy.areas)
    maker = _MAKERS.get(plan.form.name)
    if maker is None or (plan.form.name == "exact" and said is None):
        raise InputError(
            "delivery.no-hierarchy", dataset=contract.name, column=plan.name, contract=contract.file
        )
    made = maker(_Asked(plan, column, contract, said, values))
    return replace(made, finest=_finest(plan.form))


def delivered_hierarchy(
    entry: Mapping[str, Any], contract: Contract, values: pa.ChunkedArray
) -> Hierarchy:
    """The levels of a column of a table that was delivered before.

    Args:
        entry: The column in the manifest: its name and the form it was delivered in.
        contract: Of its dataset.
        values: The column, in that form.

    Raises:
        InputError: As of `generalised_hierarchy`; or the owner no longer allows the form.
    """
    wanted = WantedColumn(str(entry["name"]), Form.parse(str(entry["form"])), "")
    # On which day ages were taken changes no band.
    plan = column_plan(wanted, contract, date.min)
    return generalised_hierarchy(plan, contract, values)


def _finest(form: Form) -> Step:
    """What the form itself did to values."""
    done = _DONE.get(form.name)
    return Step("exact") if done is None else done(form)


_DONE: Mapping[str, Callable[[Form], Step]] = {
    "year": lambda form: Step("dates", {"period": form.name}),
    "quarter": lambda form: Step("dates", {"period": form.name}),
    "month": lambda form: Step("dates", {"period": form.name}),
    "area": lambda form: Step("areas", {"name": form.parameter}),
    "prefix": lambda form: Step("masking", {"keep": int(form.parameter), "side": "left"}),
    "band": lambda _form: Step("bands"),
    "age": lambda _form: Step("bands"),
    "averaged": lambda form: Step("averaged", {"persons": int(form.parameter)}),
    "present": lambda _form: Step("presence"),
}


def _exact(asked: _Asked) -> Hierarchy:
    if asked.said is None:  # `generalised_hierarchy` refused it
        return to_nothing(hierarchy_of(asked.name, [asked.domain]))
    return hierarchy_from(
        asked.name,
        asked.values,
        asked.said,
        areas=asked.contract.privacy.areas,
        level=asked.column.privacy.area_level if asked.column.privacy else "",
    )


def _area(asked: _Asked) -> Hierarchy:
    known, level = asked.contract.privacy.areas, asked.plan.form.parameter
    if known is None:
        raise InputError(
            "delivery.no-area-list", dataset=asked.contract.name, contract=asked.contract.file
        )
    coarser = known.levels[known.levels.index(level) + 1 :]
    if asked.said is not None and asked.said.kind is HierarchyKind.AREAS:
        coarser = tuple(one for one in asked.said.levels if one in coarser)
    return area_hierarchy(asked.name, known, level, coarser)


def _bands(asked: _Asked) -> Hierarchy:
    edges = asked.plan.edges
    whole = asked.plan.form.name == "age" or asked.plan.type is LogicalType.INTEGER
    labels = [band_label(edges, at, whole=whole) for at in range(-1, len(edges))]
    sizes = [2**power for power in range(1, (len(labels) - 1).bit_length())]
    if not sizes:
        return to_nothing(hierarchy_of(asked.name, [pa.array(labels)]))
    return to_nothing(ordered(asked.name, labels, sizes=sizes))


def _averaged(asked: _Asked) -> Hierarchy:
    """Of averages that were made before: how many people lie behind each is not known here."""
    return to_nothing(hierarchy_of(asked.name, [asked.domain]))


def _prefix(asked: _Asked) -> Hierarchy:
    length = int(asked.plan.form.parameter)
    keep = range(length - 1, 0, -1)
    return masking(asked.name, asked.values, keep=keep, length=length, every_level=True)


def _year(asked: _Asked) -> Hierarchy:
    widths = [_YEARS[step] for step in _steps(asked) if step in _YEARS]
    if not widths:
        return to_nothing(hierarchy_of(asked.name, [asked.domain]))
    made = intervals(asked.name, asked.values, widths=widths, every_level=True)
    steps = [Step("dates", {"period": step}) for step in _steps(asked) if step in _YEARS]
    return replace(made, steps=tuple(steps))


def _within_a_year(asked: _Asked) -> Hierarchy:
    """Months and quarters as they are delivered, ``2024-05`` and ``2024-K2``: first their year."""
    domain = asked.domain
    years = pc.cast(pc.utf8_slice_codeunits(domain, 0, 4), pa.int64())
    coarser, steps = [pc.cast(years, pa.string())], [Step("dates", {"period": "year"})]
    for step in _steps(asked):
        width = _YEARS.get(step)
        if width is None:
            continue
        steps.append(Step("dates", {"period": step}))
        first = pc.multiply(pc.divide(years, width), width)
        last = pc.cast(pc.add(first, width - 1), pa.string())
        coarser.append(pc.binary_join_element_wise(pc.cast(first, pa.string()), last, "–"))
    return to_nothing(hierarchy_of(asked.name, [domain, *coarser], steps=steps))


def _steps(asked: _Asked) -> tuple[str, ...]:
    """The owner's periods, or our own where the owner said nothing."""
    if asked.said is not None and asked.said.kind is HierarchyKind.DATES:
        return asked.said.steps
    return _DEFAULT_STEPS


def _present(asked: _Asked) -> Hierarchy:
    return to_nothing(hierarchy_of(asked.name, [pa.array([False, True])]))


_MAKERS: Mapping[str, Callable[[_Asked], Hierarchy]] = {
    "exact": _exact,
    "area": _area,
    "band": _bands,
    "age": _bands,
    "averaged": _averaged,
    "prefix": _prefix,
    "year": _year,
    "month": _within_a_year,
    "quarter": _within_a_year,
    "present": _present,
}
