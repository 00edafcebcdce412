"""How small a group may be shown, per audience: settings with a start date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from grondslag.anonymise.tables import Perturbation, Rules
from grondslag.canonical import Document, check_schema, read_document
from grondslag.errors import InputError

_SHARE = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["profiles", "settings"],
    "properties": {
        "profiles": {"const": "grondslag/1"},
        "settings": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "name",
                    "from",
                    "minimum",
                    "dominance",
                    "estimate",
                    "group",
                    "rounding",
                    "source",
                    "mark",
                    "confirmed",
                ],
                "properties": {
                    "name": {"type": "string", "pattern": "^[a-z][a-z_]{0,39}$"},
                    "from": {"type": "string", "format": "date"},
                    "minimum": {"type": "integer", "minimum": 2, "maximum": 10_000},
                    "dominance": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["largest", "share"],
                            "properties": {
                                "largest": {"type": "integer", "minimum": 1, "maximum": 3},
                                "share": _SHARE,
                            },
                        },
                    },
                    "estimate": _SHARE,
                    "group": _SHARE,
                    "rounding": {"type": "integer", "minimum": 1, "maximum": 10_000},
                    "perturbation": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["most", "variance", "none_up_to"],
                        "properties": {
                            "most": {"type": "integer"},
                            "variance": {"type": "number"},
                            "none_up_to": {"type": "integer"},
                        },
                    },
                    "model_degrees": {"type": "integer", "minimum": 1, "maximum": 1_000},
                    "source": {"type": "string", "minLength": 10},
                    "mark": {"enum": ["guidance", "own"]},
                    "confirmed": {"type": "boolean"},
                },
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What holds for an audience from a day on.

    Args:
        name: ``open``, ``internal_policy`` or ``income_cbs``; an installation may add its own.
        minimum: Smallest group that may be shown.
        since: First day on which it holds.
        dominance: Pairs (n, k): an amount is not shown when the n largest contributions are more
            than the share k of it.
        estimate: Share p: an amount is not shown when the second largest could estimate the
            largest within p of it.
        group: A cell that more than this share of its group is in tells about everybody in it.
        rounding: Counts are shown as multiples of this; 1 shows them as they are.
        perturbation: How far counts may be off that are off by the same in every table; None: such
            counts are not shown to this audience.
        model_degrees: Fewest degrees of freedom of a model of which something is shown.
        source: Where the numbers come from.
        mark: ``guidance`` of a statistical office, or ``own`` choice.
        is_confirmed: Whether they were read in the source itself; else a person must check them.
    """

    name: str
    minimum: int
    since: date
    dominance: tuple[tuple[int, float], ...] = ((1, 0.5), (2, 0.85))
    estimate: float = 0.1
    group: float = 0.9
    rounding: int = 1
    perturbation: Perturbation | None = None
    model_degrees: int = 10
    source: str = ""
    mark: str = "own"
    is_confirmed: bool = False

    def rules(self, minimum: int) -> Rules:
        """The rules for a table whose contract asks for at least this minimum group."""
        return Rules(
            minimum=max(minimum, self.minimum),
            dominance=self.dominance,
            estimate=self.estimate,
            group=self.group,
        )


def profile_on(name: str, day: date, settings: tuple[Profile, ...] | None = None) -> Profile:
    """The profile with this name, as it holds on a day.

    Args:
        name: ``open`` for what leaves the house, ``internal_policy`` for what stays inside,
            ``income_cbs`` for amounts of money of people.
        day: Which day.
        settings: The installation's own, when it has them.

    Raises:
        InputError: No such profile, or none that holds already.
    """
    known = default_profiles() if settings is None else settings
    held = [item for item in known if item.name == name and item.since <= day]
    if not held:
        names = sorted({item.name for item in known})
        raise InputError("release.unknown-profile", name=name[:40], known=names)
    return max(held, key=lambda item: item.since)


@cache
def default_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the engine, each with its source.

    Raises:
        InputError: The file is at fault.
    """
    text = (resources.files(__package__) / "profiles.yaml").read_text(encoding="utf-8")
    return _profiles_from(read_document(text, file="profiles.yaml"))


def read_profiles(path: Path) -> tuple[Profile, ...]:
    """An installation's own profiles, in full.

    Raises:
        InputError: A fault in the file, with its line and what was expected.
    """
    return _profiles_from(read_document(path))


def _profiles_from(document: Document) -> tuple[Profile, ...]:
    check_schema(document, _SCHEMA)
    return tuple(
        Profile(
            name=item["name"],
            minimum=item["minimum"],
            since=date.fromisoformat(item["from"]),
            dominance=tuple((one["largest"], one["share"]) for one in item["dominance"]),
            estimate=item["estimate"],
            group=item["group"],
            rounding=item["rounding"],
            perturbation=Perturbation(**item["perturbation"]) if "perturbation" in item else None,
            model_degrees=item.get("model_degrees", 10),
            source=item["source"],
            mark=item["mark"],
            is_confirmed=item["confirmed"],
        )
        for item in document.content["settings"]
    )
