"""Who may advise, answer and sign."""

from grondslag_portal.projects.models import Phase
from grondslag_portal.projects.permissions import READERS
from grondslag_portal.shared.access import Role, allowed, declare

_BEFORE = {Phase.DRAFT, Phase.SIGNING}

TABLE = declare(
    {
        "assessments.read": allowed(*READERS),
        "assessments.advise": allowed(
            Role.DATA_PROTECTION_OFFICER, when={*_BEFORE, Phase.APPROVED}
        ),
        "assessments.answer": allowed(Role.DECIDER, when=_BEFORE),
        "assessments.sign": allowed(Role.OWNER, Role.PRIVACY_OFFICER, Role.DECIDER, when=_BEFORE),
    }
)
