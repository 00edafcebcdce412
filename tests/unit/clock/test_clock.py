"""The time is passed in, in UTC, and one moment is asked once."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from grondslag.clock import FixedClock, SystemClock, timestamp, today
from grondslag.errors import InputError


@dataclass
class TickingClock:
    """A clock that is a second further each time it is asked."""

    moment: datetime
    asked: list[datetime] = field(default_factory=list)

    def now(self):
        self.asked.append(self.moment + timedelta(milliseconds=1500 * len(self.asked)))
        return self.asked[-1]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2027, 3, 1, 9, 5, 7, tzinfo=UTC), "2027-03-01T09:05:07.000Z"),
        (datetime(2027, 3, 1, 9, 5, 7, 999_999, tzinfo=UTC), "2027-03-01T09:05:07.999Z"),
        (datetime(2027, 3, 1, 9, 5, 7, 7_000, tzinfo=UTC), "2027-03-01T09:05:07.007Z"),
        (
            datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2026-12-31T23:30:00.000Z",
        ),
    ],
)
def test_a_timestamp_is_rfc_3339_in_utc_with_milliseconds(moment, text):
    assert timestamp(FixedClock(moment)) == text


def test_a_timestamp_asks_the_clock_once():
    clock = TickingClock(datetime(2027, 3, 1, 9, 5, 7, 900_000, tzinfo=UTC))

    assert timestamp(clock) == "2027-03-01T09:05:07.900Z"
    assert len(clock.asked) == 1


def test_today_is_the_day_in_utc():
    summer = FixedClock(datetime(2027, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))))

    assert today(summer) == date(2027, 6, 30)


def test_the_clock_of_the_machine_tells_utc_and_moves_on():
    first, second = SystemClock().now(), SystemClock().now()

    assert first.tzinfo is UTC
    assert first <= second


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(InputError) as caught:
        FixedClock(datetime(2027, 3, 1))  # noqa: DTZ001 - that is the fault under test

    assert caught.value.code == "clock.no-time-zone"
