"""What may be said of a measure that was taken: from released figures, the fair reckoning first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from grondslag.analysis.choices import word_of
from grondslag.analysis.measure_effect import MONTHS, OTHERS, SITES
from grondslag.analysis.result import Facts
from grondslag.analysis.speed_change import FIGURE as SPEEDS
from grondslag.analysis.statements import Statement, Statements, unit
from grondslag.errors import InputError
from grondslag.methods import Certainty, Step, step_change
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.wording import Word

_HEADLINES = {
    Certainty.ALMOST_CERTAIN: "traffic.fewer-almost-certain",
    Certainty.PROBABLE: "traffic.fewer-probable",
    Certainty.UNCLEAR: "traffic.fewer-unclear",
    Certainty.PROBABLY_NOT: "traffic.fewer-probably-not",
}
_SEASON_LAGS = 2
"""Months resemble the two before them: weather lasts, and so do works."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One way of reckoning what changed.

    Args:
        label: Which way.
        ratio: After over without; 0.8 is a fifth fewer.
        low: Lower limit.
        high: Upper limit.
        misleads: Whether it is only there to show how far it misleads.
    """

    label: Statement
    ratio: float
    low: float
    high: float
    misleads: bool = False


def measure_statements(facts: Facts, released: Sequence[ReleasedFigure]) -> Statements:
    """Everything that may be said of a measure.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    figures = {figure.id: figure for figure in released}
    part = facts.parts["taken"]
    after = _after(figures.get(SITES))
    word = word_of(after.derived) if after else None
    code = _HEADLINES[word] if word else "traffic.fewer-no-answer"
    answer = [
        *_crashes(facts, figures, word),
        *_bare(facts, after),
        *said_of_slower(facts, released),
    ]
    return Statements(
        headline=Statement(code, {"name": part["name"]}),
        answer=tuple(answer),
        fineness=_together(part),
        difference=(),
        city=tuple(_months_said(facts, released)),
        quality=tuple(Statement(note.code, note.fields) for note in facts.warnings),
    )


def reckonings(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Reckoning, ...]:
    """Every way of reckoning: the bare one first, so that all others are read against it.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    figures = {figure.id: figure for figure in released}
    after = _after(figures.get(SITES))
    numbers = after.derived if after else {}
    found = []
    for name, low, high in (
        ("naive", "naive_low", "naive_high"),
        ("beside", "beside_low", "beside_high"),
        ("ratio", "ratio_low", "ratio_high"),
    ):
        if {name, low, high} <= numbers.keys():
            found.append(
                Reckoning(
                    Statement(_LABELS[name]),
                    numbers[name],
                    numbers[low],
                    numbers[high],
                    misleads=name == "naive" and _chosen_for_counts(facts),
                )
            )
    step = step_of(facts, released)
    if step is not None:
        label = Statement("traffic.reckon-months")
        found.append(Reckoning(label, step.ratio, step.interval.low, step.interval.high))
    return tuple(found)


_LABELS = {
    "naive": "traffic.reckon-naive",
    "beside": "traffic.reckon-beside",
    "ratio": "traffic.reckon-expected",
}


def step_of(facts: Facts, released: Sequence[ReleasedFigure]) -> Step | None:
    """The step in the whole town, from its released months; None when it cannot be worked out.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    table = next((one for one in released if one.id == MONTHS), None)
    part = facts.parts["taken"]
    if table is None or part["first"] != part["last"]:
        return None
    days = [cell.keys[0][:10] for cell in table.cells]
    counts = [cell.count for cell in table.cells]
    known = [count for count in counts if count is not None]
    since = sum(day < part["first"] for day in days)
    if len(known) < len(counts):
        return None
    lengths = [_days_in(cell.keys[0]) for cell in table.cells]
    try:
        return step_change(known, lengths, since=since, lags=_SEASON_LAGS)
    except InputError:  # too few months on a side
        return None


