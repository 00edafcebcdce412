"""A JSON Schema held against a document; the first fault becomes one sentence with its line."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from grondslag.canonical.keywords import matches, validator_class
from grondslag.canonical.reading import Document, Path
from grondslag.errors import InputError

_FORMATS = FormatChecker(formats=("date",))
# Per schema its validator; the schema itself is kept too, so that its id stays its own.
_MADE: dict[int, tuple[Mapping[str, Any], Validator]] = {}
_KEEP = 64
_UNKNOWN_KEY = ("additionalProperties", "unevaluatedProperties")
_MISSING_KEY = ("required", "dependentRequired")
_KINDS = {
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
    "maxItems": "too-many",
    "minLength": "too-short",
    "maxLength": "too-long",
    "minimum": "too-small",
    "exclusiveMinimum": "too-small",
    "maximum": "too-big",
    "exclusiveMaximum": "too-big",
    "uniqueItems": "repeated",
}


def check_schema(document: Document, schema: Mapping[str, Any], *, at: Path = ()) -> None:
    """Check a document, or the part of it at *at*, against a JSON Schema (2020-12).

    Args:
        document: As read, with lines.
        schema: A schema; keys it does not name are refused where it says so. Its validator is
            kept, so a schema must not be changed after its first use.
        at: The part to check; the whole by default.

    Raises:
        InputError: The fault that stands first in the file: file, line, place, what was expected.
            Values are never repeated in the message, keys and expected words are.
    """
    part = document.content
    for step in at:
        part = part[step]
    faults = _validator(schema).iter_errors(part)
    leaves = [leaf for fault in faults for leaf in _leaves(fault)]
    if not leaves:
        return
    first = min(
        leaves, key=lambda leaf: (document.line((*at, *leaf.absolute_path)), str(leaf.validator))
    )
    where = (*at, *first.absolute_path)
    raise InputError(
        f"canonical.schema-{_kind(first)}",
        file=document.file,
        line=document.line(_deeper(where, first, document)),
        place=".".join(str(step + 1) if isinstance(step, int) else step for step in where) or "-",
        expected=_expected(first),
    )


def _validator(schema: Mapping[str, Any]) -> Validator:
    """The validator for a schema, of the draft it names itself; 2020-12 when it names none."""
    kept = _MADE.get(id(schema))
    if kept is not None:
        return kept[1]
    kind = validator_class(schema, Draft202012Validator)
    made = kind(schema, format_checker=_FORMATS)
    if len(_MADE) >= _KEEP:
        _MADE.clear()
    _MADE[id(schema)] = (schema, made)
    return made


def _leaves(fault: ValidationError) -> list[ValidationError]:
    """The faults behind an ``anyOf`` or ``oneOf``: those of the branch that came furthest."""
    if not fault.context:
        return [fault]
    deepest = max(
        fault.context, key=lambda inner: (len(inner.absolute_path), inner.validator != "type")
    )
    return _leaves(deepest)


def _kind(fault: ValidationError) -> str:
    return _KINDS.get(str(fault.validator), "wrong")


def _expected(fault: ValidationError) -> str:
    rule = fault.validator_value
    if fault.validator in _UNKNOWN_KEY:
        known = _part(fault, "properties")
        return f"{', '.join(_strangers(fault))} → {', '.join(sorted(known)) or '-'}"
    if fault.validator in _MISSING_KEY and isinstance(fault.instance, Mapping):
        return ", ".join(key for key in _asked(fault) if key not in fault.instance)
    if isinstance(rule, (list, tuple)):
        return ", ".join(str(item) for item in rule)
    if fault.validator == "pattern" and isinstance(fault.schema, Mapping):
        return str(fault.schema.get("description", rule))
    return str(rule)


def _asked(fault: ValidationError) -> list[str]:
    """The keys that must be there; those that hang on another key count when it is there."""
    rule: Any = fault.validator_value
    if not isinstance(rule, Mapping):
        return list(rule)
    present: Any = fault.instance
    return [key for trigger, keys in rule.items() if trigger in present for key in keys]


def _part(fault: ValidationError, keyword: str) -> Mapping[str, Any]:
    """What the failing schema itself says under a keyword that holds a mapping."""
    found = fault.schema.get(keyword, {}) if isinstance(fault.schema, Mapping) else {}
    return found if isinstance(found, Mapping) else {}


def _strangers(fault: ValidationError) -> list[str]:
    """The keys that a schema names neither in full nor by pattern."""
    known = _part(fault, "properties")
    patterns = _part(fault, "patternProperties")
    return [
        key
        for key in (fault.instance if isinstance(fault.instance, Mapping) else ())
        if key not in known and not any(matches(pattern, key) for pattern in patterns)
    ]


def _deeper(where: Path, fault: ValidationError, document: Document) -> Path:
    """For an unknown key: the line of that key, not of the mapping around it."""
    if fault.validator in _UNKNOWN_KEY:
        for key in _strangers(fault):
            if (*where, key) in document.lines:
                return (*where, key)
    return where
