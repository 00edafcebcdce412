"""Strict YAML: what two readers could see differently is refused, with its line."""

import pytest

from grondslag.canonical import read_document, read_text
from grondslag.canonical.reading import Document
from grondslag.errors import InputError

PLAIN = [
    # written            read
    ("no", "no"),  # the Norway problem: a country is no truth value
    ("yes", "yes"),
    ("on", "on"),
    ("NO", "NO"),
    ("2027-03-01", "2027-03-01"),
    ("12:30:45", "12:30:45"),
    ("012", "012"),
    ("0x1F", "0x1F"),
    ("1_000", "1_000"),
    ("1,5", "1,5"),
    (".inf", ".inf"),
    ("", None),
    ("~", None),
    ("null", None),
    ("true", True),
    ("False", False),
    ("12", 12),
    ("-7", -7),
    ("+7", 7),
    ("1.50", 1.5),
    ("1e3", 1000.0),
    ("0.0", 0.0),
    ("9007199254740991", 9007199254740991),
    ("'12'", "12"),
    ('"no"', "no"),
    ("één", "één"),
    ("5 µg/m³ € IJ ĳ ª º", "5 µg/m³ € IJ ĳ ª º"),
    ('"één\\nregel\\ttab\\r\\n"', "één\nregel\ttab\r\n"),
]

