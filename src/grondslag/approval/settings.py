"""Settings of an installation: what a municipality decides itself, with the day it starts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grondslag.approval.statements import DATE, NAME, closed_object
from grondslag.audit import Channel, MailChannel, PaperChannel
from grondslag.errors import ApprovalError


class PrivacyOfficer(StrEnum):
    """What the privacy officer does with a plan."""

    APPROVES = "approves"
    ADVISES = "advises"


@dataclass(frozen=True, slots=True)
class PrivacyBudget:
    """How much all counts with noise of one dataset together may tell about one person.

    Args:
        epsilon: The most the privacy loss may be (differential privacy).
        one_in: That promise may fail with a chance of one in so many; 0: never.
        renews: ``yearly`` on the first of January, or ``never``.
    """

    epsilon: Fraction
    one_in: int
    renews: str

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in ``installation.yaml``."""
        return {"epsilon": float(self.epsilon), "one_in": self.one_in, "renews": self.renews}

    @classmethod
    def from_mapping(cls, raw: Mapping[str, Any]) -> "PrivacyBudget":
        """Read it back; an epsilon means the decimal number as it was written."""
        return cls(Fraction(Decimal(str(raw["epsilon"]))), raw["one_in"], raw["renews"])


@dataclass(frozen=True, slots=True)
class Settings:
    """Each setting per start date; the newest that has begun counts.

    Args:
        revocation_days: How many days a list of revocations may be old.
        privacy_officer: Whether the privacy officer approves, or only advises.
        source_folders: Folders from which ``--source`` may take files.
        privacy_budget: For counts with noise; without one none are made.
        heads_to: Where the heads of the audit chain go besides their witness: mail, a printer.
        record_keys: Whether a delivery keeps a number per person, for counts that are off by the
            same in every table; left out, it does not.
        names_in_text: Whether names are taken out of free text too; left out, they are not.
    """

    revocation_days: Mapping[date, int]
    privacy_officer: Mapping[date, PrivacyOfficer]
    source_folders: tuple[str, ...] = ()
    privacy_budget: Mapping[date, PrivacyBudget] = field(default_factory=dict)
    heads_to: tuple[Channel, ...] = ()
    record_keys: Mapping[date, bool] = field(default_factory=dict)
    names_in_text: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def usual(cls, start: date, *, source_folders: tuple[str, ...] = ()) -> "Settings":
        """Seven days, and the privacy officer approves."""
        return cls({start: 7}, {start: PrivacyOfficer.APPROVES}, source_folders)

    def revocation_days_on(self, day: date) -> int:
        """How old a list of revocations may be on a day.

        Raises:
            ApprovalError: No value has begun yet.
        """
        return self.revocation_days[_begun(self.revocation_days, day, "revocation_days")]

    def privacy_officer_on(self, day: date) -> PrivacyOfficer:
        """What the privacy officer does on a day.

        Raises:
            ApprovalError: No value has begun yet.
        """
        return self.privacy_officer[_begun(self.privacy_officer, day, "privacy_officer")]

    def privacy_budget_on(self, day: date) -> PrivacyBudget:
        """The budget for counts with noise on a day.

        Raises:
            ApprovalError: The municipality set none.
        """
        return self.privacy_budget[_begun(self.privacy_budget, day, "privacy_budget")]

    def record_keys_on(self, day: date) -> bool:
        """Whether a delivery keeps a number per person on a day."""
        return _chosen(self.record_keys, day)

    def names_in_text_on(self, day: date) -> bool:
        """Whether names are taken out of free text on a day."""
        return _chosen(self.names_in_text, day)

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in ``installation.yaml``; what was not chosen is not in it."""
        budgets = {start: item.to_mapping() for start, item in self.privacy_budget.items()}
        chosen: dict[str, Any] = {"privacy_budget": _dated(budgets)} if budgets else {}
        for name in ("record_keys", "names_in_text"):
            if getattr(self, name):
                chosen[name] = _dated(getattr(self, name))
        for channel in self.heads_to:
            chosen.setdefault("heads_to", {}).update(channel.to_mapping())
        return chosen | {
            "revocation_days": _dated(self.revocation_days),
            "privacy_officer": _dated(
                {start: choice.value for start, choice in self.privacy_officer.items()}
            ),
            "source_folders": list(self.source_folders),
        }

    @classmethod
    def from_mapping(cls, raw: Mapping[str, Any]) -> "Settings":
        """Read it back from a content that has the form of `SETTINGS_SCHEMA`."""
        return cls(
            {date.fromisoformat(item["from"]): item["value"] for item in raw["revocation_days"]},
            {
                date.fromisoformat(item["from"]): PrivacyOfficer(item["value"])
                for item in raw["privacy_officer"]
            },
            tuple(raw["source_folders"]),
            {
                date.fromisoformat(item["from"]): PrivacyBudget.from_mapping(item["value"])
                for item in raw.get("privacy_budget", ())
            },
            _channels(raw.get("heads_to", {})),
            _yes_or_no(raw.get("record_keys", ())),
            _yes_or_no(raw.get("names_in_text", ())),
        )


def _values(value: Mapping[str, Any]) -> dict[str, Any]:
    items = closed_object({"from": DATE, "value": value})
    return {"type": "array", "minItems": 1, "items": items}


_BUDGET = closed_object(
    {
        "epsilon": {"type": "number", "exclusiveMinimum": 0, "maximum": 20},
        "one_in": {"type": "integer", "anyOf": [{"const": 0}, {"minimum": 1000}]},
        "renews": {"enum": ["yearly", "never"]},
    }
)
_ADDRESS = {"type": "string", "pattern": r"^[^\s@<>]+@[^\s@<>]+$", "maxLength": 254}
_MAIL = closed_object(
    {
        "host": NAME,
        "port": {"type": "integer", "minimum": 1, "maximum": 65535},
        "starttls": {"type": "boolean"},
        "sender": _ADDRESS,
        "recipient": _ADDRESS,
    }
)
_PRINTER = {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]*$", "maxLength": 127}
_HEADS_TO = closed_object({"mail": _MAIL, "printer": _PRINTER}) | {
    "required": [],
    "minProperties": 1,
}
_NEEDED = {
    "revocation_days": _values({"type": "integer", "minimum": 1, "maximum": 366}),
    "privacy_officer": _values({"enum": [choice.value for choice in PrivacyOfficer]}),
    "source_folders": {"type": "array", "items": {"type": "string", "minLength": 1}},
}
_CHOSEN = {
    "privacy_budget": _values(_BUDGET),
    "heads_to": _HEADS_TO,
    "record_keys": _values({"type": "boolean"}),
    "names_in_text": _values({"type": "boolean"}),
}
SETTINGS_SCHEMA = closed_object({**_NEEDED, **_CHOSEN}) | {"required": list(_NEEDED)}


def _yes_or_no(raw: Iterable[Mapping[str, Any]]) -> dict[date, bool]:
    return {date.fromisoformat(item["from"]): item["value"] for item in raw}


def _chosen(values: Mapping[date, bool], day: date) -> bool:
    """The newest choice that has begun; without one it is no."""
    begun = [start for start in values if start <= day]
    return bool(begun) and values[max(begun)]


def _channels(raw: Mapping[str, Any]) -> tuple[Channel, ...]:
    ways: list[Channel] = []
    if "mail" in raw:
        ways.append(MailChannel(**raw["mail"]))
    if "printer" in raw:
        ways.append(PaperChannel(raw["printer"]))
    return tuple(ways)


def _begun(values: Mapping[date, object], day: date, name: str) -> date:
    begun = [start for start in values if start <= day]
    if not begun:
        raise ApprovalError("approval.no-setting", setting=name, date=day)
    return max(begun)


def _dated(values: Mapping[date, Any]) -> list[dict[str, Any]]:
    return [{"from": start.isoformat(), "value": values[start]} for start in sorted(values)]
