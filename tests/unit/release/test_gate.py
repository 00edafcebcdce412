"""What may be shown, and which sums would give away what may not."""

from datetime import UTC, date, datetime

import pytest

from figures import FOUR_EYES, OPEN, figure, let_out
from grondslag.clock import FixedClock
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release import ALL, Cell, FourEyes, Ledger, Profile, Scope, profile_on, release

CLOCK = FixedClock(datetime(2027, 3, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, None), (1, None), (9, None), (10, 10), (11, 11), (None, None)],
)
def test_a_count_below_the_minimum_is_withheld_a_zero_too(tmp_path, count, shown):
    table = figure({"a": count, "b": 40, "c": 50}, covers=False)

    (released,) = let_out(tmp_path, table)

    assert released.cell("a").count == shown


def test_a_zero_that_says_nothing_about_people_is_shown(tmp_path):
    (released,) = let_out(tmp_path, figure({"a": 0, "b": 40}, zeros_disclose=False))

    assert released.cell("a").count == 0


def test_derived_numbers_of_a_withheld_cell_are_gone(tmp_path):
    cells = (Cell(("a",), 3, {"rate": 0.3, "low": 0.6}, 10.0), Cell(("b",), 30, {"rate": 3.0}))

    (released,) = let_out(tmp_path, figure(cells, covers=False))

    assert released.cell("a").derived == {}
    assert released.cell("b").derived == {"rate": 3.0}


def test_persons_behind_the_rows_count_for_the_minimum_group(tmp_path):
    cells = (Cell(("a",), 40, contributors=4), Cell(("b",), 40, contributors=12))

    (released,) = let_out(tmp_path, figure(cells, covers=False))

    assert [cell.count for cell in released.cells] == [None, 40]


def test_the_contract_may_ask_for_a_larger_group_than_the_profile(tmp_path):
    (released,) = let_out(tmp_path, figure({"a": 20, "b": 40}, covers=False, minimum=25))

    assert (released.cell("a").count, released.minimum) == (None, 25)


REFUSED = [
    # what is shown                                              why it is refused
    ({"a": 3, "b": 40, ALL: 43}, "release.total-beside-withheld"),
    ({"a": 3, "b": 4, "c": 40, ALL: 47}, "release.total-beside-withheld"),
]


@pytest.mark.parametrize(("counts", "code"), REFUSED)
def test_a_total_beside_a_withheld_cell_refuses_the_table(tmp_path, counts, code):
    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, figure(counts))

    assert refused.value.code == code
    assert not list(tmp_path.glob("*.jsonl"))


@pytest.mark.parametrize("name", ["ratio", "share", "certainty", "expected"])
def test_a_number_that_gives_back_the_total_is_a_total(tmp_path, name):
    cells = (Cell(("a",), 3), Cell(("b",), 40, {name: 0.5}))

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, figure(cells))

    assert refused.value.code in ("release.small-difference", "release.small-rest")


def test_a_ratio_beside_many_withheld_cells_is_fine_when_their_range_stays_wide(tmp_path):
    small = tuple(Cell((f"s{at}",), 4) for at in range(6))
    cells = (*small, Cell(("b",), 40, {"ratio": 1.2}), Cell(("c",), 50, {"ratio": 1.1}))

    (released,) = let_out(tmp_path, figure(cells))

    assert released.cell("b").derived == {"ratio": 1.2}


def test_two_cells_that_must_both_be_nine_are_not_hidden(tmp_path):
    cells = (Cell(("a",), 9), Cell(("b",), 9), Cell(("c",), 40, {"ratio": 1.2}))

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, figure(cells))

    assert refused.value.code == "release.follows"


def test_totals_across_tables_of_one_release_count_too(tmp_path):
    by_area = figure({"a": 3, "b": 40})
    whole = figure((Cell((), 43),), id="city", dimensions=())

    with pytest.raises(DisclosureRefusedError):
        let_out(tmp_path, by_area, whole)


def test_what_is_left_of_a_district_after_its_streets_may_not_be_small(tmp_path):
    parents = {"s1": "w", "s2": "w", "s3": "w"}
    district = figure({"w": 85, "v": 90}, id="district")
    streets = figure({"s1": 40, "s2": 41}, id="street", covers=False, area_parents=parents)

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, district, streets)

    assert refused.value.code == "release.small-rest"


def test_a_number_nobody_knows_how_to_invert_is_refused():
    with pytest.raises(InputError) as refused:
        figure((Cell(("a",), 40, {"gini": 0.5}),))

    assert refused.value.code == "release.unknown-derived"


@pytest.mark.parametrize(
    ("eyes", "passes"),
    [
        (FourEyes("an", "bo"), True),
        (FourEyes("an", "an"), False),
        (FourEyes("an", " AN "), False),
        (FourEyes("an", ""), False),
        (FourEyes("", "bo"), False),
        (FourEyes("an", "an", fast_lane=True), True),
    ],
)
def test_a_second_person_lets_out_but_in_the_fast_lane(tmp_path, eyes, passes):
    def attempt():
        return release(
            [figure({"a": 30, "b": 40})],
            profile=OPEN,
            ledger=Ledger(tmp_path),
            by=eyes,
            project="p",
            clock=CLOCK,
        )

    if passes:
        assert attempt()
    else:
        with pytest.raises(DisclosureRefusedError):
            attempt()


def test_profiles_hold_from_their_start_date():
    settings = (Profile("open", 10, date(2018, 5, 25)), Profile("open", 15, date(2028, 1, 1)))

    before = profile_on("open", date(2027, 12, 31), settings)
    after = profile_on("open", date(2028, 1, 1), settings)

    assert (before.minimum, after.minimum) == (10, 15)
    with pytest.raises(InputError):
        profile_on("open", date(2018, 5, 24), settings)


def test_a_released_figure_is_made_only_by_the_gate(tmp_path):
    (released,) = let_out(tmp_path, figure({"a": 30, "b": 40}))
    values = {name: getattr(released, name) for name in type(released).__slots__}

    with pytest.raises(DisclosureRefusedError) as refused:
        type(released)(**values, gate=object())

    assert refused.value.code == "release.not-through-the-gate"


def test_no_count_stands_in_a_refusal(tmp_path):
    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, figure({"a": 3, "b": 4711, ALL: 4714}))

    assert "4711" not in str(refused.value)
    assert "4714" not in str(refused.value)
    assert FOUR_EYES.analysed_by not in str(refused.value)
    assert Scope() == Scope.from_mapping(Scope().to_mapping())
