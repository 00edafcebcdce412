"""Who may do what with decisions."""

from grondslag_portal.projects.models import Phase
from grondslag_portal.projects.permissions import READERS
from grondslag_portal.shared.access import Role, allowed, declare

_AFTER = {Phase.DECIDED, Phase.REVIEWED}

TABLE = declare(
    {
        "decisions.list": allowed(Role.EVERYBODY),
        "decisions.read": allowed(*READERS, Role.COUNCIL, when=_AFTER | {Phase.ANSWERED}),
        "decisions.write": allowed(Role.APPLICANT, Role.DECIDER, when={Phase.ANSWERED}),
        "decisions.sign": allowed(Role.DECIDER, when={Phase.ANSWERED}),
        "decisions.council": allowed(*READERS, Role.COUNCIL, when=_AFTER),
        "decisions.review": allowed(Role.APPLICANT, Role.DECIDER, when={Phase.DECIDED}),
    }
)
