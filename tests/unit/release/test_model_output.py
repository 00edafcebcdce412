"""Leverage and influence as in the papers; a naive release of a model gives a person away."""

from datetime import date

import numpy as np
import pytest

from figures import figure, let_out
from grondslag.errors import InputError
from grondslag.release import (
    Fitted,
    Ledger,
    ModelData,
    ModelMark,
    ModelOutput,
    Scope,
    judge_model_output,
    model_output,
    profile_on,
)
from grondslag.release.released import released_from
from small_town import refused

OPEN = profile_on("open", date(2027, 3, 3))


def described(outcome, numbers=None, categories=None, **changes):
    data = ModelData(outcome, numbers or {}, categories or {}, changes.pop("hidden", None))
    return model_output(data, kind="regression", outcome="care", **changes)


def codes(output, **settings):
    return [one.code for one in judge_model_output(output, profile=OPEN, **settings)]


def scattered(size=60, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=size), rng.normal(size=size)


def test_leverage_of_a_line_is_one_over_n_and_the_squared_distance_to_the_mean():
    """By hand (Hoaglin and Welsch, 1978): 1/5 + (4 - 2)^2 / 10 = 0.6 at the end of 0..4."""
    found = described([3.0, 1.0, 4.0, 1.0, 5.0], {"x": [0.0, 1.0, 2.0, 3.0, 4.0]})

    assert found.leverage == pytest.approx(0.6)
    assert (found.coefficients, found.degrees) == (2, 3)


def test_cooks_distance_is_how_far_the_fit_moves_without_a_person():
    """Cook, 1977: the squared move of all fitted values over p times the residual variance."""
    number, outcome = scattered(30)
    design = np.column_stack([np.ones(30), number])

    def fit(rows):
        return design @ np.linalg.lstsq(design[rows], outcome[rows], rcond=None)[0]

    everybody = fit(np.arange(30))
    variance = ((outcome - everybody) ** 2).sum() / 28
    moves = [((everybody - fit(np.delete(np.arange(30), at))) ** 2).sum() for at in range(30)]

    found = described(outcome, {"x": number})

    assert found.influence == pytest.approx(max(moves) / (2 * variance))


def test_leverage_of_a_count_weighs_with_its_mean():
    """By hand: an intercept alone gives each a share of its mean in all means: 6 of 10."""
    fitted = Fitted(means=[1, 3, 6], variances=[1, 3, 6], slopes=[1, 3, 6])

    found = described([2.0, 2.0, 6.0], fitted=fitted)

    assert found.leverage == pytest.approx(0.6)


def test_only_hidden_units_are_judged():
    number, outcome = scattered()
    number[0] = 1000.0
    hidden = [False] + [True] * 59

    assert "release.model-one-decides" in codes(described(outcome, {"x": number}))
    assert codes(described(outcome, {"x": number}, hidden=hidden)) == []
    assert codes(described(outcome, {"x": number}, hidden=[False] * 60)) == []


def test_a_column_that_says_the_same_twice_counts_once():
    number, outcome = scattered()

    found = described(outcome, {"x": number, "twice": 2 * number})

    assert found.coefficients == 2


# Attacks: what somebody learns from a naive release, and that ours refuses it.


def test_a_coefficient_of_one_persons_own_category_gives_their_outcome_back():
    number, outcome = scattered()
    own = np.zeros(60)
    own[17] = 1.0
    design = np.column_stack([np.ones(60), number, own])
    coefficients = np.linalg.lstsq(design, outcome, rcond=None)[0]

    learned = coefficients @ [1, number[17], 1]  # who knows the neighbour's number knows this

    assert learned == pytest.approx(outcome[17])
    assert codes(described(outcome, {"x": number, "own": own})) == [
        "release.model-few-apart",
        "release.model-one-decides",
    ]


def test_two_means_that_differ_by_one_person_give_that_person_back():
    _, outcome = scattered()
    without = np.delete(outcome, 17)

    learned = outcome.mean() * 60 - without.mean() * 59

    first = described(without)
    mark = ModelMark("regression", "care", (), first.units, first.parameters)
    assert learned == pytest.approx(outcome[17])
    assert codes(described(outcome), earlier=[mark]) == ["release.model-small-difference"]


def test_as_many_coefficients_as_persons_give_everybody_back():
    rng = np.random.default_rng(3)
    numbers = {f"x{at}": rng.normal(size=20) for at in range(19)}
    outcome = rng.normal(size=20)
    design = np.column_stack([np.ones(20), *numbers.values()])

    learned = design @ np.linalg.solve(design, outcome)

    assert learned == pytest.approx(outcome)
    assert set(codes(described(outcome, numbers))) >= {
        "release.model-few-degrees",
        "release.model-one-decides",
        "release.model-exact",
        "release.model-saturated",
    }


