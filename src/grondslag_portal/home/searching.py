"""Finds over everything that is written down, through one person's eyes, with why it was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from grondslag.policy import RULES, describe_rule
from grondslag.policy.words import plain
from grondslag_portal.catalogue.selectors import contracts_for, terms_with
from grondslag_portal.catalogue.selectors import search as search_datasets
from grondslag_portal.home.selectors import projects_with, seen_projects, words_in
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project

_MOST = 20
_PLACES = ("title", "question", "purpose", "decision", "lesson")
"""Texts of a project that are looked through, in the order in which a reader is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found.

    Args:
        title: What people call it.
        url: Its page; empty when it has none.
        text: What it says.
        facts: What else to know at once: a department, how a project ended.
        places: Codes of where the words stand.
    """

    title: str
    url: str
    text: str
    facts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finds:
    """Everything that was found.

    Args:
        projects: Newest change first.
        datasets: By title.
        terms: Definitions, by word.
        rules: Rules of law: the promise of each.
    """

    projects: Sequence[Found]
    datasets: Sequence[Found]
    terms: Sequence[Found]
    rules: Sequence[Found]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.projects or self.datasets or self.terms or self.rules)


def find(person: Person, text: str, *, language: str) -> Finds:
    """Look for words in everything that exists for somebody.

    Args:
        person: Who looks.
        text: What they typed; a find has all its words.
        language: In which the promises of rules are looked through.
    """
    words = words_in(text)
    if not words:
        return Finds((), (), (), ())
    return Finds(
        projects=[
            _project(found, words) for found in projects_with(seen_projects(person), text)[:_MOST]
        ],
        datasets=list(_datasets(person, text)),
        terms=list(_terms(text)),
        rules=list(_rules(words, language)),
    )


def _project(project: Project, words: Sequence[str]) -> Found:
    """A project, leading to its decision when the words stand there and not before."""
    places = [place for place in _PLACES if _has_any(getattr(project, place), words)]
    shown = next((place for place in ("question", "decision", "lesson") if place in places), "")
    decided = places and set(places) <= {"decision", "lesson"}
    name = "decisions:decision" if decided else "projects:project"
    facts = (project.department.name,)
    ended = ("home.ended-in-no",) if project.phase == Phase.STOPPED else ()
    return Found(
        title=project.title,
        url=reverse(name, args=[project.key]),
        text=getattr(project, shown or "question"),
        facts=facts,
        places=tuple(f"home.found-in-{place}" for place in places) + ended,
    )


def _has_any(text: str, words: Sequence[str]) -> bool:
    said = plain(text)
    return any(word in said for word in words)


def _datasets(person: Person, text: str) -> Iterator[Found]:
    for dataset in search_datasets(contracts_for(person), text)[:_MOST]:
        yield Found(
            title=dataset.title,
            url=reverse("catalogue:dataset", args=[dataset.key]),
            text="",
            facts=(dataset.department.name,),
        )


def _terms(text: str) -> Iterator[Found]:
    for term in terms_with(text)[:_MOST]:
        url = reverse("catalogue:term", args=[term.pk])
        yield Found(title=term.name, url=url, text=term.definition)


def _rules(words: Sequence[str], language: str) -> Iterator[Found]:
    found = (
        (rule, promise)
        for rule, promise, said in _promises(language)
        if all(word in said for word in words)
    )
    for _, (rule, promise) in zip(range(_MOST), found, strict=False):
        yield Found(title=rule, url="", text=promise)


@cache
def _promises(language: str) -> tuple[tuple[str, str, str], ...]:
    """Of every rule its name, its promise, and both as they are looked through."""
    return tuple(
        (rule.id, promise, f"{plain(promise)} {rule.id.casefold()}")
        for rule in RULES
        for promise in (describe_rule(rule, language=language),)
    )
