"""The statutes we cite, with the version whose text was read."""

from datetime import date
from types import MappingProxyType

from grondslag.law.provision import Statute

_ALL = (
    Statute("AVG", "32016R0679", "Algemene verordening gegevensbescherming", date(2016, 5, 4)),
    Statute("UAVG", "BWBR0040940", "Uitvoeringswet AVG", None),
)

STATUTES = MappingProxyType({statute.key: statute for statute in _ALL})
"""Every statute we cite, by its key."""


def statute(key: str) -> Statute | None:
    """The statute with this key, or None when we do not know it."""
    return STATUTES.get(key)
