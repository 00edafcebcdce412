"""Writing to projects: the only module that saves them, each time with an audit record.

A step on a project locks it, puts its documents in a folder, lets the engine work there, and keeps
what the engine wrote: all in one transaction with the records of the audit chain.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from grondslag.approval import Installation
from grondslag.canonical import sha256_hex
from grondslag.clock import Clock, today
from grondslag.contracts import Contract
from grondslag.errors import SourceError
from grondslag.plan import Plan
from grondslag.plan.first import FirstAnswers, first_plan
from grondslag.policy import is_fast_lane
from grondslag.project import Saying, Status, Step, StepState, project_state
from grondslag.vocabulary import Proceed
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.editing import PLAN, plan_of, plan_text
from grondslag_portal.projects.folders import Changed, alone, put_out, taken_in
from grondslag_portal.projects.judging import judged_in
from grondslag_portal.projects.knowing import known_in, said_of
from grondslag_portal.projects.models import Document, Phase, Project, ProjectDataset
from grondslag_portal.projects.waiting import waits_of
from grondslag_portal.shared import engine
from grondslag_portal.tasks.services import About, replace_tasks


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the engine works on one project.

    Args:
        project: The project, locked.
        folder: Its documents, as the engine reads them.
        installation: Keys, lists and the audit chain.
        clock: Tells the day.
    """

    project: Project
    folder: Path
    installation: Installation
    clock: Clock


@contextmanager
def at_work(project: Project, *, by: Person, whole: bool = True) -> Iterator[Workplace]:
    """Let the engine take a step on a project; whatever it wrote is kept, or nothing of it.

    Args:
        project: The project.
        by: Who does it.
        whole: Whether the index is made anew at once. Otherwise only what stands in the plan is,
            and where the project stands is worked out when somebody looks (`refresh`): answers to
            questions are kept often, and change no later step.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with alone(project.key) as folder, transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        before = put_out(locked)
        place = Workplace(locked, folder, engine.installation(), engine.clock())
        yield place
        _keep(locked, taken_in(folder, before), by=by.name)
        if whole:
            reindex(place)
        else:
            _index_plan(place)
            locked.save()


def refresh(project: Project) -> Project:
    """The project with an index of today; it may have been made on another day, or in part.

    When somebody else is busy in it they make it anew: then it stays as it is for now.
    """
    if project.states_day == engine.today():
        return project
    try:
        with at_work(project, by=project.applicant):
            pass
    except SourceError:
        return project
    project.refresh_from_db()
    return project


@contextmanager
def at_long_work(project: Project, *, by: Person) -> Iterator[Workplace]:
    """Let the engine do long work on a project, without holding the database meanwhile.

    Each audit record stands at once, as with files. Documents the engine wrote are kept at the end;
    of work that is stopped before, they are gone at the next step, while a delivery stands in the
    folder whole or not at all: the chain tells which.

    Args:
        project: The project.
        by: In whose name it is done.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with alone(project.key) as folder:
        with transaction.atomic():
            locked = Project.objects.select_for_update().get(pk=project.pk)
            before = put_out(locked)
        place = Workplace(locked, folder, engine.installation(), engine.clock())
        yield place
        with transaction.atomic():
            locked = Project.objects.select_for_update().get(pk=project.pk)
            _keep(locked, taken_in(folder, before), by=by.name)
            reindex(Workplace(locked, folder, place.installation, place.clock))


def begin_project(
    answers: FirstAnswers,
    *,
    key: str,
    by: Person,
    department: Department,
    restricted: bool = False,
    title: str = "",
) -> Project:
    """Begin a project with the four answers.

    Args:
        answers: To the four questions; what is unknown stands as still to be settled.
        key: Of the project; not in use yet.
        by: Who asks; they never sign. For a program, who answers for it asks.
        department: For which department.
        restricted: Only seen by who has to do with it.
        title: What people call it; the question itself when nobody said.

    Raises:
        InputError: An answer cannot stand in a plan.
        IntegrityError: Of the database: somebody else took the key this very moment.
    """
    content = first_plan(answers, key=key, day=engine.today())
    content["title"] = title or content["title"]
    content["applicant"] = by.human.name
    if engine.installation().example:  # its list of who may sign counts for examples only
        content["example"] = True
    return add_project({PLAN: plan_text(content)}, by=by, department=department,
                       restricted=restricted)  # fmt: skip


