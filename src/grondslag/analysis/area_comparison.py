"""Does more go wrong here than elsewhere? Registered events per area against the rest of the city.

The finest level at which the areas that were asked about may be shown is looked for; the coarsest
level is always there. What is set against what, and what the data cannot say, is part of the
result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grondslag.analysis.alike import compared_alike
from grondslag.analysis.choices import exposure_at, word_of
from grondslag.analysis.claims import claims_of
from grondslag.analysis.comparing import Comparison, compared, counted_cells
from grondslag.analysis.computed_by import VERSION, computed_by
from grondslag.analysis.context import Context, context_of, main_datasets
from grondslag.analysis.counting import Tally, area_keys, per_area
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.findings import figure, gap_tables, repeat_tables, severity_tables
from grondslag.analysis.guarding import area_comparison_notes
from grondslag.analysis.notes import unknowns_of, warnings_of
from grondslag.analysis.protecting import Gathering, is_shown
from grondslag.analysis.quality import Identical, identical_rows
from grondslag.analysis.question import AreaQuestion, geometry_of, question_of
from grondslag.analysis.result import AnalysisResult, Facts
from grondslag.plan import Plan
from grondslag.release import Cell, Figure, Profile, profile_on

PER = {"residents": 1000.0, "traffic": 1_000_000.0}
"""Rates are per thousand residents, and per million vehicle-kilometres."""


def area_comparison(delivered: DeliveredData, *, profile: Profile | None = None) -> AnalysisResult:
    """Compare areas with the rest of the city.

    Args:
        delivered: An opened delivery whose plan puts the question ``area_comparison``.
        profile: For which audience the answer is meant: it decides what is fine enough to show.
            Left out: the open profile as it held on the day of the plan.

    Raises:
        InputError: The plan puts no such question, or does not ask for a column that it needs.
    """
    audience = profile or profile_on("open", delivered.plan.dated)
    question = question_of(delivered, minimum=audience.minimum)
    gathered, tables = _levels(question)
    identical = identical_rows(question.material, question.contract, question.need)
    finest = tables[-1]
    severities = severity_tables(question)
    claims = claims_of(delivered, question)
    beside = context_of(delivered, question)
    gathered = gathered.with_each(
        [
            *repeat_tables(question, identical),
            *severities.figures,
            *gap_tables(question),
            *claims.figures,
            *(one.figure for one in beside),
        ]
    )
    map_level, shapes = geometry_of(delivered)
    shown = {table.id for table in gathered.figures}
    answer = _answering(tables, shown)
    primary = exposure_at(answer.level, shown) if answer else ""
    said = area_comparison_notes(
        delivered,
        datasets=main_datasets(delivered.plan),
        period=question.scope.period,
        figures=gathered.figures,
        compared=f"{answer.level}-{primary}" if answer else "",
    )
    codes = {code for table in tables for code in table.tallies}
    codes |= {*shapes, *question.ask.focus, *_areas_in(beside)}
    facts = Facts(
        dataset=question.contract.name,
        unit=question.unit,
        granularity=question.granularity,
        period=question.scope.period,
        levels=tuple(table.level for table in tables),
        delivered_level=question.places.levels[0],
        focus=finest.focus,
        asked=question.ask.focus,
        names={code: question.places.name(code) for code in sorted(codes)},
        answer_level=answer.level if answer else "",
        answer_areas=answer.focus if answer else (),
        primary=primary,
        exposures=tuple(one.kind for one in question.denominators),
        dispersion={
            f"{table.level}-{kind}": found.dispersion
            for table in tables
            for kind, found in table.comparisons.items()
            if found.dispersion is not None and f"{table.level}-{kind}" in shown
        },
        changed=_changed(question, identical, answer, shown),
        severities=tuple(key for key, name in severities.rare.items() if name in shown),
        severity_said=_severity_said(question),
        merged=severities.merged,
        geometry=shapes,
        map_level=map_level,
        warnings=(*warnings_of(question, identical, shown), *said),
        unknowns=unknowns_of(question, answer.level if answer else finest.level, shown),
        methods=computed_by(gathered.figures),
        version=VERSION,
        parts=claims.parts,
        tables=_used(delivered.plan, beside),
        context=tuple(one.table for one in beside),
    )
    return AnalysisResult(gathered.figures, facts)


@dataclass(frozen=True, slots=True)
class _Level:
    """The counts of one level, as they may be shown."""

    level: str
    tallies: Mapping[str, Tally]
    focus: tuple[str, ...]
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)


def _levels(question: AreaQuestion) -> tuple[Gathering, list[_Level]]:
    """The coarsest level, and the finest at which the areas asked about may be shown."""
    start = Gathering((), question.minimum)
    coarsest = _level(question, question.coarsest)
    gathered = _add_level(question, start, coarsest)
    tables = [coarsest]
    for level in question.places.levels[:-1]:
        finer = _level(question, level)
        held = all(is_shown(finer.tallies[code], question.minimum) for code in finer.focus)
        if not finer.focus:
            held = all(is_shown(tally, question.minimum) for tally in finer.tallies.values())
        if not held or not _asked_at(question, level):
            continue
        more = _add_finer(question, gathered, finer)
        if more:
            return more, [coarsest, finer]
    return gathered, tables


def _asked_at(question: AreaQuestion, level: str) -> bool:
    """Whether the areas asked about are at this level or finer: else it cannot be about them."""
    order = question.places.levels
    asked = [question.places.level_of(code) for code in question.ask.focus]
    return all(one not in order or order.index(one) <= order.index(level) for one in asked)


def _level(question: AreaQuestion, level: str) -> _Level:
    tallies = per_area(question.material, question.places, level)
    lifted = [question.places.lift(code, level) for code in question.ask.focus]
    focus = tuple(dict.fromkeys(code for code in lifted if code in tallies and code is not None))
    return _Level(level, tallies, focus, _comparisons(question, level, tallies, focus))


def _comparisons(
    question: AreaQuestion, level: str, tallies: Mapping[str, Tally], focus: Sequence[str]
) -> dict[str, Comparison]:
    found = {
        one.kind: compared(
            tallies,
            one.per_area(question.places, level),
            per=PER[one.kind],
            minimum=question.minimum,
            focus=focus,
        )
        for one in question.denominators
        if len(one.per_area(question.places, level)) > 1
    }
    alike = _alike(question, level, tallies, focus)
    return found | {"alike": alike} if alike else found


def _alike(
    question: AreaQuestion, level: str, tallies: Mapping[str, Tally], focus: Sequence[str]
) -> Comparison | None:
    traffic = next((one for one in question.denominators if one.kind == "traffic"), None)
    if traffic is None or question.length is None or not question.years:
        return None
    found = compared_alike(
        tallies,
        traffic=traffic.per_area(question.places, level),
        length=question.length.per_area(question.places, level),
        years=question.years,
        minimum=question.minimum,
        focus=focus,
    )
    return found.at(level) if found else None


def _add_level(question: AreaQuestion, gathered: Gathering, level: _Level) -> Gathering:
    """The city, the counts and the comparisons of the coarsest level; less when that is unsafe."""
    total = question.material.total()
    city = figure(question, "city", (), (Cell((), total.count, contributors=total.contributors),))

    def everything(shown: Mapping[str, Tally]) -> list[Figure]:
        return [city, *_tables(question, level, shown)]

    def counts_only(shown: Mapping[str, Tally]) -> list[Figure]:
        return [_counts(question, level.level, shown)]

    for build in (everything, counts_only):
        found = gathered.with_level(level.tallies, build, keep=level.focus)
        if found:
            return found
    return gathered


def _add_finer(question: AreaQuestion, gathered: Gathering, level: _Level) -> Gathering | None:
    """A finer level: with comparisons, without, or of the areas asked about alone."""

    def everything(shown: Mapping[str, Tally]) -> list[Figure]:
        return list(_tables(question, level, shown))

    def counts_only(shown: Mapping[str, Tally]) -> list[Figure]:
        return [_counts(question, level.level, shown)]

    def asked_only(shown: Mapping[str, Tally]) -> list[Figure]:
        return [_only(table, level.focus) for table in _tables(question, level, shown)]

    builds = (everything, asked_only, counts_only) if level.focus else (everything, counts_only)
    for build in builds:
        found = gathered.with_level(level.tallies, build, keep=level.focus)
        if found:
            return found
    return None


def _tables(question: AreaQuestion, level: _Level, shown: Mapping[str, Tally]) -> Sequence[Figure]:
    """Counts, and a comparison per exposure; what is kept back is kept back in all of them."""
    tables = [_counts(question, level.level, shown)]
    for kind, found in level.comparisons.items():
        cells = tuple(
            Cell(cell.keys, None, {}, cell.exposure) if shown[cell.keys[0]].count is None else cell
            for cell in found.cells
        )
        partial = len(cells) < len(shown)
        where = {"exposure": kind} if partial else {}
        covers = not partial and _is_whole(question, level.level)
        tables.append(
            figure(question, f"{level.level}-{kind}", ("area",), cells, where=where,
                    covers=covers or partial, total=found.total, model=found.model)
        )  # fmt: skip
    return tables


def _counts(question: AreaQuestion, level: str, shown: Mapping[str, Tally]) -> Figure:
    whole = _is_whole(question, level)
    return figure(question, level, ("area",), counted_cells(shown), covers=whole)


def _is_whole(question: AreaQuestion, level: str) -> bool:
    """Whether every row has an area at this level."""
    keys = area_keys(question.material.table, question.places, level)
    return all(key is not None for key in keys)


def _only(table: Figure, focus: Sequence[str]) -> Figure:
    """The table with only the areas asked about."""
    values = table.to_mapping()
    values["cells"] = [cell for cell in values["cells"] if cell["keys"][0] in focus]
    values["covers"] = False
    return Figure.from_mapping(values)


def _used(plan: Plan, beside: Sequence[Context]) -> tuple[str, ...]:
    """Every delivered table that was used, in the order of the plan."""
    used = {*main_datasets(plan), *(one.figure.dataset for one in beside)}
    used |= {link.right for link in plan.links if link.left in used}
    return tuple(need.dataset for need in plan.data if need.dataset in used)


def _areas_in(beside: Sequence[Context]) -> set[str]:
    """The areas of tables beside the question: they have names too."""
    tables = [one.figure for one in beside if "area" in one.figure.dimensions]
    return {cell.keys[0] for table in tables for cell in table.cells}


def _severity_said(question: AreaQuestion) -> str:
    """What the contract says the severities are."""
    name = question.ask.severity
    return question.contract.column(name).definition if name else ""


def _answering(tables: Sequence[_Level], shown: set[str]) -> _Level | None:
    """The finest level with a comparison."""
    return next((one for one in reversed(tables) if exposure_at(one.level, shown)), None)


def _changed(
    question: AreaQuestion, identical: Identical | None, level: _Level | None, shown: set[str]
) -> tuple[str, ...] | None:
    """Areas whose conclusion is another without identical rows; never by how much."""
    if identical is None or level is None:
        return None
    primary = exposure_at(level.level, shown)
    tallies = per_area(identical.distinct, question.places, level.level)
    other = _comparisons(question, level.level, tallies, level.focus).get(primary)
    if other is None:
        return None
    before = {cell.keys[0]: cell for cell in level.comparisons[primary].cells}
    return tuple(
        cell.keys[0]
        for cell in other.cells
        if is_shown(Tally(before[cell.keys[0]].count), question.minimum)
        and word_of(cell.derived) is not word_of(before[cell.keys[0]].derived)
    )
