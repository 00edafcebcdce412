"""What stands in a file of settings: their names, and the schemas of both kinds of file."""

from collections.abc import Mapping
from typing import Any

from grondslag.vocabulary import Domain

NAMES = (
    "criteria_for_assessment",
    "largest_left_out_percent",
    "list_items_for_assessment",
    "longest_access_months",
    "minimum_group",
    "revocation_list_days",
    "shortest_reason",
    "smallest_group_of_records",
)
"""Every setting the rules and the approval need."""

STRICTER_WHEN_HIGHER = frozenset({"minimum_group", "shortest_reason", "smallest_group_of_records"})
"""Settings that protect more when they are higher; all others when they are lower."""

DATES = ("ai_high_risk_duties",)
"""Every day of a change of the law that the rules need."""

_DAY = {"type": "string", "format": "date"}
SETTINGS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["parameters", "settings", "confirmed"],
    "properties": {
        "parameters": {"const": "grondslag/1"},
        "settings": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "value", "from", "source", "mark"],
                "properties": {
                    "name": {"enum": list(NAMES)},
                    "value": {"type": "integer", "minimum": 1, "maximum": 10_000},
                    "from": _DAY,
                    "source": {"type": "string", "minLength": 10},
                    "mark": {"enum": ["law", "guidance", "own"]},
                    "reason": {
                        "type": "string",
                        "minLength": 20,
                        "description": "why a municipality asks less than the engine does",
                    },
                },
            },
        },
        "dates": {
            "type": "array",
            "description": "days on which a change of the law begins, as far as known",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "day", "from", "source", "mark"],
                "properties": {
                    "name": {"enum": list(DATES)},
                    "day": _DAY,
                    "from": _DAY,
                    "source": {"type": "string", "minLength": 10},
                    "mark": {"enum": ["law", "guidance", "own", "secondary"]},
                },
            },
        },
        "ahead": {
            "type": "array",
            "description": "known changes of a law, from before they begin",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["law", "from", "source"],
                "properties": {
                    "law": {"type": "string", "minLength": 2, "maxLength": 40},
                    "article": {"type": "string", "minLength": 1, "maxLength": 40},
                    "day": _DAY,
                    "from": _DAY,
                    "source": {"type": "string", "minLength": 10},
                },
            },
        },
        "adequate": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["country", "from", "source"],
                "properties": {
                    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
                    "from": _DAY,
                    "until": _DAY,
                    "limits": {"type": "string", "minLength": 10},
                    "source": {"type": "string", "minLength": 10},
                },
            },
        },
        "confirmed": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["law", "identifier", "title", "article", "version", "bodies"],
                "properties": {
                    "law": {"type": "string", "minLength": 2, "maxLength": 40},
                    "identifier": {"type": "string", "pattern": "^(BWBR|CVDR)[0-9]{1,9}$"},
                    "title": {"type": "string", "minLength": 3},
                    "article": {"type": "string", "minLength": 1, "maxLength": 40},
                    "version": _DAY,
                    "bodies": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"enum": ["college", "burgemeester", "raad"]},
                    },
                    "observing": {
                        "type": "boolean",
                        "description": "whether the article was made for looking at people",
                    },
                    "opens": {
                        "type": "array",
                        "description": "a field of work whose records this article opens, or two"
                        " fields that it lets be joined",
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 2,
                            "uniqueItems": True,
                            "items": {"enum": [str(domain) for domain in Domain]},
                        },
                    },
                },
            },
        },
    },
}

OWN_SCHEMA: Mapping[str, Any] = {
    **SETTINGS_SCHEMA,
    "properties": {
        name: SETTINGS_SCHEMA["properties"][name]
        for name in ("parameters", "settings", "confirmed", "ahead")
    },
}
"""A municipality's own file: what a day or a country is, the engine alone says."""
