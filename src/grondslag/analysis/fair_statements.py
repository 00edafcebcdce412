"""Sentences about a fair comparison, computed from released figures and facts: nothing else."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grondslag.analysis.choices import AreaClass, area_class, word_of
from grondslag.analysis.result import Facts
from grondslag.analysis.standing import RELEVANT
from grondslag.analysis.statements import Statement, Statements, level, times
from grondslag.analysis.survey_statements import survey_in_short
from grondslag.methods import Certainty
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.wording import Word

_HEADLINES = {
    AreaClass.ALMOST_CERTAIN: "neighbourhoods.headline-almost-certain",
    AreaClass.PROBABLE: "neighbourhoods.headline-probable",
    AreaClass.UNCLEAR: "neighbourhoods.headline-unclear",
    AreaClass.PROBABLY_NOT: "neighbourhoods.headline-probably-not",
    AreaClass.NO_ANSWER: "neighbourhoods.headline-no-answer",
}
_CHANGES = {
    "registration": "neighbourhoods.change-registration",
    "definition": "neighbourhoods.change-definition",
    "borders": "neighbourhoods.change-borders",
    "covid": "neighbourhoods.change-covid",
    "codes": "neighbourhoods.change-codes",
    "jump": "neighbourhoods.change-jump",
}
_MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)
_MOST_NAMED = 3
_HUNDRED, _THOUSAND = 100, 1000

Figures = Mapping[str, ReleasedFigure]


def fair_statements(facts: Facts, released: Sequence[ReleasedFigure]) -> Statements:
    """Everything that may be said, from what was released.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    figures = {figure.id: figure for figure in released}
    main = figures.get(f"{facts.answer_level}-{facts.primary}") if facts.primary else None
    return Statements(
        headline=_headline(facts, main),
        answer=(*_answer(facts, figures, main), *survey_in_short(facts, released)),
        fineness=tuple(_fineness(facts)),
        difference=(),
        city=tuple(_city(facts, figures)),
        quality=tuple(_quality(facts)),
    )


