"""What a new project begins with: a key that is free, and words for what nobody answered yet."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from grondslag.errors import InputError
from grondslag.plan.first import FirstAnswers, to_settle
from grondslag.vocabulary import AdministrativeBody, AlternativeVerdict, AlternativeWay, Proceed
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.models import ADDRESSES, Project
from grondslag_portal.projects.services import begin_project

MOST_KEY = 60
_TWICE = timedelta(minutes=1)
"""Within this time the same title by the same person was sent twice."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A project to begin; what is left out of the four questions is still to be settled.

    Args:
        title: What people call it.
        department: For which department.
        key: Of the project; empty for one made of the title.
        restricted: Only seen by who has to do with it.
        problem: Which societal problem.
        know: What exactly we want to know.
        decision: Parts of the decision ahead: ``what``, ``if_yes``, ``if_no``, ``decider``.
        needed_by: When that decision is taken.
        ways: Per way without personal data its verdict and the reason.
        proceed: Whether we do this at all, with the reason.
    """

    title: str
    department: Department
    key: str = ""
    restricted: bool = False
    problem: str = ""
    know: str = ""
    decision: Mapping[str, Any] = field(default_factory=dict)
    needed_by: date | None = None
    ways: Sequence[Mapping[str, str]] = ()
    proceed: Mapping[str, str] = field(default_factory=dict)


def begin(wanted: Beginning, *, by: Person) -> Project:
    """Begin a project; the same again within a minute is the one that was begun.

    Raises:
        InputError: The key is no key or in use, or an answer cannot stand in a plan.
    """
    again = sent_before(wanted, by=by)
    if again is not None:
        return again
    key = wanted.key or free_key(key_of(wanted.title))
    check_key(key)
    try:
        return begin_project(
            _answers(wanted), key=key, by=by, title=wanted.title, department=wanted.department,
            restricted=wanted.restricted,
        )  # fmt: skip
    except IntegrityError as error:  # somebody else took the key this very moment
        raise InputError("projects.key-in-use", key=key, place="key") from error


def sent_before(wanted: Beginning, *, by: Person) -> Project | None:
    """The project that was begun with the very same, when it is sent a second time."""
    return Project.objects.filter(
        applicant=by.human, program=by.as_program, title=wanted.title,
        department=wanted.department, created__gte=timezone.now() - _TWICE,
        **({"key": wanted.key} if wanted.key else {}),
    ).first()  # fmt: skip


def check_key(key: str) -> None:
    """Refuse what cannot be the key of a new project.

    Raises:
        InputError: It is no key, or in use.
    """
    if len(key) > MOST_KEY or not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        raise InputError("projects.error-key", place="key")
    if key in ADDRESSES or Project.objects.filter(key=key).exists():
        raise InputError("projects.key-in-use", key=key, place="key")


def key_of(title: str) -> str:
    """A key from a title: plain letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    found = re.search(r"[a-z].*", plain)
    return found.group()[:40].strip("-") if found else "project"


def free_key(key: str) -> str:
    """The key, with a number behind it when it is in use."""
    taken = set(Project.objects.filter(key__startswith=key).values_list("key", flat=True))
    taken |= ADDRESSES
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def _answers(wanted: Beginning) -> FirstAnswers:
    decision: dict[str, Any] = {
        "what": to_settle("decision"),
        "if_yes": to_settle("if-yes"),
        "if_no": to_settle("if-no"),
        **wanted.decision,
    }
    board = {"body": str(AdministrativeBody.EXECUTIVE_BOARD)}
    decision["decider"] = {**board, **wanted.decision.get("decider", {})}
    given = {way["way"]: dict(way) for way in wanted.ways}
    unclear = {"verdict": str(AlternativeVerdict.UNCLEAR), "reason": to_settle("way")}
    ways = [{"way": str(way), **unclear, **given.get(way, {})} for way in AlternativeWay]
    proceed = {"answer": str(Proceed.NOT_YET), "reason": to_settle("proceed"), **wanted.proceed}
    return FirstAnswers(
        wanted.problem or to_settle("problem"), wanted.know or to_settle("know"), decision,
        wanted.needed_by, ways, proceed,
    )  # fmt: skip
