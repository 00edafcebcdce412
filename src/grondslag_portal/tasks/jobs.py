"""Long work: its kinds, and doing one under a lease that a heartbeat keeps.

The worker of django-tasks leaves a killed job running for ever. Our own record of a run has a
lease; while the work goes on a thread renews it, and when nobody does any more the run is taken up
again (`services.take_up_expired`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, connection
from django_tasks import task

from grondslag.errors import GrondslagError, SourceError
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.services import (
    LEASE,
    end_badly,
    end_well,
    keep_lease,
    take_run,
    tell_step,
)

_BEAT = LEASE.total_seconds() / 4
_BROKE, _LOST = "tasks.broke", "tasks.taken-over"


@dataclass(slots=True)
class Assignment:
    """What a kind of work is told.

    Args:
        run: The run; read only.
        total: How many steps there are; 0 when nobody knows.
    """

    run: Run
    total: int = 0
    _begun: int = 0

    def tell(self, step: str, about: str = "") -> None:
        """Tell that a step begins.

        Args:
            step: The code of its sentence.
            about: About what, for that sentence.

        Raises:
            SourceError: Another worker has taken this run over: stop here.
        """
        self._begun += 1
        if not tell_step(self.run, step, about, done=self._begun, total=self.total):
            raise SourceError(_LOST)


Work = Callable[[Assignment], Mapping[str, Any]]
"""Does the work of one run, and gives what came of it. It may be the second to begin: it asks first
what the first did."""

_KINDS: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Make a function the work of a kind: ``@job("deliveries.deliver")``."""

    def named(work: Work) -> Work:
        _KINDS[kind] = work
        return work

    return named


@contextmanager
def heartbeat(run: Run) -> Iterator[None]:
    """While inside, a thread renews the lease of a run."""
    stop = Event()

    def beat() -> None:
        try:
            while not stop.wait(_BEAT):
                try:
                    if not keep_lease(run):
                        return
                except DatabaseError:  # busy for long, or away: the next beat may arrive
                    connection.close()
        finally:
            connection.close()

    thread = Thread(target=beat, name=f"heartbeat of run {run.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def perform(pk: int, beating: Callable[[Run], AbstractContextManager[None]] = heartbeat) -> None:
    """Do the work of a run, unless it was taken or ended.

    Args:
        pk: Of the run.
        beating: Keeps its lease.
    """
    run = take_run(pk)
    if run is None:
        return
    try:
        with beating(run):
            result = _KINDS[run.kind](Assignment(run))
    except GrondslagError as error:
        end_badly(run, error.code, **error.fields)
    except Exception:
        end_badly(run, _BROKE)
        raise  # the worker writes down where
    else:
        end_well(run, result)


@task()
def run_job(pk: int) -> None:
    """What the worker of django-tasks is handed."""
    perform(pk)
