"""Projects that rest on a dataset: the app above tells, since it knows who may see which."""

from collections.abc import Callable
from dataclasses import dataclass

from grondslag_portal.organisations.models import Person


@dataclass(frozen=True, slots=True)
class Resting:
    """A running project that asks for a dataset.

    Args:
        title: What people call it.
        url: Its page.
    """

    title: str
    url: str


Tells = Callable[[Person, str], list[Resting]]
_TELL: list[Tells] = []


def tells_what_rests(function: Tells) -> Tells:
    """Let a function tell which running projects rest on a dataset, through one person's eyes."""
    _TELL.append(function)
    return function


def resting_on(person: Person, dataset: str) -> list[Resting]:
    """The running projects that rest on a dataset, as far as somebody may see them."""
    return [found for tell in _TELL for found in tell(person, dataset)]
