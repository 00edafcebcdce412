"""Dates that somebody must know, as a calendar; no personal data, no title of what is restricted.

Source: RFC 5545, sections 3.1 (lines of at most 75 octets, ended by CRLF), 3.3.11 (text) and 3.6.1
(an event of a whole day).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from grondslag.approval import current_authorities
from grondslag.errors import GrondslagError
from grondslag_portal.home.selectors import seen_projects
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project, ProjectDataset
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.words import words

_OCTETS = 75
_OF_DATASETS = (Role.OWNER, Role.STEWARD)
_NOT_ABOUT_PROJECTS = (Role.ADVISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.DATA_OFFICE)
_ENDS = (Phase.APPROVED, Phase.DELIVERED, Phase.ANSWERED, Phase.DECIDED)
_MOST = 500


@dataclass(frozen=True, slots=True)
class Event:
    """A day in the calendar.

    Args:
        name: Which event; the same at every look, so that a calendar replaces it.
        day: When.
        said: In one sentence.
        path: Where to read more, within the portal.
    """

    name: str
    day: date
    said: str
    path: str


def events_for(person: Person) -> list[Event]:
    """The days of the projects that somebody has to do with, and of their own mandates."""
    found = list(_concerned(person).order_by("key")[:_MOST])
    events = [event for project in found for event in _of_project(project)]
    return sorted([*events, *_mandates(person)], key=lambda event: (event.day, event.name))


def as_calendar(events: Iterable[Event], *, address: str, now: datetime) -> bytes:
    """Events in the form of RFC 5545.

    Args:
        events: What stands in it.
        address: Of the portal, with scheme and without a path: ``https://portaal.example``.
        now: When it is written.
    """
    host = address.partition("://")[2]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Grondslag//Portaal//NL",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(words('home.calendar'))}",
    ]  # fmt: skip
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.name}@{host}",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(event.said)}",
            f"URL:{address}{event.path}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _concerned(person: Person) -> QuerySet[Project]:
    """The projects somebody began or has a role towards; seeing a project is not enough."""
    mine = Q(applicant=person)
    for grant in person.grants_today():
        role = Role(grant.role)
        if role in _NOT_ABOUT_PROJECTS:
            continue
        if grant.department is None:
            return seen_projects(person)
        if role in _OF_DATASETS:
            asking = ProjectDataset.objects.filter(department=grant.department.name)
            mine |= Q(pk__in=asking.values("project"))
        else:
            mine |= Q(department=grant.department)
    return seen_projects(person).filter(mine)


def _of_project(project: Project) -> Iterator[Event]:
    """Its end and its review; the title of a restricted project does not leave the portal."""
    title = words("home.calendar-closed") if project.restricted else project.title
    path = reverse("projects:project", args=[project.key])
    name = f"{project.pk}"
    if project.phase in _ENDS and project.end_date is not None:
        said = words("home.calendar-ends", title=title)
        yield Event(f"einde-{name}", project.end_date, said, path)
    if project.phase == Phase.DECIDED and project.review_date is not None:
        said = words("home.calendar-review", title=title)
        yield Event(f"terugkijken-{name}", project.review_date, said, path)


def _mandates(person: Person) -> Iterator[Event]:
    """The last days of the roles of somebody, and of what the list lets them sign."""
    path = reverse("home:my-work")
    for grant in person.grants_today():
        if grant.end is not None:
            yield Event(f"rol-{grant.pk}", grant.end, words("home.calendar-role"), path)
    try:
        entries = current_authorities(engine.installation()).entries
    except GrondslagError:
        return  # there is no list yet, or it is being renewed
    for place, entry in enumerate(entries):
        if entry.subject == person.name and entry.end >= engine.today():
            yield Event(f"mandaat-{place}", entry.end, words("home.calendar-mandate"), path)


def _text(text: str) -> str:
    """Text as a value: section 3.3.11."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> Iterator[bytes]:
    """A line in parts of at most 75 octets, never through a sign: section 3.1."""
    part = b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > _OCTETS:
            yield part
            part = b" "
        part += octets
    yield part
