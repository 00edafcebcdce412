"""Laws of the recognisers: a column finds what a text finds, and what is replaced stays away."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise import (
    PatternKind,
    deidentify,
    deidentify_column,
    find_patterns,
    passes_eleven_test,
    pattern_kinds,
)

PIECES = st.sampled_from([
    "999900006", "9999.00.006", "06-12345678", "(010) 123 45 67", "+31612345678", "a@b.example",
    "a(at)b.example", "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "BE68539007547034",
    "1234 AB 12", "12, 1234AB", "geb. 3-4-1987", "5-KLB-34", "AB-12-34", "5KLB34", "kenteken ",
    "bsn ", "é", "\u00a0", "\u2011", " ", ",", ".", "\n", "-", "0", "31", "abc", "12", "/",
])  # fmt: skip
MIXED = st.lists(PIECES | st.text(max_size=3), max_size=6).map("".join)


@given(text=MIXED | st.text())
def test_a_column_finds_exactly_what_a_text_finds(text):
    assert find_patterns([text]) == dict.fromkeys(pattern_kinds(text), 1)


@given(texts=st.lists(st.none() | MIXED, max_size=8))
def test_a_column_is_cleaned_as_each_of_its_texts(texts):
    cleaned = deidentify_column(pa.array(texts, pa.string())).to_pylist()

    assert cleaned == [None if text is None else deidentify(text) for text in texts]


@given(texts=st.lists(st.none() | MIXED, max_size=8))
def test_no_more_texts_are_counted_than_there_are(texts):
    assert all(count <= len(texts) for count in find_patterns(texts).values())


@given(digits=st.text("0123456789", min_size=9, max_size=9), at=st.integers(0, 8), other=st.data())
def test_one_wrong_digit_never_passes_the_eleven_test(digits, at, other):
    changed = other.draw(st.sampled_from("0123456789").filter(lambda digit: digit != digits[at]))
    wrong = digits[:at] + changed + digits[at + 1 :]

    assert not (passes_eleven_test(digits) and passes_eleven_test(wrong))


@given(before=st.text("abc ,\n", max_size=5), after=st.text("abc ,\n", max_size=5))
def test_a_number_between_words_is_gone_after_cleaning(before, after):
    cleaned = deidentify(f"{before} 999900006 {after}")

    assert "999900006" not in cleaned
    assert PatternKind.BSN not in pattern_kinds(cleaned)