def add_project(
    documents: Mapping[str, bytes], *, by: Person, department: Department, restricted: bool = False
) -> Project:
    """Add a project that stands as documents: a first plan, an import, an example.

    Raises:
        InputError: Its plan is at fault.
    """
    plan = plan_of(documents[PLAN])
    with transaction.atomic():
        project = Project.objects.create(
            key=plan.id, title=plan.title, applicant=by.human, program=by.as_program,
            department=department, restricted=restricted, example=plan.example,
        )  # fmt: skip
        with at_work(project, by=by) as place:
            for path, content in documents.items():
                (place.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (place.folder / path).write_bytes(content)
            place.installation.record(
                by.name, "project.begun", plan.id, plan_sha256=sha256_hex(documents[PLAN])
            )
    project.refresh_from_db()
    return project


def save_document(project: Project, path: str, content: bytes, *, by: Person) -> None:
    """Keep a new version of a document of a project.

    Args:
        project: The project.
        path: As in its folder.
        content: A document that the engine accepts; the caller had it read.
        by: Who wrote it.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with at_work(project, by=by) as place:
        (place.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / path).write_bytes(content)
        place.installation.record(
            by.name, "project.saved", project.key, document=path, sha256=sha256_hex(content)
        )


def reindex(place: Workplace) -> None:
    """Make the index of a project anew from its documents."""
    project = place.project
    plan = _index_plan(place)
    states = project_state(place.folder, place.installation, clock=place.clock)
    known = known_in(place.folder, plan_sha256=plan.sha256, states=states)
    project.decision, project.lesson, project.advice = known.decision, known.lesson, known.advice
    project.said = said_of(project)
    project.phase = _phase(states, plan, place.folder)
    judgement = judged_in(project, place.folder)
    project.personal = judgement.fault is not None or not is_fast_lane(judgement.case)
    project.states = [_as_index(state) for state in states]
    project.states_day = today(place.clock)
    project.save()
    _index_datasets(project, plan, judgement.case.contracts)
    about = About(project.key, project.title, project.applicant_id)
    replace_tasks(about, waits_of(project, states, plan))


def _index_plan(place: Workplace) -> Plan:
    """What stands in the plan itself; for the rest the index is out of date from here on."""
    project = place.project
    plan = plan_of((place.folder / PLAN).read_bytes())
    project.title = plan.title
    project.purpose = plan.purpose
    project.question = plan.question.know
    project.body = str(plan.question.decision.body)
    project.end_date, project.review_date = plan.end_date, plan.review_date
    project.said = said_of(project)
    if plan.question.proceed is Proceed.NO:
        project.phase = Phase.STOPPED
    elif project.phase == Phase.STOPPED:
        project.phase = Phase.DRAFT
    project.states_day = None
    return plan


def _keep(project: Project, changed: Changed, *, by: str) -> None:
    """Keep every document the engine wrote as a new version."""
    for path in (*changed.removed, *changed.written):
        Document.objects.filter(project=project, path=path, current=True).update(current=False)
    newest = dict(
        Document.objects.filter(project=project, path__in=changed.written)
        .values("path")
        .annotate(newest=Max("version"))
        .values_list("path", "newest")
    )
    Document.objects.bulk_create(
        Document(
            project=project, path=path, version=newest.get(path, 0) + 1,
            content=content, sha256=sha256_hex(content), by=by,
        )
        for path, content in changed.written.items()
    )  # fmt: skip


def _phase(states: Sequence[StepState], plan: Plan, folder: Path) -> Phase:
    """The newest thing that happened to a project."""
    done = {state.step for state in states if state.status is Status.DONE}
    if plan.question.proceed is Proceed.NO:
        return Phase.STOPPED
    for step, phase in (
        (Step.REVIEW, Phase.REVIEWED),
        (Step.DECISION, Phase.DECIDED),
        (Step.INSIGHT, Phase.ANSWERED),
        (Step.DELIVERY, Phase.DELIVERED),
        (Step.APPROVAL, Phase.APPROVED),
    ):
        if step in done:
            return phase
    return Phase.SIGNING if (folder / "approval" / "bundle.json").is_file() else Phase.DRAFT


def _as_index(state: StepState) -> dict[str, Any]:
    return {
        "step": str(state.step),
        "status": str(state.status),
        "said": _both(state.said),
        "waiting": [
            {
                "role": waiting.role.code,
                "about": waiting.about,
                "dataset": waiting.dataset,
                "since": _iso(waiting.since),
            }
            for waiting in state.waiting
        ],
    }


def _both(said: Saying) -> dict[str, str]:
    return {language: said.words(language) for language in ("nl", "en")}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _index_datasets(project: Project, plan: Plan, contracts: Mapping[str, Contract]) -> None:
    """Which datasets of which departments; a dataset without a contract has no department."""
    wanted = {
        need.dataset: contracts[need.dataset].department if need.dataset in contracts else ""
        for need in plan.data
    }
    ProjectDataset.objects.filter(project=project).exclude(dataset__in=wanted).delete()
    for dataset, department in wanted.items():
        ProjectDataset.objects.update_or_create(
            project=project, dataset=dataset, defaults={"department": department}
        )
