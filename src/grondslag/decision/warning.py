"""What the guards say of a decision before others read it; a warning changes nothing in it."""

from grondslag.analysis.guards import Situation, guarded
from grondslag.analysis.result import Note
from grondslag.decision.model import Decision
from grondslag.plan import Plan


def warnings_of(decision: Decision, plan: Plan) -> tuple[Note, ...]:
    """Where a decision says why, while its figures only say where.

    Args:
        decision: The decision; only what it says about the data is looked at, not its plans.
        plan: Of the project: its question tells whether the analysis could find a cause.
    """
    question = plan.analysis.question if plan.analysis else ""
    texts = {"sentence": decision.sentence, "data_say": " ".join(decision.data_say)}
    return tuple(one.note for one in guarded(Situation(question=question, texts=texts)))
