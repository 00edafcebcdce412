"""Is it worse here than elsewhere, for people who are alike? Areas compared fairly.

Counts per area are set against what the groups that live there have in the whole town. The same is
done at every level that may be shown, so that a reader sees whether the conclusion hangs on where
the borders lie. What may be shown is looked for first; every other number is computed from that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from grondslag.analysis.breaks import breaks_in
from grondslag.analysis.comparing import counted_cells, interval
from grondslag.analysis.computed_by import VERSION, computed_by
from grondslag.analysis.counting import Tally
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.fair_question import FairQuestion, fair_question
from grondslag.analysis.findings import figure
from grondslag.analysis.guarding import (
    comparisons_in,
    plan_texts,
    population_of,
    visited_areas,
)
from grondslag.analysis.guards import Situation, notes_or_refusal
from grondslag.analysis.question import geometry_of
from grondslag.analysis.result import AnalysisResult, Facts, Note
from grondslag.analysis.standard import Group, expectations
from grondslag.analysis.standing import Standing, standings
from grondslag.analysis.surveys import Surveyed, answers_in, surveyed
from grondslag.release import Cell, Figure, Profile, Scope, profile_on, would_show

PART = "fair"
"""The part of the facts, and the kind of the figures, of this question."""
SURVEY = "survey"
"""The figure with what residents answered."""
PLAIN = "plain"
"""The kind of the figures in which everybody is one group."""


def neighbourhoods(delivered: DeliveredData, *, profile: Profile | None = None) -> AnalysisResult:
    """Compare areas fairly.

    Args:
        delivered: An opened delivery whose plan puts the question ``neighbourhoods``.
        profile: For which audience the answer is meant. Left out: the open profile as it held on
            the day of the plan.

    Raises:
        InputError: The plan puts no such question, or does not ask for a column that it needs.
    """
    audience = profile or profile_on("open", delivered.plan.dated)
    question = fair_question(delivered, minimum=audience.minimum)
    figures = _whole_town(question)
    levels: list[_Level] = []
    for level in reversed(question.places.levels):
        figures, one = _with_level(question, figures, level)
        levels += [one] if one else []
    figures = _added(figures, _years(question), question)
    found = _survey(question, delivered)
    figures = _added(figures, _survey_tables(question, found), question)
    map_level, shapes = geometry_of(delivered)
    shown = {figure.id for figure in figures}
    finest = _answering(levels, shown)
    codes = {code for one in levels for code in question.places.codes(one.level) or one.tallies}
    codes |= {*shapes, *question.ask.focus}
    facts = Facts(
        dataset=question.contract.name,
        unit=question.unit,
        granularity=question.granularity,
        period=question.scope.period,
        delivered_level=question.places.levels[0],
        focus=finest.focus if finest else (),
        asked=question.ask.focus,
        answer_level=finest.level if finest else "",
        answer_areas=finest.focus if finest else (),
        names={code: question.places.name(code) for code in sorted(codes)},
        primary=PART if finest else "",
        exposures=(PART,),
        geometry=shapes,
        map_level=map_level,
        warnings=_warnings(question, delivered, figures, finest),
        unknowns=_unknowns(question),
        methods=computed_by(figures),
        version=VERSION,
        tables=question.tables,
        question="neighbourhoods",
        parts={PART: _part(question, levels, shown, found)},
    )
    return AnalysisResult(figures, facts)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level: what was counted, and how it stands, with and without the groups."""

    level: str
    tallies: Mapping[str, Tally]
    focus: tuple[str, ...]
    standing: Mapping[str, Standing] = field(default_factory=dict)


def _answering(levels: Sequence[_Level], shown: set[str]) -> _Level | None:
    """The finest level with a comparison of the areas asked about; else the finest with one."""
    compared = [one for one in reversed(levels) if f"{one.level}-{PART}" in shown]
    for one in compared:
        known = {cell.keys[0] for cell in one.standing[PART].cells if "ratio" in cell.derived}
        if set(one.focus) <= known:
            return one
    return compared[0] if compared else None