def groups_said(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Statement, ...]:
    """What taking account of who lives there changes; nothing when there are no groups.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    figures = {figure.id: figure for figure in released}
    fair = figures.get(f"{facts.answer_level}-fair")
    plain = figures.get(f"{facts.answer_level}-plain")
    if fair is None or plain is None:
        return ()
    said = [Statement("neighbourhoods.groups-why", {"groups": list(_part(facts)["groups"])})]
    for code in facts.focus:
        one, other = fair.cell(code), plain.cell(code)
        if one and other and "ratio" in one.derived and "ratio" in other.derived:
            fields = {
                "area": facts.name(code),
                "plain": times(other.derived["ratio"]),
                "fair": times(one.derived["ratio"]),
            }
            said.append(Statement("neighbourhoods.groups-asked", fields))
    where = level(facts.answer_level)
    for seeming, code in (
        (_seeming(plain, fair), "neighbourhoods.groups-seems"),
        (_seeming(fair, plain), "neighbourhoods.groups-hidden"),
    ):
        names = [facts.name(area) for area in seeming]
        if names:
            said.append(Statement(code, {"names": names, "level": where}))
    return tuple(said)


def years_said(facts: Facts) -> tuple[Statement, ...]:
    """Why some years are not taken together, and which years are compared; nothing when all are.

    Args:
        facts: Of the analysis.
    """
    part = _part(facts)
    stretches = part["stretches"]
    if not stretches or (stretches[0][0], stretches[-1][1]) == tuple(part["used"]):
        return ()
    said: list[Statement] = []
    for change in part["changes"]:
        fields = {"year": str(change["year"]), "said": change["said"]}
        one = Statement(_CHANGES[change["reason"]], {} if change["reason"] == "covid" else fields)
        if one not in said:
            said.append(one)
    if part["is_stock"]:
        said.append(Statement("neighbourhoods.years-stock"))
    first, last = part["used"]
    code = "neighbourhoods.years-used" if last > first else "neighbourhoods.years-used-one"
    said.append(Statement(code, {"first": str(first), "last": str(last)}))
    return tuple(said)


def seems(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[str, ...]:
    """Codes of areas that stand out only while nobody asks who lives there."""
    figures = {figure.id: figure for figure in released}
    fair = figures.get(f"{facts.answer_level}-fair")
    plain = figures.get(f"{facts.answer_level}-plain")
    return tuple(_seeming(plain, fair)) if fair and plain else ()


def _part(facts: Facts) -> Mapping[str, Any]:
    return facts.parts["fair"]


def _seeming(one: ReleasedFigure, other: ReleasedFigure) -> Iterator[str]:
    """Areas that are more in the one table, and not in the other, where most of it is gone."""
    for cell in one.cells:
        beside = other.cell(*cell.keys)
        if beside is None or "ratio" not in beside.derived or "ratio" not in cell.derived:
            continue
        changes = area_class(cell.derived) in _MORE and area_class(beside.derived) not in _MORE
        most_is_gone = beside.derived["ratio"] - 1 <= (cell.derived["ratio"] - 1) / 2
        if changes and most_is_gone:
            yield cell.keys[0]


def _headline(facts: Facts, main: ReleasedFigure | None) -> Statement:
    if main is None:
        return Statement(_HEADLINES[AreaClass.NO_ANSWER])
    what = _part(facts)["counted"]
    if len(facts.answer_areas) == 1:
        cell = main.cell(facts.answer_areas[0])
        klass = AreaClass.NO_ANSWER if cell is None else area_class(cell.derived)
        fields = {"area": facts.name(facts.answer_areas[0]), "what": what}
        return Statement(_HEADLINES[klass], {} if klass is AreaClass.NO_ANSWER else fields)
    cells = [cell for cell in main.cells if "certainty" in cell.derived]
    sure = [cell for cell in cells if area_class(cell.derived) is AreaClass.ALMOST_CERTAIN]
    fields = {
        "count": len(sure),
        "all": len(cells),
        "level": level(facts.answer_level),
        "what": what,
    }
    code = "neighbourhoods.headline-several" if sure else "neighbourhoods.headline-none"
    return Statement(code, fields)


def _answer(facts: Facts, figures: Figures, main: ReleasedFigure | None) -> Iterator[Statement]:
    """The areas asked about in counts; where else; whether another border says the same."""
    if main is None:
        for code in facts.asked:
            yield Statement("neighbourhoods.answer-none", {"area": facts.name(code)})
        return
    asked = [cell for code in facts.answer_areas if (cell := main.cell(code)) is not None]
    for cell in asked or _outstanding(main):
        yield from _counted(facts, main, cell)
    names = [
        facts.name(cell.keys[0])
        for cell in main.cells
        if area_class(cell.derived) is AreaClass.ALMOST_CERTAIN and cell not in asked
    ]
    where = level(facts.answer_level)
    if asked and names:
        too = any(area_class(cell.derived) in _MORE for cell in asked)
        code = "neighbourhoods.elsewhere" if too else "neighbourhoods.elsewhere-only"
        yield Statement(code, {"names": names, "level": where})
    elif asked:
        yield Statement("neighbourhoods.elsewhere-none", {"level": where})
    yield from _again(facts, figures, asked or _outstanding(main))


def _outstanding(main: ReleasedFigure) -> list[ReleasedCell]:
    """The areas to name when nobody asked about one: those that stand out, a few at most."""
    cells = [cell for cell in main.cells if "certainty" in cell.derived]
    cells.sort(key=lambda cell: -cell.derived["certainty"])
    sure = [cell for cell in cells if area_class(cell.derived) is AreaClass.ALMOST_CERTAIN]
    return sure[:_MOST_NAMED] or cells[:1]


def _counted(facts: Facts, main: ReleasedFigure, cell: ReleasedCell) -> Iterator[Statement]:
    """One area: what was counted, what was to be expected, how much more that is."""
    name, what = facts.name(cell.keys[0]), _part(facts)["counted"]
    if cell.count is None:
        fields = {"area": name, "what": what, "minimum": main.minimum}
        yield Statement("neighbourhoods.answer-withheld", fields)
        return
    expected = cell.derived.get("expected")
    if expected is None or "ratio" not in cell.derived:
        yield Statement(
            "neighbourhoods.answer-few",
            {
                "area": name,
                "count": cell.count,
                "what": what,
                "low": math.floor(cell.derived.get("low", 0.0)),
                "high": math.ceil(cell.derived.get("high", 0.0)),
            },
        )
        return
    yield Statement(
        "neighbourhoods.answer",
        {"area": name, "count": cell.count, "what": what, "expected": round(expected)},
    )
    if cell.exposure:
        yield _share(facts, cell.count, cell.exposure)
    word = word_of(cell.derived) or Certainty.UNCLEAR
    high = times(cell.derived["ratio_high"])
    fields = {
        "ratio": times(cell.derived["ratio"]),
        "low": times(cell.derived["ratio_low"]),
        "high": high,
        "word": Word(word.value),
    }
    if word is Certainty.UNCLEAR:
        yield Statement("neighbourhoods.answer-ratio-unclear", fields)
        yield Statement("neighbourhoods.answer-at-most", {"high": high})
    else:
        yield Statement("neighbourhoods.answer-ratio", fields)


def _share(facts: Facts, count: int, size: float) -> Statement:
    """How many of a hundred that is, a year; of a thousand where it would be less than one."""
    part = _part(facts)
    share = count / size / part["years"]
    of = _HUNDRED if share >= 1 / _HUNDRED else _THOUSAND
    several = part["years"] > 1
    code = "neighbourhoods.answer-share-yearly" if several else "neighbourhoods.answer-share"
    return Statement(code, {"share": round(share * of, 1), "of": of, "base": part["base"]})


def _again(facts: Facts, figures: Figures, asked: Sequence[ReleasedCell]) -> Iterator[Statement]:
    """Whether the conclusion stands when the borders lie elsewhere."""
    levels = list(_part(facts)["levels"])
    others = levels[: levels.index(facts.answer_level)]  # coarser ones: the first is the coarsest
    for other in others:
        table = figures.get(f"{other}-fair")
        where = level(other)
        if table is None:
            yield Statement("neighbourhoods.again-unknown", {"level": where})
            continue
        around = _parents(figures)
        codes = {cell.keys[0]: cell for cell in table.cells}
        for cell in asked:
            code = cell.keys[0]
            while code not in codes and code in around:
                code = around[code]
            beside = codes.get(code)
            if beside is None or "ratio" not in beside.derived:
                yield Statement("neighbourhoods.again-unknown", {"level": where})
                continue
            here, there = area_class(cell.derived) in _MORE, area_class(beside.derived) in _MORE
            fields = {"level": where, "around": facts.name(code)}
            if here == there:
                yield Statement("neighbourhoods.again-same", fields)
            else:
                found = "neighbourhoods.again-gone" if here else "neighbourhoods.again-new"
                yield Statement(found, fields)


def _parents(figures: Figures) -> dict[str, str]:
    parents: dict[str, str] = {}
    for figure in figures.values():
        parents |= figure.area_parents
    return parents


def _fineness(facts: Facts) -> Iterator[Statement]:
    """At which level, and why not finer."""
    if not facts.answer_level:
        yield Statement("neighbourhoods.level-none")
        return
    finest = level(facts.answer_level)
    asked = [facts.name(code) for code in facts.asked if code not in facts.focus]
    if asked:
        yield Statement("analysis.level-coarser", {"level": finest, "names": asked})
    elif facts.answer_level == facts.delivered_level:
        yield Statement("analysis.level-finest", {"level": finest})
    else:
        yield Statement("analysis.level-safe", {"level": finest})
    yield Statement("neighbourhoods.what-more", {"percent": round(100 * (RELEVANT - 1))})


def _city(facts: Facts, figures: Figures) -> Iterator[Statement]:
    city = figures.get("city")
    if city is not None and city.cells[0].count is not None:
        fields = {"count": city.cells[0].count, "what": _part(facts)["counted"]}
        yield Statement("neighbourhoods.city", fields)


def _quality(facts: Facts) -> Iterator[Statement]:
    """What is odd about the data: areas without a population, and how much areas differ."""
    part = _part(facts)
    missing = [facts.name(code) for code in part["missing"] if code not in part["imputed"]]
    if missing:
        fields = {"names": missing, "source": part["population"]}
        yield Statement("neighbourhoods.population-missing", fields)
    if part["imputed"]:
        names = [facts.name(code) for code in part["imputed"]]
        yield Statement("neighbourhoods.population-imputed", {"names": names})
    for where, codes in part["left_out"].items():
        fields = {"level": level(where), "names": [facts.name(code) for code in codes]}
        yield Statement("neighbourhoods.level-left-out", fields)
    for note in facts.warnings:
        yield Statement(note.code, note.fields)
    spread = part["spread"].get(f"{facts.answer_level}-fair")
    if spread is None:
        return
    where = level(facts.answer_level)
    if not spread:
        yield Statement("neighbourhoods.spread-chance", {"level": where})
    else:
        percent = round(100 * spread)
        yield Statement("neighbourhoods.spread", {"level": where, "percent": percent})
