"""A municipality chooses itself whether deliveries keep a number per person."""

from datetime import date

import pytest

from grondslag.approval import Settings

START = date(2027, 1, 1)
CHOSEN = Settings.from_mapping(
    Settings.usual(START).to_mapping()
    | {
        "record_keys": [
            {"from": "2027-02-01", "value": True},
            {"from": "2027-06-01", "value": False},
        ]
    }
)


@pytest.mark.parametrize(
    ("day", "kept"),
    [("2027-01-31", False), ("2027-02-01", True), ("2027-05-31", True), ("2027-06-01", False)],
)
def test_the_newest_choice_that_has_begun_counts(day, kept):
    assert CHOSEN.record_keys_on(date.fromisoformat(day)) is kept


def test_without_a_choice_nothing_is_kept():
    assert not Settings.usual(START).record_keys_on(date(2099, 1, 1))
    assert "record_keys" not in Settings.usual(START).to_mapping()


def test_a_choice_reads_back():
    assert Settings.from_mapping(CHOSEN.to_mapping()) == CHOSEN
