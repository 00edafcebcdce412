"""What tables beside the question say: sentences, from released figures only."""

from collections.abc import Mapping, Sequence
from typing import Any

from grondslag.analysis.choices import AreaClass, area_class, exposure_at, word_of
from grondslag.analysis.context_figures import ContextFigure
from grondslag.analysis.result import ContextTable, Facts
from grondslag.analysis.statements import PER, Statement, areas_around, level, times, unit
from grondslag.methods import Certainty
from grondslag.release import ReleasedFigure
from grondslag.vocabulary import Domain
from grondslag.wording import Word

_HURT = frozenset({"LET", "DOD"})
"""Injured or dead, in the national register of crashes (BRON); ``UMS`` is damage only."""

_GROWN, _OLD = 18, 65


Paragraph = tuple[Statement, ...]
"""Sentences that belong together."""


def said_beside(
    facts: Facts, released: Sequence[ReleasedFigure], table: ContextTable
) -> tuple[Paragraph, ...]:
    """What one table beside the question says; nothing when it was not released.

    Args:
        facts: Of the analysis.
        released: All its figures, after the gate.
        table: Which one.
    """
    figures = {figure.id: figure for figure in released}
    figure = figures.get(table.figure)
    if figure is None:
        return ()
    shown = ContextFigure(figure, table)
    asked = areas_around(facts, figures, shown.areas)
    if table.kind == "ages":
        return _ages(facts, shown, asked)
    if table.kind == "amounts":
        return _amounts(facts, figures, shown)
    return _groups(facts, figures, shown, asked)


def _groups(
    facts: Facts,
    figures: Mapping[str, ReleasedFigure],
    shown: ContextFigure,
    asked: Sequence[str],
) -> tuple[Paragraph, ...]:
    """Where there are most of them, and how it is there and where the question is about."""
    totals = {code: total for code in shown.areas if (total := shown.total(code)) is not None}
    if not totals:
        return ((Statement("analysis.context-too-few"),),)
    most = max(totals, key=lambda code: totals[code])
    whole = len(totals) == len(shown.areas)
    start = "analysis.context-most" if whole else "analysis.context-most-shown"
    first = Statement(start, {"area": facts.name(most), "count": totals[most]})
    said = [(first, *_how(figures, shown, most))]
    for code in asked:
        if code in totals and code != most:
            fields = {"area": facts.name(code), "count": totals[code]}
            here = Statement("analysis.context-asked", fields)
            said.append((here, *_how(figures, shown, code)))
    return tuple(said)


def _how(figures: Mapping[str, ReleasedFigure], shown: ContextFigure, code: str) -> list[Statement]:
    """Which groups are largest in an area, and whether more goes wrong there as well."""
    said: list[Statement] = []
    largest = shown.largest(code)
    if len(largest) > 1:
        (first, one), (second, other) = largest[:2]
        fields: dict[str, Any] = {"first": _plain(first), "one": one}
        fields |= {"second": _plain(second), "other": other}
        said.append(Statement("analysis.context-kinds", fields))
    verdict = _verdict(shown.table.level, figures, code)
    return [*said, verdict] if verdict else said


def _verdict(where: str, figures: Mapping[str, ReleasedFigure], code: str) -> Statement | None:
    """Whether more goes wrong in an area than elsewhere; None when that is not known."""
    exposure = exposure_at(where, figures)
    table = figures.get(f"{where}-{exposure}")
    cell = table.cell(code) if table else None
    ratio = cell.derived.get("ratio") if cell else None
    if cell is None or ratio is None:
        return None
    fields: dict[str, Any] = {"per": Word(PER[exposure]), "ratio": times(ratio)}
    klass = area_class(cell.derived)
    if klass is AreaClass.UNCLEAR:
        return Statement("analysis.context-unclear", fields)
    if klass is AreaClass.PROBABLY_NOT:
        return Statement("analysis.context-not-more", fields)
    word = word_of(cell.derived) or Certainty.UNCLEAR
    return Statement("analysis.context-more", fields | {"word": Word(word.value)})


def _ages(facts: Facts, shown: ContextFigure, asked: Sequence[str]) -> tuple[Paragraph, ...]:
    """How many are young and how many old: in the whole city, and where the question is about."""
    young = [group for group, (_, last) in shown.bands.items() if last < _GROWN]
    old = [group for group, (first, _) in shown.bands.items() if first >= _OLD]
    if not young or not old:
        return ()
    ages = {
        "grown": max(shown.bands[group][1] for group in young) + 1,
        "old": min(shown.bands[group][0] for group in old),
    }
    said: list[Statement] = []
    whole = _shares(shown, shown.areas, young, old)
    if whole:
        said.append(Statement("analysis.context-ages", ages | whole))
    for code in asked:
        mine = _shares(shown, [code], young, old)
        if mine:
            fields = ages | mine | {"area": facts.name(code)}
            said.append(Statement("analysis.context-ages-asked", fields))
    return (tuple(said),) if said else ()


def _shares(
    shown: ContextFigure, codes: Sequence[str], young: Sequence[str], old: Sequence[str]
) -> dict[str, int]:
    """Percentages of young and old; nothing when a cell is withheld."""
    totals = [shown.total(code) for code in codes]
    known = [total for total in totals if total is not None]
    if len(known) < len(totals) or not sum(known):
        return {}

    def percent(groups: Sequence[str]) -> int:
        counts = [shown.count(code, group) or 0 for code in codes for group in groups]
        return round(100 * sum(counts) / sum(known))

    return {"young_percent": percent(young), "old_percent": percent(old)}


def _amounts(
    facts: Facts, figures: Mapping[str, ReleasedFigure], shown: ContextFigure
) -> tuple[Paragraph, ...]:
    """The amount in the whole city, beside what the register has of it."""
    totals = [shown.total(code) for code in shown.areas]
    known = [total for total in totals if total is not None]
    if not known or len(known) < len(totals):
        return ((Statement("analysis.context-too-few"),),)
    whole = sum(known)
    what = shown.table.counted
    said = [Statement("analysis.context-amount", {"count": whole, "what": what})]
    hurt = _registered_hurt(facts, figures)
    if shown.table.domain == Domain.CARE.value and hurt:
        ratio = round(whole / hurt, 1)
        fields = {"count": hurt, "ratio": ratio, "what": what}
        said.append(Statement("analysis.context-registered", fields))
        said.append(Statement("analysis.context-registered-why"))
    paragraphs = [tuple(said)]
    rates = shown.per_hundred(figures.get(shown.table.level))
    if len(rates) > 1:
        fields = {
            "low": min(rates.values()),
            "high": max(rates.values()),
            "level": level(shown.table.level),
            "unit": unit(facts),
        }
        paragraphs.append((Statement("analysis.context-per-hundred", fields),))
    return tuple(paragraphs)


def _registered_hurt(facts: Facts, figures: Mapping[str, ReleasedFigure]) -> int | None:
    """Registered crashes in which somebody was hurt; None when the register counts other things."""
    table = figures.get("severity")
    if table is None or facts.unit != "crash":
        return None
    counts = []
    for cell in table.cells:
        values = set(facts.merged.get(cell.keys[0], cell.keys))
        if values & _HURT:
            if not values <= _HURT or cell.count is None:
                return None
            counts.append(cell.count)
    return sum(counts) or None


def _plain(group: str) -> str:
    """A value of a list as words."""
    return group.replace("_", " ")
