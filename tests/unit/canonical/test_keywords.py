"""Our own keywords of JSON Schema give the library's answer, and are stricter where it is wrong."""

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import Draft201909Validator

from grondslag.canonical import check_schema, read_document
from grondslag.canonical.keywords import adapted, matches
from grondslag.errors import InputError

SHAPE = {
    "$defs": {
        "base": {
            "properties": {"kind": {"enum": ["a", "b", "c"]}, "size": {"type": "integer"}},
            "allOf": [
                {"properties": {"title": {"type": "string"}}},
                {
                    "if": {"properties": {"kind": {"const": "a"}}},
                    "then": {"properties": {"only_a": {"type": "integer"}}},
                    "else": {"properties": {"not_a": {"type": "integer"}}},
                },
                {
                    "if": {
                        "anyOf": [
                            {"properties": {"kind": {"const": "b"}}},
                            {"properties": {"kind": {"const": "c"}}},
                        ]
                    },
                    "then": {"required": ["size"]},
                },
                {
                    "if": {"properties": {"size": {"minimum": 10}}, "required": ["size"]},
                    "then": {"properties": {"large": True}},
                },
            ],
        }
    },
    "$ref": "#/$defs/base",
    "unevaluatedProperties": False,
}

INSTANCES = [
    {},
    {"kind": "a"},
    {"kind": "a", "title": "x", "only_a": 1},
    {"kind": "a", "not_a": 1},
    {"kind": "b", "size": 1, "not_a": 1},
    {"kind": "b"},
    {"kind": "c"},
    {"kind": "d", "size": 1},
    {"size": 10, "large": "x", "kind": "a"},
    {"size": 9, "large": "x", "kind": "a"},
    {"title": 3},
    {"stranger": 1},
    {"only_a": 1},
    "no mapping at all",
    ["nor", "this"],
]


@pytest.mark.parametrize("draft", [Draft201909Validator, Draft202012Validator])
@pytest.mark.parametrize("instance", INSTANCES)
def test_the_answer_is_the_librarys(draft, instance):
    ours = adapted(draft)(SHAPE).is_valid(instance)

    assert ours is draft(SHAPE).is_valid(instance)


STRANGERS = [
    # text                            unknown     line
    ("kind: a\nstranger: 1", "stranger → ", 2),
    ("kind: a\nonly_a: 1\nstranger: 1", "stranger → ", 3),
    ("kind: a\nnot_a: 1", "not_a → ", 2),
]


@pytest.mark.parametrize(("text", "unknown", "line"), STRANGERS)
def test_only_the_unknown_key_is_named(text, unknown, line):
    with pytest.raises(InputError) as caught:
        check_schema(read_document(text), SHAPE)

    assert caught.value.code == "canonical.schema-unknown-key"
    assert caught.value.fields["expected"].startswith(unknown)
    assert caught.value.fields["line"] == line


PATTERNS = [
    ("^[a-z]+$", "name", True),
    ("^[a-z]+$", "name\n", False),
    ("^[a-z]+$", "name\n\n", False),
    ("[a-z]", "9 a 9", True),
    (r"^cost \$", "cost $ 5", True),
    (r"cost\$", "cost$", True),
    ("^$", "", True),
]


@pytest.mark.parametrize(("pattern", "text", "fits"), PATTERNS)
def test_a_dollar_sign_is_the_end_of_the_text_alone(pattern, text, fits):
    assert matches(pattern, text) is fits


def test_a_name_with_a_line_break_does_not_pass_a_schema():
    schema = {"properties": {"name": {"type": "string", "pattern": "^[a-z]+$"}}}

    with pytest.raises(InputError) as caught:
        check_schema(read_document('name: "column\\n"'), schema)

    assert caught.value.code == "canonical.schema-wrong-form"


def test_a_schema_that_holds_itself_is_followed_as_far_as_the_document_goes():
    schema = {
        "$ref": "#/$defs/tree",
        "$defs": {
            "tree": {
                "properties": {"name": True, "below": {"$ref": "#/$defs/tree"}},
                "allOf": [{"properties": {"colour": True}}],
                "unevaluatedProperties": False,
            }
        },
    }
    validator = adapted(Draft202012Validator)(schema)

    assert validator.is_valid({"name": 1, "below": {"colour": 2}})
    assert not validator.is_valid({"name": 1, "below": {"other": 2}})
