"""Reading what waits for somebody, and how far long work is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.words import language, words
from grondslag_portal.tasks.models import OPEN, Run, Task

_PAGES = {
    "approval": "assessments:decision",
    "delivery": "deliveries:delivery",
    "insight": "deliveries:insight",
    "decision": "decisions:decision",
    "review": "decisions:review",
}
_TITLES = {
    "question": "tasks.todo-question",
    "ground": "tasks.todo-ground",
    "data": "tasks.todo-data",
    "approval": "tasks.todo-approval",
    "delivery": "tasks.todo-delivery",
    "insight": "tasks.todo-insight",
    "decision": "tasks.todo-decision",
    "review": "tasks.todo-review",
}
_ANALYSE = "tasks.todo-analyse"


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class Granted(Protocol):
    """A role that somebody has."""

    @property
    def role(self) -> str:
        """Which."""

    @property
    def department(self) -> _Named | None:
        """For which department; None for all."""


class Somebody(Protocol):
    """Whom things wait for: a `Person`."""

    @property
    def pk(self) -> int:
        """Their number."""

    def grants_today(self) -> Sequence[Granted]:
        """The roles they have today."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody, as it is shown.

    Args:
        title: What to do, as a sentence.
        url: Where.
        project: Key of the project.
        project_title: Its title.
        step: Which step of the road.
        role: In which role.
        dataset: Of which datasets, for an owner, with commas between them.
        since: Since when.
        due: When it should be done.
        is_late: Whether that day has passed.
    """

    title: str
    url: str
    project: str
    project_title: str
    step: str
    role: str
    dataset: str
    since: date | None
    due: date | None
    is_late: bool


def tasks_for(person: Somebody) -> list[Waiting]:
    """What waits for somebody, late first, then what must be done first.

    Nobody signs what they asked for themselves, so that does not wait for them either. An owner of
    several datasets in a project is asked once.
    """
    mine = Q(role=Role.APPLICANT.value, applicant=person.pk)
    for grant in person.grants_today():
        wanted = Q(role=grant.role) & ~Q(applicant=person.pk)
        if grant.department is not None:
            wanted &= Q(department=grant.department.name)
        mine |= wanted
    today = engine.today()
    together: dict[tuple[str, str, str], list[Task]] = {}
    for task in Task.objects.filter(mine).order_by("dataset"):
        together.setdefault((task.project, task.step, task.role), []).append(task)
    found = [_shown(tasks, today) for tasks in together.values()]
    return sorted(found, key=lambda one: (not one.is_late, one.due or date.max, one.project))


def newest_run(kind: str, about: str) -> Run | None:
    """The newest run of a kind of work; None when there was none."""
    return Run.objects.filter(kind=kind, about=about).select_related("by").first()


def is_open(run: Run | None) -> bool:
    """Whether a run waits or goes on."""
    return run is not None and run.status in OPEN


def said_of(run: Run) -> str:
    """The step that is being done, or why it failed; empty when there is nothing to say."""
    if run.said:
        return str(run.said.get(language(), ""))
    return words(run.step, about=run.step_about) if run.step else ""


def _shown(tasks: Sequence[Task], today: date) -> Waiting:
    """Tasks of one project, step and role; they differ in dataset only."""
    task = tasks[0]
    return Waiting(
        title=_title(task),
        url=_page(task),
        project=task.project,
        project_title=task.project_title,
        step=task.step,
        role=task.role,
        dataset=", ".join(one.dataset for one in tasks if one.dataset),
        since=task.since,
        due=task.due,
        is_late=task.due is not None and task.due < today,
    )


def _title(task: Task) -> str:
    is_analyst = task.step == "insight" and task.role == Role.ANALYST
    return words(_ANALYSE if is_analyst else _TITLES[task.step])


def _page(task: Task) -> str:
    try:
        return reverse(_PAGES.get(task.step, "projects:project"), args=[task.project])
    except NoReverseMatch:  # an installation without that part of the road
        return reverse("projects:project", args=[task.project])
