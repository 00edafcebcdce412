"""What an amount must carry before it can be judged: no debt, no unknown, by its own people."""

from dataclasses import replace

import pytest

from figures import OPEN, figure, let_out
from grondslag.errors import InputError
from grondslag.release import ALL, Cell, Figure, Profile

MANY = [50.0] * 12
EACH = Profile("open", 5, OPEN.since)


def cell(each, *keys, **more):
    """A cell with the amounts of its people."""
    largest = tuple(sorted(each, reverse=True)[:3])
    own = {"amount": sum(each), "largest": largest, "smallest": min(each, default=0.0)}
    return Cell(keys or ("a",), len(each), **(own | more))


def table(*cells, **more):
    return figure(cells, covers=False, measured="income", **more)


def test_one_debt_among_many_incomes_is_refused():
    """Together 350, of which 400 is one person's: more than all there is, and no rule sees it."""
    each = [400.0, *[50.0] * 11, -600.0]
    largest = tuple(sorted(each, reverse=True)[:3])

    with pytest.raises(InputError) as refused:
        table(Cell(("a",), 13, amount=sum(each), largest=largest, smallest=min(each)))
    assert refused.value.code == "release.negative-amount"


def test_an_amount_of_which_the_smallest_is_unknown_is_refused():
    with pytest.raises(InputError) as refused:
        table(replace(cell(MANY), smallest=None))
    assert refused.value.code == "release.smallest-missing"


@pytest.mark.parametrize(
    "wrong",
    [
        {"smallest": 60.0},  # more than the smallest of the largest
        {"smallest": 50.0, "amount": 590.0},  # twelve times 50 is more than there is
        {"amount": 620.0, "smallest": 0.0},  # the others would be larger than the largest
        {"largest": (50.0, 50.0)},
        {"largest": (40.0, 50.0, 50.0)},
        {"asking": 51.0},
    ],
)
def test_amounts_that_cannot_be_those_of_their_people_are_refused(wrong):
    with pytest.raises(InputError) as refused:
        table(replace(cell(MANY), **wrong))
    assert refused.value.code == "release.largest-missing"


def test_with_up_to_three_people_the_largest_are_everybody():
    """100 and -40 of two people: the debt cannot stand outside the three largest."""
    with pytest.raises(InputError) as refused:
        table(Cell(("a",), 3, amount=60.0, largest=(20.0, 20.0, 10.0), smallest=0.0))
    assert refused.value.code == "release.largest-missing"
    with pytest.raises(InputError) as refused:
        table(Cell(("a",), 0, amount=60.0, largest=(), smallest=0.0))
    assert refused.value.code == "release.largest-missing"


def test_what_a_figure_holds_reads_back_with_what_judges_it(tmp_path):
    made = table(cell(MANY, judged=600.0, asking=50.0), judged_by="turnover")

    assert Figure.from_mapping(made.to_mapping()) == made
    (out,) = let_out(tmp_path, made, profile=EACH)
    assert "smallest" not in str(out.to_mapping())


def test_a_stored_figure_without_the_smallest_is_refused():
    stored = table(cell(MANY)).to_mapping()
    del stored["cells"][0]["smallest"]

    with pytest.raises(InputError) as refused:
        Figure.from_mapping(stored)
    assert refused.value.code == "release.smallest-missing"


def test_a_mean_of_amounts_is_judged_as_its_amount():
    """No other name for a mean exists: one that is no share of a count could go round the rules."""
    with pytest.raises(InputError) as refused:
        figure((Cell(("a",), 12, {"mean": 50.0}),), covers=False)
    assert refused.value.code == "release.unknown-derived"
    with pytest.raises(InputError) as refused:
        figure((Cell(("a",), 12, {"average": 50.0}),), covers=False)
    assert refused.value.code == "release.no-amount"


@pytest.mark.parametrize(("judged", "largest", "shown"), [
    # turnover of one is more than half, though the energy is not
    (1000.0, (600.0, 50.0, 50.0), False),
    # energy of one is more than half, though the turnover is not
    (500.0, (50.0, 50.0, 50.0), True),
])  # fmt: skip
def test_another_column_judges_who_dominates(tmp_path, judged, largest, shown):
    made = table(
        Cell(("a",), 12, amount=600.0, largest=largest, smallest=0.0, judged=judged),
        judged_by="turnover",
    )

    (out,) = let_out(tmp_path, made, profile=EACH)

    assert (out.cell("a").amount is not None) == shown


def test_a_cell_says_by_what_it_is_judged_when_its_table_does():
    for made, by in ((cell(MANY, judged=600.0), ""), (cell(MANY), "turnover")):
        with pytest.raises(InputError) as refused:
            table(made, judged_by=by)
        assert refused.value.code == "release.judged-missing"


def test_tables_of_one_amount_are_judged_by_one_column(tmp_path):
    unsafe = cell([700.0, *MANY], "b")
    total = cell([700.0, *MANY, *MANY], ALL)
    one = figure((cell(MANY), unsafe, total), measured="income")
    other = table(cell(MANY, judged=600.0), judged_by="turnover", id="other")

    with pytest.raises(InputError) as refused:
        let_out(tmp_path, one, other, profile=EACH)
    assert refused.value.code == "release.judged-differently"


LARGE = [9000.0, *[100.0] * 9]


@pytest.mark.parametrize(("each", "asking", "shown"), [
    (LARGE, None, False),  # nobody agreed
    (LARGE, 100.0, True),  # the largest did, nobody else stands out
    ([9000.0, 800.0, *[1.0] * 8], 800.0, False),  # the largest knows the second within 8
    ([9000.0, 800.0, *[1.0] * 8], 1.0, True),  # both agreed
    ([9000.0, 800.0, 300.0, *[1.0] * 7], 300.0, True),  # neither knows the third within a tenth
    ([9000.0, 800.0, 300.0, *[1.0] * 7], 1.0, True),
    (LARGE, -1.0, True),
    ([9000.0, *[100.0] * 3], -1.0, False),  # fewer than five: no agreement changes that
    ([9000.0, *[100.0] * 3], 100.0, False),
])  # fmt: skip
def test_who_agreed_is_not_protected_and_may_look_at_others(tmp_path, each, asking, shown):
    (out,) = let_out(tmp_path, table(cell(each, asking=asking)), profile=EACH)

    assert (out.cell("a").amount is not None) == shown


@pytest.mark.parametrize("first_judged", [True, False])
def test_beside_an_earlier_total_nothing_follows_of_who_is_judged_by_another_column(
    tmp_path, first_judged
):
    """Of the earlier total nobody knows any more by what it was judged."""
    by = {"judged_by": "turnover"} if first_judged else {}
    whole = {"judged": 2400.0} if first_judged else {}
    total = replace(cell([*MANY] * 4, **whole), keys=())
    let_out(tmp_path, figure((total,), dimensions=(), id="all", measured="income", **by),
            profile=EACH)  # fmt: skip
    safe = [cell(MANY, key, judged=600.0) for key in "abd"]
    unsafe = Cell(("c",), 12, amount=600.0, largest=(500.0, 50.0, 50.0), smallest=0.0, judged=650.0)

    (out,) = let_out(
        tmp_path, figure((*safe, unsafe), measured="income", judged_by="turnover"), profile=EACH
    )

    shown = [one.amount for one in out.cells if one.amount is not None]
    assert out.cell("c").amount is None
    assert 2 <= len(shown) < 3
