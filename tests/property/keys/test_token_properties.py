"""The fast path is `hmac`, for every key and every text."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from grondslag.keys import derive, person_token, person_tokens

keys = st.binary(min_size=16, max_size=200)
texts = st.text(max_size=200)  # all of Unicode but surrogates


@given(keys, st.lists(st.none() | texts, max_size=10))
def test_many_tokens_equal_the_standard_library_one_by_one(key, identifiers):
    expected = [
        None if one is None else hmac.new(key, one.encode(), hashlib.sha256).digest()[:16]
        for one in identifiers
    ]

    assert person_tokens(identifiers, key) == expected
    assert [None if one is None else person_token(one, key) for one in identifiers] == expected


@given(st.binary(min_size=32, max_size=32), texts, texts, texts, texts)
def test_derived_keys_are_equal_only_for_equal_purpose_and_context(key, p1, c1, p2, c2):
    first = derive(key, purpose=p1, context=c1)
    second = derive(key, purpose=p2, context=c2)

    assert (first == second) == ((p1, c1) == (p2, c2))
    assert first != key
