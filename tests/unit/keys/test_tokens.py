"""Tokens and derived keys agree with their standards."""

import hashlib
import hmac

import pytest

from grondslag.errors import InputError
from grondslag.keys import derive, person_token, person_tokens

# RFC 4231 sections 4.2, 4.6 (cut to 128 bits by the RFC itself), 4.7 and 4.8 (keys over one block).
RFC_4231 = [
    (b"\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b"),
    (b"\x0c" * 20, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    (
        b"\xaa" * 131,
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f",
    ),
    (
        b"\xaa" * 131,
        (
            "This is a test using a larger than block-size key and a larger than block-size data. "
            "The key needs to be hashed before being used by the HMAC algorithm."
        ),
        "9b09ffa71b942fcb27635fbcd5b0e944",
    ),
]


@pytest.mark.parametrize(("key", "text", "expected"), RFC_4231)
def test_tokens_agree_with_the_standard(key, text, expected):
    assert person_token(text, key).hex() == expected
    assert [token.hex() for token in person_tokens([text], key)] == [expected]


def test_none_stays_none_and_order_is_kept():
    key = b"k" * 32

    tokens = person_tokens(["a", None, "b", "a"], key)

    assert tokens == [person_token("a", key), None, person_token("b", key), person_token("a", key)]


def test_a_short_key_hashes_nobody():
    with pytest.raises(InputError, match=r"keys\.key-too-short"):
        person_token("a", b"k" * 15)
    with pytest.raises(InputError, match=r"keys\.key-too-short"):
        person_tokens(["a"], b"k" * 15)


def test_a_derived_key_stays_the_same_for_ever():
    """HKDF by hand, in two HMAC steps: changing it would orphan every log and delivery."""
    key = bytes(range(32))
    info = b"grondslag.keys/1" + (14).to_bytes(8, "big") + b"processing-log"
    info += (2).to_bytes(8, "big") + b"d1"
    extracted = hmac.digest(b"\0" * 32, key, hashlib.sha256)
    expected = hmac.digest(extracted, info + b"\x01", hashlib.sha256)

    assert derive(key, purpose="processing-log", context="d1") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "bc"), ("ab", "c")),
        (("", "a"), ("a", "")),
        (("a", "b"), ("b", "a")),
        (("a\0", "b"), ("a", "\0b")),
    ],
)
def test_no_two_pairs_of_purpose_and_context_meet(one, other):
    key = b"k" * 32

    first = derive(key, purpose=one[0], context=one[1])
    second = derive(key, purpose=other[0], context=other[1])

    assert first != second
