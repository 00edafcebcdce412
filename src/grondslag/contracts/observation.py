"""How data about people was seen, when a camera, a sensor or somebody online saw it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from grondslag.vocabulary import ObservationWay, Trilean


@dataclass(frozen=True, slots=True)
class Observation:
    """What its owner says of the way in which data was seen.

    Args:
        way: With what.
        covert: Whether people could not know it.
        follows: Whether somebody, or a device, can be recognised at another time or place.
        place: Where; empty when nobody said.
        decision: By which decision it hangs there or looks; empty when there is none.
        until: The last day that decision allows; None when it names none.
        kept_days: How many days images or signals are kept; None when nobody said.
    """

    way: ObservationWay
    covert: Trilean
    follows: Trilean
    place: str = ""
    decision: str = ""
    until: date | None = None
    kept_days: int | None = None


def observation_from(raw: Mapping[str, Any] | None) -> Observation | None:
    """The entry of a contract, after its schema was checked."""
    if raw is None:
        return None
    return Observation(
        way=ObservationWay(raw["way"]),
        covert=Trilean(raw["covert"]),
        follows=Trilean(raw["follows"]),
        place=raw.get("place", ""),
        decision=raw.get("decision", ""),
        until=date.fromisoformat(raw["until"]) if "until" in raw else None,
        kept_days=raw.get("kept_days"),
    )