def said_of_slower(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Statement, ...]:
    """Whether people drive slower there, over and above elsewhere.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    table = next((one for one in released if one.id == SPEEDS), None)
    cells = {cell.keys: cell for cell in table.cells} if table else {}
    mine = cells.get(("measure", "after"))
    if mine is None or "change" not in mine.derived or mine.exposure is None:
        return ()
    word = word_of(mine.derived) or Certainty.UNCLEAR
    fields: dict[str, Any] = {
        "name": facts.parts["taken"]["name"],
        "count": mine.count,
        "streets": round(mine.exposure),
        "change": round(abs(mine.derived["change"]), 1),
        "word": Word(word.value),
    }
    ends = sorted(round(mine.derived[name], 1) for name in ("change_low", "change_high") if name in
                  mine.derived)  # fmt: skip
    if word is Certainty.UNCLEAR or mine.derived["change"] >= 0 or len(ends) < 2 or ends[1] >= 0:
        return (Statement("traffic.slower-unclear", fields),)
    fields |= {"least": abs(ends[1]), "most": abs(ends[0])}
    return (Statement("traffic.slower", fields),)


def _crashes(
    facts: Facts, figures: Mapping[str, ReleasedFigure], word: Certainty | None
) -> list[Statement]:
    """Counts, what was to be expected, how many times, and the word."""
    after = _after(figures.get(SITES))
    if after is None:
        return [Statement("traffic.effect-withheld")]
    part = facts.parts["taken"]
    fields: dict[str, Any] = {
        "name": part["name"],
        "streets": part["used"],
        "count": after.count,
        "unit": unit(facts),
        "first": part["after"][0],
        "last": part["after"][1],
    }
    if word is None:
        return [Statement("traffic.effect-counts", fields)]
    fields |= {
        "expected": round(after.derived["expected"]),
        "ratio": round(after.derived["ratio"], 2),
        "low": round(after.derived["ratio_low"], 2),
        "high": round(after.derived["ratio_high"], 2),
        "word": Word(word.value),
    }
    unclear = word is Certainty.UNCLEAR
    return [Statement("traffic.effect-said-unclear" if unclear else "traffic.effect-said", fields)]


def _bare(facts: Facts, after: ReleasedCell | None) -> list[Statement]:
    if after is None or "naive" not in after.derived or not _chosen_for_counts(facts):
        return []
    return [Statement("traffic.naive-misleads", {"ratio": round(after.derived["naive"], 2)})]


def _months_said(facts: Facts, released: Sequence[ReleasedFigure]) -> list[Statement]:
    figures = {figure.id: figure for figure in released}
    said = []
    others = figures.get(OTHERS)
    if others and all(cell.count is not None for cell in others.cells):
        counts = {"before": others.cells[0].count, "after": others.cells[1].count}
        said.append(
            Statement("traffic.others-went", {**counts, "name": facts.parts["taken"]["name"]})
        )
    step = step_of(facts, released)
    if step is None:
        return [*said, Statement("traffic.months-unknown")]
    fields = {
        "ratio": round(step.ratio, 2),
        "low": round(step.interval.low, 2),
        "high": round(step.interval.high, 2),
        "day": date.fromisoformat(facts.parts["taken"]["first"]),
    }
    clear = step.interval.high < 1 or step.interval.low > 1
    return [*said, Statement("traffic.months" if clear else "traffic.months-unclear", fields)]


def _together(part: Mapping[str, Any]) -> tuple[Statement, ...]:
    """That places are looked at together, and which of them are left out."""
    said = [Statement("traffic.measure-together", {"count": part["used"]})]
    if part["used"] < part["sites"]:
        fields = {"count": part["sites"] - part["used"], "all": part["sites"]}
        said.append(Statement("traffic.measure-left-out", fields))
    return tuple(said)


def _chosen_for_counts(facts: Facts) -> bool:
    return bool(facts.parts["taken"]["chosen"] == "for_their_counts")


def _after(table: ReleasedFigure | None) -> ReleasedCell | None:
    """The cell of the years after; None when it is not shown."""
    cell = table.cells[-1] if table else None
    return None if cell is None or cell.count is None else cell


def _days_in(key: str) -> float:
    first, last = (date.fromisoformat(part) for part in key.split("/"))
    return float((last - first).days + 1)
