"""What may be said of the claim in three: crashes, speeding, and whether speed is the reason.

Each part has its own word of certainty. The third never gets another than "cannot be said": streets
beside each other show what goes together, not what comes from what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grondslag.analysis.choices import word_of
from grondslag.analysis.measuring_on import WORTH_SEEING, measuring_on
from grondslag.analysis.result import Facts
from grondslag.analysis.statements import Statement, Statements, statements
from grondslag.methods import Certainty
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.wording import Word

_TRAFFIC_UNITS = ("crash", "party")


@dataclass(frozen=True, slots=True)
class Claim:
    """One of the three questions, as a row of a table.

    Args:
        question: The question.
        word: The fixed word that answers it; None when nothing was measured.
        rests_on: On what, in counts.
    """

    question: Statement
    word: Certainty | None
    rests_on: Statement


def traffic_statements(facts: Facts, released: Sequence[ReleasedFigure]) -> Statements:
    """Everything that may be said of an area comparison, with the claim in three when it has it.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    said = statements(facts, released)
    if facts.unit not in _TRAFFIC_UNITS:
        return said
    if "speeds" not in facts.parts:
        return replace(said, answer=(*said.answer, Statement("traffic.no-speeds")))
    figures = {figure.id: figure for figure in released}
    speeds = [_speeding(facts, figures, code) for code in facts.asked]
    return replace(said, answer=(*said.answer, *speeds, Statement("traffic.reason-short")))


def claims(facts: Facts, released: Sequence[ReleasedFigure], code: str) -> tuple[Claim, ...]:
    """The three questions about one street that was asked about; empty without speeds.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
        code: Of the street.
    """
    if "speeds" not in facts.parts:
        return ()
    figures = {figure.id: figure for figure in released}
    area = {"area": facts.name(code)}
    crashes = _crash_cell(facts, figures, code)
    speeds = _speed_cell(facts, figures, code)
    return (
        Claim(
            Statement("traffic.question-crashes", area),
            word_of(crashes.derived) if crashes else None,
            _crashes_said(crashes),
        ),
        Claim(
            Statement("traffic.question-speeding", area),
            word_of(speeds.derived) if speeds else None,
            _speeding_said(speeds),
        ),
        Claim(
            Statement("traffic.question-reason"),
            Certainty.UNCLEAR,
            Statement("traffic.rests-on-no-cause"),
        ),
    )


def said_of_speeds(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Statement, ...]:
    """How fast it goes on the streets asked about, and on how many others people speed more."""
    figures = {figure.id: figure for figure in released}
    table = figures.get(_figure(facts))
    if table is None:
        return ()
    said: list[Statement] = []
    for code in facts.asked:
        said.append(_speeding(facts, figures, code))
        cell = table.cell(code)
        if cell and "v85_low" in cell.derived and "v85_elsewhere" in cell.derived:
            v85 = {name: round(cell.derived[name], 1) for name in cell.derived if "v85" in name}
            said.append(Statement("traffic.v85", v85))
        said += _measure_on(facts, released, code, cell)
    judged = [cell for cell in table.cells if "certainty" in cell.derived]
    sure = sum(word_of(cell.derived) is Certainty.ALMOST_CERTAIN for cell in judged)
    said.append(Statement("traffic.speeding-how-many", {"count": sure, "all": len(judged)}))
    return tuple(said)


def _measure_on(
    facts: Facts, released: Sequence[ReleasedFigure], code: str, cell: ReleasedCell | None
) -> list[Statement]:
    """How long to measure, when what was measured does not tell."""
    told = word_of(cell.derived) if cell and "above_low" in cell.derived else None
    found = None
    if told in (None, Certainty.UNCLEAR):
        found = measuring_on(facts, released, code)
    if found is None:
        return []
    fields = {"now": found.now, "step": round(WORTH_SEEING), "vehicles": found.vehicles}
    if found.weeks is None:
        return [Statement("traffic.weeks-never", fields)]
    if found.weeks <= found.now:
        return [Statement("traffic.weeks-enough", fields)]
    return [Statement("traffic.weeks-needed", {**fields, "weeks": found.weeks})]


def said_of_reason(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Statement, ...]:
    """What can and cannot be said of speed as the reason."""
    said = [Statement("traffic.reason"), Statement("traffic.no-cause")]
    part = facts.parts.get("association", {})
    table = next((one for one in released if one.id == part.get("figure")), None)
    ratios = table.cells[0].derived if table else {}
    if "ratio" not in ratios:
        return (*said, Statement("traffic.association-unknown"))
    fields = {
        "streets": part["streets"],
        "step": round(part["step"]),
        "ratio": ratios["ratio"],
        "low": ratios["ratio_low"],
        "high": ratios["ratio_high"],
    }
    said.append(Statement("traffic.association", fields))
    if ratios["ratio_low"] > 1:
        said.append(Statement("traffic.together"))
    elif ratios["ratio_high"] < 1:
        said.append(Statement("traffic.apart"))
    else:
        said.append(Statement("traffic.together-unclear"))
    return tuple(said)


def _figure(facts: Facts) -> str:
    return str(facts.parts.get("speeds", {}).get("figure", ""))


def _speed_cell(
    facts: Facts, figures: Mapping[str, ReleasedFigure], code: str
) -> ReleasedCell | None:
    table = figures.get(_figure(facts))
    cell = table.cell(code) if table else None
    return None if cell is None or cell.count is None else cell


def _crash_cell(
    facts: Facts, figures: Mapping[str, ReleasedFigure], code: str
) -> ReleasedCell | None:
    table = figures.get(f"{facts.answer_level}-{facts.primary}")
    cell = table.cell(code) if table else None
    return None if cell is None or cell.count is None else cell


def _crashes_said(cell: ReleasedCell | None) -> Statement:
    if cell is None or "expected" not in cell.derived:
        return Statement("traffic.rests-on-nothing")
    fields = {"count": cell.count, "expected": round(cell.derived["expected"])}
    return Statement("traffic.rests-on-crashes", fields)


def _speeding_said(cell: ReleasedCell | None) -> Statement:
    if cell is None or "above_elsewhere" not in cell.derived:
        return Statement("traffic.rests-on-nothing")
    fields = {
        "count": cell.count,
        "above": round(cell.derived["above"]),
        "elsewhere": round(cell.derived["above_elsewhere"]),
    }
    return Statement("traffic.rests-on-speeds", fields)


def _speeding(facts: Facts, figures: Mapping[str, ReleasedFigure], code: str) -> Statement:
    """Counts first, then the share with its range, then the word."""
    area: dict[str, Any] = {"area": facts.name(code)}
    cell = _speed_cell(facts, figures, code)
    if cell is None or cell.exposure is None:
        return Statement("traffic.speeding-not-measured", area)
    fields = area | {
        "count": cell.count,
        "weeks": round(cell.exposure),
        "above": round(cell.derived["above"]),
    }
    if "certainty" not in cell.derived or "above_low" not in cell.derived:
        return Statement("traffic.speeding-no-verdict", fields)
    word = word_of(cell.derived) or Certainty.UNCLEAR
    fields |= {
        "low": round(cell.derived["above_low"]),
        "high": round(cell.derived["above_high"]),
        "elsewhere": round(cell.derived["above_elsewhere"]),
        "limit": facts.parts["speeds"]["limit"][code],
        "word": Word(word.value),
    }
    unclear = word is Certainty.UNCLEAR
    return Statement("traffic.speeding-unclear" if unclear else "traffic.speeding", fields)
