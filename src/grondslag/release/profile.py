"""How small a group may be shown, per audience: settings with a start date."""

from dataclasses import dataclass
from datetime import date

from grondslag.errors import InputError


@dataclass(frozen=True, slots=True)
class Profile:
    """What holds for an audience from a day on.

    Args:
        name: ``open`` or ``internal_policy``.
        minimum: Smallest group that may be shown.
        since: First day on which it holds.
    """

    name: str
    minimum: int
    since: date


_PROFILES = (
    Profile("open", 10, date(2018, 5, 25)),
    Profile("internal_policy", 5, date(2018, 5, 25)),
)


def profile_on(name: str, day: date, settings: tuple[Profile, ...] = _PROFILES) -> Profile:
    """The profile with this name, as it holds on a day.

    Args:
        name: ``open`` for what leaves the house, ``internal_policy`` for what stays inside.
        day: Which day.
        settings: The installation's own, when it has them.

    Raises:
        InputError: No such profile, or none that holds already.

    Source:
        Threshold of 10: ESSnet Guidelines for the checking of output based on microdata research
        (Bond, Brandt and De Wolf, 2015). The threshold of 5 is a choice of ours.
    """
    held = [item for item in settings if item.name == name and item.since <= day]
    if not held:
        known = sorted({item.name for item in settings})
        raise InputError("release.unknown-profile", name=name[:40], known=known)
    return max(held, key=lambda item: item.since)
