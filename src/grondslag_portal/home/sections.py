"""What somebody needs first: one table from roles to the sections of one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse

from grondslag_portal.catalogue.managing import who_manages
from grondslag_portal.catalogue.selectors import departments_kept_by
from grondslag_portal.home.selectors import advised, all_tasks, own_projects, seen_projects
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import roles_without_person
from grondslag_portal.projects.models import AdviceStand, Phase, Project
from grondslag_portal.projects.road import now_of, road_of
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.words import words
from grondslag_portal.tasks.selectors import Waiting

_MOST = 10
_FEW = 3  # of what is a chore beside the work; the whole list is a link away
_SHORT = 160  # signs of a decision in a list
_GOES_ON = (Phase.APPROVED, Phase.DELIVERED, Phase.ANSWERED)
_ADVICE_STATUS = {
    AdviceStand.GIVEN: "waiting",
    AdviceStand.FOLLOWED: "done",
    AdviceStand.REASONED: "busy",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a section.

    Args:
        title: What it is about.
        url: Where to go.
        facts: What to know at once, as sentences.
        status: How it stands, in words; empty when there is nothing to say.
        look: How that looks: one of the six statuses of a step.
    """

    title: str
    url: str
    facts: tuple[str, ...] = ()
    status: str = ""
    look: str = "not_started"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page.

    Args:
        code: Its heading.
        empty: What is said when there is nothing in it.
        rows: What stands in it.
        more: Where the whole list is; empty when this is all.
        more_code: What is said of that.
    """

    code: str
    empty: str
    rows: Sequence[Row]
    more: str = ""
    more_code: str = "home.more"


@dataclass(frozen=True)
class Desk:
    """The desk of somebody: what their sections are made of, read once.

    Args:
        person: Whose.
    """

    person: Person
    today: date = field(default_factory=engine.today)

    @cached_property
    def tasks(self) -> Sequence[Waiting]:
        """What waits for them, late first."""
        return all_tasks(self.person)


Makes = Callable[[Desk], Section]


def sections_for(person: Person) -> list[Section]:
    """The sections of somebody's page, in the order of the table, each once."""
    desk = Desk(person)
    roles = person.roles_today()
    makes = [make for role, found in SECTIONS.items() if role in roles for make in found]
    return [make(desk) for make in dict.fromkeys([*makes, *EVERYBODY])]


def waiting_row(task: Waiting) -> Row:
    """Something that waits, as a line of the one list over all projects."""
    facts = [task.project_title]
    if task.since:
        facts.append(words("shared.since", day=task.since))
    if task.due:
        facts.append(words("home.due", day=task.due))
    late = words("home.late") if task.is_late else ""
    return Row(task.title, task.url, tuple(facts), late, "wrong")


def _advice_asked(desk: Desk) -> Section:
    asked = seen_projects(desk.person).filter(advice=AdviceStand.ASKED)[:_MOST]
    rows = [
        Row(one.title, reverse("assessments:advise", args=[one.key]), (one.question,))
        for one in asked
    ]
    return Section("home.advice-asked", "home.advice-asked-empty", rows)


def _advice_done(desk: Desk) -> Section:
    rows = [
        Row(
            one.title,
            reverse("assessments:advice", args=[one.key]),
            status=words(f"home.advice-{one.advice}"),
            look=_ADVICE_STATUS[AdviceStand(one.advice)],
        )
        for one in advised(desk.person)[:_MOST]
    ]
    return Section(
        "home.advice-done", "home.advice-done-empty", rows, reverse("home:sample"), "home.to-sample"
    )


def _assignments(desk: Desk) -> Section:
    departments = [
        grant.department_id for grant in desk.person.grants_today() if grant.role == Role.ANALYST
    ]
    found = seen_projects(desk.person).filter(phase__in=_GOES_ON)
    if None not in departments:
        found = found.filter(department__in=departments)
    rows = [Row(one.title, _page(one), _until(one)) for one in found.order_by("end_date")[:_MOST]]
    return Section("home.assignments", "home.assignments-empty", rows)


def _gaps_of_mine(desk: Desk) -> Section:
    kept = set(departments_kept_by(desk.person).values_list("pk", flat=True))
    rows = [row for pk, row in _gaps() if pk in kept][:_FEW]
    return Section(
        "home.gaps-of-mine",
        "home.gaps-of-mine-empty",
        rows,
        reverse("catalogue:managers"),
        "home.to-managers",
    )


def _decisions(desk: Desk) -> Section:
    decided = seen_projects(desk.person).exclude(decision="")[:_MOST]
    rows = [
        Row(one.title, reverse("decisions:council", args=[one.key]), (_short(one.decision),))
        for one in decided
    ]
    return Section("home.decisions", "home.decisions-empty", rows, reverse("decisions:list"))


def _gaps_of_all(_desk: Desk) -> Section:
    empty = [
        Row(words("home.role-without-person", role=words(f"home.role-{role}")), "")
        for role in roles_without_person()
    ]
    rows = [*empty, *(row for _, row in _gaps())][:_MOST]
    return Section(
        "home.gaps", "home.gaps-empty", rows, reverse("catalogue:managers"), "home.to-managers"
    )


def _own(desk: Desk) -> Section:
    rows = [_on_the_road(one) for one in own_projects(desk.person)[:_MOST]]
    return Section(
        "home.own", "home.own-empty", rows, reverse("projects:list"), "home.all-projects"
    )


SECTIONS: Mapping[Role, tuple[Makes, ...]] = {
    Role.DATA_PROTECTION_OFFICER: (_advice_asked, _advice_done),
    Role.ANALYST: (_assignments,),
    Role.OWNER: (_gaps_of_mine,),
    Role.STEWARD: (_gaps_of_mine,),
    Role.COUNCIL: (_decisions,),
    Role.DATA_OFFICE: (_gaps_of_all,),
    Role.ADMINISTRATOR: (_gaps_of_all,),
}
"""What somebody in a role needs first; who has two roles sees both, what they share once."""

EVERYBODY: tuple[Makes, ...] = (_own,)
"""What everybody sees after that."""


def _gaps() -> list[tuple[int, Row]]:
    """Departments in which somebody is missing, each with its number."""
    return [
        (found.department.pk, Row(found.department.name, reverse("catalogue:managers"),
                                  tuple(words(code) for code in found.gaps)))
        for found in who_manages()
        if found.gaps
    ]  # fmt: skip


def _on_the_road(project: Project) -> Row:
    """A project with the step it is at, or what became of it."""
    stops = road_of(project)
    now = None if project.phase == Phase.STOPPED else now_of(stops)
    if now is None:
        return Row(project.title, _page(project), (), words(f"projects.phase-{project.phase}"))
    at = words("projects.stop-of", number=now.number, of=len(stops), step=now.title)
    return Row(project.title, _page(project), (at,), words(now.status.word.code), str(now.status))


def _page(project: Project) -> str:
    return reverse("projects:project", args=[project.key])


def _until(project: Project) -> tuple[str, ...]:
    return () if project.end_date is None else (words("home.until", day=project.end_date),)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]} …"