def _whole_town(question: FairQuestion) -> tuple[Figure, ...]:
    """The count of the whole town, and of every group in it when all may be shown."""
    total = question.total_count
    city = figure(question, "city", (), (Cell((), total, interval(total)),))
    figures = _added((), [city], question)
    if not question.is_made_equal:
        return figures
    cells = tuple(
        Cell(group, tally.count, interval(tally.count), question.group_sizes.get(group, 0.0))
        for group, tally in question.per_group.items()
    )
    return _added(figures, [figure(question, "groups", question.groups, cells)], question)


def _years(question: FairQuestion) -> list[Figure]:
    """The count of the whole town per year, when more than one year was delivered."""
    years = question.years
    if years is None or len(years.per_year) == 1:
        return []
    cells = tuple(
        Cell((str(year),), tally.count, interval(tally.count), contributors=tally.contributors)
        for year, tally in years.per_year.items()
    )
    scope = replace(question.scope, period=years.whole_period)
    return [figure(question, "years", ("period",), cells, scope=scope)]


def _survey(question: FairQuestion, delivered: DeliveredData) -> Surveyed | None:
    """What residents answered per area; None when the plan names no survey."""
    asked = question.survey
    if asked is None:
        return None
    answers = answers_in(delivered.table(asked.dataset), asked, minimum=question.minimum)
    level = question.survey_level
    lifted = {question.places.lift(code, level) for code in question.ask.focus}
    return surveyed(answers, focus={code for code in lifted if code is not None})


def _survey_tables(question: FairQuestion, found: Surveyed | None) -> list[Figure]:
    """The answers as a table, of the areas that may be shown."""
    asked = question.survey
    if asked is None or found is None or not found.cells:
        return []
    scope = Scope(None, "", {"survey": asked.dataset})
    total = sum(cell.count or 0 for cell in found.cells)
    return [
        figure(question, SURVEY, ("area",), found.cells, dataset=asked.dataset,
                population="respondent", unit="persons", scope=scope, total=total)
    ]  # fmt: skip


def _added(
    figures: tuple[Figure, ...], more: Sequence[Figure], question: FairQuestion
) -> tuple[Figure, ...]:
    """These and more when all together may be shown; else these."""
    together = (*figures, *more)
    shown = would_show(together, minimum=question.minimum)
    return figures if shown is None else together


def _with_level(
    question: FairQuestion, figures: tuple[Figure, ...], level: str
) -> tuple[tuple[Figure, ...], _Level | None]:
    """The tables of one level as far as they are safe, and how its areas then stand."""
    tallies = question.counted(level)
    lifted = [question.places.lift(code, level) for code in question.ask.focus]
    focus = tuple(dict.fromkeys(code for code in lifted if code is not None and code in tallies))
    counts = figure(
        question, level, ("area",), counted_cells(tallies), covers=question.is_everything(level)
    )
    shown = would_show((*figures, counts), minimum=question.minimum)
    if shown is None:
        return figures, None
    visible = {cell.keys[0]: cell.count for cell in shown[-1].cells if cell.count is not None}
    standing = _standing(question, level, visible, focus)
    compared = _compared(question, level, tallies, standing)
    found = _added((*figures, counts), compared, question)
    return found, _Level(level, tallies, focus, standing)


def _standing(
    question: FairQuestion, level: str, shown: Mapping[str, int], focus: Sequence[str]
) -> dict[str, Standing]:
    """How visible areas stand: by their groups, and as if everybody were one group."""
    sizes = question.sizes(level)
    visible = {code: count for code, count in shown.items() if code in sizes}
    exposures = {code: sum(sizes[code].values()) for code in visible}
    found = {}
    for kind, counts, whole in question.rates():
        own: Mapping[str, Mapping[Group, float]] = sizes
        if kind == PLAIN:
            own = {code: {(): sum(groups.values())} for code, groups in sizes.items()}
        expected = expectations({code: own[code] for code in visible}, counts, whole)
        found[kind] = standings(visible, expected, exposures, focus=focus)
    return found


