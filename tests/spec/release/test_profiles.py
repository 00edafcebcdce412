"""What each profile lets through, rule by rule: one cell just inside and one just outside."""

from datetime import date
from pathlib import Path

import pytest

from figures import figure, let_out
from grondslag.errors import InputError
from grondslag.release import ALL, Cell, default_profiles, profile_on, read_profiles

DAY = date(2027, 3, 3)


def even(persons, each=100.0):
    """A cell in which everybody has the same amount."""
    return amounts([each] * persons)


def amounts(each):
    """A cell with the amounts of its persons."""
    largest = tuple(sorted(each, reverse=True)[:3])
    return Cell(("a",), len(each), amount=sum(each), largest=largest, smallest=min(each))


FEW = [
    # profile            persons   shown
    ("open", 9, False),
    ("open", 10, True),
    ("internal_policy", 4, False),
    ("internal_policy", 5, True),
    ("income_cbs", 99, False),
    ("income_cbs", 100, True),
]


@pytest.mark.parametrize(("profile", "persons", "shown"), FEW)
def test_a_group_is_shown_from_the_minimum_of_its_profile_on(tmp_path, profile, persons, shown):
    table = figure((even(persons),), covers=False, measured="income")

    (released,) = let_out(tmp_path, table, profile=profile_on(profile, DAY))

    cell = released.cell("a")
    assert (cell.count is not None, cell.amount is not None) == (shown, shown)


OF_FEW = [
    # profile            of how many   percentage shown
    ("open", 9.0, False),
    ("open", 10.0, True),
    ("income_cbs", 99.0, False),
    ("income_cbs", 100.0, True),
]


@pytest.mark.parametrize(("profile", "exposure", "shown"), OF_FEW)
def test_a_percentage_is_shown_of_enough_people_only_also_when_it_is_zero(
    tmp_path, profile, exposure, shown
):
    cell = Cell(("a",), 0, {"percentage": 0.0}, exposure)
    table = figure((cell,), covers=False, within_exposure=True, zeros_disclose=False)

    (released,) = let_out(tmp_path, table, profile=profile_on(profile, DAY))

    assert ("percentage" in released.cell("a").derived) == shown


SHARES = [
    # profile             amounts of the persons                     shown   rule
    ("open", [50, *[2.5] * 20], True),  # largest is exactly half
    ("open", [51, *[2.45] * 20], False),  # largest is more than half
    ("open", [43, 42, *[0.75] * 20], True),  # the two largest exactly 85 percent
    ("open", [43, 43, *[0.7] * 20], False),  # the two largest more than 85 percent
    ("open", [45, 45, *[0.5] * 9, 5.5], False),  # neither half nor hidden from the second
    ("internal_policy", [51, *[2.45] * 20], False),
    ("income_cbs", [3000, *[70] * 100], True),  # largest is exactly 30 percent
    ("income_cbs", [3100, *[69] * 100], False),  # largest is more than 30 percent
]


@pytest.mark.parametrize(("profile", "each", "shown"), SHARES)
def test_an_amount_is_shown_when_few_persons_do_not_make_it(tmp_path, profile, each, shown):
    cell = amounts([float(one) for one in each])
    table = figure((cell,), covers=False, measured="income")

    (released,) = let_out(tmp_path, table, profile=profile_on(profile, DAY))

    assert (released.cell("a").amount is not None) == shown
    assert released.cell("a").count is not None


def test_the_second_largest_does_not_estimate_the_largest_closely(tmp_path):
    # 40, 40 and 3.9: the second knows the first within 3.9, less than a tenth of it.
    near = amounts([40.0, 40.0, *[0.39] * 10])
    apart = amounts([40.0, 30.0, *[1.5] * 10])
    lenient = profile_on("open", DAY)
    without_shares = type(lenient)("p_only", 10, DAY, dominance=((1, 0.99),), estimate=0.1)

    shown = [
        let_out(
            tmp_path / name,
            figure((cell,), covers=False, measured="income"),
            profile=without_shares,
        )[0].cell("a").amount
        for name, cell in (("near", near), ("apart", apart))
    ]  # fmt: skip

    assert shown == [None, apart.amount]


GROUPS = [
    # in debt   not in debt   shown
    (45, 5, None),  # 5 is too few; what protects it is no disclosure of its own
    (60, 15, True),
    (90, 10, True),  # exactly 90 percent
    (91, 10, False),  # more than 90 percent of the group has debts
    (50, 0, False),  # everybody has
]


