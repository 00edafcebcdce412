"""Where the GDPR protects data by itself: the European Economic Area.

Source:
    GDPR art. 44 and further speak of third countries; members of the Union since 2020, with the
    three other states of the EEA, in which the GDPR applies as well.
"""

_UNION = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_BESIDE = "IS LI NO"

EUROPEAN_ECONOMIC_AREA = frozenset(f"{_UNION} {_BESIDE}".split())
"""ISO 3166 codes of the twenty-seven members of the Union, and Iceland, Liechtenstein, Norway."""
