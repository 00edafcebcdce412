"""Every guard against analyses that are tempting and wrong, and against their right counterpart."""

import pytest

from grondslag.analysis.breaks import Break, BreakKind
from grondslag.analysis.guards import (
    GUARDS,
    BeforeAfter,
    Chosen,
    Severity,
    Situation,
    guarded,
    guards_for,
    notes_or_refusal,
)
from grondslag.errors import InputError
from grondslag.wording import LANGUAGES, explain, sentence
from guard_tables import TABLE

ROWS = [
    pytest.param(key, situation, does, said, id=words)
    for key, rows in TABLE.items()
    for words, situation, does, said in rows
]


def test_every_guard_has_its_table():
    assert [guard.key for guard in GUARDS] == list(TABLE)


@pytest.mark.parametrize("key", TABLE)
def test_every_guard_meets_a_wrong_and_a_right_analysis(key):
    does = {does for _words, _situation, does, _said in TABLE[key]}

    assert "" in does
    assert does & {"refuse", "warn"}


@pytest.mark.parametrize(("key", "situation", "does", "said"), ROWS)
def test_what_a_guard_says(key, situation, does, said):
    found = [one for one in guarded(situation) if one.guard == key]

    assert [str(one.severity) for one in found] == ([does] if does else [])
    assert [sentence(one.note.code, **one.note.fields) for one in found] == ([said] if said else [])


@pytest.mark.parametrize(("key", "situation", "does", "said"), ROWS)
def test_a_refusal_ends_the_analysis_and_a_warning_goes_along(key, situation, does, said):
    if does == "refuse":
        with pytest.raises(InputError) as refused:
            notes_or_refusal(situation)
        assert explain(refused.value) == said
    else:
        told = [sentence(note.code, **note.fields) for note in notes_or_refusal(situation)]
        assert (said in told) == bool(said), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "situation", "does", "said"), ROWS)
def test_nothing_is_left_to_fill_in(key, situation, does, said, language):
    for one in guarded(situation):
        assert "{" not in sentence(one.note.code, language=language, **one.note.fields), (key, said)
        assert does or one.guard != key


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.key)
def test_every_guard_has_its_reason(guard):
    assert "(" in guard.source


def test_a_guard_looks_only_where_it_stands():
    keys = {guard.key for guard in guards_for("area_comparison")}

    assert "chosen-for-counts" not in keys
    assert "chosen-for-counts" in {guard.key for guard in guards_for("before_after")}
    assert "too-few-expected" in keys


def test_a_refusal_comes_before_a_warning():
    found = guarded(
        Situation(
            question="before_after",
            breaks=(Break(BreakKind.COVID, 2020),),
            chosen=Chosen.FOR_THEIR_COUNTS,
            set_against=BeforeAfter.YEARS_BEFORE,
            ranked=True,
        )
    )

    assert [one.severity for one in found] == [Severity.REFUSE, Severity.REFUSE, Severity.WARN]


def test_an_analysis_with_which_nothing_is_the_matter_hears_nothing():
    assert notes_or_refusal(Situation(question="area_comparison")) == ()
