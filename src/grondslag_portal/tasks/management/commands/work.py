"""``python -m grondslag_portal work``: does long work, and what is to be done each day."""

import logging
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from grondslag_portal.shared import engine
from grondslag_portal.tasks.chores import do_chores
from grondslag_portal.tasks.services import take_up_expired

_BETWEEN, _WHILE_AWAY = 1.0, 5.0  # seconds between two looks
_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """One worker; start more than one when much is delivered."""

    help = "Do long work: deliveries, analyses, reports; and what is to be done each day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--once", action="store_true", help="Stop when nothing waits.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until told to stop."""
        worker = Worker(
            queue_names=["default"], interval=_BETWEEN, batch=True, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=f"worker-{os.getpid()}",
            excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        while worker.running:
            try:
                _work_on(worker)
            except (OperationalError, InterfaceError):
                if options["once"]:
                    raise
                _log.warning("the database does not answer; trying again")
                time.sleep(_WHILE_AWAY)
            if options["once"]:
                return
            time.sleep(_BETWEEN)
            close_old_connections()


def _work_on(worker: Worker) -> None:
    """What waits now, and what is to be done today."""
    take_up_expired()
    do_chores(engine.today())
    worker.run()