def test_interactions_of_all_categories_are_a_table_with_a_small_cell():
    _, outcome = scattered()
    place = ["a"] * 30 + ["b"] * 30
    kind = (["x"] * 27 + ["y"] * 3) + (["x"] * 13 + ["y"] * 17)
    both = [float(p == "b" and k == "y") for p, k in zip(place, kind, strict=True)]

    found = described(outcome, {"both": both}, {"place": place, "kind": kind})

    assert "release.model-saturated" in codes(found)


def test_residuals_are_numbers_per_person_whatever_the_model():
    number, outcome = scattered()

    assert codes(described(outcome, {"x": number}, per_person=("residuals",))) == [
        "release.model-per-person"
    ]


# Through the gate.


def with_model(model, **changes):
    return figure({"North": 30, "East": 40, "South": 50}, model=model, **changes)


def fine(size=60):
    number, outcome = scattered(size)
    return described(outcome, {"x": number})


def test_a_table_that_rests_on_a_model_passes_with_its_mark(tmp_path):
    (shown,) = let_out(tmp_path, with_model(fine()))

    assert (shown.model.units, shown.model.terms) == (60, ("x",))
    assert released_from(shown.to_mapping()) == shown
    assert Ledger(tmp_path).entries("crashes", "rows")[0].figures == (shown,)


def test_a_table_that_rests_on_a_model_of_one_person_is_refused(tmp_path):
    number, outcome = scattered()
    own = [1.0] + [0.0] * 59

    with refused("release.model-few-apart"):
        let_out(tmp_path, with_model(described(outcome, {"x": number, "own": own})))

    assert not Ledger(tmp_path).entries("crashes", "rows")


def test_what_must_be_looked_at_stands_on_the_table(tmp_path):
    _, outcome = scattered()
    model = described(outcome, {}, {"place": ["a"] * 30 + ["b"] * 30})

    (shown,) = let_out(tmp_path, with_model(model))

    assert [one.code for one in shown.model.findings] == ["release.model-only-categories"]
    assert released_from(shown.to_mapping()) == shown


def test_the_ledger_remembers_a_model_on_nearly_the_same_persons(tmp_path):
    let_out(tmp_path, with_model(fine(60)))

    with refused("release.model-small-difference"):
        let_out(tmp_path, with_model(fine(59), id="again"))
    let_out(tmp_path, with_model(fine(50), id="other"))


def places(size):
    number, outcome = scattered(size)
    data = ModelData(outcome, {"x": number}, of_places=True)
    return model_output(data, kind="regression", outcome="crashes")


def test_places_are_held_against_the_same_rows_only(tmp_path):
    """Next year every count is another one: a new street tells nothing about it."""
    year = [Scope(period=(f"{at}-01-01", f"{at}-12-31")) for at in (2025, 2026)]
    let_out(tmp_path, with_model(places(60), scope=year[0]))

    let_out(tmp_path, with_model(places(61), scope=year[1]))
    with refused("release.model-small-difference"):
        let_out(tmp_path, with_model(places(59), scope=year[1], id="again"))


def test_two_models_of_one_release_are_held_against_each_other(tmp_path):
    with refused("release.model-small-difference"):
        let_out(tmp_path, with_model(fine(60)), with_model(fine(61), id="again"))


def test_a_larger_minimum_of_the_contract_counts(tmp_path):
    _, outcome = scattered()
    model = described(outcome, {}, {"place": ["a"] * 48 + ["b"] * 12})

    let_out(tmp_path / "ten", with_model(model))
    with refused("release.model-few-apart"):
        let_out(tmp_path / "fifteen", with_model(model, minimum=15))


def test_a_model_reads_back_from_a_sealed_document():
    model = fine()

    assert ModelOutput.from_mapping(model.to_mapping()) == model


def test_nothing_about_single_persons_stands_in_a_repr_or_on_the_released_table(tmp_path):
    model = fine()
    (shown,) = let_out(tmp_path, with_model(model))

    for text in (repr(model), repr(shown.to_mapping())):
        assert not {"leverage", "influence", "apart", "smallest"} & set(
            text.replace("'", " ").replace("=", " ").replace("(", " ").split()
        )


BAD = [
    ({"outcome": []}, "release.model-not-a-number"),
    ({"outcome": [1.0, float("nan")]}, "release.model-not-a-number"),
    ({"outcome": [1.0, 2.0], "numbers": {"x": [1.0]}}, "release.model-lengths-differ"),
    ({"outcome": [1.0, 2.0], "categories": {"x": ["a"]}}, "release.model-lengths-differ"),
    ({"outcome": [1.0, 2.0], "hidden": [True]}, "release.model-lengths-differ"),
]


@pytest.mark.parametrize(("given", "code"), BAD)
def test_rows_that_do_not_fit_are_refused(given, code):
    with pytest.raises(InputError) as caught:
        described(**given)

    assert caught.value.code == code