def _compared(
    question: FairQuestion,
    level: str,
    tallies: Mapping[str, Tally],
    made: Mapping[str, Standing],
) -> list[Figure]:
    """One table per kind; an area that is not shown has its place in it, without a number."""
    tables = []
    sizes = question.sizes(level)
    covers = question.is_everything(level) and all(code in sizes for code in tallies)
    total = question.total(level)
    for kind, standing in made.items():
        if not standing.tested or total is None:
            continue
        stood = {cell.keys[0]: cell.derived for cell in standing.cells}
        cells = tuple(
            Cell((code,), tally.count, stood.get(code, {}), sum(sizes[code].values()),
                 tally.contributors)
            for code, tally in tallies.items()
            if code in sizes
        )  # fmt: skip
        where = {} if covers else {"known": level}
        tables.append(
            figure(question, f"{level}-{kind}", ("area",), cells,
                    where=where, covers=covers, total=total)
        )  # fmt: skip
    return tables


def _part(
    question: FairQuestion, levels: Sequence[_Level], shown: set[str], answers: Surveyed | None
) -> dict[str, Any]:
    """What only this question knows; no count."""
    standing = {
        f"{one.level}-{kind}": found
        for one in levels
        for kind, found in one.standing.items()
        if f"{one.level}-{kind}" in shown
    }
    return {
        "counted": question.counted_as,
        "base": question.base_as,
        "groups": list(question.group_titles),
        "levels": [one.level for one in levels],
        "focus": {one.level: list(one.focus) for one in levels},
        "tested": {name: found.tested for name, found in standing.items()},
        "spread": {name: found.spread for name, found in standing.items()},
        "between": {name: found.between for name, found in standing.items()},
        "left_out": {one.level: found for one in levels if (found := _left_out(question, one))},
        "missing": sorted(question.population.missing),
        "imputed": sorted(question.population.imputed),
        "years": question.years.count if question.years else 1,
        "stretches": [list(one) for one in question.years.stretches] if question.years else [],
        "used": list(question.years.used) if question.years else [],
        "is_stock": bool(question.years and question.years.is_stock),
        "changes": [asdict(one) for one in question.years.changes] if question.years else [],
        "survey": _survey_part(question, answers) if SURVEY in shown and answers else {},
        "source": question.contract.title,
        "population": question.base_title,
    }


def _survey_part(question: FairQuestion, found: Surveyed) -> dict[str, Any]:
    """What was asked, at which level, and the mean of the town."""
    lifted = [question.places.lift(code, question.survey_level) for code in question.ask.focus]
    return {
        "said": question.survey_said,
        "source": question.survey_title,
        "level": question.survey_level,
        "town": found.town,
        "tested": found.tested,
        "focus": list(dict.fromkeys(code for code in lifted if code is not None)),
    }


def _left_out(question: FairQuestion, level: _Level) -> list[str]:
    """Areas of a level of which only a part of the count is known."""
    return [code for code in question.places.codes(level.level) or () if code not in level.tallies]


def _warnings(
    question: FairQuestion,
    delivered: DeliveredData,
    figures: Sequence[Figure],
    finest: _Level | None,
) -> tuple[Note, ...]:
    """What the guards say; what changed in years that are not compared, is told elsewhere."""
    contracts = [delivered.contracts[name] for name in question.tables]
    return notes_or_refusal(
        Situation(
            question="neighbourhoods",
            texts=plan_texts(delivered.plan),
            exposure=population_of(delivered),
            visited=visited_areas(
                f"{question.granularity} {question.contract.title}",
                [question.places.name(code) for code in finest.focus] if finest else (),
            ),
            breaks=breaks_in(question.scope.period, contracts),
            compared=comparisons_in(figures, f"{finest.level}-{PART}") if finest else 0,
            corrected=True,
        )
    )


def _unknowns(question: FairQuestion) -> tuple[Note, ...]:
    """What the data do not say, the most important first."""
    codes = ["neighbourhoods.unknown-cause", "neighbourhoods.unknown-person"]
    if not question.is_made_equal:
        codes.insert(0, "neighbourhoods.unknown-groups")
    codes.append("neighbourhoods.unknown-registered")
    return tuple(Note(code) for code in codes)
