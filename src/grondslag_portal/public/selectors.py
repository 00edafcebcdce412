"""What everybody may read of projects: those that went on after approval, and are not restricted.

A decision is shown when it was decided to publish it; otherwise only that there is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet

from grondslag.delivery import read_project
from grondslag.errors import GrondslagError
from grondslag.plan import Plan
from grondslag.policy import privacy_statement
from grondslag_portal.decisions.selectors import Decided, decided_in, public_sentences
from grondslag_portal.projects.folders import folder_of
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.selectors import plan_in
from grondslag_portal.shared import engine

PUBLIC = (Phase.APPROVED, Phase.DELIVERED, Phase.ANSWERED, Phase.DECIDED, Phase.REVIEWED)
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class PublicProject:
    """A project as everybody may read it.

    Args:
        project: Which.
        plan: What it wants and why.
        statement: What people must hear whose data are used (GDPR arts. 13 and 14).
        decided: The decision, when it is public; else None.
        is_decided: Whether there is a decision at all.
    """

    project: Project
    plan: Plan
    statement: tuple[str, ...]
    decided: Decided | None
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A project in the list.

    Args:
        project: Which.
        decision: The decision in one sentence; empty when there is none, or it is not public.
    """

    project: Project
    decision: str


def public_projects() -> QuerySet[Project]:
    """The projects that everybody may read about, newest first."""
    return Project.objects.filter(phase__in=PUBLIC, restricted=False).select_related("department")


def listed(projects: Iterable[Project]) -> list[Listed]:
    """Projects of a page, each with its decision when that is public."""
    found = list(projects)
    public = public_sentences(found)
    return [Listed(project, public.get(project.pk, "")) for project in found]


def public_project(key: str, *, language: str) -> PublicProject | None:
    """One of them; None when there is none with this key."""
    project = public_projects().filter(key=key).first()
    if project is None:
        return None
    decided = decided_in(project)
    shown = decided if decided is not None and decided.decision.public else None
    return PublicProject(
        project=project,
        plan=plan_in(project),
        statement=statement_of(project, language=language),
        decided=shown,
        is_decided=decided is not None,
    )


def statement_of(project: Project, *, language: str) -> tuple[str, ...]:
    """What people must hear whose data a project uses; empty without personal data.

    Worked out by the engine from the project's documents, and kept until they change.
    """
    key = f"statement:{project.key}:{project.changed.timestamp()}:{language}"
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        try:
            case = read_project(folder_of(project.key), clock=engine.clock()).case
            found = privacy_statement(case, language=language).sentences
        except GrondslagError:
            return ()  # its documents are being changed; the next visitor reads them again
        cache.set(key, found, _DAY)
    return found
