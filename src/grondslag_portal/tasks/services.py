"""Writing what waits, and the life of a run: begun, taken, going on, ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from grondslag.errors import SourceError
from grondslag.wording import LANGUAGES, sentence
from grondslag_portal.shared import engine
from grondslag_portal.tasks.models import OPEN, Run, RunStatus, Task

LEASE = timedelta(seconds=60)
"""How long a worker may be silent before its run is taken up by another."""
MOST_ATTEMPTS = 2
_STOPPED_TWICE, _WORKER_GONE = "tasks.stopped-twice", "tasks.worker-gone"


class _Known(Protocol):
    @property
    def pk(self) -> int: ...


class Somebody(Protocol):
    """Who asks for work: a `Person`."""

    @property
    def name(self) -> str:
        """As audit records name them."""

    @property
    def human(self) -> _Known:
        """Who answers for it."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits for somebody; see `models.Task`."""

    step: str
    role: str
    department: str
    dataset: str = ""
    since: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class About:
    """The project that tasks are about."""

    key: str
    title: str
    applicant: int


def replace_tasks(about: About, waits: Iterable[Waits]) -> None:
    """Make what waits in a project anew; call it in the transaction that changed the project."""
    wanted = {(item.step, item.role, item.dataset): item for item in waits}
    with transaction.atomic():
        Task.objects.filter(project=about.key).delete()
        Task.objects.bulk_create(
            Task(
                project=about.key, project_title=about.title, applicant_id=about.applicant,
                step=item.step, role=item.role, department=item.department,
                dataset=item.dataset, since=item.since, due=item.due,
            )
            for item in wanted.values()
        )  # fmt: skip


def give_tasks(project: str, applicant: int) -> None:
    """Let what waits in a project wait for who asks now; the caller records that."""
    Task.objects.filter(project=project).update(applicant=applicant)


def begin_run(
    kind: str, *, about: str, by: Somebody, given: Mapping[str, Any] | None = None
) -> Run:
    """Ask for long work; when the same is going on already, that run is given.

    Args:
        kind: Which work.
        about: Key of the project.
        by: Who asks. For a program it is done in the name of who answers for it.
        given: What the work must know.
    """
    from grondslag_portal.tasks.jobs import run_job  # the job calls services back

    with transaction.atomic():
        run, is_new = Run.objects.get_or_create(
            kind=kind, about=about, status__in=OPEN,
            defaults={
                "by_id": by.human.pk, "given": dict(given or {}), "status": RunStatus.WAITING,
            },
        )  # fmt: skip
        if is_new:
            engine.installation().record(by.name, "run.begun", about, kind=kind)
            run_job.enqueue(run.pk)
    return run


def take_run(pk: int) -> Run | None:
    """Take up a run that waits; None when somebody else did, or it ended."""
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(pk=pk, status=RunStatus.WAITING).first()
        if run is None:
            return None
        run.status, run.attempt = RunStatus.RUNNING, run.attempt + 1
        run.lease_until = timezone.now() + LEASE
        run.step, run.step_about, run.done = "", "", 0
        run.save()
    return run


def keep_lease(run: Run) -> bool:
    """Say that the worker lives; False when the run was taken from it."""
    return _mine(run).update(lease_until=timezone.now() + LEASE) == 1


def tell_step(run: Run, step: str, about: str, *, done: int, total: int) -> bool:
    """Tell which step begins; False when the run was taken from this worker."""
    told = _mine(run).update(
        step=step, step_about=about[:200], done=done, total=total,
        lease_until=timezone.now() + LEASE,
    )  # fmt: skip
    return told == 1


def end_well(run: Run, result: Mapping[str, Any]) -> None:
    """The work is done; says nothing when the run was taken from this worker."""
    _mine(run).update(status=RunStatus.DONE, result=dict(result), finished=timezone.now())


def end_badly(run: Run, code: str, **fields: object) -> None:
    """The work could not be done; *code* is the sentence that says why."""
    _mine(run).update(status=RunStatus.FAILED, said=_both(code, fields), finished=timezone.now())


def take_up_expired() -> list[Run]:
    """Let the runs of killed workers wait again, once; a second time they failed.

    Returns:
        The runs that wait again.
    """
    from grondslag_portal.tasks.jobs import run_job  # the job calls services back

    again = []
    for found in Run.objects.filter(status=RunStatus.RUNNING, lease_until__lt=timezone.now()):
        with transaction.atomic():
            mine = _mine(found).filter(lease_until__lt=timezone.now())
            if found.attempt >= MOST_ATTEMPTS:
                if mine.update(
                    status=RunStatus.FAILED,
                    said=_both(_STOPPED_TWICE, {}),
                    finished=timezone.now(),
                ):
                    _settle(found)
            elif mine.update(status=RunStatus.WAITING, lease_until=None):
                _settle(found)
                run_job.enqueue(found.pk)
                again.append(found)
    _settle_ended()
    return again + _hand_out_again()


def _settle_ended() -> None:
    """Runs of which the worker was killed after their end, before django-tasks had heard of it."""
    left = DBTaskResult.objects.filter(
        task_path=_path(), status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LEASE
    )
    asked = {row.args_kwargs["args"][0] for row in left}
    for found in Run.objects.filter(pk__in=asked, finished__lt=timezone.now() - LEASE):
        _settle(found)


def _hand_out_again() -> list[Run]:
    """Runs that a worker was handed and never began: it was killed in between."""
    from grondslag_portal.tasks.jobs import run_job  # the job calls services back

    again = []
    for found in Run.objects.filter(status=RunStatus.WAITING, created__lt=timezone.now() - LEASE):
        with transaction.atomic():
            if not Run.objects.select_for_update().filter(
                pk=found.pk, status=RunStatus.WAITING
            ).exists():  # fmt: skip
                continue
            handed = _handed(found)
            fresh = Q(status=TaskResultStatus.READY) | Q(started_at__gt=timezone.now() - LEASE)
            if handed.filter(fresh).exists():
                continue
            _settle(found)
            run_job.enqueue(found.pk)
            again.append(found)
    return again


def _settle(run: Run) -> None:
    """The worker that had a run is gone: what django-tasks keeps of it says so too."""
    for row in _handed(run).filter(status=TaskResultStatus.RUNNING):
        row.set_failed(SourceError(_WORKER_GONE))


def _handed(run: Run) -> QuerySet[DBTaskResult[Any, Any]]:
    """What django-tasks keeps of a run: a row for each time it was handed out."""
    return DBTaskResult.objects.filter(
        task_path=_path(), args_kwargs={"args": [run.pk], "kwargs": {}}
    )


def _path() -> str:
    from grondslag_portal.tasks.jobs import run_job  # the job calls services back

    return run_job.module_path


def _mine(run: Run) -> QuerySet[Run]:
    """The row of a run, as long as the worker that took it so still has it."""
    return Run.objects.filter(pk=run.pk, attempt=run.attempt, status=RunStatus.RUNNING)


def _both(code: str, fields: Mapping[str, object]) -> dict[str, str]:
    return {language: sentence(code, language=language, **fields) for language in LANGUAGES}