@pytest.mark.parametrize(("yes", "no", "shown"), GROUPS)
def test_nearly_everybody_is_told_about_when_a_group_shares_a_value(tmp_path, yes, no, shown):
    cells = (
        Cell(("a", "yes"), yes),
        Cell(("a", "no"), no),
        Cell(("b", "yes"), 60),
        Cell(("b", "no"), 70),
        Cell(("c", "yes"), 50),
        Cell(("c", "no"), 80),
    )
    table = figure(cells, dimensions=("area", "debt"), told=("debt",))

    (released,) = let_out(tmp_path, table)

    if shown is not None:
        assert (released.cell("a", "yes").count is not None) == shown
    assert released.cell("b", "yes").count == 60
    assert released.cell("a", "yes").count is None or yes <= 0.9 * (yes + no)


def test_the_same_share_of_a_dimension_that_says_nothing_is_shown(tmp_path):
    cells = (Cell(("a", "car"), 91), Cell(("a", "bike"), 10))

    (released,) = let_out(tmp_path, figure(cells, dimensions=("area", "kind")))

    assert [cell.count for cell in released.cells] == [91, 10]


@pytest.mark.parametrize(
    ("count", "exposure", "shown"),
    [
        (60, 100.0, True),
        (90, 100.0, True),
        (91, 100.0, False),
        (40, 48.0, False),
        (50, 50.0, False),
    ],
)
def test_those_of_a_public_number_who_are_not_counted_are_a_group_too(
    tmp_path, count, exposure, shown
):
    cells = (Cell(("a",), count, {"rate": 1.0}, exposure), Cell(("b",), 50, {}, 100.0))

    (people,) = let_out(tmp_path / "1", figure(cells, covers=False, within_exposure=True))
    (kilometres,) = let_out(tmp_path / "2", figure(cells, covers=False))

    assert (people.cell("a").count is not None) == shown
    assert kilometres.cell("a").count == count


def test_income_counts_are_in_hundreds_and_give_no_exact_number_back(tmp_path):
    cells = (
        Cell(("a",), 149, {"rate": 1.49, "percentage": 33.11, "average": 200.0}, 450.0,
             amount=149 * 200.0, largest=(200.0, 200.0, 200.0), smallest=200.0),
        Cell(("b",), 250, {"rate": 2.5}, 1000.0,
             amount=50_000.0, largest=(200.0, 200.0, 200.0), smallest=200.0),
    )  # fmt: skip
    table = figure(cells, covers=False, measured="income", within_exposure=True)

    (released,) = let_out(tmp_path, table, profile=profile_on("income_cbs", DAY))

    a, b = released.cells
    assert (a.count, a.amount, dict(a.derived)) == (
        100,
        None,
        {"percentage": 33.0, "average": 200.0},
    )
    assert (b.count, b.amount, dict(b.derived)) == (300, 50_000.0, {})
    assert released.rounding == 100


def test_every_profile_says_where_its_numbers_come_from_and_whether_they_were_read():
    said = {one.name: (one.is_confirmed, bool(one.source)) for one in default_profiles()}

    assert said == {
        "open": (False, True),
        "internal_policy": (False, True),
        "income_cbs": (True, True),
    }


PROFILE = """profiles: grondslag/1
settings:
  - name: open
    from: "2026-01-01"
    minimum: {minimum}
    dominance: [{{largest: 1, share: 0.5}}]
    estimate: 0.1
    group: {group}
    rounding: 1
    source: A choice of this municipality
    mark: own
    confirmed: true
"""


def test_an_installation_brings_its_own_profiles(tmp_path):
    path = Path(tmp_path) / "profiles.yaml"
    path.write_text(PROFILE.format(minimum=15, group=0.8), encoding="utf-8")

    (own,) = read_profiles(path)

    assert (own.minimum, own.group, own.is_confirmed) == (15, 0.8, True)


@pytest.mark.parametrize(("minimum", "group"), [(1, 0.9), (10, 1.5), ("ten", 0.9), (10, 0)])
def test_a_profile_that_protects_nobody_is_refused_where_it_is_read(tmp_path, minimum, group):
    path = Path(tmp_path) / "profiles.yaml"
    path.write_text(PROFILE.format(minimum=minimum, group=group), encoding="utf-8")

    with pytest.raises(InputError):
        read_profiles(path)


def test_withheld_cells_are_told_apart_by_reason_in_number_only(tmp_path):
    counts = {"a": 3, "b": 14, "c": 40, "d": 60, ALL: 117}

    (released,) = let_out(tmp_path, figure(counts))

    assert (released.withheld_for_itself, released.withheld_for_others) == (1, 1)
