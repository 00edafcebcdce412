"""Who may do what through the API, and which scope a token needs for it.

The rows are those of the apps: a program may never more than somebody with its roles.
"""

from collections.abc import Mapping
from enum import StrEnum

from grondslag_portal.assessments.permissions import TABLE as ASSESSMENTS
from grondslag_portal.catalogue.permissions import TABLE as CATALOGUE
from grondslag_portal.decisions.permissions import TABLE as DECISIONS
from grondslag_portal.deliveries.permissions import TABLE as DELIVERIES
from grondslag_portal.home.permissions import TABLE as HOME
from grondslag_portal.organisations.permissions import TABLE as ORGANISATIONS
from grondslag_portal.projects.permissions import TABLE as PROJECTS
from grondslag_portal.public.permissions import TABLE as PUBLIC
from grondslag_portal.shared.access import Allowed, Role, allowed, declare


class Scope(StrEnum):
    """What a token is for; a token has the least it needs."""

    READ_PROJECTS = "projects.read"
    BEGIN_PROJECTS = "projects.begin"
    REOPEN_PROJECTS = "projects.reopen"
    EXPORT_PROJECTS = "projects.export"
    CHANGE_PLANS = "plans.change"
    READ_DELIVERIES = "deliveries.read"
    START_DELIVERIES = "deliveries.start"
    FETCH_PROOFS = "deliveries.proof"
    START_ANALYSES = "analyses.start"
    READ_REPORTS = "reports.read"
    READ_DECISIONS = "decisions.read"
    WRITE_DECISIONS = "decisions.write"
    READ_DATASETS = "datasets.read"
    CHANGE_CONTRACTS = "contracts.change"
    READ_NOTES = "notes.read"
    WRITE_NOTES = "notes.write"
    CHANGE_TERMS = "terms.change"
    PROPOSE_SETTLING = "differences.propose"
    READ_TASKS = "tasks.read"
    READ_RIGHTS = "rights.read"
    VERIFY_AUDIT = "audit.verify"


CLIENT_ROLES = frozenset(
    {Role.ADVISER, Role.ANALYST, Role.STEWARD, Role.DATA_OFFICE, Role.ADMINISTRATOR}
)
"""The roles a client may act in: those whose work is no signature, advice or release."""

_EVERYBODY = allowed(Role.NOBODY, Role.EVERYBODY)

_OPEN = {
    "api.description": _EVERYBODY,
    "api.rules": _EVERYBODY,
    "api.public": PUBLIC["public.read"],
}
"""What everybody may read needs no token."""

