"""A JSON Schema held against a document; the first fault becomes one sentence with its line."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import rfc8785
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from grondslag.canonical.reading import Document, Path
from grondslag.errors import InputError

_FORMATS = FormatChecker(formats=("date",))


def check_schema(document: Document, schema: Mapping[str, Any], *, at: Path = ()) -> None:
    """Check a document, or the part of it at *at*, against a JSON Schema (2020-12).

    Args:
        document: As read, with lines.
        schema: A schema; keys it does not name are refused where it says so.
        at: The part to check; the whole by default.

    Raises:
        InputError: The fault that stands first in the file: file, line, place, what was expected.
            Values are never repeated in the message, keys and expected words are.
    """
    part = document.content
    for step in at:
        part = part[step]
    faults = _validator(rfc8785.dumps(schema)).iter_errors(part)  # type: ignore[arg-type]
    leaves = [leaf for fault in faults for leaf in _leaves(fault)]
    if not leaves:
        return
    first = min(leaves, key=lambda leaf: (document.line((*at, *leaf.absolute_path)), str(leaf.validator)))
    where = (*at, *first.absolute_path)
    raise InputError(
        f"canonical.schema-{_kind(first)}",
        file=document.file,
        line=document.line(_deeper(where, first, document)),
        place=".".join(str(step + 1) if isinstance(step, int) else step for step in where) or "-",
        expected=_expected(first),
    )


@lru_cache(maxsize=64)
def _validator(canonical_schema: bytes) -> Draft202012Validator:
    import json

    return Draft202012Validator(json.loads(canonical_schema), format_checker=_FORMATS)


def _leaves(fault: ValidationError) -> list[ValidationError]:
    """The faults behind an ``anyOf`` or ``oneOf``: those of the branch that came furthest."""
    if not fault.context:
        return [fault]
    deepest = max(fault.context, key=lambda inner: (len(inner.absolute_path), inner.validator != "type"))
    return _leaves(deepest)


def _kind(fault: ValidationError) -> str:
    known = {
        "additionalProperties": "unknown-key",
        "unevaluatedProperties": "unknown-key",
        "required": "missing-key",
        "dependentRequired": "missing-key",
        "enum": "not-in-list",
        "const": "not-in-list",
        "type": "wrong-type",
        "format": "wrong-form",
        "pattern": "wrong-form",
        "minItems": "too-few",
        "minLength": "too-short",
        "maxLength": "too-long",
        "uniqueItems": "repeated",
    }
    return known.get(str(fault.validator), "wrong")


def _expected(fault: ValidationError) -> str:
    rule = fault.validator_value
    if fault.validator in ("additionalProperties", "unevaluatedProperties"):
        known = fault.schema.get("properties", {}) if isinstance(fault.schema, Mapping) else {}
        strangers = [key for key in fault.instance if key not in known]
        return f"{', '.join(strangers)} → {', '.join(sorted(known))}"
    if fault.validator == "required":
        return ", ".join(key for key in rule if key not in fault.instance)
    if isinstance(rule, (list, tuple)):
        return ", ".join(str(item) for item in rule)
    if fault.validator == "pattern" and isinstance(fault.schema, Mapping):
        return str(fault.schema.get("description", rule))
    return str(rule)


def _deeper(where: Path, fault: ValidationError, document: Document) -> Path:
    """For an unknown key: the line of that key, not of the mapping around it."""
    if fault.validator == "additionalProperties" and isinstance(fault.schema, Mapping):
        known = fault.schema.get("properties", {})
        for key in fault.instance:
            if key not in known and (*where, key) in document.lines:
                return (*where, key)
    return where
