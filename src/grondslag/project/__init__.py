"""Where a project stands, and its way from a delivery to an answer.

    model      the words of a state: steps, statuses, who is waited for, what is next
    documents  the documents of a project, as far as they can be read
    approving  who signed, who is waited for, whether it holds today
    state      every step of a project, computed from its documents
    answering  a delivery analysed, and its answer released by a second person

May import analysis, release, delivery, approval, policy and everything below them. A state is
never stored; a fault in a document is a status with its sentence.
"""

from grondslag.project.model import Saying, Status, Step, StepState, Waiting
from grondslag.project.state import project_state

__all__ = [
    "Saying",
    "Status",
    "Step",
    "StepState",
    "Waiting",
    "project_state",
]
