"""Sentences about a survey beside counts, computed from released figures and facts only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grondslag.analysis.choices import AreaClass, area_class, word_of
from grondslag.analysis.result import Facts
from grondslag.analysis.statements import Statement, level
from grondslag.methods import Certainty
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.wording import Word

_SHORT = (
    "neighbourhoods.survey-same",
    "neighbourhoods.survey-only",
    "neighbourhoods.survey-not",
    "neighbourhoods.survey-few",
)
_MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)


def survey_in_short(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Statement, ...]:
    """Per area asked about: whether residents notice it too.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    return tuple(one for one in survey_said(facts, released) if one.code in _SHORT)


def survey_said(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Statement, ...]:
    """What residents answered, and where that differs from what was counted.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    part: Mapping[str, Any] = facts.parts["fair"].get("survey") or {}
    figures = {figure.id: figure for figure in released}
    survey = figures.get("survey")
    if not part or survey is None:
        return ()
    counted = figures.get(f"{part['level']}-fair")
    said = [Statement("neighbourhoods.survey-why", {"counted": facts.parts["fair"]["counted"]})]
    for code in part["focus"]:
        cell = survey.cell(code)
        if cell is None:
            fields = {"area": facts.name(code), "minimum": survey.minimum}
            said.append(Statement("neighbourhoods.survey-few", fields))
            continue
        said += _answered(facts, part, cell)
        beside = counted.cell(code) if counted else None
        if beside is not None and "ratio" in beside.derived:
            said.append(_beside(facts, cell, beside))
    said += _elsewhere(facts, part, survey)
    return tuple(said)


def _answered(facts: Facts, part: Mapping[str, Any], cell: ReleasedCell) -> Iterator[Statement]:
    """One area: what its own respondents said, and what all areas together make of it."""
    name = facts.name(cell.keys[0])
    yield Statement(
        "neighbourhoods.survey-direct",
        {
            "area": name,
            "share": round(cell.derived["direct"]),
            "count": cell.count,
            "said": part["said"],
        },
    )
    if "estimate" not in cell.derived or part["town"] is None:
        return
    word = word_of(cell.derived) or Certainty.UNCLEAR
    fields = {
        "estimate": round(cell.derived["estimate"]),
        "low": round(cell.derived["estimate_low"]),
        "high": round(cell.derived["estimate_high"]),
        "town": round(part["town"]),
        "word": Word(word.value),
    }
    unclear = word is Certainty.UNCLEAR
    yield Statement(
        "neighbourhoods.survey-model-unclear" if unclear else "neighbourhoods.survey-model", fields
    )


def _beside(facts: Facts, survey: ReleasedCell, counted: ReleasedCell) -> Statement:
    """Whether survey and counts point the same way."""
    said, registered = (area_class(one.derived) in _MORE for one in (survey, counted))
    fields = {"area": facts.name(survey.keys[0]), "counted": facts.parts["fair"]["counted"]}
    if said == registered:
        return Statement("neighbourhoods.survey-same", fields)
    code = "neighbourhoods.survey-only" if said else "neighbourhoods.survey-not"
    return Statement(code, fields)


def _elsewhere(
    facts: Facts, part: Mapping[str, Any], survey: ReleasedFigure
) -> Iterator[Statement]:
    names = [
        facts.name(cell.keys[0])
        for cell in survey.cells
        if area_class(cell.derived) is AreaClass.ALMOST_CERTAIN
        and cell.keys[0] not in part["focus"]
    ]
    if names:
        yield Statement(
            "neighbourhoods.survey-elsewhere", {"names": names, "level": level(part["level"])}
        )
