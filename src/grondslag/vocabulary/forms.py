"""How coarse a column is delivered: one word, sometimes with a parameter (``area:buurt``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grondslag.errors import InputError
from grondslag.vocabulary.data import IdentifierRole

_PLAIN = frozenset(
    {"drop", "exact", "year", "quarter", "month", "pseudonym", "present", "deidentified"}
)
_AMOUNT = re.compile(r"(?!0$)(0|[1-9][0-9]{0,8})(\.[0-9]{0,3}[1-9])?")  # each number in one way
_WITH_PARAMETER = {
    "area": re.compile(r"[a-z][a-z0-9_]{0,30}"),  # a level of the contract's area list
    "band": re.compile(r"[a-z][a-z0-9_]{0,30}"),  # a list of edges in the contract
    "age": re.compile(r"[a-z][a-z0-9_]{0,30}"),  # idem, applied to the age at the period's end
    "prefix": re.compile(r"[1-9]"),  # the first so many characters
    "averaged": re.compile(r"[2-9]|[1-9][0-9]{1,2}"),  # over at least so many persons
    "noisy": _AMOUNT,  # the spread of the noise, in units of the column
    "rounded": _AMOUNT,  # to a multiple of this
}

_BLURRED = (IdentifierRole.SENSITIVE, IdentifierRole.NONE)
_OF_NUMBERS: Mapping[str, tuple[IdentifierRole, ...]] = {
    "averaged": (IdentifierRole.QUASI,),
    "noisy": _BLURRED,
    "rounded": _BLURRED,
}
"""Forms that make numbers safer as numbers, with the roles of columns that they do it for."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to deliver a column.

    Args:
        name: ``exact``, ``year``, ``area``, ...
        parameter: The level, list or length; empty for plain forms.
    """

    name: str
    parameter: str = ""

    def __str__(self) -> str:
        return f"{self.name}:{self.parameter}" if self.parameter else self.name

    @property
    def is_masked(self) -> bool:
        """Whether the raw value is hidden: then it can't be filtered, sorted or joined on."""
        return self.name != "exact"

    @property
    def is_of_numbers(self) -> bool:
        """Whether it makes numbers safer as numbers: in anonymous records only."""
        return self.name in _OF_NUMBERS

    def suits(self, role: IdentifierRole) -> bool:
        """Whether it does what a column of this role needs; forms of other kinds always do.

        An average over people who lie close together makes them look alike. Noise and rounding
        make nobody look alike: they blur what nobody should learn.
        """
        return role in _OF_NUMBERS.get(self.name, tuple(IdentifierRole))

    @classmethod
    def parse(cls, text: str) -> "Form":
        """Read ``name`` or ``name:parameter``.

        Raises:
            InputError: No such form, or a parameter it does not take.
        """
        name, colon, parameter = text.partition(":")
        pattern = _WITH_PARAMETER.get(name)
        plain = name in _PLAIN and not colon
        if not plain and (pattern is None or not pattern.fullmatch(parameter)):
            known = sorted(_PLAIN) + [f"{key}:…" for key in sorted(_WITH_PARAMETER)]
            raise InputError("vocabulary.unknown-form", form=text[:40], known=known)
        return cls(name, parameter)


DROP = Form("drop")
EXACT = Form("exact")
PSEUDONYM = Form("pseudonym")
