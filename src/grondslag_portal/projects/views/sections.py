"""The answers of a section of the road, what the rules say of them, and what to do now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grondslag.policy import Need, Severity
from grondslag.project import Status, Step
from grondslag.wording import Word
from grondslag_portal.projects.judging import findings_of, findings_on
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import (
    Answer,
    answers_on,
    chosen_datasets,
    fewer,
    is_open,
    made_for,
    outcome_of,
    screens_of,
    title_of,
    unsettled,
    ways_left,
)
from grondslag_portal.projects.views.finding import Spot, spot_standing
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import words

_NEEDS = {
    Need.REQUIRED: "projects.prescan-required",
    Need.ADVISED: "projects.prescan-advised",
    Need.NOT_NEEDED: "projects.prescan-not-needed",
    Need.UNKNOWN: "projects.prescan-unknown",
}
_AFTER_FOUR = 4
"""The ways without personal data stand after so many groups: title and the first questions."""


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one screen.

    Args:
        title: Of the screen.
        rows: What was answered; what may stay empty and is, is left out.
        change: Its address; empty when it may not be changed, or each row has its own.
        status: How it stands; empty when nothing in it must be answered.
        plays: Whether it is shown: a rare one only when something stands or is asked there.
    """

    title: str
    rows: tuple[Answer, ...]
    change: str = ""
    status: str = ""
    plays: bool = True

    @property
    def alone(self) -> object:
        """Its one answer, when the question would only repeat the title; else None."""
        if len(self.rows) != 1 or self.rows[0].label != self.title:
            return None
        return self.rows[0].value


@require_GET
@guarded("projects.read", spot_standing)
def question_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """What was answered to the four questions, and what came of it."""
    return _section(request, spot, Step.QUESTION)


@require_GET
@guarded("projects.read", spot_standing)
def ground_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Why it is allowed, and what the rules say of that."""
    return _section(request, spot, Step.GROUND)


@require_GET
@guarded("projects.read", spot_standing)
def data_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Which data, why, for whom and until when."""
    return _section(request, spot, Step.DATA)


SECTIONS = {Step.QUESTION: question_page, Step.GROUND: ground_page, Step.DATA: data_page}


def screen_url(project: Project, screen: Screen) -> str:
    """The address of a screen that is not about one dataset."""
    return reverse(f"projects:{screen.key}", kwargs={"key": project.key})


def section_url(project: Project, step: Step) -> str:
    """The address of the answers of a section."""
    return reverse(f"projects:{step}", kwargs={"key": project.key})


def prescan_of(spot: Spot) -> dict[str, object]:
    """Whether an assessment of the risks is needed, and each sign of it."""
    found = spot.judgement.prescan
    signs = [
        *(Word(f"policy.prescan.item-{one}") for one in sorted(found.list_items)),
        *(Word(f"policy.prescan.criterion-{one}") for one in sorted(found.criteria)),
    ]
    return {"prescan_need": Word(_NEEDS[found.need]), "prescan_signs": signs}


def _section(request: HttpRequest, spot: Spot, step: Step) -> HttpResponse:
    project = spot.project
    standing = standing_of(request)
    edits = may("projects.edit", standing)
    contracts = spot.judgement.case.contracts
    road = [
        screen
        for screen in screens_of(step)
        if screen.key != "question-allowed"  # the same answers stand under Grond
    ]
    groups = [_group(spot, screen, edits=edits) for screen in road]
    if step is Step.QUESTION:
        groups = _with_ways(spot, groups, edits=edits)
    todo = [
        screen
        for screen in screens_of(step)
        if not screen.rare and screen.key != "question-title" and is_open(screen, spot.content)
    ]
    findings = findings_of(spot.judgement, step)
    first = todo[0] if todo else next(one for one in road if one.key != "question-title")
    return render(
        request,
        "projects/section.html",
        {
            "project": project,
            "step": step,
            "groups": [group for group in groups if group.plays],
            "rare": [group for group in groups if not group.plays],
            "findings": findings,
            "asked": any(one.severity is not Severity.NOTES for one in findings),
            "fault": spot.judgement.fault,
            "outcome": outcome_of(spot.content) if step is Step.QUESTION else "",
            "todo": len(todo),
            "edits": edits,
            "reopens": may("projects.reopen", standing),
            "start": screen_url(project, first),
            **(prescan_of(spot) if step is Step.GROUND else {}),
            "fewer": fewer(spot.content, contracts),
            "datasets": _datasets(spot) if step is Step.DATA else [],
        },
    )


def _group(spot: Spot, screen: Screen, *, edits: bool) -> Group:
    """The answers of a screen."""
    made = made_for(screen, spot.content, spot.judgement.case.contracts)
    answers = answers_on(made, spot.content, change="")
    plays = any(one.value for one in answers) or not screen.rare
    must = {item.name for item in made.items if item.is_needed}
    labelled = zip([*(item.name for item in made.items), ""], answers, strict=False)
    rows = tuple(one for name, one in labelled if one.value or name in must)
    left, of = unsettled(screen, spot.content)
    status = Status.DONE if not is_open(screen, spot.content) else Status.BUSY
    return Group(
        title_of(made),
        rows,
        screen_url(spot.project, screen) if edits else "",
        str(Status.NOT_STARTED if left == of else status) if of else "",
        plays or bool(findings_on(spot.judgement, screen, spot.content)),
    )


def _with_ways(spot: Spot, groups: list[Group], *, edits: bool) -> list[Group]:
    """The eight ways as one group: what was chosen for each, with why."""
    screens = [screen for screen in screens_of(Step.QUESTION) if screen.third == 1]
    titles = {title_of(made_for(screen, spot.content)) for screen in screens}
    ways = []
    for screen in screens:
        made = made_for(screen, spot.content)
        said = [str(one.value) for one in answers_on(made, spot.content, change="") if one.value]
        change = screen_url(spot.project, screen) if edits else ""
        ways.append(Answer(title_of(made), said if len(said) > 1 else "".join(said), change))
    left = ways_left(spot.content)
    status = Status.DONE if not left else Status.BUSY
    if left == len(ways):
        status = Status.NOT_STARTED
    gathered = Group(words("projects.ways-title"), tuple(ways), status=str(status))
    found = [group for group in groups if group.title not in titles]
    return [*found[:_AFTER_FOUR], gathered, *found[_AFTER_FOUR:]]


def _datasets(spot: Spot) -> list[dict[str, Any]]:
    """The chosen datasets with how many columns of each."""
    contracts = spot.judgement.case.contracts
    return [
        {
            "name": name,
            "title": contracts[name].title if name in contracts else name,
            "department": contracts[name].department if name in contracts else "",
            "known": name in contracts,
            "fewer": fewer({"data": [need]}, contracts),
            "output": Word(f"policy.step.{need['output']}"),
        }
        for need in spot.content["data"]
        if (name := need["dataset"]) in chosen_datasets(spot.content)
    ]
