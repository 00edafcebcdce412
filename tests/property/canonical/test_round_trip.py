"""What we write is what we read, and equal content has equal bytes: for all content."""

import json

from hypothesis import given
from hypothesis import strategies as st

from grondslag.canonical import canonical_bytes, read_document, sha256_hex, to_yaml
from grondslag.canonical.signs import deceiving_sign
from grondslag.errors import InputError

# Texts that look like something else: numbers, dates, constants, structure.
LOOK_LIKES = [
    "1e5", "1.", ".5", "012", "08", "-0", "+1", "0x1F", "0o14", "1_000", "9007199254740993",
    "no", "NO", "yes", "on", "null", "~", "true", "TRUE", "", " ", "  voor", "na  ", "\n", "a\nb",
    "a\n\n", "\na", "  in\nsprong", "a\n  b\n c", "2027-03-01", "12:30:45", "#", "a # b", "a: b",
    "- a", "-", "?", "? a", "&a", "*a", "!a", "%a", "@a", "`a`", "{a}", "[a]", ",", "<<", "=",
    "---", "...", "--- a", "'", '"', "\\", "\t", "a\tb", "\tx", "één", "Súdwest-Fryslân", "µg/m³",
    "€ 5", "x" * 300, "woord " * 60, ".inf", "-.inf", ".nan", "1e400", "|", ">", "a\r\nb", "\r",
]  # fmt: skip

texts = st.one_of(
    st.sampled_from(LOOK_LIKES),
    st.text(st.sampled_from("ab 01.-+eE:#'\"\\\n\t{}[],&*!|>%@`?éĳ€"), max_size=30),
    st.text(max_size=20),
).filter(lambda text: deceiving_sign(text.replace("\r", " ")) is None)
keys = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=140),
    texts.filter(str.isascii),
).filter(lambda key: key != "<<")
numbers = st.one_of(
    st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(keys, inner, max_size=4),
    ),
    max_leaves=15,
)


def reordered(value):
    """The same content, with the keys of every mapping in the opposite order."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [reordered(item) for item in value]
    return value


@given(values)
def test_what_is_written_as_yaml_is_read_back_the_same(value):
    text = to_yaml(value)

    content = read_document(text).content

    assert content == value
    assert json.dumps(content) == json.dumps(value)  # True is not 1, and the order is kept


@given(values)
def test_a_document_keeps_its_hash_through_yaml(value):
    content = read_document(to_yaml(value)).content

    assert sha256_hex(canonical_bytes(content)) == sha256_hex(canonical_bytes(value))


@given(values)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(value):
    assert canonical_bytes(reordered(value)) == canonical_bytes(value)


@given(values)
def test_canonical_bytes_are_json_of_the_same_content(value):
    # RFC 8785 writes 1e17 as 100000000000000000 and -0 as 0: every number is read as a double,
    # and zero has no sign.
    def double(digits):
        return float(digits) + 0.0

    ours = json.loads(canonical_bytes(value), parse_int=double, parse_float=double)
    others = json.loads(json.dumps(value), parse_int=double, parse_float=double)

    assert json.dumps(ours, sort_keys=True) == json.dumps(others, sort_keys=True)


def refusal(action, *arguments):
    """The error an action ends in, or None."""
    try:
        action(*arguments)
    except InputError as error:
        return error
    return None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_line(text):
    error = refusal(read_document, text)

    assert error is None or error.fields.get("line", 0) >= 1 or error.fields.get("count") != 1


@given(st.text(max_size=40))
def test_a_text_is_written_readably_or_refused_whole(text):
    deceives = deceiving_sign(text.replace("\r", " ")) is not None

    error = refusal(to_yaml, {"text": text})

    assert (error is not None) is deceives
    assert deceives or read_document(to_yaml({"text": text})).content == {"text": text}
