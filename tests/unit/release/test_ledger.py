"""What a new table gives away beside everything that was released before."""

import json

import pytest

from figures import CLOCK, FOUR_EYES, OPEN, figure, let_out
from grondslag.errors import DisclosureRefusedError, IntegrityError
from grondslag.release import (
    Cell,
    Ledger,
    Profile,
    Scope,
    read_release,
    write_release,
)

YEARS = ("2015-01-01", "2018-12-31")
ONE_YEAR_LESS = ("2015-01-01", "2017-12-31")
STREETS = {"s1": "w", "s2": "w", "s3": "w"}
INTERNAL = Profile("internal_policy", 5, OPEN.since)


def one(count, **changes):
    return figure((Cell((), count),), dimensions=(), **changes)


DIFFERENCES = [
    # earlier                                        now                                     refused
    (one(100, id="a"), one(100, id="b"), False),
    (one(100, id="a"), one(97, id="b"), True),
    (one(100, id="a"), one(90, id="b"), False),
    (
        one(100, scope=Scope(period=YEARS)),
        one(95, scope=Scope(period=ONE_YEAR_LESS)),
        True,
    ),
    (
        one(100, scope=Scope(period=YEARS)),
        one(70, scope=Scope(period=ONE_YEAR_LESS)),
        False,
    ),
    (one(100), one(96, scope=Scope(where={"rows": "distinct"})), True),
    (one(100), one(60, scope=Scope(where={"rows": "distinct"})), False),
    (
        one(100, scope=Scope(area="w"), area_parents=STREETS),
        one(93, scope=Scope(area="s1"), area_parents=STREETS),
        True,
    ),
    (
        figure({"w": 100}, covers=False),
        figure({"s1": 40, "s2": 55}, covers=False, area_parents=STREETS),
        True,
    ),
    (
        figure({"w": 100}, covers=False),
        figure({"s1": 40, "s2": 40}, covers=False, area_parents=STREETS),
        False,
    ),
    (figure({"a": 4, "b": 40}), one(44), True),
    (figure({"a": 4, "b": 4, "c": 4, "d": 40}), one(52), False),
    (one(100), one(97, dataset="other"), False),
    (one(100), one(97, population="persons"), False),
]


@pytest.mark.parametrize(("before", "now", "refused"), DIFFERENCES)
def test_two_releases_are_subtracted_before_a_reader_does(tmp_path, before, now, refused):
    let_out(tmp_path, before)

    if not refused:
        assert let_out(tmp_path, now)
        return
    with pytest.raises(DisclosureRefusedError) as error:
        let_out(tmp_path, now)

    (earlier,) = Ledger(tmp_path).entries(before.dataset, before.population)
    assert error.value.fields["earlier"] == earlier.release


def test_the_order_of_two_releases_does_not_matter(tmp_path):
    for at, (before, now, refused) in enumerate(DIFFERENCES):
        folder = tmp_path / str(at)
        let_out(folder, now)

        if refused:
            with pytest.raises(DisclosureRefusedError):
                let_out(folder, before)
        else:
            let_out(folder, before)


def test_a_cell_withheld_before_may_not_be_shown_under_a_milder_profile(tmp_path):
    let_out(tmp_path, figure({"a": 7, "b": 40}))

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, figure({"a": 7, "b": 40}), profile=INTERNAL)

    assert refused.value.code == "release.withheld-before"


def test_the_same_release_again_adds_nothing(tmp_path):
    let_out(tmp_path, figure({"a": 30, "b": 40}))
    let_out(tmp_path, figure({"a": 30, "b": 40}))

    assert len(Ledger(tmp_path).entries("crashes", "rows")) == 1


def test_the_ledger_holds_released_values_only(tmp_path):
    let_out(tmp_path, figure({"a": 7, "b": 40, "c": 6, "d": 3}))

    (path,) = tmp_path.glob("*.jsonl")
    figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
    assert [cell["count"] for cell in figures[0]["cells"]] == [None, 40, None, None]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["edit", "drop-first", "swap", "garbage", "renumber"])
def test_a_ledger_that_was_touched_is_refused(tmp_path, harm):
    for count in (100, 200, 300):
        let_out(tmp_path, one(count, id=f"f{count}", scope=Scope(area=str(count))))
    (path,) = tmp_path.glob("*.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    harmed = {
        "edit": [lines[0].replace("100", "101"), *lines[1:]],
        "drop-first": lines[1:],
        "swap": [lines[1], lines[0], lines[2]],
        "garbage": [*lines, "{"],
        "renumber": [lines[0], lines[2]],
    }[harm]
    path.write_text("\n".join(harmed) + "\n", encoding="utf-8")

    with pytest.raises(IntegrityError) as refused:
        let_out(tmp_path, one(500, scope=Scope(area="500")))

    assert refused.value.code == "release.ledger-broken"


def test_a_release_is_read_back_only_as_it_was_let_out(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    figures = let_out(ledger.folder, figure({"a": 7, "b": 40, "c": 5}))
    path = write_release(tmp_path, figures, project="p", profile=OPEN, by=FOUR_EYES, clock=CLOCK)

    record = read_release(path, ledger)
    path.write_text(path.read_text(encoding="utf-8").replace("40", "41"), encoding="utf-8")

    assert record.figures == figures
    with pytest.raises(IntegrityError):
        read_release(path, ledger)


def test_a_release_that_no_ledger_knows_is_none(tmp_path):
    figures = let_out(tmp_path / "one", figure({"a": 30, "b": 40}))
    path = write_release(tmp_path, figures, project="p", profile=OPEN, by=FOUR_EYES, clock=CLOCK)

    with pytest.raises(IntegrityError):
        read_release(path, Ledger(tmp_path / "other"))
