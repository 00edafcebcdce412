"""A schema's first fault becomes one code with line and place, never with a value."""

import pytest

from grondslag.canonical import check_schema, read_document
from grondslag.canonical.schema import _KINDS
from grondslag.errors import InputError
from grondslag.wording import LANGUAGES, has_sentence

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "patternProperties": {"^x-": True},
    "dependentRequired": {"until": ["from"]},
    "properties": {
        "name": {"type": "string", "minLength": 3, "maxLength": 10},
        "kind": {"enum": ["open", "closed"]},
        "version": {"const": 1},
        "day": {"format": "date"},
        "code": {"pattern": "^[A-Z]+$", "description": "capitals"},
        "bare": {"pattern": "^[a-z]+$"},
        "until": {},
        "from": {},
        "rows": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True},
        "count": {"minimum": 0, "maximum": 9},
        "share": {"exclusiveMinimum": 0, "exclusiveMaximum": 1},
        "either": {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "properties": {"a": {"type": "integer"}}},
            ]
        },
    },
}

FAULTS = [
    # text (after `name: plan`)   code            line place        expected
    ("kleur: 1", "unknown-key", 2, "-", "kleur → "),
    ("kind: half", "not-in-list", 2, "kind", "open, closed"),
    ("version: 2", "not-in-list", 2, "version", "1"),
    ("day: 31-12-2027", "wrong-form", 2, "day", "date"),
    ("day: 2027-02-30", "wrong-form", 2, "day", "date"),
    ("code: abc", "wrong-form", 2, "code", "capitals"),
    ("bare: ABC", "wrong-form", 2, "bare", "^[a-z]+$"),
    ("until: 1", "missing-key", 1, "-", "from"),
    ("rows: []", "too-few", 2, "rows", "1"),
    ("rows: [1, 2, 3]", "too-many", 2, "rows", "2"),
    ("rows: [1, 1]", "repeated", 2, "rows", ""),
    ("rows: x", "wrong-type", 2, "rows", "array"),
    ("count: -1", "too-small", 2, "count", "0"),
    ("count: 10", "too-big", 2, "count", "9"),
    ("share: 0", "too-small", 2, "share", "0"),
    ("share: 1", "too-big", 2, "share", "1"),
    ("either:\n  a: x", "wrong-type", 3, "either.a", "integer"),
]


def fault_of(text, **where):
    with pytest.raises(InputError) as caught:
        check_schema(read_document(text, file="plan.yaml"), SCHEMA, **where)
    return caught.value


def test_a_document_that_keeps_the_schema_passes():
    text = "name: plan\nx-own: 1\nday: 2028-02-29\nrows: [1]\neither: {a: 1}\n"

    check_schema(read_document(text), SCHEMA)


@pytest.mark.parametrize(("text", "code", "line", "place", "expected"), FAULTS)
def test_each_fault_has_its_code_line_and_place(text, code, line, place, expected):
    error = fault_of(f"name: plan\n{text}\n")

    assert error.code == f"canonical.schema-{code}"
    assert (error.fields["line"], error.fields["place"]) == (line, place)
    assert str(error.fields["expected"]).startswith(expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [("name: ab", "too-short"), ("name: abcdefghijk", "too-long"), ("{}", "missing-key")],
)
def test_the_name_is_there_and_of_a_fair_length(text, code):
    assert fault_of(text).code == f"canonical.schema-{code}"


def test_the_fault_that_stands_first_in_the_file_is_told():
    error = fault_of("name: plan\ncount: 10\nkind: half\n")

    assert (error.fields["place"], error.fields["line"]) == ("count", 2)


def test_a_missing_key_is_named_and_the_present_ones_are_not():
    assert fault_of("kind: open\n").fields["expected"] == "name"


def test_an_unknown_key_gets_its_own_line_and_the_keys_that_are_known():
    error = fault_of("name: plan\nkind: open\nx-a: 1\nkleur: 1\n")

    assert error.fields["line"] == 4
    assert str(error.fields["expected"]).startswith("kleur → bare, code, count")


def test_a_value_is_never_repeated():
    for text in ("name: geheim-geheim", "name: plan\nkind: geheim", "name: plan\ncode: geheim"):
        assert "geheim" not in str(fault_of(text))


def test_a_part_of_a_document_can_be_checked_where_it_stands():
    text = "a: 1\nplan:\n  - name: plan\n  - name: plan\n    count: 10\n"

    error = fault_of(text, at=("plan", 1))

    assert (error.fields["line"], error.fields["place"]) == (5, "plan.2.count")


def test_every_kind_of_fault_has_its_sentence():
    codes = [f"canonical.schema-{kind}" for kind in {*_KINDS.values(), "wrong"}]

    assert [
        code for code in codes for language in LANGUAGES if not has_sentence(code, language)
    ] == []