REFUSED = [
    # what                              text                                code               line
    ("a key twice", "a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
    ("a key twice, in a list", "x:\n  - a: 1\n    a: 1\n", "duplicate-key", 3),
    ("a key twice, once in quotes", "a: 1\n'a': 2\n", "duplicate-key", 2),
    ("an anchor", "a: &x 1\nb: 2\n", "anchor", 1),
    ("an alias", "a: 1\nb: *x\n", "anchor", 2),
    ("a merge key", "a: 1\n<<: {b: 2}\n", "key-not-text", 2),
    ("a tag", "a: 1\nb: !!python/object:os.system 1\n", "tag", 2),
    ("a plain tag", "a: !x 1\n", "tag", 1),
    ("a directive", "%YAML 1.1\n---\na: 1\n", "tag", 1),
    ("a list as key", "? [a]\n: 1\n", "key-not-text", 1),
    ("no key", "a: 1\n? # nothing\n: 2\n", "key-not-text", 2),
    ("broken indentation", "a:\n  b: 1\n c: 2\n", "broken-yaml", 3),
    ("an open quote", 'a: 1\nb: "x\n', "broken-yaml", 3),
    ("a tab as indentation", "a:\n\tb: 1\n", "broken-yaml", 2),
    ("41 levels", "a: 1\nb: " + "[" * 41 + "]" * 41, "too-deep", 2),
    ("100,000 levels", "[" * 100_000, "too-deep", 1),
    ("an integer beyond a double", "a: 1\nb: 9007199254740992\n", "number-too-large", 2),
    ("5,000 digits", "a: " + "9" * 5000, "number-too-large", 1),
    ("a float beyond a double", "a: 1e400\n", "number-too-large", 1),
    ("a float that vanishes", "a: 1e-400\n", "number-too-large", 1),
    ("direction turned", "a: 1\nb: x\u202ey\n", "hidden-sign", 2),
    ("direction isolated", "a: x\u2066y\n", "hidden-sign", 1),
    ("direction turned by an escape", 'a: 1\nb: "x\\u202ey"\n', "hidden-sign", 2),
    ("a null by an escape", 'a: "x\\0y"\n', "hidden-sign", 1),
    ("zero width space", "a: x\u200by\n", "hidden-sign", 1),
    ("zero width space in a key", "ab\u200b: 1\n", "hidden-sign", 1),
    ("soft hyphen", "a: x\u00ady\n", "hidden-sign", 1),
    ("byte order mark inside", "a: x\ufeffy\n", "hidden-sign", 1),
    ("next line", "a: x\n# \x85b: 2\n", "hidden-sign", 2),
    ("line separator", "a: 1 # \u2028b: 2\n", "hidden-sign", 1),
    ("form feed", "a: 1\n\x0cb: 2\n", "hidden-sign", 2),
    ("escape sign", "a: \x1b[31m\n", "hidden-sign", 1),
    ("bell", "a: x\x07\n", "hidden-sign", 1),
    ("a blank letter", "a: x\u3164\n", "hidden-sign", 1),
    ("a variation selector", "a: x\ufe0f\n", "hidden-sign", 1),
    ("private use", "a: \ue000\n", "hidden-sign", 1),
    ("half a sign", "a: \ud800\n", "hidden-sign", 1),
    ("hidden in a comment", "a: 1\n# x\u202ey\n", "hidden-sign", 2),
    ("loose accent", "a: 1\nb: cafe\u0301\n", "not-composed", 2),
    ("Cyrillic among Latin", "a: 1\nb: b\u0455n\n", "look-alike", 2),
    ("Greek among Latin", "a: \u03bcg\n", "look-alike", 1),
    ("a key in Cyrillic", "\u0441\u043e\u0440: 1\n", "look-alike", 1),
    ("a quoted key in Cyrillic", "'\u0441\u043e\u0440': 1\n", "look-alike", 1),
    ("a key in Cyrillic between braces", "a: {\u0441\u043e\u0440: 1}\n", "look-alike", 1),
    ("a key in Cyrillic by an escape", '"\\u0441\\u043e\\u0440": 1\n', "look-alike", 1),
    ("full-width letters", "a: \uff42\uff53\uff4e\n", "look-alike", 1),
    ("bold letters", "a: \U0001d41b\n", "look-alike", 1),
    ("a ligature", "a: \ufb01ets\n", "look-alike", 1),
]


def refusal_of(source):
    with pytest.raises(InputError) as caught:
        read_document(source)
    return caught.value


@pytest.mark.parametrize(("written", "read"), PLAIN)
def test_a_plain_value_is_read_as_a_person_reads_it(written, read):
    content = read_document(f"a: {written}\n").content

    assert content == {"a": read}
    assert type(content["a"]) is type(read)


@pytest.mark.parametrize(
    ("text", "code", "line"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_yaml_that_two_readers_could_see_differently_is_refused(text, code, line):
    error = refusal_of(text)

    assert (error.code, error.fields["line"]) == (f"canonical.{code}", line)
    assert error.fields["file"] == "text"


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("# only a remark\n", 0), ("a: 1\n---\nb: 2\n", 2), ("---\n---\n---\n", 3)],
)
def test_a_file_holds_exactly_one_document(text, count):
    error = refusal_of(text)

    assert (error.code, error.fields["count"]) == ("canonical.not-one-document", count)


def test_forty_levels_are_allowed():
    text = "[" * 40 + "]" * 40

    assert read_document(text).content


def test_a_duplicate_key_names_the_line_of_the_first():
    error = refusal_of("a: 1\n\nb: 2\na: 3\n")

    assert (error.fields["key"], error.fields["first"]) == ("a", 1)


def test_a_colon_after_an_accented_word_in_running_text_is_no_key():
    text = "note: |\n  Één: dit is tekst.\n"

    assert read_document(text).content == {"note": "Één: dit is tekst.\n"}


def test_a_word_wholly_in_another_script_is_allowed_as_a_value():
    assert read_document("a: \u0441\u043e\u0440\n").content == {"a": "\u0441\u043e\u0440"}


def test_every_part_knows_its_line():
    document = read_document("a: 1\n\nb:\n  - c: 1\n    d: 2\n  - 5\n")

    lines = {path: document.line(path) for path in [("a",), ("b",), ("b", 0, "d"), ("b", 1)]}

    assert lines == {("a",): 1, ("b",): 3, ("b", 0, "d"): 5, ("b", 1): 6}


def test_a_part_that_is_absent_has_the_line_of_what_is_around_it():
    document = read_document("a: 1\nb:\n  c: 1\n")

    assert document.line(("b", "absent", 3)) == 2
    assert document.line(("absent",)) == 1


def test_a_document_without_known_lines_points_at_the_first():
    assert Document(content={}, file="a", text="", lines={}).line(("a",)) == 1


def test_a_byte_order_mark_at_the_start_of_a_file_is_no_fault(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")

    assert read_document(path).content == {"a": 1, "b": 2}


def test_messages_carry_the_name_of_the_file_and_not_its_folder(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("a: 1\na: 2\n")

    assert refusal_of(path).fields["file"] == "plan.yaml"


def test_a_text_can_be_given_the_name_of_its_file():
    with pytest.raises(InputError) as caught:
        read_document("a: 1\na: 2\n", file="contract.yaml")

    assert caught.value.fields["file"] == "contract.yaml"


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes("a: 1\nb: één\n".encode("cp1252"))

    error = refusal_of(path)

    assert (error.code, error.fields["line"]) == ("canonical.not-utf8", 2)


def test_a_file_of_5_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"a: 1 \n" * ((5 << 20) // 6))

    error = refusal_of(path)

    assert (error.code, error.fields["limit"]) == ("canonical.too-large", 4)


@pytest.mark.parametrize("name", ["absent.yaml", ".", "link.yaml"])
def test_what_is_no_file_is_refused(tmp_path, name):
    (tmp_path / "link.yaml").symlink_to(tmp_path / "gone.yaml")

    with pytest.raises(InputError) as caught:
        read_text(tmp_path / name)

    assert caught.value.code == "canonical.no-such-file"
