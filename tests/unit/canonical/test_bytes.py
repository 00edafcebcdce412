"""Canonical bytes: known answers from the standard, hashes of known texts."""

import math

import pytest

from grondslag.canonical import canonical_bytes, sha256_hex, sha256_of_file
from grondslag.errors import InputError


def test_the_example_of_rfc_8785_gives_the_bytes_it_prints():
    # RFC 8785, section 3.2.2: numbers, an escaped text and literals, then 3.2.3 and 3.2.4.
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }

    assert (
        canonical_bytes(value)
        == (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )


def test_keys_are_ordered_by_utf16_units_as_rfc_8785_asks():
    # RFC 8785, section 3.2.3: the order of these keys differs from that of their code points.
    value = dict.fromkeys(["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"], 0)

    text = canonical_bytes(value).decode()

    order = ['"\\r"', '"1"', '"\u0080"', '"\u00f6"', '"\u20ac"', '"\U0001f600"', '"\ufb33"']
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-0.0, b"0"),
        (1.0, b"1"),
        (5e-324, b"5e-324"),
        (1.7976931348623157e308, b"1.7976931348623157e+308"),
        (9007199254740991, b"9007199254740991"),
        (1e21, b"1e+21"),
    ],
)
def test_numbers_are_written_as_rfc_8785_appendix_b(value, written):
    assert canonical_bytes(value) == written


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2**53, -(2**53), 10**400])
def test_a_number_json_cannot_carry_is_refused_without_repeating_it(value):
    with pytest.raises(InputError) as caught:
        canonical_bytes({"a": [value]})

    assert caught.value.code == "canonical.not-representable"
    assert str(value) not in str(caught.value)


@pytest.mark.parametrize("value", [b"x", {1, 2}, object(), {1: "a"}, "\ud800"])
def test_what_json_does_not_know_is_refused(value):
    with pytest.raises(InputError) as caught:
        canonical_bytes({"a": value})

    assert caught.value.code == "canonical.not-representable"


def test_the_hash_of_abc_is_that_of_the_standard(tmp_path):
    # FIPS 180-4, the one-block example of SHA-256.
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    assert sha256_hex(b"abc") == known
    assert sha256_of_file(path) == known


def test_a_file_longer_than_one_piece_has_the_hash_of_its_whole(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(b"x" * 3_000_001)

    assert sha256_of_file(path) == sha256_hex(b"x" * 3_000_001)