_ROWS: Mapping[str, tuple[Allowed, Scope]] = {
    "api.projects": (PROJECTS["projects.list"], Scope.READ_PROJECTS),
    "api.project": (PROJECTS["projects.read"], Scope.READ_PROJECTS),
    "api.projects-alike": (HOME["home.known"], Scope.READ_PROJECTS),
    "api.lessons": (HOME["home.lessons"], Scope.READ_PROJECTS),
    "api.overview": (HOME["home.overview"], Scope.READ_PROJECTS),
    "api.assessment": (ASSESSMENTS["assessments.read"], Scope.READ_PROJECTS),
    "api.begin-project": (PROJECTS["projects.begin"], Scope.BEGIN_PROJECTS),
    "api.import-project": (PROJECTS["projects.import"], Scope.BEGIN_PROJECTS),
    "api.reopen": (PROJECTS["projects.reopen"], Scope.REOPEN_PROJECTS),
    "api.replace-plan": (PROJECTS["projects.edit"], Scope.CHANGE_PLANS),
    "api.change-plan": (PROJECTS["projects.edit"], Scope.CHANGE_PLANS),
    "api.export": (PROJECTS["projects.export"], Scope.EXPORT_PROJECTS),
    "api.deliveries": (DELIVERIES["deliveries.read"], Scope.READ_DELIVERIES),
    "api.runs": (DELIVERIES["deliveries.read"], Scope.READ_DELIVERIES),
    "api.insight": (DELIVERIES["deliveries.read"], Scope.READ_DELIVERIES),
    "api.start-delivery": (DELIVERIES["deliveries.start"], Scope.START_DELIVERIES),
    "api.proof": (DELIVERIES["deliveries.proof"], Scope.FETCH_PROOFS),
    "api.start-analysis": (DELIVERIES["deliveries.analyse"], Scope.START_ANALYSES),
    "api.start-report": (DELIVERIES["deliveries.report-again"], Scope.START_ANALYSES),
    "api.report": (DELIVERIES["deliveries.report"], Scope.READ_REPORTS),
    "api.figures": (DELIVERIES["deliveries.report"], Scope.READ_REPORTS),
    "api.decisions": (DECISIONS["decisions.list"], Scope.READ_DECISIONS),
    "api.decision": (DECISIONS["decisions.read"], Scope.READ_DECISIONS),
    "api.read-draft": (DECISIONS["decisions.write"], Scope.WRITE_DECISIONS),
    "api.write-draft": (DECISIONS["decisions.write"], Scope.WRITE_DECISIONS),
    "api.review": (DECISIONS["decisions.review"], Scope.WRITE_DECISIONS),
    "api.datasets": (CATALOGUE["catalogue.list"], Scope.READ_DATASETS),
    "api.dataset": (CATALOGUE["catalogue.read"], Scope.READ_DATASETS),
    "api.managers": (CATALOGUE["catalogue.managers"], Scope.READ_DATASETS),
    "api.terms": (CATALOGUE["catalogue.terms"], Scope.READ_DATASETS),
    "api.term": (CATALOGUE["catalogue.terms"], Scope.READ_DATASETS),
    "api.differences": (CATALOGUE["catalogue.conflicts"], Scope.READ_DATASETS),
    "api.difference": (CATALOGUE["catalogue.conflicts"], Scope.READ_DATASETS),
    "api.add-dataset": (CATALOGUE["catalogue.add"], Scope.CHANGE_CONTRACTS),
    "api.replace-contract": (CATALOGUE["catalogue.change"], Scope.CHANGE_CONTRACTS),
    "api.notes": (CATALOGUE["catalogue.exchange"], Scope.READ_NOTES),
    "api.notes-about": (CATALOGUE["catalogue.write-note"], Scope.READ_NOTES),
    "api.write-note": (CATALOGUE["catalogue.write-note"], Scope.WRITE_NOTES),
    "api.write-term": (CATALOGUE["catalogue.write-term"], Scope.CHANGE_TERMS),
    "api.change-term": (CATALOGUE["catalogue.write-term"], Scope.CHANGE_TERMS),
    "api.propose": (CATALOGUE["catalogue.propose"], Scope.PROPOSE_SETTLING),
    "api.tasks": (HOME["home.my-work"], Scope.READ_TASKS),
    "api.rights": (ORGANISATIONS["organisations.rights"], Scope.READ_RIGHTS),
    "api.rights-reviews": (ORGANISATIONS["organisations.see-rights"], Scope.READ_RIGHTS),
    "api.person": (ORGANISATIONS["organisations.change-rights"], Scope.READ_RIGHTS),
    "api.authorities": (ORGANISATIONS["organisations.authorities"], Scope.READ_RIGHTS),
    "api.audit": (allowed(Role.ADMINISTRATOR), Scope.VERIFY_AUDIT),
    "api.verify-audit": (allowed(Role.ADMINISTRATOR), Scope.VERIFY_AUDIT),
}

TABLE = declare({**_OPEN, **{action: row for action, (row, _) in _ROWS.items()}})

PAGES = declare(
    {
        "tokens.see": ORGANISATIONS["organisations.see-rights"],
        "tokens.change": ORGANISATIONS["organisations.change-rights"],
    }
)
"""Of the pages about tokens: for people only."""

SCOPES: Mapping[str, Scope] = {action: scope for action, (_, scope) in _ROWS.items()}
"""The scope per action; what everybody may read needs none."""
