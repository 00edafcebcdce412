"""What else was delivered: tables that the question itself does not use, as figures beside it.

A table that nobody uses should not have been asked for. Persons that the delivery counted go on
cell by cell, and what it withheld stays withheld. Amounts over a period, such as casualties per
year, are added up per area; anything else is counted in rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from grondslag.analysis.counting import Material, Tally, material_of, texts
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.places import Places, level_in, places_of
from grondslag.analysis.question import AreaQuestion, granularity_of, unit_of
from grondslag.analysis.result import ContextTable
from grondslag.contracts import Column, Contract, LogicalType, PeriodBasis
from grondslag.plan import DataNeed, Plan
from grondslag.release import Cell, Figure, Scope
from grondslag.vocabulary import OutputStep

_OVER_A_PERIOD = (
    PeriodBasis.DAY,
    PeriodBasis.MONTH,
    PeriodBasis.QUARTER,
    PeriodBasis.CALENDAR_YEAR,
    PeriodBasis.SCHOOL_YEAR,
)
"""Amounts over a period may be added up; a state on a day, such as residents, may not."""

_BETWEEN = " · "
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Context:
    """A table beside the question.

    Args:
        figure: For the gate.
        table: What it is about; holds no count.
    """

    figure: Figure
    table: ContextTable


def main_datasets(plan: Plan) -> tuple[str, ...]:
    """The datasets that the question itself uses, linked ones too."""
    ask = plan.analysis
    if ask is None:
        return ()
    named = (ask.residents, ask.traffic, ask.map, ask.speeds)
    sides = [one.dataset for one in named if one is not None]
    linked = [link.right for link in plan.links if link.left in (ask.dataset, *sides)]
    return tuple(dict.fromkeys((ask.dataset, *sides, *linked)))


def context_of(delivered: DeliveredData, question: AreaQuestion) -> tuple[Context, ...]:
    """Every delivered table that the question does not use, as tables beside it.

    Args:
        delivered: The delivery.
        question: The question, for its period and its areas.
    """
    plan = delivered.plan
    apart = {*main_datasets(plan), *(link.right for link in plan.links)}
    found: list[Context] = []
    for need in plan.data:
        contract = delivered.contracts.get(need.dataset)
        if need.dataset not in apart and contract is not None:
            side = _Side(delivered.table(need.dataset), need, contract, question)
            found += side.counted() if need.output is OutputStep.AGGREGATE else side.added()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Side:
    """A table beside the question, with what was asked of it."""

    table: pa.Table
    need: DataNeed
    contract: Contract
    question: AreaQuestion

    def counted(self) -> Iterator[Context]:
        """The cells of an aggregate, as they were delivered; none is added to another."""
        material = material_of(self.table, self.contract, self.need)
        names = [column.name for column in self.need.columns]
        area, level = self._area()
        groups = [name for name in names if name != area]
        keys = [texts(material.table, area)] if area else []
        if groups:
            keys.append(_joined([texts(material.table, name) for name in groups]))
        found = material.per(keys)
        order = self._order(groups, [key[-1] for key in found] if groups else [])
        codes = self._codes(level, [key[0] for key in found] if area else [])
        complete = {key: found.get(key, Tally(0)) for key in _product(codes, order)}
        dimensions = (("area",) if area else ()) + ((f"by {' '.join(groups)}",) if groups else ())
        aged = len(groups) == 1 and self._form(groups[0]) == "age"
        unit = unit_of(granularity_of(self.contract), material, self.need)
        yield self._context(
            f"context-{self.need.dataset}",
            dimensions,
            complete,
            table={
                "kind": "ages" if aged else "groups",
                "level": level,
                "groups": order,
                "period": self._asked_period(),
            },
            population=unit,
            unit="persons" if self.need.count == "persons" else "rows",
        )

    def added(self) -> Iterator[Context]:
        """Amounts over a period added up per area; without such a column the rows themselves."""
        material, period = self._in_period()
        area, level = self._area()
        places, level = self._places(area, level)
        keys = [_lifted(material, places, level)] if places else []
        codes = self._codes(level, [key for key in keys[0] if key] if keys else [])
        amounts = [column for column in self._exact() if column.period_basis in _OVER_A_PERIOD]
        for column in amounts:
            # An amount is withheld where the source left one of its parts empty.
            parts = Material(material.table, column.name, "")
            found = parts.per(keys)
            yield self._context(
                f"context-{self.need.dataset}-{column.name}",
                ("area",) if keys else (),
                {key: found.get(key, Tally(0)) for key in _product(codes, ())},
                table={
                    "kind": "amounts",
                    "level": level,
                    "counted": column.unit or column.title,
                    "period": period,
                },
                population=column.name,
            )
        if not amounts:
            found = material.per(keys)
            yield self._context(
                f"context-{self.need.dataset}",
                ("area",) if keys else (),
                {key: found.get(key, Tally(0)) for key in _product(codes, ())},
                table={"kind": "groups", "level": level, "period": period},
                population=unit_of(granularity_of(self.contract), material, self.need),
            )

    def _context(
        self,
        name: str,
        dimensions: tuple[str, ...],
        tallies: Mapping[tuple[str, ...], Tally],
        *,
        table: Mapping[str, object],
        population: str,
        unit: str = "rows",
    ) -> Context:
        values: dict[str, object] = {
            "figure": name,
            "dataset": self.need.dataset,
            "title": self.contract.title,
            "domain": self.contract.privacy.domain.value,
            "persons": unit == "persons",
            "limits": _limits(self.contract),
            "left_out": self._leaves_people_out(),
        }
        described = ContextTable.from_mapping({**values, **table})
        figure = Figure(
            id=name,
            title_code="analysis.title-context",
            dataset=self.need.dataset,
            population=population,
            scope=Scope(described.period, "", self._where()),
            dimensions=dimensions,
            cells=tuple(
                Cell(key, tally.count, contributors=tally.contributors)
                for key, tally in tallies.items()
            ),
            unit=unit,
            minimum=self.contract.privacy.minimum_group,
            area_parents=self._parents(),
        )
        return Context(figure, described)

    def _area(self) -> tuple[str, str]:
        """The first column with areas, and their level; empty when there is none."""
        areas = self.contract.privacy.areas
        for column in self.need.columns:
            level = level_in(self.contract, self.need, column.name)
            if areas is not None and level in areas.levels:
                return column.name, level
        return "", ""

    def _places(self, area: str, level: str) -> tuple[Places | None, str]:
        """The areas, and the level to add up to: that of the question when it is known."""
        if not area:
            return None, ""
        places = places_of(self.contract, self.need, area)
        coarsest = self.question.coarsest
        return places, coarsest if coarsest in places.levels else level

    def _codes(self, level: str, found: Sequence[str]) -> tuple[str, ...]:
        """All areas of a level: one without any row is shown no other than a small one."""
        areas = self.contract.privacy.areas
        known = areas.codes(level) if areas is not None and level in areas.levels else ()
        return tuple(known) or tuple(sorted(set(found)))

    def _order(self, groups: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
        """Groups in the order of the contract; ages from young to old."""
        privacy = self.contract.column(groups[0]).privacy if len(groups) == 1 else None
        listed = [str(value) for value in privacy.values] if privacy else []
        others = sorted(set(found) - set(listed), key=_by_number)
        return (*listed, *others)

    def _exact(self) -> Iterator[Column]:
        """Whole numbers that were delivered as they are."""
        for wanted in self.need.columns:
            column = self.contract.column(wanted.name)
            if wanted.form.name == "exact" and column.type is LogicalType.INTEGER:
                yield column

    def _form(self, name: str) -> str:
        wanted = self.need.wants(name)
        return wanted.form.name if wanted else ""

    def _asked_period(self) -> tuple[str, str] | None:
        period = self.need.period
        return (period.start.isoformat(), period.end.isoformat()) if period else None

    def _in_period(self) -> tuple[Material, tuple[str, str] | None]:
        """The rows of the years that the question is about, and their period."""
        material = material_of(self.table, self.contract, self.need)
        kept = self.contract.retention
        years = kept.column if kept and kept.column in material.table.column_names else ""
        period = self.question.scope.period
        if not years or period is None:
            return material, self._asked_period()
        first, last = period[0][:4], period[1][:4]
        within = [
            bool(year and _YEAR.match(year)) and first <= str(year)[:4] <= last
            for year in texts(material.table, years)
        ]
        return material.with_table(material.table.filter(pa.array(within, pa.bool_()))), period

    def _where(self) -> dict[str, str]:
        codes = self.need.area.codes if self.need.area else ()
        return {"areas": ",".join(sorted(codes))} if codes else {}

    def _parents(self) -> dict[str, str]:
        areas = self.contract.privacy.areas
        return {a.code: a.within for a in areas.areas.values() if a.within} if areas else {}

    def _leaves_people_out(self) -> bool:
        """Whether people who objected, or whose data are secret, are not in it."""
        privacy = self.contract.privacy
        return privacy.objections is not None or privacy.secrecy_mark is not None


def _product(codes: Sequence[str], groups: Sequence[str]) -> list[tuple[str, ...]]:
    if codes and groups:
        return [(code, group) for code in codes for group in groups]
    return [(one,) for one in codes or groups] or [()]


def _joined(columns: Sequence[list[str | None]]) -> list[str | None]:
    """Several columns as one; an empty value is a group too."""
    rows = zip(*columns, strict=True)
    return [_BETWEEN.join("" if value is None else value for value in row) for row in rows]


def _lifted(material: Material, places: Places, level: str) -> list[str | None]:
    column, _ = places.source(level)
    return [places.lift(code, level) for code in texts(material.table, column)]


def _by_number(group: str) -> tuple[int, str]:
    """``0-11`` before ``12-17`` before ``65+``; texts by themselves."""
    start = re.match(r"<?(\d+)", group)
    return (int(start[1]) - group.startswith("<"), group) if start else (-1, group)


def _limits(contract: Contract) -> str:
    """What the owner says the data cannot tell; empty when nothing."""
    content = contract.document.content
    said = content.get("description") if isinstance(content, Mapping) else None
    return str(said.get("limitations") or "").strip() if isinstance(said, Mapping) else ""
