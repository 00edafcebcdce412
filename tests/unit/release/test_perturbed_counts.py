"""Counts that are off by the same in every table, as a released table."""

from datetime import date

import pytest

from figures import CLOCK, FOUR_EYES, figure, let_out
from grondslag.errors import InputError
from grondslag.release import (
    ALL,
    FourEyes,
    Ledger,
    PerturbedCell,
    PerturbedQuestion,
    Scope,
    profile_on,
    read_release,
    release_perturbed,
    write_release,
)
from grondslag.report import report_html
from made_report import made_report
from small_town import refused

DAY = date(2027, 3, 3)
CELLS = (
    PerturbedCell(("North",), 3, 4_000_000_000),
    PerturbedCell(("East",), 14, 123_456_789),
    PerturbedCell(("South",), 0, 0),
    PerturbedCell((ALL,), 17, 4_123_456_789),
)


def question(**changes):
    settings = {
        "id": "perturbed-area",
        "dataset": "crashes",
        "population": "rows",
        "scope": Scope(),
        "dimensions": ("area",),
        "cells": CELLS,
    }
    return PerturbedQuestion(**(settings | changes))


def let_out_perturbed(folder, asked=None, *, profile="open", by=FOUR_EYES):
    return release_perturbed(
        asked or question(),
        profile=profile_on(profile, DAY),
        ledger=Ledger(folder),
        by=by,
        project="p",
        clock=CLOCK,
    )


def test_the_table_says_how_far_off_its_counts_can_be(tmp_path):
    shown = let_out_perturbed(tmp_path)

    assert not shown.is_exact
    assert (shown.perturbed.most, shown.perturbed.variance, shown.perturbed.none_up_to) == (5, 3, 2)
    assert shown.cell("South").count == 0
    assert shown.cell("North").count in {0, *range(3, 9)}


def test_asked_again_it_is_the_same_release(tmp_path):
    first, second = (let_out_perturbed(tmp_path) for _ in range(2))

    assert first == second
    assert len(Ledger(tmp_path).entries("crashes", "rows")) == 1


def test_an_exact_table_beside_it_is_let_out_as_if_it_were_not_there(tmp_path):
    """A count that is off subtracts from nothing, and a small exact count stays withheld."""
    table = figure({"North": 3, "East": 14, "West": 40, ALL: 57})
    alone = let_out(tmp_path / "alone", table)
    let_out_perturbed(tmp_path / "beside")

    beside = let_out(tmp_path / "beside", table)

    assert beside == alone
    assert beside[0].cell("North").withheld


def test_a_table_reads_back_against_the_ledger(tmp_path):
    shown = let_out_perturbed(tmp_path / "ledger")
    path = write_release(
        tmp_path / "releases",
        [shown],
        project="p",
        profile=profile_on("open", DAY),
        by=FOUR_EYES,
        clock=CLOCK,
    )

    assert read_release(path, Ledger(tmp_path / "ledger")).figures == (shown,)


def test_true_counts_stand_in_no_repr():
    assert "17" not in repr(question())
    assert "4123456789" not in repr(question())


def test_one_pair_of_eyes_is_refused(tmp_path):
    with refused("release.one-pair-of-eyes"):
        let_out_perturbed(tmp_path, by=FourEyes("a", "A"))


def test_an_audience_without_such_counts_is_refused(tmp_path):
    with refused("release.no-perturbation"):
        let_out_perturbed(tmp_path, profile="income_cbs")

    assert not Ledger(tmp_path).entries("crashes", "rows")


BAD = [
    ((PerturbedCell(("North", "x"), 3, 0),), "release.keys-do-not-fit"),
    ((PerturbedCell(("North",), 3, 0), PerturbedCell(("North",), 4, 0)), "release.cell-twice"),
    ((PerturbedCell(("North",), -1, 0),), "release.no-count"),
]


@pytest.mark.parametrize(("cells", "code"), BAD)
def test_a_table_that_cannot_be_is_refused(cells, code):
    with pytest.raises(InputError) as caught:
        question(cells=cells)

    assert caught.value.code == code


def test_the_page_says_what_the_counts_are_worth(tmp_path):
    table = let_out_perturbed(tmp_path / "ledger")

    page = " ".join(report_html(made_report(tmp_path / "report", noisy=(table,))).split())

    assert "Aantallen met ruis" in page
    assert "Het echte aantal ligt met 95% zekerheid binnen ± 4." in page
    assert "Een aantal van 1 tot en met 2 staat er nooit." in page
    assert "Samen zijn ze daarom niet precies het totaal." in page
