"""Findings about the data as tables: what is a count must pass the gate, also when it is dirt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow.compute as pc

from grondslag.analysis.counting import Material, Tally, area_keys, per_area, texts
from grondslag.analysis.places import Places
from grondslag.analysis.protecting import is_shown
from grondslag.analysis.quality import Identical, merged_until_shown, severities_per_area
from grondslag.analysis.question import AreaQuestion
from grondslag.contracts import Contract
from grondslag.release import Cell, Figure, Scope


class AboutAreas(Protocol):
    """A question with an answer per area."""

    @property
    def contract(self) -> Contract:
        """Of the dataset that is counted."""

    @property
    def unit(self) -> str:
        """What one row is."""

    @property
    def scope(self) -> Scope:
        """Which rows."""

    @property
    def minimum(self) -> int:
        """Smallest group that will be shown."""

    @property
    def places(self) -> Places:
        """The areas."""


def figure(
    question: AboutAreas,
    name: str,
    dimensions: tuple[str, ...],
    cells: tuple[Cell, ...],
    *,
    where: Mapping[str, str] | None = None,
    **settings: Any,
) -> Figure:
    """A table of the rows of the question, or of a part of them.

    Args:
        question: Gives dataset, rows, unit and smallest group.
        name: Id of the table.
        dimensions: Of its cells.
        cells: All of them.
        where: Which part of the rows; all when left out.
        settings: Other arguments of `Figure`.
    """
    scope = question.scope
    values: dict[str, Any] = {
        "id": name,
        "title_code": "analysis.title",
        "dataset": question.contract.name,
        "population": question.unit,
        "scope": Scope(scope.period, scope.area, {**scope.where, **(where or {})}),
        "dimensions": dimensions,
        "cells": cells,
        "unit": "persons" if question.unit == "person" else "rows",
        "minimum": question.minimum,
        "area_parents": question.places.parents,
    }
    return Figure(**(values | settings))


@dataclass(frozen=True, slots=True)
class Severities:
    """Severities as tables.

    Args:
        figures: Over the city, and for each severity that no area has enough of, per area.
        merged: Per severity shown the values it holds.
        rare: Those severities, with the id of their table.
    """

    figures: tuple[Figure, ...] = ()
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rare: Mapping[str, str] = field(default_factory=dict)


def severity_tables(question: AreaQuestion) -> Severities:
    """How serious it was: over the city, never per area beside the counts per area.

    A severity that no area has enough of gets a table in which every cell is withheld: so that the
    report can say that none is shown, and the ledger knows it.
    """
    column = question.ask.severity
    if not column:
        return Severities()
    table = question.material.table
    values = texts(table, column)
    everywhere = {key: tally for (key,), tally in question.material.per([values]).items()}
    merged = merged_until_shown(everywhere, question.minimum)
    figures = []
    if merged:
        cells = tuple(_together(key, held, everywhere) for key, held in merged.items())
        whole = table[column].null_count == 0
        figures.append(figure(question, "severity", ("severity",), cells, covers=whole))
    areas = area_keys(table, question.places, question.coarsest)
    codes = list(per_area(question.material, question.places, question.coarsest))
    rare: dict[str, str] = {}
    for value, tallies in sorted(severities_per_area(question.material, column, areas).items()):
        if any(is_shown(tally, question.minimum) for tally in tallies.values()):
            continue
        rare[value] = f"severity-rare-{len(rare) + 1}"
        cells = tuple(_cell(code, tallies.get(code, Tally(0))) for code in codes)
        where = {"severity": value}
        figures.append(figure(question, rare[value], ("area",), cells, where=where))
    return Severities(tuple(figures), merged, rare)


def _together(key: str, values: tuple[str, ...], tallies: Mapping[str, Tally]) -> Cell:
    """Several severities as one; at least as many persons stand behind it as behind the largest."""
    persons = [tallies[value].contributors for value in values]
    known = [number for number in persons if number is not None]
    count = sum(tallies[value].count or 0 for value in values)
    return Cell((key,), count, contributors=max(known) if known else None)


def _cell(key: str, tally: Tally, **derived: float) -> Cell:
    return Cell((key,), tally.count, derived, contributors=tally.contributors)


def repeat_tables(question: AreaQuestion, identical: Identical | None) -> list[Figure]:
    """The rows apart from those that repeat an earlier one."""
    if identical is None:
        return []
    cells = (
        _cell("distinct", identical.distinct.total()),
        _cell("repeated", identical.repeated.total()),
    )
    return [figure(question, "identical", ("rows",), cells)]


def gap_tables(question: AreaQuestion) -> list[Figure]:
    """Per column with gaps: how many rows hold nothing, and how many have no known area."""
    if question.material.is_aggregate:
        return []
    material = question.material
    names = [name for name in material.table.column_names if name in question.contract.column_names]
    figures = []
    for name in names:
        empty, filled = _split(material, name)
        if is_shown(empty, question.minimum):
            share = (empty.count or 0) / max(1, material.table.num_rows)
            cells = (_cell("empty", empty, share=round(share, 4)), _cell("filled", filled))
            said = {"title": question.contract.column(name).title}
            figures.append(figure(question, f"gaps-{name}", (f"gap {name}",), cells, fields=said))
    without = question.without_area.total()
    if is_shown(without, question.minimum):
        # These rows are in no other table: a population of their own.
        population = f"{question.unit} without area"
        lost = (Cell((), without.count, contributors=without.contributors),)
        figures.append(figure(question, "without-area", (), lost, population=population))
    return figures


def _split(material: Material, name: str) -> tuple[Tally, Tally]:
    """The rows that hold nothing in a column, and those that hold something."""
    filled = pc.is_valid(material.table[name])
    empty = material.table.filter(pc.invert(filled))
    return (
        material.with_table(empty).total(),
        material.with_table(material.table.filter(filled)).total(),
    )
