"""How well the recognisers do on remarks as people type them, measured, not hoped.

The set is ours, small, and was looked at while the recognisers were written: it says what is missed
and what is wrongly found, not how often that happens in a real register.
"""

from pathlib import Path

import pytest
import yaml

from grondslag.anonymise import PatternKind, pattern_kinds

REMARKS = yaml.safe_load(
    (Path(__file__).parents[2] / "spec" / "labelled_remarks.yaml").read_text(encoding="utf-8")
)


def tally():
    """Per kind: rightly found, wrongly found, missed."""
    counts = {kind: [0, 0, 0] for kind in PatternKind}
    for remark in REMARKS:
        there, found = set(remark["kinds"]), pattern_kinds(remark["text"])
        for kind in PatternKind:
            counts[kind][0] += kind in there and kind in found
            counts[kind][1] += kind not in there and kind in found
            counts[kind][2] += kind in there and kind not in found
    return counts


# Missed: an account number from before IBAN, an address without postcode, a date without the word
# that says what it is, a number or mail address spelled out in words. Wrongly found: an order
# number that passes the eleven-test, two numbers of ten digits, a drawing and a container in the
# form of a plate, a report in the form of an address.
MEASURED = {
    # kind                     right, wrong, missed
    PatternKind.IBAN: [3, 0, 1],
    PatternKind.EMAIL: [3, 0, 1],
    PatternKind.BSN: [7, 1, 0],
    PatternKind.PHONE: [8, 2, 1],
    PatternKind.ADDRESS: [5, 1, 1],
    PatternKind.DATE_OF_BIRTH: [3, 0, 1],
    PatternKind.NUMBER_PLATE: [7, 2, 0],
}


@pytest.mark.parametrize("kind", list(PatternKind))
def test_what_is_found_missed_and_wrongly_found(kind):
    assert tally()[kind] == MEASURED[kind]


def test_recall_and_precision_over_all_kinds():
    right, wrong, missed = (sum(part) for part in zip(*tally().values(), strict=True))

    assert right / (right + missed) >= 0.85
    assert right / (right + wrong) >= 0.85
