"""Who agreed in writing that their share may show needs no protection; others still do."""

import pyarrow as pa
import pytest

from grondslag.anonymise.tables import Measure, Rules, flat, sensitivity, tabulate
from grondslag.errors import InputError
from grondslag.wording import explain


def judged(shares, rules):
    """A branch with these (amount, agreed) beside one with many; whether it is unsafe, by what."""
    rows = [("a", f"a{n}", amount, agreed) for n, (amount, agreed) in enumerate(shares)]
    rows += [("b", f"b{n}", 5.0, False) for n in range(40)]
    branch, who, amount, agreed = zip(*rows, strict=True)
    table = pa.table({"branch": branch, "who": who, "amount": amount, "agreed": agreed})
    measure = Measure(value="amount", contributor="who", waiver="agreed")
    cells = tabulate(table, [[flat("branch", ["a", "b"])]], measure)
    found, at = sensitivity(cells, rules), cells.frame.keys().index(("a",))
    return found.unsafe[at], found.above[at]


P10 = Rules(estimate=0.1)
CASES = [
    # (amount, agreed) in the cell              rules   unsafe  needed
    ([(80, False), (15, False), (5, False)], P10, True, 3.0),  # 10% of 80 is 8, the rest gives 5
    ([(80, True), (15, False), (5, False)], P10, False, 0.0),  # of 15: 1.5, the rest gives 5
    ([(80, True), (18, False), (1, False)], P10, True, 0.8),  # 10% of 18 is 1.8, the rest gives 1
    ([(80, False), (15, True), (5, True)], P10, True, 3.0),  # 80 still asks; 15 estimates it
    ([(80, True), (15, True), (5, True)], P10, False, 0.0),
    ([(100, True)], P10, False, 0.0),
    ([(100, True)], Rules(minimum=3), False, 0.0),
    ([(60, True), (40, False)], Rules(minimum=3), True, 10.0),  # a tenth of its value
    ([(51, True), (29, False), (20, False)], Rules(dominance=((1, 0.5),)), False, 0.0),
    ([(60, True), (30, False), (10, False)], Rules(dominance=((2, 0.85),)), True, 90 / 0.85 - 100),
]


@pytest.mark.parametrize(("shares", "rules", "unsafe", "needed"), CASES)
def test_a_cell_is_judged_by_the_largest_who_did_not_agree(shares, rules, unsafe, needed):
    is_unsafe, above = judged([(float(amount), agreed) for amount, agreed in shares], rules)

    assert is_unsafe == unsafe
    assert not unsafe or above == pytest.approx(needed)


def test_who_agreed_in_one_row_and_not_in_another_did_not_agree():
    rows = pa.table(
        {"branch": ["a", "a"], "who": ["x", "x"], "amount": [60.0, 40.0], "agreed": [True, False]}
    )
    measure = Measure(value="amount", contributor="who", waiver="agreed")

    cells = tabulate(rows, [[flat("branch", ["a"])]], measure)

    assert sensitivity(cells, Rules(minimum=2)).unsafe.all()


@pytest.mark.parametrize("said", [[True, None], ["ja", "nee"], [1, 0]])
def test_an_agreement_that_is_unclear_is_refused(said):
    rows = pa.table({"branch": ["a", "a"], "amount": [1.0, 2.0], "agreed": said})

    with pytest.raises(InputError) as refused:
        tabulate(rows, [[flat("branch", ["a"])]], Measure(value="amount", waiver="agreed"))

    assert refused.value.code == "tables.waiver-unclear"
    assert "agreed" in explain(refused.value)
