"""What is done once a day: endings, reminders, states of a new day."""

import logging
from collections.abc import Callable
from datetime import date

from django.db import transaction

from grondslag.errors import GrondslagError
from grondslag_portal.tasks.models import Chore

Doing = Callable[[], None]
_log = logging.getLogger(__name__)
_CHORES: dict[str, Doing] = {}


def daily(name: str) -> Callable[[Doing], Doing]:
    """Make a function a chore of every day: ``@daily("deliveries.close-ended")``."""

    def named(doing: Doing) -> Doing:
        _CHORES[name] = doing
        return doing

    return named


def do_chores(day: date) -> list[str]:
    """Do what was not begun yet on this day.

    A chore that cannot be done is told in the log of the worker, and tried again tomorrow.

    Returns:
        Names of what was done.
    """
    done = []
    for name, doing in _CHORES.items():
        if not _is_mine(name, day):
            continue
        try:
            doing()
        except GrondslagError as error:
            _log.warning("chore %s: %s", name, error.code)
        else:
            done.append(name)
    return done


def _is_mine(name: str, day: date) -> bool:
    """Whether nobody began it today; whoever asks first does it."""
    with transaction.atomic():
        chore, is_new = Chore.objects.select_for_update().get_or_create(
            name=name, defaults={"day": day}
        )
        if is_new or chore.day < day:
            chore.day = day
            chore.save()
            return True
    return False
