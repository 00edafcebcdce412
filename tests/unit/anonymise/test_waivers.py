"""Who agreed in writing that their share may show needs no protection; others still do."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise.tables import (
    Measure,
    Rules,
    flat,
    group_demands,
    sensitivity,
    tabulate,
)
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


def test_a_cell_with_a_debt_in_it_is_refused_however_it_was_made():
    """The largest and the total look right: only the smallest tells that a rule would fail."""
    rows = pa.table({"branch": ["a"] * 5, "amount": [9.0, 8.0, 7.0, 6.0, 5.0]})
    cells = tabulate(rows, [[flat("branch", ["a"])]], Measure(value="amount"))

    with pytest.raises(InputError) as refused:
        replace(cells, smallest=np.array([-5.0, -5.0]))
    assert refused.value.code == "tables.negative"
    assert cells.smallest.tolist() == [5.0, 5.0]


def test_withheld_cells_together_are_judged_by_who_did_not_agree():
    """Of two withheld cells a total gives the sum away; it is dominated by one who agreed."""
    shares = [(900.0, True), *[(10.0, False)] * 9]
    rows = [("a", f"a{at}", *one) for at, one in enumerate(shares)]
    rows += [("b", f"b{at}", 10.0, False) for at in range(10)]
    rows += [("c", f"c{at}", 10.0, False) for at in range(10)]
    branch, who, amount, agreed = zip(*rows, strict=True)
    table = pa.table({"branch": branch, "who": who, "amount": amount, "agreed": agreed})
    rules, dimension = Rules(minimum=3, dominance=((1, 0.5),)), [[flat("branch", ["a", "b", "c"])]]
    asks, all_ask = (
        tabulate(table, dimension, Measure("amount", contributor="who", waiver=column))
        for column in ("agreed", None)
    )
    keys = asks.frame.keys()
    hidden = np.array([key in {("a",), ("b",)} for key in keys])

    assert group_demands(asks, rules, hidden, hidden).size == 0
    assert group_demands(all_ask, rules, hidden, hidden).size == 1


def test_what_must_stay_hidden_of_a_group_is_its_share_of_what_is_shown():
    """One has 900 of 1,089 turnover, while all have as much energy."""
    rows = [("a", f"a{at}", 900.0 if at == 0 else 10.0, 1.0) for at in range(10)]
    rows += [("b", f"b{at}", 10.0 if at else 9.0, 1.0) for at in range(10)]
    rows += [("c", f"c{at}", 10.0, 1.0) for at in range(10)]
    branch, who, turnover, energy = zip(*rows, strict=True)
    table = pa.table({"branch": branch, "who": who, "turnover": turnover, "energy": energy})
    cells = tabulate(
        table,
        [[flat("branch", ["a", "b", "c"])]],
        Measure("energy", contributor="who", shadow="turnover"),
    )
    keys = cells.frame.keys()
    hidden = np.array([key in {("a",), ("b",)} for key in keys])

    asked = group_demands(cells, Rules(dominance=((1, 0.5),)), hidden, hidden)

    turnover_of_both = 990.0 + 99.0
    needed = (900 / 0.5 - turnover_of_both) * 20 / turnover_of_both
    assert asked.above.tolist() == pytest.approx([needed])
