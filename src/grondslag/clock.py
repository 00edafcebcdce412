"""The time, passed in: nothing in the engine asks the machine for it but through here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from grondslag.errors import InputError


class Clock(Protocol):
    """Something that tells the time."""

    def now(self) -> datetime:
        """The moment, with time zone UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The moment, with time zone UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: for tests and for made-up examples.

    Args:
        moment: What it says, with a time zone.

    Raises:
        InputError: The moment has no time zone, so that it means another moment elsewhere.
    """

    moment: datetime

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise InputError("clock.no-time-zone")

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment.astimezone(UTC)


def today(clock: Clock) -> date:
    """The calendar day in UTC."""
    return clock.now().date()


def timestamp(clock: Clock) -> str:
    """The moment as RFC 3339 text in UTC with milliseconds, the form every document uses."""
    moment = clock.now()
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


class ShiftedClock:
    """A clock that starts at a given day and then runs on: an example keeps its own date.

    Args:
        start: The moment it starts at, with a time zone.
    """

    def __init__(self, start: datetime) -> None:
        self._shift = start - SystemClock().now()

    def now(self) -> datetime:
        """The moment, with time zone UTC."""
        return (SystemClock().now() + self._shift).astimezone(UTC)
