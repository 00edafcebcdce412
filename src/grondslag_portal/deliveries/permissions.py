"""Who may do what with deliveries and answers."""

from grondslag_portal.projects.models import Phase
from grondslag_portal.projects.permissions import READERS
from grondslag_portal.shared.access import Role, allowed, declare

_AFTER = {Phase.DELIVERED, Phase.ANSWERED, Phase.DECIDED, Phase.REVIEWED}
_ANSWERED = {Phase.ANSWERED, Phase.DECIDED, Phase.REVIEWED}

TABLE = declare(
    {
        "deliveries.read": allowed(*READERS),
        "deliveries.start": allowed(Role.ANALYST, when={Phase.APPROVED, *_AFTER}),
        "deliveries.proof": allowed(
            Role.APPLICANT, Role.ANALYST, Role.OWNER, Role.PRIVACY_OFFICER,
            Role.DATA_PROTECTION_OFFICER, Role.DECIDER, Role.RELEASER, when=_AFTER,
        ),
        "deliveries.analyse": allowed(Role.ANALYST, when=_AFTER),
        "deliveries.release": allowed(Role.RELEASER, when=_AFTER),
        "deliveries.report-again": allowed(
            Role.APPLICANT, Role.ANALYST, Role.RELEASER, Role.DECIDER, when=_ANSWERED
        ),
        "deliveries.report": allowed(*READERS, Role.COUNCIL, when=_ANSWERED),
    }
)  # fmt: skip
