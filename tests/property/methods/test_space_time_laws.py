"""Laws that hold for all maps and all rows."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grondslag.methods import (
    Places,
    SpeedStudy,
    answers_to_see,
    hot_spots,
    level_changes,
    local_moran,
    needed_answers,
    rate_changes,
    scan,
    speed_power,
    trend,
)

numbers = st.integers(-1_000, 1_000)
rows = st.lists(numbers, min_size=4, max_size=30)
tallies = st.lists(st.integers(0, 60), min_size=6, max_size=24)
factors = st.sampled_from([0.25, 0.5, 2.0, 8.0])
"""Powers of two, so that rounding plays no part."""


@st.composite
def maps(draw):
    """Values of places, and for each some neighbours."""
    size = draw(st.integers(3, 12))
    values = draw(st.lists(numbers, min_size=size, max_size=size))
    assume(len(set(values)) > 1)
    place = st.integers(0, size - 1)
    near = draw(st.lists(st.lists(place, max_size=size), min_size=size, max_size=size))
    return values, near


@st.composite
def spread_places(draw):
    """Counts, what is expected and where, with more than one place and something counted."""
    place = st.tuples(
        st.integers(0, 30), st.integers(1, 20), st.integers(0, 40), st.integers(0, 40)
    )
    found = draw(st.lists(place, min_size=2, max_size=12, unique_by=lambda one: one[2:]))
    counts, expected, east, north = (list(column) for column in zip(*found, strict=True))
    assume(sum(counts) > 0)
    return counts, expected, list(zip(east, north, strict=True))


def chance():
    return np.random.default_rng(7)


@given(maps(), factors, numbers)
def test_the_unit_of_values_changes_nothing_between_neighbours(found, factor, shift):
    values, near = found
    other = [value * factor + shift for value in values]

    here = local_moran(values, near, orders=49, chance=chance())
    there = local_moran(other, near, orders=49, chance=chance())

    assert there.moran == pytest.approx(here.moran, abs=1e-7)
    assert there.p_values.tolist() == here.p_values.tolist()


@given(maps())
def test_high_turned_into_low_is_as_sure(found):
    values, near = found

    here = hot_spots(values, near, orders=49, chance=chance())
    there = hot_spots([-value for value in values], near, orders=49, chance=chance())

    assert there.score == pytest.approx(-here.score, abs=1e-7)
    assert there.p_values.tolist() == here.p_values.tolist()


@given(maps())
def test_a_p_value_is_never_smaller_than_the_orders_allow(found):
    values, near = found

    p_values = local_moran(values, near, orders=49, chance=chance()).p_values

    assert np.all((p_values >= 2 / 50) & (p_values <= 1))


@given(spread_places(), factors, factors)
def test_units_change_no_cluster(found, factor, scale):
    counts, expected, points = found
    other = Places(
        counts, [one * factor for one in expected], [(x * scale, y * scale) for x, y in points]
    )

    here = scan(Places(counts, expected, points), orders=19, chance=chance())
    there = scan(other, orders=19, chance=chance())

    assert [one.places for one in there] == [one.places for one in here]


@given(spread_places())
def test_a_cluster_holds_more_than_expected_and_no_place_twice(found):
    counts, expected, points = found

    clusters = scan(Places(counts, expected, points), orders=19, chance=chance())

    places = [place for one in clusters for place in one.places]
    assert len(places) == len(set(places))
    for one in clusters:
        assert one.observed == sum(counts[place] for place in one.places)
        assert one.observed > one.expected
        assert one.expected <= sum(counts) / 2 * (1 + 1e-9)


@given(rows)
def test_a_row_backwards_goes_the_other_way(row):
    there, back = trend(row, apart=True), trend(row[::-1], apart=True)

    assert back.score == -there.score
    assert back.slope == pytest.approx(-there.slope)
    assert back.p_value == there.p_value
    assert back.interval.low == pytest.approx(-there.interval.high)


@given(rows, factors, numbers)
def test_a_slope_has_the_unit_of_its_row(row, factor, shift):
    here, there = trend(row), trend([value * factor + shift for value in row])

    assert there.slope == here.slope * factor
    assert there.p_value == pytest.approx(here.p_value)


@given(rows)
def test_a_slope_lies_in_its_interval_and_resemblance_only_widens_it(row):
    apart, found = trend(row, apart=True), trend(row)

    assert found.interval.low <= apart.interval.low <= found.slope
    assert found.slope <= apart.interval.high <= found.interval.high
    assert found.p_value >= apart.p_value


@given(st.one_of(rows.filter(lambda row: len(row) >= 6)))
def test_changes_lie_in_order_and_apart(row):
    found = level_changes(row)

    ends = [0, *(change.at for change in found), len(row)]
    assert min(np.diff(ends)) >= 3
    assert all(change.earliest <= change.at <= change.latest for change in found)


@given(tallies, st.integers(2, 9))
def test_more_scatter_never_gives_more_changes(counts, dispersion):
    plain = rate_changes(counts, [1.0] * len(counts))

    wide = rate_changes(counts, [1.0] * len(counts), dispersion=dispersion)

    assert len(wide) <= len(plain)


@given(tallies)
def test_levels_times_exposure_are_all_events(counts):
    found = rate_changes(counts, [2.0] * len(counts))
    assume(found)

    ends = [0, *(change.at for change in found), len(counts)]
    levels = [found[0].before, *(change.after for change in found)]

    assert float(np.dot(levels, np.diff(ends)) * 2) == pytest.approx(sum(counts))


@given(st.floats(0.1, 10), st.floats(0, 5), st.integers(1, 500), st.integers(2, 40))
def test_more_sites_and_more_vehicles_never_see_less(within, between, vehicles, sites):
    study = SpeedStudy(within, between, vehicles)
    crowd = SpeedStudy(within, between, vehicles * 2)

    power = speed_power(1.0, study, sites=sites, others=sites)

    assert speed_power(1.0, crowd, sites=sites, others=sites) >= power - 1e-9
    assert speed_power(1.0, study, sites=sites + 1, others=sites + 1) >= power - 1e-9


@given(st.floats(0.01, 0.3), st.floats(0.05, 0.95), st.integers(1, 10_000_000))
def test_never_more_answers_than_people_nor_than_without_end(margin, share, people):
    endless = needed_answers(margin, share=share)
    found = needed_answers(margin, share=share, population=people)

    assert found <= max(1.0, people) * (1 + 1e-9)
    assert found <= endless * (1 + 1e-9)


@given(st.floats(0.05, 0.45), st.floats(0.01, 0.2), st.floats(0.21, 0.5))
def test_a_larger_difference_needs_fewer_answers(share, near, far):
    assert answers_to_see(share, share + far) < answers_to_see(share, share + near)
