"""Keeping answers: of a screen, of a remedy, of a draft; each with its audit record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.utils import timezone

from grondslag.approval.bundle import BUNDLE_FILE
from grondslag.approval.seal import APPROVAL
from grondslag.approval.signatures import SIGNATURES
from grondslag.canonical import check_schema, read_document, sha256_hex, to_yaml
from grondslag.errors import ApprovalError, InputError
from grondslag.plan import plan_from, plan_schema
from grondslag.policy import Change, apply_changes
from grondslag.vocabulary import Proceed
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.editing import (
    PLAN,
    Content,
    Path,
    parts_sha256,
    plan_of,
    plan_text,
    value_at,
    with_parts,
)
from grondslag_portal.projects.judging import change_with, judged, option_with
from grondslag_portal.projects.models import Draft, Phase, Project
from grondslag_portal.projects.services import Workplace, at_work

Parts = Mapping[Path, Any]
MOST_TYPED = 100_000
"""Signs that a draft may hold: more than every question of a screen together."""


class Overtaken(Exception):  # noqa: N818 - no fault of anybody: somebody else was first
    """Somebody else changed the same part of the plan meanwhile.

    Args:
        content: The plan as it stands now.
    """

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content


def save_answers(
    project: Project,
    make: Callable[[Content], Parts],
    *,
    paths: tuple[Path, ...],
    base: str,
    by: Person,
    whole: bool = False,
) -> None:
    """Keep the answers of a screen in the plan; other parts stay as others left them.

    Args:
        project: The project.
        make: Makes the parts from the plan as it stands.
        paths: The parts the screen shows.
        base: The hash of those parts when the screen was made.
        by: Who answered.
        whole: Whether where the project stands is worked out at once.

    Raises:
        Overtaken: Somebody else changed these parts meanwhile, to something else.
        ApprovalError: Somebody signed or was asked to; first it must be opened anew.
        InputError: What is left is no plan.
    """
    with at_work(project, by=by, whole=whole) as place:
        content = open_plan(place)
        parts = make(content)
        same = all(value_at(content, path) == value for path, value in parts.items())
        if same:
            return
        if base != parts_sha256(content, paths):
            raise Overtaken(content)
        write_plan(place, plan_text(with_parts(content, parts)), by=by)


def change_plan(project: Project, key: str, *, by: Person) -> tuple[Change, ...]:
    """Make a change that the rules themselves propose, or all those of one way together.

    Args:
        project: The project.
        key: The identity of the change, or of the way.
        by: Who chose it.

    Returns:
        What was changed.

    Raises:
        InputError: The rules do not propose it any more.
        ApprovalError: Somebody signed or was asked to.
    """
    judgement = judged(project)
    change = change_with(project, judgement, key)
    option = option_with(project, judgement, key) if change is None else None
    changes = () if option is None else option.changes
    if change is not None:
        changes = (change,)
    if not changes:
        raise InputError("projects.change-is-gone")
    with at_work(project, by=by) as place:
        open_plan(place)
        plan = plan_of((place.folder / PLAN).read_bytes())
        write_plan(place, apply_changes(plan, changes).document.text.encode(), by=by)
    return changes


def replace_plan(project: Project, text: bytes, *, base: str, by: Person) -> str:
    """Keep a whole plan as somebody wrote it; whose project it is does not change with it.

    Args:
        project: The project.
        text: The plan document.
        base: The hash of the plan it was made from.
        by: Who wrote it.

    Returns:
        Its hash.

    Raises:
        InputError: A fault in it, with its line; or it is the plan of another project.
        Overtaken: The plan changed meanwhile.
        ApprovalError: Somebody signed or was asked to.
    """
    with at_work(project, by=by) as place:
        content = open_plan(place)
        if base != sha256_hex((place.folder / PLAN).read_bytes()):
            raise Overtaken(content)
        try:
            plan, before = plan_of(text), plan_of((place.folder / PLAN).read_bytes())
        except UnicodeDecodeError as error:
            line = text[: error.start].count(b"\n") + 1
            raise InputError("canonical.not-utf8", file=PLAN, line=line) from error
        for part in ("id", "applicant", "example"):
            if getattr(plan, part) != getattr(before, part):
                raise InputError("projects.plan-of-another", place=part)
        write_plan(place, text, by=by)
    return sha256_hex(text)


def save_text(project: Project, part: str, text: str, *, base: str, by: Person) -> None:
    """Keep one part of the plan as somebody wrote it out.

    Args:
        project: The project.
        part: Its key, such as ``analysis``.
        text: YAML of that part alone; empty takes it away.
        base: The hash of the part it was made from.
        by: Who wrote it.

    Raises:
        InputError: A fault in it, with its line.
        Overtaken: Somebody else changed it meanwhile.
    """
    value = None
    if text.strip():
        document = read_document(text, file=part)
        check_schema(document, _part_schema(part))
        value = document.content

    def make(content: Content) -> Parts:
        changed = to_yaml(with_parts(content, {(part,): value}))
        plan_from(read_document(changed, file=PLAN))
        return {(part,): value}

    save_answers(project, make, paths=((part,),), base=base, by=by, whole=True)


@cache
def _part_schema(part: str) -> Mapping[str, Any]:
    """What the plan's schema says of one part, so that a fault has its line in that part."""
    whole = plan_schema()
    return {**whole["properties"][part], "$defs": whole["$defs"]}


