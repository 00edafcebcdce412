"""Finds and counts, through one person's eyes: what they may not see is not counted either."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Q, QuerySet

from grondslag.policy import RULES, describe_rule
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.selectors import visible_projects

_MOST = 20
_LEAST = 2  # signs of a word that is looked for
RUNNING = (Phase.DRAFT, Phase.SIGNING, Phase.APPROVED, Phase.DELIVERED, Phase.ANSWERED)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a manager or a council member asks first.

    Args:
        running: Projects that are on their way.
        personal: Of those, how many use data about people.
        decided: Projects with a decision.
        stopped: Questions that ended in a no.
    """

    running: int
    personal: int
    decided: int
    stopped: int


@dataclass(frozen=True, slots=True)
class FoundRule:
    """A rule of law that was found: its promise in one sentence."""

    id: str
    promise: str


def overview_for(person: Person) -> Overview:
    """The counts, over the projects that exist for somebody."""
    seen = Project.objects.filter(pk__in=visible_projects(person).values("pk"))
    found = seen.aggregate(
        running=Count("pk", filter=Q(phase__in=RUNNING)),
        personal=Count("pk", filter=Q(phase__in=RUNNING, personal=True)),
        decided=Count("pk", filter=Q(phase__in=[Phase.DECIDED, Phase.REVIEWED])),
        stopped=Count("pk", filter=Q(phase=Phase.STOPPED)),
    )
    return Overview(**found)


def own_projects(person: Person) -> QuerySet[Project]:
    """What somebody began themselves, newest first."""
    return Project.objects.filter(applicant=person).select_related("department")


def found_projects(person: Person, text: str) -> Sequence[Project]:
    """Projects with all the words in their title or question, newest first."""
    words = words_in(text)
    if not words:
        return []
    found = visible_projects(person).select_related("department")
    for word in words:
        found = found.filter(
            Q(title__icontains=word) | Q(question__icontains=word) | Q(purpose__icontains=word)
        )
    return list(found[:_MOST])


def found_rules(text: str, *, language: str) -> Sequence[FoundRule]:
    """Rules whose promise holds all the words."""
    words = [word.casefold() for word in words_in(text)]
    if not words:
        return []
    return [
        rule
        for rule in _rules(language)
        if all(word in rule.promise.casefold() or word in rule.id for word in words)
    ][:_MOST]


def words_in(text: str) -> list[str]:
    """The words of a question to look for; at most six, the rest adds nothing."""
    return [word for word in text.split() if len(word) >= _LEAST][:6]


@cache
def _rules(language: str) -> tuple[FoundRule, ...]:
    return tuple(FoundRule(rule.id, describe_rule(rule, language=language)) for rule in RULES)
