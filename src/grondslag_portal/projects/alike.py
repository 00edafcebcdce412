"""What we know already: earlier projects with a like question, also those that ended in a no."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from grondslag.policy.words import plain
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import visible_projects

_LEAST_SIGNS = 4
_MOST_WORDS = 12
_MOST = 5
_WITHOUT_MEANING = frozenset(
    {
        "welke", "hoeveel", "waar", "waarom", "wanneer", "wordt", "worden", "heeft", "hebben",
        "kunnen", "moet", "moeten", "meer", "minder", "andere", "anders", "alle", "veel", "onze",
        "deze", "voor", "door", "over", "tussen", "naar", "zijn", "which", "what", "where", "when",
        "have", "does", "with", "from", "more", "than", "other", "many", "much", "there",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier project and how many words of the question it shares."""

    project: Project
    shared: int


def projects_alike(person: Person, question: str, *, but: str = "") -> list[Alike]:
    """The projects somebody may see whose question or title shares the most words.

    Args:
        person: Who asks.
        question: What they want to know.
        but: The key of a project that does not count.
    """
    wanted = _words(question)
    if not wanted:
        return []
    any_word = Q()
    for word in wanted:
        any_word |= Q(question__icontains=word) | Q(title__icontains=word)
    near = visible_projects(person).filter(any_word).exclude(key=but)[:200]
    found = [Alike(one, _shared(wanted, one)) for one in near]
    return sorted(
        (one for one in found if one.shared), key=lambda one: (-one.shared, one.project.key)
    )[:_MOST]


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", plain(text))
    counted = dict.fromkeys(
        word for word in found if len(word) >= _LEAST_SIGNS and word not in _WITHOUT_MEANING
    )
    return list(counted)[:_MOST_WORDS]


def _shared(wanted: Iterable[str], project: Project) -> int:
    there = set(_words(f"{project.title} {project.question}"))
    return sum(word in there for word in wanted)