def reopen_project(project: Project, *, by: Person) -> None:
    """Let a project be changed again: signatures so far are left behind, and signing starts anew.

    What was signed stays among the versions. Advice and its answer stay: the engine keeps them.

    Raises:
        ApprovalError: It is past changing: a delivery was made on it.
    """
    with at_work(project, by=by) as place:
        if place.project.phase not in (Phase.SIGNING, Phase.APPROVED, Phase.STOPPED):
            raise ApprovalError("projects.past-changing")
        approval = place.folder / APPROVAL
        for path in (approval / BUNDLE_FILE, *sorted((approval / SIGNATURES).glob("*"))):
            path.unlink(missing_ok=True)
        if place.project.phase == Phase.STOPPED:
            content = read_document((place.folder / PLAN).read_text("utf-8"), file=PLAN).content
            answer: Parts = {("question", "proceed", "answer"): str(Proceed.NOT_YET)}
            (place.folder / PLAN).write_bytes(plan_text(with_parts(content, answer)))
        place.installation.record(by.name, "project.reopened", project.key)
        name_applicant(place, by=by)


def name_applicant(place: Workplace, *, by: Person) -> None:
    """Let the next version of a plan that nobody signed name who asks now.

    Nothing happens when it does already.
    """
    content = read_document((place.folder / PLAN).read_text("utf-8"), file=PLAN).content
    name = place.project.applicant.name
    if content.get("applicant") != name:
        write_plan(place, plan_text(with_parts(content, {("applicant",): name})), by=by)


def keep_draft(
    project: Project, screen: str, typed: Mapping[str, list[str]], *, base: str, by: Person
) -> datetime:
    """Keep what somebody typed and did not send; a later one goes over it.

    Raises:
        InputError: It is longer than any answer may be.
    """
    if sum(len(value) for values in typed.values() for value in values) > MOST_TYPED:
        raise InputError("projects.too-much-typed")
    Draft.objects.update_or_create(
        project=project, person=by, screen=screen, defaults={"typed": typed, "base": base}
    )
    return timezone.now()


def forget_draft(project: Project, screen: str, *, by: Person) -> None:
    """What was typed has been sent, or is not wanted any more."""
    Draft.objects.filter(project=project, person=by, screen=screen).delete()


def open_plan(place: Workplace) -> dict[str, Any]:
    """The content of a plan that may be changed.

    Raises:
        ApprovalError: Somebody signed or was asked to.
    """
    if place.project.phase != Phase.DRAFT:
        raise ApprovalError("projects.signed-already")
    text = (place.folder / PLAN).read_text("utf-8")
    content: dict[str, Any] = read_document(text, file=PLAN).content
    return content


def write_plan(place: Workplace, text: bytes, *, by: Person) -> None:
    """Put a plan in the folder, with its record."""
    (place.folder / PLAN).write_bytes(text)
    place.installation.record(
        by.name, "project.saved", place.project.key, document=PLAN, sha256=sha256_hex(text)
    )
