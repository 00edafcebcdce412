"""Who was written is found, who was not is not, and no log is linked to another."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from grondslag.processing_log import as_ldv, find_person, write_log
from made_log import KEYS, log_entry

people = st.sets(st.text(max_size=20), max_size=30)
keys = st.binary(min_size=32, max_size=32)


def _write(folder, key, identifiers, delivery="d-1"):
    entry = log_entry(delivery_id=delivery)
    return write_log(folder, entry=entry, identifiers=identifiers, log_key=key)


def _pseudonyms(log):
    return [record["attributes"]["dpl.core.data_subject_id"] for record in as_ldv(log.path)]


@given(keys, st.lists(people, max_size=3), people)
def test_lookup_agrees_with_plain_sets(key, deliveries, others):
    with tempfile.TemporaryDirectory() as place:
        for number, identifiers in enumerate(deliveries):
            _write(Path(place), key, identifiers, f"d-{number}")

        for person in others.union(*deliveries):
            result = find_person(Path(place), identifier=person, log_key_for=lambda _: key)

            expected = [f"d-{n}" for n, inside in enumerate(deliveries) if person in inside]
            assert [hit.delivery_id for hit in result.hits] == expected
            assert result.searched == len(deliveries)


@given(keys, people)
def test_the_same_people_in_two_deliveries_share_no_pseudonym(key, identifiers):
    with tempfile.TemporaryDirectory() as place:
        first = _pseudonyms(_write(Path(place), key, identifiers, "d-1"))
        second = _pseudonyms(_write(Path(place), key, identifiers, "d-2"))

    assert len(first) == len(second) == len(identifiers)
    assert not set(first) & set(second)


@given(st.lists(st.text(max_size=10), max_size=30), st.randoms())
def test_the_order_of_the_file_says_nothing_about_the_order_of_the_source(identifiers, random):
    shuffled = [*identifiers, *identifiers]
    random.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as place:
        first = _pseudonyms(_write(Path(place) / "a", KEYS[2027], identifiers))
        second = _pseudonyms(_write(Path(place) / "b", KEYS[2027], shuffled))

    assert first == second == sorted(first)
    assert len(first) == len(set(identifiers))


@given(keys, keys, people.filter(bool))
def test_another_yearly_key_finds_nobody(key, other, identifiers):
    with tempfile.TemporaryDirectory() as place:
        _write(Path(place), key, identifiers)
        person = next(iter(identifiers))

        result = find_person(Path(place), identifier=person, log_key_for=lambda _: other)

    assert len(result.hits) == (key == other)
