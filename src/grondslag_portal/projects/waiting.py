"""For whom a project waits, from the states of its steps as the engine tells them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from grondslag.approval import ROLE_WORDS
from grondslag.plan import Plan
from grondslag.project import Status, Step, StepState
from grondslag.vocabulary import SigningRole
from grondslag_portal.projects.models import Project
from grondslag_portal.shared.access import Role
from grondslag_portal.tasks.services import Waits

_SIGNERS: Mapping[str, Role] = {
    ROLE_WORDS[role].code: found
    for role, found in (
        (SigningRole.OWNER, Role.OWNER),
        (SigningRole.PRIVACY_OFFICER, Role.PRIVACY_OFFICER),
        (SigningRole.DECIDER, Role.DECIDER),
        (SigningRole.RELEASER, Role.RELEASER),
        (SigningRole.REVOKER, Role.ADMINISTRATOR),
        (SigningRole.DATA_PROTECTION_OFFICER, Role.DATA_PROTECTION_OFFICER),
    )
}
_DOERS: Mapping[Step, Role] = {
    Step.QUESTION: Role.APPLICANT,
    Step.GROUND: Role.APPLICANT,
    Step.DATA: Role.APPLICANT,
    Step.DELIVERY: Role.ANALYST,
    Step.INSIGHT: Role.ANALYST,
}
"""Who goes on with a step for which nobody is asked by name."""
_TO_DO = (Status.NOT_STARTED, Status.BUSY, Status.WRONG)


def waits_of(project: Project, states: Sequence[StepState], plan: Plan) -> Iterator[Waits]:
    """Everything that waits for somebody in this project.

    Args:
        project: With its department.
        states: How each step stands.
        plan: Says when a decision is needed, and when to look back.
    """
    own = project.department.name
    for state in states:
        due = _due(state.step, plan)
        for waiting in state.waiting:
            role = _SIGNERS[waiting.role.code]
            department = waiting.about if role is Role.OWNER else own
            yield Waits(
                str(state.step), role.value, department, waiting.dataset, waiting.since, due
            )
        if state.status in _TO_DO and not state.waiting and state.step in _DOERS:
            yield Waits(str(state.step), _DOERS[state.step].value, own, due=due)


def _due(step: Step, plan: Plan) -> date | None:
    day = plan.review_date if step is Step.REVIEW else plan.question.decision.needed_by
    return None if day == plan.dated else day  # what a first plan has for a day nobody knows
