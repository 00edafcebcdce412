"""Changing a part of a project's plan: forms edit parts, the engine validates the whole."""

import copy
from collections.abc import Mapping
from typing import Any

from grondslag.canonical import read_document, to_yaml
from grondslag.plan import Plan, plan_from

Path = tuple[str | int, ...]
PLAN = "plan.yaml"


def plan_of(content: bytes) -> Plan:
    """A plan from its text.

    Raises:
        InputError: A fault in it.
    """
    return plan_from(read_document(content.decode("utf-8"), file=PLAN))


def value_at(content: Mapping[str, Any], path: Path) -> Any:
    """What stands at a place in a plan; None when nothing does."""
    found: Any = content
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def with_parts(content: Mapping[str, Any], parts: Mapping[Path, Any]) -> dict[str, Any]:
    """A copy of a plan's content with other values at some places; None takes a part away."""
    changed = copy.deepcopy(dict(content))
    for path, value in parts.items():
        *outer, last = path
        inside: Any = changed
        for step in outer:
            inside = inside.setdefault(step, {}) if isinstance(inside, dict) else inside[step]
        if value is None and isinstance(inside, dict):
            inside.pop(last, None)
        else:
            inside[last] = value
    return changed


def plan_text(content: Mapping[str, Any]) -> bytes:
    """A plan's content as a document that keeps to the schema.

    Raises:
        InputError: It does not; the error names the place.
    """
    text = to_yaml(dict(content))
    plan_from(read_document(text, file=PLAN))
    return text.encode("utf-8")
