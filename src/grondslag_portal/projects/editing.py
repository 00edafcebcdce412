"""Changing a part of a project's plan: forms edit parts, the engine validates the whole."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grondslag.canonical import canonical_bytes, read_document, sha256_hex, to_yaml
from grondslag.plan import Plan, plan_from

PLAN = "plan.yaml"


@dataclass(frozen=True, slots=True)
class Named:
    """The item of a list that has this value under a key: it keeps its name when others move.

    Args:
        key: Such as ``dataset`` or ``way``.
        value: Its value.
    """

    key: str
    value: str


Path = tuple[str | int | Named, ...]
Content = Mapping[str, Any]


def plan_of(content: bytes) -> Plan:
    """A plan from its text.

    Raises:
        InputError: A fault in it.
    """
    return plan_from(read_document(content.decode("utf-8"), file=PLAN))


def value_at(content: Content, path: Path) -> Any:
    """What stands at a place in a plan; None when nothing does."""
    found: Any = content
    for step in path:
        try:
            found = found[_index(found, step)]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def place_of(content: Content, path: Path) -> tuple[str | int, ...]:
    """A place in numbers, as the engine writes it; up to an item of a list that is not there."""
    found: Any = content
    place: list[str | int] = []
    for step in path:
        try:
            at = _index(found, step)
        except (KeyError, TypeError):
            break
        place.append(at)
        found = value_at(found, (at,))
    return tuple(place)


def with_parts(content: Content, parts: Mapping[Path, Any]) -> dict[str, Any]:
    """A copy of a plan's content with other values at some places; None takes a part away.

    What a place needs around it is made.
    """
    changed = copy.deepcopy(dict(content))
    for path, value in parts.items():
        *outer, last = path
        inside: Any = changed
        if value is None:
            _take(value_at(changed, tuple(outer)), last)
            continue
        for step, after in zip(outer, path[1:], strict=True):
            inside = _entered(inside, step, [] if isinstance(after, (int, Named)) else {})
        if isinstance(last, Named):
            inside[_index(inside, last, make=True)] = value
        else:
            inside[last] = value
    return changed


def parts_sha256(content: Content, paths: Iterable[Path]) -> str:
    """The hash of some parts of a plan: a form carries it, to tell whether they changed since."""
    return sha256_hex(canonical_bytes([value_at(content, path) for path in paths]))


def plan_text(content: Content) -> bytes:
    """A plan's content as a document that keeps to the schema.

    Raises:
        InputError: It does not; the error names the place.
    """
    text = to_yaml(dict(content))
    plan_from(read_document(text, file=PLAN))
    return text.encode("utf-8")


def _index(inside: Any, step: str | int | Named, *, make: bool = False) -> str | int:
    if not isinstance(step, Named):
        return step
    for at, item in enumerate(inside):
        if item[step.key] == step.value:
            return at
    if not make:
        raise KeyError(step.value)
    inside.append({step.key: step.value})
    return len(inside) - 1


def _entered(inside: Any, step: str | int | Named, empty: Any) -> Any:
    """The part below, made when there is none."""
    at = _index(inside, step, make=True)
    if isinstance(inside, dict):
        return inside.setdefault(at, empty)
    return inside[at]


def _take(inside: Any, step: str | int | Named) -> None:
    try:
        del inside[_index(inside, step)]
    except (KeyError, IndexError, TypeError):
        return
