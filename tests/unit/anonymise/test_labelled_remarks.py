"""How well the recognisers do on remarks as people type them, measured, not hoped.

Both sets are ours and small. The first was looked at while the recognisers were written. The second
was written before anybody measured on it, and nothing was changed to do better on it: of the two it
says most about a real register, and it still is not one.
"""

from pathlib import Path

import pytest
import yaml

from grondslag.anonymise import PatternKind, name_finder, pattern_kinds

SPEC = Path(__file__).parents[2] / "spec"
REMARKS = {
    name: yaml.safe_load((SPEC / f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("labelled_remarks", "labelled_remarks_unseen")
}


def tally(name, kind, finds):
    """Over the remarks of a set: rightly found, wrongly found, missed."""
    pairs = [(str(kind) in remark["kinds"], finds(remark["text"])) for remark in REMARKS[name]]
    return [pairs.count(pair) for pair in ((True, True), (False, True), (True, False))]


# Missed in the first set: a date without the word that says what it is, a number or mail address
# spelled out in words. Wrongly found: an order number that passes the eleven-test, a number of ten
# digits, a drawing and a container in the form of a plate, a report in the form of an address.
# Missed in the second: addresses without postcode in a street that is not called one, most of all.
MEASURED = [
    # set                        kind                        right, wrong, missed
    ("labelled_remarks", PatternKind.IBAN, [4, 0, 0]),
    ("labelled_remarks", PatternKind.EMAIL, [3, 0, 1]),
    ("labelled_remarks", PatternKind.BSN, [7, 1, 0]),
    ("labelled_remarks", PatternKind.PHONE, [8, 1, 1]),
    ("labelled_remarks", PatternKind.ADDRESS, [6, 1, 0]),
    ("labelled_remarks", PatternKind.DATE_OF_BIRTH, [3, 0, 1]),
    ("labelled_remarks", PatternKind.NUMBER_PLATE, [7, 2, 0]),
    ("labelled_remarks_unseen", PatternKind.IBAN, [5, 0, 1]),
    ("labelled_remarks_unseen", PatternKind.EMAIL, [3, 0, 1]),
    ("labelled_remarks_unseen", PatternKind.BSN, [5, 0, 0]),
    ("labelled_remarks_unseen", PatternKind.PHONE, [12, 1, 3]),
    ("labelled_remarks_unseen", PatternKind.ADDRESS, [12, 1, 7]),
    ("labelled_remarks_unseen", PatternKind.DATE_OF_BIRTH, [6, 0, 1]),
    ("labelled_remarks_unseen", PatternKind.NUMBER_PLATE, [8, 1, 2]),
]


@pytest.mark.parametrize(("name", "kind", "counts"), MEASURED)
def test_what_is_found_missed_and_wrongly_found(name, kind, counts):
    assert tally(name, kind, lambda text: kind in pattern_kinds(text)) == counts


@pytest.mark.parametrize(
    ("name", "recall", "precision"),
    [("labelled_remarks", 0.92, 0.88), ("labelled_remarks_unseen", 0.77, 0.94)],
)
def test_recall_and_precision_over_all_kinds(name, recall, precision):
    counts = [one for of, _, one in MEASURED if of == name]
    right, wrong, missed = (sum(part) for part in zip(*counts, strict=True))

    assert right / (right + missed) >= recall
    assert right / (right + wrong) >= precision


@pytest.mark.long
@pytest.mark.timeout(900)
def test_names_by_the_extra():
    """A firm, a plate, a holiday park, a statue, a cook and a street abroad count as names too."""
    places = name_finder()

    assert tally("labelled_remarks_unseen", "name", lambda text: bool(places(text))) == [37, 7, 0]
