"""Keywords of JSON Schema that we decide ourselves: two for speed, one for safety.

The library walks every branch of a schema again for each ``unevaluatedProperties``, and checks
each ``if`` as a schema of its own. The open data contract standard has nine conditions and two
such walks per column: 1.6 ms a column. Both shortcuts only ever skip work whose outcome is known;
whatever they cannot decide goes to the library's own code.

And ``pattern``: in a JSON Schema ``$`` is the end of the text (ECMA 262), in Python also the place
before a last line break, so that the library lets a name with a line break through.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend, validator_for

_REFERENCE = "$ref"
_MUST_HOLD = ("allOf",)
_MAY_HOLD = ("allOf", "anyOf", "oneOf", "then", "else")
_Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]
# Per schema (kept, so that its id stays its own) the keys it always names.
_Names = dict[int, tuple[object, frozenset[str]]]


def adapted(kind: type[Validator]) -> type[Validator]:
    """The validator class of a draft, with these keywords decided by us.

    Source:
        JSON Schema 2019-09 and 2020-12, Core sections 10.2.2 and 11.3 (unevaluatedProperties).
    """
    walk: _Keyword | None = kind.VALIDATORS.get("unevaluatedProperties")
    judge: _Keyword = kind.VALIDATORS["if"]
    always: _Names = {}
    ever: _Names = {}

    def unevaluated(
        validator: Any, rule: Any, instance: Any, schema: Mapping[str, Any]
    ) -> Iterator[ValidationError]:
        named = _named(validator, schema, always, _MUST_HOLD)
        if walk is None or (isinstance(instance, dict) and instance.keys() <= named):
            return
        for fault in walk(validator, rule, instance, schema) or ():
            possible = _named(validator, schema, ever, _MAY_HOLD) & instance.keys()
            if instance.keys() <= possible:  # each key exists, but not together with the others
                possible = frozenset()
            # The library names the faulty keys in prose only: say which keys it does know.
            fault.schema = {"properties": dict.fromkeys(sorted(named | possible), True)}
            yield fault

    def condition(
        validator: Any, rule: Any, instance: Any, schema: Mapping[str, Any]
    ) -> Iterator[ValidationError]:
        holds = _holds(rule, instance)
        if holds is None:
            yield from judge(validator, rule, instance, schema) or ()
            return
        branch = "then" if holds else "else"
        if branch in schema:
            yield from validator.descend(instance, schema[branch], schema_path=branch)

    make: Callable[..., type[Validator]] = extend
    return make(kind, {"unevaluatedProperties": unevaluated, "if": condition, "pattern": _pattern})


def _pattern(validator: Any, rule: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "string") and not matches(rule, instance):
        yield ValidationError(f"does not match {rule!r}")


def matches(pattern: str, text: str) -> bool:
    """Whether a text matches a pattern of a schema, where ``$`` is the end of the text alone."""
    ends = pattern.endswith("$") and not pattern.endswith("\\$")
    return re.search(pattern[:-1] + r"\Z" if ends else pattern, text) is not None


def _named(validator: Any, schema: Any, known: _Names, parts: Sequence[str]) -> frozenset[str]:
    """The keys named by a schema, by what it refers to, and by its parts under some keywords.

    With the parts that must hold, a key so named is evaluated whenever the instance is valid.
    """
    if not isinstance(schema, Mapping):
        return frozenset()
    found = known.get(id(schema))
    if found is not None:
        return found[1]
    names = frozenset(schema.get("properties", ()))
    if _REFERENCE in schema:
        target = validator._resolver.lookup(schema[_REFERENCE])  # noqa: SLF001 - no public way yet
        inner = validator.evolve(schema=target.contents, _resolver=target.resolver)
        names |= _named(inner, target.contents, known, parts)
    for keyword in parts:
        below = schema.get(keyword, ())
        for part in [below] if isinstance(below, Mapping) else below:
            names |= _named(validator, part, known, parts)
    known[id(schema)] = (schema, names)
    return names


def _holds(condition: Any, instance: Any) -> bool | None:
    """Whether a condition on fixed texts of keys holds; None for any other condition."""
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return None
    if "anyOf" in condition:
        each = [_holds(part, instance) for part in condition["anyOf"]]
        return None if None in each else any(each)
    rules = condition.get("properties")
    if rules is None or not all(_is_fixed_text(rule) for rule in rules.values()):
        return None
    return not isinstance(instance, dict) or all(
        instance[key] == rule["const"] for key, rule in rules.items() if key in instance
    )


def _is_fixed_text(rule: Any) -> bool:
    return isinstance(rule, Mapping) and rule.keys() == {"const"} and isinstance(rule["const"], str)


def validator_class(schema: Mapping[str, Any], default: type[Validator]) -> type[Validator]:
    """The validator class for the draft that a schema names."""
    return adapted(validator_for(schema, default=default))
