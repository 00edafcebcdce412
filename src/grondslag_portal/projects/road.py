"""The road of a project as it is shown: eight stops, how each stands, whose turn it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from grondslag.project import Status, Step
from grondslag.wording import Word
from grondslag_portal.projects.models import Project
from grondslag_portal.shared.access import Standing, may
from grondslag_portal.shared.words import language, words

_LATER = {
    Step.APPROVAL: "assessments:decision",
    Step.DELIVERY: "deliveries:delivery",
    Step.INSIGHT: "deliveries:insight",
    Step.DECISION: "decisions:decision",
    Step.REVIEW: "decisions:review",
}
"""The page of each later step; a portal without it shows the step as text."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the road of one project.

    Args:
        step: Which.
        number: Which of how many, from 1.
        status: How it stands.
        url: Its page; empty when nobody can go there yet.
        said: What there is to say of it, in a sentence.
        who: Who is waited for; owners of several datasets once per department.
        since: Since when.
    """

    step: Step
    number: int
    status: Status
    url: str
    said: str
    who: tuple[str, ...] = ()
    since: date | None = None

    @property
    def title(self) -> Word:
        """What people call it."""
        return self.step.word

    @property
    def is_open(self) -> bool:
        """Whether somebody can go on with it now."""
        return self.status not in (Status.DONE, Status.CANNOT_YET)


def road_of(project: Project, standing: Standing | None = None) -> list[Stop]:
    """Every step of a project's road, as its index tells; `services.refresh` brings that up.

    Args:
        project: The project.
        standing: How the reader stands to it, for pages that only some may open.
    """
    return [
        _stop(project, number, state, standing)
        for number, state in enumerate(project.states, start=1)
    ]


def now_of(stops: Sequence[Stop]) -> Stop | None:
    """The stop that is taken now; None when the road was walked or has ended."""
    return next((stop for stop in stops if stop.is_open), None)


def _stop(
    project: Project, number: int, state: Mapping[str, Any], standing: Standing | None
) -> Stop:
    step, status = Step(state["step"]), Status(state["status"])
    name = _LATER.get(step, f"projects:{step}")
    if step is Step.REVIEW and standing is not None and not may("decisions.review", standing):
        name = _LATER[Step.DECISION]  # who only reads finds there when, and what came of it
    since = [waiting["since"] for waiting in state["waiting"] if waiting["since"]]
    return Stop(
        step=step,
        number=number,
        status=status,
        url="" if status is Status.CANNOT_YET else _address(name, project),
        said=str(state["said"].get(language(), "")),
        who=_people(state["waiting"]),
        since=date.fromisoformat(min(since)) if since else None,
    )


def _people(waiting: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Who is waited for, each once, in the order in which the engine names them."""
    counted = Counter((one["role"], one["about"], bool(one["dataset"])) for one in waiting)
    return tuple(
        _person(words(role), about, count if of_dataset else 0)
        for (role, about, of_dataset), count in counted.items()
    )


def _person(who: str, about: str, datasets: int) -> str:
    if datasets:
        code = "projects.waiting-owner" if datasets > 1 else "projects.waiting-owner-one"
        return words(code, who=who, about=about, count=datasets)
    return words("projects.waiting-about", who=who, about=about) if about else who


def _address(name: str, project: Project) -> str:
    try:
        return reverse(name, kwargs={"key": project.key})
    except NoReverseMatch:
        return ""
