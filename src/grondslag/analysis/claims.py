"""The claim of residents in three: more crashes, more speeding, and is speed the reason?

The first is the question itself. Here the other two are made ready: speeds as a table, and how
speeding and crashes go together over streets. Each gets its own answer; none follows from another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grondslag.analysis.counting import per_area
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.findings import figure
from grondslag.analysis.question import AreaQuestion
from grondslag.analysis.speed_and_crashes import STEP, Association, Streets, association
from grondslag.analysis.speeding import Speeding, speeding
from grondslag.release import Cell, Figure

ASSOCIATION = "speed-and-crashes"


@dataclass(frozen=True, slots=True)
class Claims:
    """What is known beside the count of crashes.

    Args:
        figures: For the gate.
        parts: For `Facts.parts`; empty when the plan has no speeds and no measures.
    """

    figures: tuple[Figure, ...] = ()
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def claims_of(delivered: DeliveredData, question: AreaQuestion) -> Claims:
    """Speeds, and whether they go together with crashes; nothing when the plan has no speeds.

    Args:
        delivered: The delivery.
        question: The question, for its counts and areas.

    Raises:
        InputError: The plan does not ask for a column that it names.
    """
    weighed = _measures(question)
    found = speeding(delivered, focus=question.ask.focus, minimum=question.minimum)
    if found is None:
        return Claims(parts=weighed)
    together = _together(question, found)
    if together is None:
        return Claims((found.figure,), {"speeds": found.facts, **weighed})
    derived, streets, learned = together
    total = question.material.total()
    cell = Cell((), total.count, derived, contributors=total.contributors)
    beside = {"figure": ASSOCIATION, "streets": streets, "step": STEP}
    return Claims(
        (found.figure, figure(question, ASSOCIATION, (), (cell,), model=learned)),
        {"speeds": found.facts, "association": beside, **weighed},
    )


def _measures(question: AreaQuestion) -> dict[str, dict[str, Any]]:
    """The measures that the plan wants weighed, with what only the plan knows of them."""
    if not question.ask.measures or not question.years:
        return {}
    wanted = [
        {"kind": one.kind.value, "cost": one.cost, "cost_source": one.cost_source}
        for one in question.ask.measures
    ]
    return {"measures": {"wanted": wanted, "years": round(question.years, 2)}}


def _together(question: AreaQuestion, found: Speeding) -> Association | None:
    """The association, at the level of the streets that were measured."""
    traffic = next((one for one in question.denominators if one.kind == "traffic"), None)
    levels = {question.places.level_of(code) for code in found.above}
    if traffic is None or question.length is None or not question.years or len(levels) != 1:
        return None
    level = levels.pop()
    if level not in question.places.levels:
        return None
    return association(
        per_area(question.material, question.places, level),
        Streets(
            above=found.above,
            limit=found.facts["limit"],
            traffic=traffic.per_area(question.places, level),
            length=question.length.per_area(question.places, level),
        ),
        years=question.years,
        minimum=question.minimum,
    )
