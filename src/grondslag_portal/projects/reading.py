"""A project's folder for reading only: what somebody is shown before they sign."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from grondslag_portal.projects.folders import alone, put_out
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.services import Workplace
from grondslag_portal.shared import engine


@contextmanager
def at_reading(project: Project) -> Iterator[Workplace]:
    """Let the engine look at a project; whatever is written inside is not kept.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with alone(project.key) as folder:
        with transaction.atomic():
            put_out(project)
        yield Workplace(project, folder, engine.installation(), engine.clock())
