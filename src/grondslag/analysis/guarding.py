"""The guards, put to what an analysis does: what its situation is, from plan and figures."""

from collections.abc import Iterable, Sequence

from grondslag.analysis.breaks import breaks_in
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.guards import Situation, notes_or_refusal
from grondslag.analysis.result import Note
from grondslag.plan import Plan
from grondslag.release import Figure


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
