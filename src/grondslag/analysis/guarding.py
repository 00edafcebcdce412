"""The guards, put to what an analysis does: what its situation is, from plan and figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from grondslag.analysis.breaks import breaks_in
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.guards import Severity, Situation, guarded, notes_or_refusal
from grondslag.analysis.result import Note
from grondslag.plan import Plan
from grondslag.release import Figure

_RESIDENTS = re.compile(r"inwoner|bewoner|bevolking|huishouden|resident|population", re.IGNORECASE)
_TO_ANYBODY = re.compile(
    r"misdrij|misdaad|delict|diefstal|incident|overlast|geweld|vernieling|ongeval|aanrijding"
    r"|zakkenroll|melding|crime|offence|theft|nuisance|crash",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"centrum|binnenstad|stadshart|station|winkel|uitgaan|campus|bedrijven|jaarbeurs|strand"
    r"|shopping|downtown",
    re.IGNORECASE,
)
_WITHOUT_MONTHS = "traffic.months-left-out"
"""What a reader sees instead of the months, with the year and the owner's own sentence."""


def area_comparison_notes(
    delivered: DeliveredData,
    *,
    datasets: Iterable[str],
    period: tuple[str, str] | None,
    figures: Sequence[Figure],
    compared: str,
) -> tuple[Note, ...]:
    """What the guards say of a comparison of areas.

    A ratio with too little to be expected is not even computed there, ranks are not given, and what
    stands out holds up against the number of comparisons.

    Args:
        delivered: The delivery, with its plan.
        datasets: What is counted, and what it is set against.
        period: First and last day; None when nobody says.
        figures: Everything that may be shown.
        compared: Id of the figure with the comparison; empty when there is none.

    Raises:
        InputError: A guard refuses.
    """
    contracts = [delivered.contracts[name] for name in datasets if name in delivered.contracts]
    return notes_or_refusal(
        Situation(
            question="area_comparison",
            texts=plan_texts(delivered.plan),
            breaks=breaks_in(period, contracts),
            compared=comparisons_in(figures, compared),
            corrected=True,
        )
    )


@dataclass(frozen=True, slots=True)
class BeforeAfterNotes:
    """What the guards say of years before and after a measure.

    Args:
        notes: To go along with the answer.
        months_stand: Whether the months of the whole town may be read as one line.
    """

    notes: tuple[Note, ...]
    months_stand: bool = True


def before_after_notes(
    delivered: DeliveredData, situation: Situation, years: tuple[int, int], *, months: str
) -> BeforeAfterNotes:
    """What the guards say of years before and after a measure, and of the months of the town.

    The other places stand in the same register, so what changed in it changed there too. The whole
    town has nothing beside it: a step in it may be the change itself. The answer does not rest on
    the months. So when a guard refuses them, they are left out, and the answer says so.

    Args:
        delivered: The delivery, with its contracts.
        situation: What is compared; the changes are added here.
        years: First and last year that are compared.
        months: The dataset with counts per month; empty when there is none.

    Raises:
        InputError: A guard refuses the comparison of the places.
    """
    period = (f"{years[0]}", f"{years[1]}")
    contracts = delivered.contracts
    others = breaks_in(period, [one for name, one in contracts.items() if name != months])
    notes = notes_or_refusal(replace(situation, trend=True, breaks=others))
    if months not in contracts:
        return BeforeAfterNotes(notes)
    counted = delivered.plan.analysis.dataset if delivered.plan.analysis else months
    named = [contracts[name] for name in (months, counted) if name in contracts]
    found = guarded(
        Situation(question=situation.question, trend=True, breaks=breaks_in(period, named))
    )
    refused = [one.note for one in found if one.severity is Severity.REFUSE]
    if refused:
        why = [Note(_WITHOUT_MONTHS, one.fields) for one in refused]
        return BeforeAfterNotes(_each_once((*notes, *why)), months_stand=False)
    return BeforeAfterNotes(_each_once((*notes, *(one.note for one in found))))


def _each_once(notes: Sequence[Note]) -> tuple[Note, ...]:
    """A note that two guards make, once; their fields are mappings, so they have no hash."""
    return tuple(one for at, one in enumerate(notes) if one not in notes[:at])


def comparisons_in(figures: Sequence[Figure], compared: str) -> int:
    """In how many cells of a figure something is compared with elsewhere.

    Args:
        figures: Everything that may be shown.
        compared: Id of the figure.
    """
    cells = [cell for figure in figures if figure.id == compared for cell in figure.cells]
    return sum("stands" in cell.derived for cell in cells)


def plan_texts(plan: Plan) -> dict[str, str]:
    """The texts of a plan that say what is the matter, by their name in the plan."""
    return {"problem": plan.question.problem, "know": plan.question.know}


def population_of(delivered: DeliveredData) -> str:
    """What the population of a fair comparison is, in the words of its contract.

    Returns:
        ``residents``, ``other``, or empty when the plan names no population.
    """
    fair = delivered.plan.analysis.fair if delivered.plan.analysis else None
    contract = delivered.contracts.get(fair.dataset) if fair else None
    if fair is None or contract is None:
        return ""
    said = contract.title
    if fair.value in contract.column_names:  # persons that the delivery counted have no column
        described = contract.column(fair.value)
        said += f" {described.title} {described.definition}"
    return "residents" if _RESIDENTS.search(said) else "other"


def visited_areas(counted: str, names: Iterable[str]) -> tuple[str, ...]:
    """The areas to which many come who do not live there, when what is counted may happen to them.

    Args:
        counted: What one row of the counted dataset is, and what the dataset is called.
        names: Of the areas of the answer.
    """
    if not _TO_ANYBODY.search(counted):
        return ()
    return tuple(name for name in names if _BUSY.search(name))
