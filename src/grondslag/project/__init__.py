"""Where a project stands.

    model      the words of a state: steps, statuses, who is waited for, what is next
    documents  the documents of a project, as far as they can be read
    approving  who signed, who is waited for, whether it holds today
    state      every step of a project, computed from its documents
    to_sign    what somebody puts their name to, in plain words
    recorded   whether a decision or a look back is the one that was recorded

May import analysis, release, delivery, approval, policy and everything below them. A state is
never stored; a fault in a document is a status with its sentence.
"""

from grondslag.project.documents import step_of
from grondslag.project.model import Saying, Status, Step, StepState, Waiting
from grondslag.project.state import project_state
from grondslag.project.to_sign import ToSign, to_sign

__all__ = [
    "Saying",
    "Status",
    "Step",
    "StepState",
    "ToSign",
    "Waiting",
    "project_state",
    "step_of",
    "to_sign",
]
