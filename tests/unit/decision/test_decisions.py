"""A decision weighs doing nothing, names what it rests on, and asks later whether it worked."""

import json
from datetime import UTC, date, datetime

import pytest

from grondslag.canonical import to_yaml
from grondslag.clock import FixedClock
from grondslag.decision import (
    AdviceFrom,
    Evidence,
    NextStep,
    OptionKind,
    Worked,
    read_decision,
    read_decision_record,
    read_review,
    read_review_record,
    record_decision,
    review,
)
from grondslag.errors import InputError, IntegrityError
from grondslag.wording import explain
from made_decisions import (
    EVIDENCE,
    HASH,
    decision_content,
    made_decision,
    option,
    write_decision,
)

CLOCK = FixedClock(datetime(2027, 3, 12, 9, tzinfo=UTC))
LATER = FixedClock(datetime(2029, 4, 1, 9, tzinfo=UTC))
ADVICE = {"by": "ethics", "said": "Vraag het eerst aan bewoners.", "followed": False}
REVIEW = {
    "review": "grondslag/1",
    "outcome": "Er zijn minder ongevallen, maar ook minder verkeer.",
    "worked": "unclear",
    "learned": "Tel het verkeer voor en na de maatregel.",
    "next": {"step": "keep", "why": "De bewoners zijn tevreden over de oversteek."},
    "by": "adviseur verkeer",
    "date": "2029-03-20",
}


def test_a_decision_is_read_with_all_its_fields(tmp_path):
    decision = made_decision(tmp_path)

    assert decision.chosen.kind is OptionKind.OTHER
    assert decision.decided.day == date(2027, 3, 10)
    assert decision.advices[0].by is AdviceFrom.DATA_PROTECTION_OFFICER
    assert (decision.public, decision.woo_ground) == (True, "")


FAULTS = [
    # what is wrong                                                            code
    ({"options": [option("without_personal_data"), option("other", chosen=True)]},
     "decision.no-do-nothing"),
    ({"options": [option("do_nothing"), option("other", chosen=True)]},
     "decision.no-without-personal-data"),
    ({"options": [option("do_nothing"), option("without_personal_data")]},
     "decision.not-one-chosen"),
    ({"options": [option("do_nothing", chosen=True), option("without_personal_data", chosen=True)]},
     "decision.not-one-chosen"),
    ({"advices": [ADVICE]}, "decision.advice-without-reason"),
    ({"check_date": "2027-03-10"}, "decision.check-date-too-early"),
    ({"public": {"public": False}}, "decision.no-woo-ground"),
    ({"kosten": "een miljoen"}, "canonical.schema-unknown-key"),
    ({"data_do_not_say": []}, "canonical.schema-too-few"),
    ({"stop_criterion": "geen"}, "canonical.schema-too-short"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), FAULTS)
def test_a_decision_that_leaves_something_out_is_refused(tmp_path, changes, code):
    with pytest.raises(InputError) as refused:
        made_decision(tmp_path, **changes)

    assert refused.value.code == code
    assert refused.value.fields["line"] > 0
    assert "decision.yaml" in explain(refused.value)


def test_an_advice_may_be_left_aside_with_a_reason(tmp_path):
    decision = made_decision(tmp_path, advices=[ADVICE | {"reason": "Dat is al eerder gedaan."}])

    assert decision.advices[0].followed is False


def test_a_record_names_what_it_rests_on_and_reads_back(tmp_path):
    decision = made_decision(tmp_path)
    path = tmp_path / "decision.json"

    record = record_decision(decision, evidence=EVIDENCE, path=path, clock=CLOCK)

    assert read_decision_record(path) == record
    assert json.loads(path.read_text(encoding="utf-8"))["rests_on"]["manifest_sha256"] == HASH
    assert record.review_due(date(2029, 3, 9)) is False
    assert record.review_due(date(2029, 3, 10)) is True


def test_the_same_decision_again_is_the_same_record(tmp_path):
    decision, path = made_decision(tmp_path), tmp_path / "decision.json"
    first = record_decision(decision, evidence=EVIDENCE, path=path, clock=CLOCK)

    again = record_decision(decision, evidence=EVIDENCE, path=path, clock=LATER)

    assert again == first


def test_a_decision_is_never_replaced(tmp_path):
    path = tmp_path / "decision.json"
    record_decision(made_decision(tmp_path), evidence=EVIDENCE, path=path, clock=CLOCK)
    other = made_decision(tmp_path, sentence="We doen toch maar niets aan de Lindelaan.")

    with pytest.raises(InputError) as refused:
        record_decision(other, evidence=EVIDENCE, path=path, clock=CLOCK)

    assert refused.value.code == "decision.stands-already"


def test_a_decision_needs_released_figures_answers_to_advice_and_a_day_that_has_been(tmp_path):
    decision, path = made_decision(tmp_path), tmp_path / "decision.json"
    bare = Evidence(**{name: getattr(EVIDENCE, name) for name in Evidence.__slots__} | {
        "figures": ()
    })  # fmt: skip
    early = FixedClock(datetime(2027, 3, 9, 12, tzinfo=UTC))
    cases = [
        (
            {"evidence": EVIDENCE, "clock": CLOCK, "advised": [AdviceFrom.ETHICS]},
            "decision.advice-unanswered",
        ),
        ({"evidence": bare, "clock": CLOCK}, "decision.rests-on-nothing"),
        ({"evidence": EVIDENCE, "clock": early}, "decision.in-the-future"),
    ]

    for settings, code in cases:
        with pytest.raises(InputError) as refused:
            record_decision(decision, path=path, **settings)
        assert refused.value.code == code
        assert not path.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [("drempels", "camera's"), (HASH, HASH[::-1]), ('"recorded_at"', '"recorded"'), ("{", "[")],
)
def test_a_record_that_was_touched_is_refused(tmp_path, old, new):
    path = tmp_path / "decision.json"
    record_decision(made_decision(tmp_path), evidence=EVIDENCE, path=path, clock=CLOCK)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(IntegrityError):
        read_decision_record(path)


def test_a_review_says_whether_it_worked_and_belongs_to_one_decision(tmp_path):
    record = record_decision(
        made_decision(tmp_path), evidence=EVIDENCE, path=tmp_path / "d.json", clock=CLOCK
    )
    source = tmp_path / "review.yaml"
    source.write_text(to_yaml(REVIEW), encoding="utf-8")

    said = review(record, read_review(source), path=tmp_path / "review.json", clock=LATER)

    assert (said.review.worked, said.review.next_step) == (Worked.UNCLEAR, NextStep.KEEP)
    assert read_review_record(tmp_path / "review.json", record) == said
    other = record_decision(
        read_decision(write_decision(tmp_path, decision_content(expected="Iets heel anders."))),
        evidence=EVIDENCE,
        path=tmp_path / "other.json",
        clock=CLOCK,
    )
    with pytest.raises(IntegrityError):
        read_review_record(tmp_path / "review.json", other)


@pytest.mark.parametrize("day", ["2027-03-09", "2029-04-02"])
def test_a_review_is_after_the_decision_and_not_in_the_future(tmp_path, day):
    record = record_decision(
        made_decision(tmp_path), evidence=EVIDENCE, path=tmp_path / "d.json", clock=CLOCK
    )
    source = tmp_path / "review.yaml"
    source.write_text(to_yaml(REVIEW | {"date": day}), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        review(record, read_review(source), path=tmp_path / "review.json", clock=LATER)

    assert refused.value.code == "decision.review-not-then"
