"""Who may do what with a project: role by status by action."""

from grondslag_portal.projects.models import Phase
from grondslag_portal.shared.access import Role, allowed, declare

READERS = (
    Role.APPLICANT,
    Role.ADVISER,
    Role.ANALYST,
    Role.OWNER,
    Role.STEWARD,
    Role.PRIVACY_OFFICER,
    Role.DATA_PROTECTION_OFFICER,
    Role.SECURITY_OFFICER,
    Role.DECIDER,
    Role.RELEASER,
    Role.DATA_OFFICE,
    Role.EVERYBODY,
)
"""Every civil servant may read a project that is not restricted: what was asked before is known."""

TABLE = declare(
    {
        "projects.list": allowed(Role.EVERYBODY),
        "projects.begin": allowed(Role.EVERYBODY),
        "projects.read": allowed(*READERS),
        "projects.edit": allowed(Role.APPLICANT, Role.ANALYST, when={Phase.DRAFT}),
        "projects.reopen": allowed(
            Role.APPLICANT, when={Phase.SIGNING, Phase.APPROVED, Phase.STOPPED}
        ),
        "projects.import": allowed(Role.EVERYBODY),
        "projects.hand-over": allowed(Role.EVERYBODY),
        "projects.export": allowed(
            Role.APPLICANT, Role.ANALYST, Role.OWNER, Role.PRIVACY_OFFICER,
            Role.DATA_PROTECTION_OFFICER, Role.DECIDER,
        ),
    }
)  # fmt: skip
