"""Sentences about the answer, computed from released figures and facts: nothing else is at hand.

A number in a sentence is a number in a released figure. The answer comes first: a few words, then
one sentence in counts with one of the four fixed words of certainty.
"""

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grondslag.analysis.choices import AreaClass, area_class, exposure_at, word_of
from grondslag.analysis.result import Facts, Note
from grondslag.methods import Certainty
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.wording import Word, sentence

_MOST_NAMED = 3
_UNITS = {
    "party": "analysis.unit-party",
    "crash": "analysis.unit-crash",
    "person": "analysis.unit-person",
    "row": "analysis.unit-row",
}
_LEVELS = {
    "straat": "analysis.level-straat",
    "buurt": "analysis.level-buurt",
    "wijk": "analysis.level-wijk",
}
_EXPOSURES = {
    "residents": "analysis.exposure-residents",
    "traffic": "analysis.exposure-traffic",
    "alike": "analysis.exposure-alike",
}
PER = {
    "residents": "analysis.per-residents",
    "traffic": "analysis.per-traffic",
    "alike": "analysis.per-alike",
}
_HEADLINES = {
    AreaClass.ALMOST_CERTAIN: "analysis.headline-almost-certain",
    AreaClass.PROBABLE: "analysis.headline-probable",
    AreaClass.UNCLEAR: "analysis.headline-unclear",
    AreaClass.PROBABLY_NOT: "analysis.headline-probably-not",
    AreaClass.NO_ANSWER: "analysis.headline-no-answer",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence before it is said."""

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything that is said about the answer.

    Args:
        headline: The answer in a few words.
        answer: The answer in counts, with its certainty; then where else it stands out.
        fineness: At which level, and why not finer.
        difference: Why residents and traffic give another answer; empty when they do not.
        city: The city as a whole, with and without identical rows.
        quality: What is odd about the data.
    """

    headline: Statement
    answer: tuple[Statement, ...]
    fineness: tuple[Statement, ...]
    difference: tuple[Statement, ...]
    city: tuple[Statement, ...]
    quality: tuple[Statement, ...]


def say(statement: Statement | Note, *, language: str = "nl") -> str:
    """A statement or note as a sentence."""
    return sentence(statement.code, language=language, **statement.fields)


def statements(facts: Facts, released: Sequence[ReleasedFigure]) -> Statements:
    """Everything that may be said, from what was released.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    figures = {figure.id: figure for figure in released}
    main = figures.get(f"{facts.answer_level}-{facts.primary}") if facts.primary else None
    counts = figures.get(facts.levels[-1])
    return Statements(
        headline=_headline(facts, main),
        answer=(
            *_answers(facts, main, counts),
            *_elsewhere(facts, figures),
        ),
        fineness=_fineness(facts),
        difference=_difference(facts, figures),
        city=_city(facts, figures),
        quality=_quality(facts, figures),
    )


def unit(facts: Facts) -> Word:
    """What was counted, in the plural."""
    return Word(_UNITS[facts.unit])


def level(name: str) -> Word | str:
    """A level of areas in the plural, or its own name when we have no word for it."""
    return Word(_LEVELS[name]) if name in _LEVELS else name


def _headline(facts: Facts, main: ReleasedFigure | None) -> Statement:
    if main is None:
        return Statement("analysis.headline-no-answer")
    if len(facts.answer_areas) == 1:
        cell = main.cell(facts.answer_areas[0])
        klass = AreaClass.NO_ANSWER if cell is None else area_class(cell.derived)
        fields = {"area": facts.name(facts.answer_areas[0]), "per": Word(PER[facts.primary])}
        return Statement(_HEADLINES[klass], fields)
    asked = facts.answer_areas
    cells = [cell for cell in main.cells if not asked or cell.keys[0] in asked]
    sure = [cell for cell in cells if area_class(cell.derived) is AreaClass.ALMOST_CERTAIN]
    fields = {
        "count": len(sure),
        "all": len(cells),
        "level": level(facts.answer_level),
        "per": Word(PER[facts.primary]),
    }
    return Statement("analysis.headline-several" if sure else "analysis.headline-none", fields)


def _answers(
    facts: Facts, main: ReleasedFigure | None, counts: ReleasedFigure | None
) -> list[Statement]:
    if not facts.focus:
        return [_compared(facts, cell) for cell in _outstanding(main)]
    said = []
    if facts.answer_level != facts.levels[-1]:
        said = [_alone(facts, counts, code) for code in facts.focus]
    for code in facts.answer_areas:
        cell = main.cell(code) if main else None
        if cell is not None and "certainty" in cell.derived:
            said.append(_compared(facts, cell))
        elif facts.answer_level == facts.levels[-1]:
            said.append(_alone(facts, counts, code))
    if facts.primary == "alike":
        said.append(Statement("analysis.chance-taken-off"))
    return said


def _alone(facts: Facts, counts: ReleasedFigure | None, code: str) -> Statement:
    """A count with nothing beside it, or that it is not shown."""
    cell = counts.cell(code) if counts else None
    fields = {"area": facts.name(code), "unit": unit(facts)}
    if cell is None or cell.count is None:
        return Statement("analysis.answer-withheld", fields)
    return Statement("analysis.answer-count-only", fields | _counted(cell))


def _outstanding(main: ReleasedFigure | None) -> list[ReleasedCell]:
    """The areas to name when nobody asked about one: the surest, a few at most."""
    cells = [cell for cell in main.cells if "certainty" in cell.derived] if main else []
    cells.sort(key=lambda cell: -cell.derived["certainty"])
    for wanted in (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE):
        found = [cell for cell in cells if area_class(cell.derived) is wanted]
        if found:
            return found[:_MOST_NAMED]
    return cells[:1]


def _counted(cell: ReleasedCell) -> dict[str, Any]:
    return {
        "count": cell.count,
        "low": math.floor(cell.derived.get("low", 0.0)),
        "high": math.ceil(cell.derived.get("high", 0.0)),
    }


def _compared(facts: Facts, cell: ReleasedCell) -> Statement:
    """One sentence in counts: how many, how many were expected, how far it may lie."""
    word = word_of(cell.derived) or Certainty.UNCLEAR
    ratio, low = cell.derived.get("ratio"), cell.derived.get("ratio_low")
    high = cell.derived.get("ratio_high")
    fields: dict[str, Any] = {
        "area": facts.name(cell.keys[0]),
        "unit": unit(facts),
        "count": cell.count,
        "expected": round(cell.derived["expected"]),
        "exposure": Word(_EXPOSURES[facts.primary]),
        "ratio": None if ratio is None else times(ratio),
        "low": None if low is None else times(low),
        "high": None if high is None else times(high),
        "word": Word(word.value),
    }
    unclear = word is Certainty.UNCLEAR
    if high is None:
        return Statement(
            "analysis.answer-open-unclear" if unclear else "analysis.answer-open", fields
        )
    return Statement("analysis.answer-unclear" if unclear else "analysis.answer", fields)


def times(ratio: float) -> float:
    """A ratio as it is said: one decimal, two below one."""
    return round(ratio, 1 if ratio >= 1 else 2)


def _elsewhere(facts: Facts, figures: Mapping[str, ReleasedFigure]) -> list[Statement]:
    """Where else more goes wrong, at the coarsest level, almost certainly."""
    table = figures.get(f"{facts.levels[0]}-{exposure_at(facts.levels[0], figures)}")
    if table is None or not facts.focus:
        return []
    around = areas_around(facts, figures, {cell.keys[0] for cell in table.cells})
    names = [
        facts.name(cell.keys[0])
        for cell in table.cells
        if area_class(cell.derived) is AreaClass.ALMOST_CERTAIN and cell.keys[0] not in around
    ]
    where = level(facts.levels[0])
    if not names:
        return [Statement("analysis.elsewhere-none", {"level": where})]
    return [Statement("analysis.elsewhere", {"names": names, "level": where})]


def _fineness(facts: Facts) -> tuple[Statement, ...]:
    """Which level was chosen, and why not a finer one."""
    finest = level(facts.levels[-1])
    asked = [code for code in facts.asked if code not in facts.focus]
    if asked:
        names = [facts.name(code) for code in asked]
        return (Statement("analysis.level-coarser", {"level": finest, "names": names}),)
    if facts.levels[-1] == facts.delivered_level:
        return (Statement("analysis.level-finest", {"level": finest}),)
    return (Statement("analysis.level-safe", {"level": finest}),)


def _difference(facts: Facts, figures: Mapping[str, ReleasedFigure]) -> tuple[Statement, ...]:
    """Per resident and per vehicle-kilometre beside each other, and why they differ."""
    both = [
        name
        for name in reversed(facts.levels)
        if f"{name}-residents" in figures and f"{name}-traffic" in figures
    ]
    if not both:
        alone = facts.primary == "residents"
        return (Statement("analysis.difference-no-traffic"),) if alone else ()
    heads, traffic = figures[f"{both[0]}-residents"], figures[f"{both[0]}-traffic"]
    asked = areas_around(facts, figures, {cell.keys[0] for cell in heads.cells})
    pairs = [_pair(facts, heads, traffic, code) for code in asked]
    said = [Statement("analysis.difference-both", pair) for pair in pairs if pair]
    for cell in heads.cells:
        code = cell.keys[0]
        other = traffic.cell(code)
        seems = (
            other is not None
            and code not in asked
            and area_class(cell.derived) is AreaClass.ALMOST_CERTAIN
            and area_class(other.derived) in (AreaClass.UNCLEAR, AreaClass.PROBABLY_NOT)
        )
        pair = _pair(facts, heads, traffic, code) if seems else {}
        if pair and other is not None:
            unclear = area_class(other.derived) is AreaClass.UNCLEAR
            seem = "analysis.difference-chance" if unclear else "analysis.difference-seems"
            said.append(Statement(seem, pair))
    return (*said, Statement("analysis.difference-why"))


def areas_around(
    facts: Facts, figures: Mapping[str, ReleasedFigure], codes: Container[str]
) -> list[str]:
    """The areas, out of these, in which the areas asked about lie.

    Args:
        facts: Of the analysis.
        figures: As released, by id: they know which area lies in which.
        codes: The areas of a table.
    """
    parents: dict[str, str] = {}
    for figure in figures.values():
        parents |= figure.area_parents
    found = []
    for start in facts.focus:
        code = start
        while code not in codes and code in parents:
            code = parents[code]
        found.append(code)
    return list(dict.fromkeys(found))


def _pair(
    facts: Facts, heads: ReleasedFigure, traffic: ReleasedFigure, code: str
) -> dict[str, Any]:
    one, other = heads.cell(code), traffic.cell(code)
    if one is None or other is None:
        return {}
    if "ratio" not in one.derived or "ratio" not in other.derived:
        return {}
    return {
        "area": facts.name(code),
        "heads": times(one.derived["ratio"]),
        "traffic": times(other.derived["ratio"]),
    }


def _city(facts: Facts, figures: Mapping[str, ReleasedFigure]) -> tuple[Statement, ...]:
    city = figures.get("city")
    whole = city.cells[0] if city else None
    if whole is None or whole.count is None:
        return ()
    said = [Statement("analysis.city", {"count": whole.count, "unit": unit(facts)})]
    table = figures.get("identical")
    distinct = table.cell("distinct") if table else None
    repeated = table.cell("repeated") if table else None
    if distinct and repeated and repeated.count is not None and distinct.count is not None:
        said.append(
            Statement(
                "analysis.city-without-identical",
                {"repeated": repeated.count, "distinct": distinct.count, "unit": unit(facts)},
            )
        )
        said += _changes(facts)
    if facts.severities:
        fields = {"severities": list(facts.severities), "level": level(facts.levels[0])}
        said.append(Statement("analysis.severities-none", fields))
    return tuple(said)


def _changes(facts: Facts) -> list[Statement]:
    if facts.changed is None:
        return []
    where = level(facts.answer_level)
    if not facts.changed:
        return [Statement("analysis.changed-none", {"level": where})]
    names = [facts.name(code) for code in facts.changed]
    return [Statement("analysis.changed", {"names": names, "level": where})]


def _quality(facts: Facts, figures: Mapping[str, ReleasedFigure]) -> tuple[Statement, ...]:
    said = [Statement(note.code, note.fields) for note in facts.warnings]
    for name, figure in figures.items():
        cell = figure.cell("empty") if name.startswith("gaps-") else None
        if cell is not None and cell.count is not None:
            fields = {
                "column": _column(name.removeprefix("gaps-"), figure),
                "count": cell.count,
                "percent": round(cell.derived["share"] * 100),
            }
            said.append(Statement("analysis.gap", fields))
    lost = figures.get("without-area")
    if lost is not None and lost.cells[0].count is not None:
        said.append(Statement("analysis.without-area", {"count": lost.cells[0].count}))
    said += _scatter(facts)
    return tuple(said)


def _column(name: str, figure: ReleasedFigure) -> str:
    """A column as its owner calls it, with its name in the file when that is another."""
    title = str(figure.fields.get("title", name))
    return name if title == name else f"{title} ({name})"


def _scatter(facts: Facts) -> list[Statement]:
    """How much areas differ by themselves, as a reader feels it: in sizes, not in squares."""
    if not facts.primary:
        return []
    scatter = facts.dispersion.get(f"{facts.answer_level}-{facts.primary}")
    where = level(facts.answer_level)
    if scatter is None:
        return [Statement("analysis.scatter-unknown")]
    if scatter <= 1:
        return [Statement("analysis.scatter-chance", {"level": where})]
    size = round(math.sqrt(scatter), 1)
    return [Statement("analysis.scatter-more", {"times": size, "level": where})]
