"""Who may do what through the API, and which scope a token needs for it.

The rows are those of the apps: a program may never more than somebody with its roles.
"""

from collections.abc import Mapping
from enum import StrEnum

from grondslag_portal.catalogue.permissions import TABLE as CATALOGUE
from grondslag_portal.decisions.permissions import TABLE as DECISIONS
from grondslag_portal.projects.permissions import TABLE as PROJECTS
from grondslag_portal.shared.access import Role, allowed, declare


class Scope(StrEnum):
    """What a token is for; a token has the least it needs."""

    READ_PROJECTS = "projects.read"
    CHANGE_PLANS = "plans.change"
    EXPORT_PROJECTS = "projects.export"
    READ_DATASETS = "datasets.read"
    CHANGE_CONTRACTS = "contracts.change"
    READ_DECISIONS = "decisions.read"
    READ_TASKS = "tasks.read"
    VERIFY_AUDIT = "audit.verify"


CLIENT_ROLES = frozenset(
    {Role.ADVISER, Role.ANALYST, Role.STEWARD, Role.DATA_OFFICE, Role.ADMINISTRATOR}
)
"""The roles a client may act in: those whose work is no signature, advice or release."""

_EVERYBODY = allowed(Role.NOBODY, Role.EVERYBODY)

TABLE = declare(
    {
        "api.description": _EVERYBODY,
        "api.rules": _EVERYBODY,
        "api.projects": PROJECTS["projects.list"],
        "api.project": PROJECTS["projects.read"],
        "api.replace-plan": PROJECTS["projects.edit"],
        "api.change-plan": PROJECTS["projects.edit"],
        "api.export": PROJECTS["projects.export"],
        "api.datasets": CATALOGUE["catalogue.list"],
        "api.dataset": CATALOGUE["catalogue.read"],
        "api.replace-contract": CATALOGUE["catalogue.change"],
        "api.decisions": DECISIONS["decisions.list"],
        "api.decision": DECISIONS["decisions.read"],
        "api.tasks": allowed(Role.EVERYBODY),
        "api.audit": allowed(Role.ADMINISTRATOR),
    }
)

SCOPES: Mapping[str, Scope] = {
    "api.projects": Scope.READ_PROJECTS,
    "api.project": Scope.READ_PROJECTS,
    "api.replace-plan": Scope.CHANGE_PLANS,
    "api.change-plan": Scope.CHANGE_PLANS,
    "api.export": Scope.EXPORT_PROJECTS,
    "api.datasets": Scope.READ_DATASETS,
    "api.dataset": Scope.READ_DATASETS,
    "api.replace-contract": Scope.CHANGE_CONTRACTS,
    "api.decisions": Scope.READ_DECISIONS,
    "api.decision": Scope.READ_DECISIONS,
    "api.tasks": Scope.READ_TASKS,
    "api.audit": Scope.VERIFY_AUDIT,
}
"""The scope per action; what everybody may read needs none."""
