"""Areas that resemble their neighbours.

Known answers: lip cancer in the 56 districts of Scotland, 1975 to 1980, the data of Clayton and
Kaldor (1987), doi:10.2307/2532003, with the share of people who work outdoors. The model was fitted
by Stan and by INLA in Morris (2018), Spatial models in Stan: intrinsic auto-regressive models for
areal data (the case study behind doi:10.1016/j.sste.2019.100301). Stan: level -0.217 (0.129),
outdoors 0.365 (0.134), spread 0.514, shared 0.878; district 5 is to be expected to have 13.8 cases,
90% 9.14 to 19.4. INLA: -0.2216 (0.1265) and 0.3707 (0.1320). Simpson (2017), Stan and INLA for
BYM2, in the examples of Stan, has the same to two decimals.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import risk_map, small_areas

CASES = [
    9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7,
    10, 16, 11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
]  # fmt: skip
EXPECTED = [
    1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5,
    4.4, 10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1,
    12.7, 9.4, 7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7,
    7.0, 4.2, 1.8,
]  # fmt: skip
OUTDOORS = [
    16, 16, 10, 24, 10, 24, 10, 7, 7, 16, 7, 16, 10, 24, 7, 16, 10, 7, 7, 10, 7, 16, 10, 7, 1, 1,
    7, 7, 10, 10, 7, 24, 10, 7, 7, 0, 10, 1, 16, 0, 1, 16, 16, 0, 1, 7, 1, 1, 0, 1, 1, 0, 1, 1,
    16, 10,
]  # fmt: skip
AROUND = """
5 9 11 19/7 10/6 12/18 20 28/1 11 12 13 19/3 8/2 10 13 16 17/6/1 11 17 19 23 29/2 7 16 22/1 5 9 12/
3 5 11/5 7 17 19/31 32 35/25 29 50/7 10 17 21 22 29/7 9 13 16 19 29/4 20 28 33 55 56/1 5 9 13 17/
4 18 55/16 29 50/10 16/9 29 34 36 37 39/27 30 31 44 47 48 55 56/15 26 29/25 29 42 43/24 31 32 55/
4 18 33 45/9 15 16 17 21 23 25 26 34 43 50/24 38 42 44 45 56/14 24 27 32 35 46 47/14 27 31 35/
18 28 45 56/23 29 39 40 42 43 51 52 54/14 31 32 37 46/23 37 39 41/23 35 36 41 46/30 42 44 49 51 54/
23 34 36 40 41/34 39 41 49 52/36 37 39 40 46 49 53/26 30 34 38 43 51/26 29 34 42/24 30 38 48 49/
28 30 33 56/31 35 37 41 47 53/24 31 46 48 49 53/24 44 47 49/38 40 41 44 47 48 52 53 54/15 21 29/
34 38 42 54/34 40 49 54/41 46 47 49/34 38 49 51 52/18 20 24 27 56/18 24 30 33 45 55
"""
NEIGHBOURS = [[int(near) - 1 for near in one.split()] for one in AROUND.split("/")]
STEPS_OF_TEN = np.array(OUTDOORS)[:, None] / 10


@pytest.fixture(scope="module")
def scotland():
    return risk_map(CASES, EXPECTED, NEIGHBOURS, STEPS_OF_TEN)


def test_the_coefficients_of_scotland(scotland):
    assert scotland.coefficients == pytest.approx([-0.2194, 0.368], abs=0.007)  # Stan and INLA
    assert scotland.coefficient_deviations == pytest.approx([0.128, 0.133], abs=0.005)


def test_the_spread_of_scotland(scotland):
    assert scotland.spread == pytest.approx(0.514, abs=0.005)
    assert scotland.shared == pytest.approx(0.878, abs=0.006)


def test_the_fifth_district_of_scotland(scotland):
    low, high = scotland.interval(level=0.9)

    assert scotland.ratio[4] * EXPECTED[4] == pytest.approx(13.8, abs=0.1)
    assert low[4] * EXPECTED[4] == pytest.approx(9.14, abs=0.3)
    assert high[4] * EXPECTED[4] == pytest.approx(19.4, abs=0.3)


def test_certainty_and_interval_agree(scotland):
    low, high = scotland.interval(level=0.9)

    for at in (0, 20, 55):
        assert scotland.certainty_above(low[at])[at] == pytest.approx(0.95, abs=1e-6)
        assert scotland.certainty_above(high[at])[at] == pytest.approx(0.05, abs=1e-6)


def test_without_neighbours_it_says_what_small_areas_say():
    """Nothing shared: the log-normal beside the gamma distribution, close but not the same."""
    alone = risk_map(CASES, EXPECTED, [[] for _case in CASES])
    gamma = small_areas(CASES, EXPECTED)

    assert alone.ratio == pytest.approx(gamma.ratio, rel=0.2, abs=0.15)


def grid(side):
    """Positions of the neighbours of every square on a board."""
    return [
        [
            row * side + column
            for row, column in ((at // side + down, at % side + right) for down, right in STEPS)
            if 0 <= row < side and 0 <= column < side
        ]
        for at in range(side**2)
    ]


STEPS = ((-1, 0), (1, 0), (0, -1), (0, 1))


def test_an_area_without_events_is_told_by_its_neighbours():
    """A board whose left half has three times the risk of its right half, and one empty square."""
    counts = np.tile([30, 30, 30, 10, 10, 10], 6)
    counts[7], counts[10] = 0, 0
    small = np.full(36, 15.0)
    small[[7, 10]] = 0.1

    found = risk_map(counts, small, grid(6))

    assert found.shared > 0.5
    assert found.ratio[7] > 1.5 * found.ratio[10]


def test_areas_that_do_not_differ_have_little_spread():
    found = risk_map(np.full(36, 20), np.full(36, 20.0), grid(6))

    assert found.spread < 0.12
    assert found.ratio == pytest.approx(np.ones(36), abs=0.05)


def test_a_group_of_areas_apart_is_scaled_by_itself():
    """Two boards without a bridge give, apart or together, the same order and near values."""
    board = grid(4)
    both = board + [[near + 16 for near in around] for around in board]
    counts = [5, 9, 20, 3, 4, 7, 15, 2, 6, 8, 18, 1, 3, 9, 22, 2] * 2

    found = risk_map(counts, np.full(32, 8.0), both)

    assert found.ratio[:16] == pytest.approx(found.ratio[16:], rel=1e-6)


@pytest.mark.long
def test_the_interval_holds_the_truth_as_often_as_it_says():
    """40 maps of 64 areas, of which half the spread is shared with neighbours."""
    chance = np.random.default_rng(20270607)
    near = grid(8)
    laplacian = np.diag([float(len(around)) for around in near])
    for one, around in enumerate(near):
        laplacian[one, around] = -1
    shared = np.linalg.pinv(laplacian)
    shared /= np.exp(np.log(np.diag(shared)).mean())
    root = np.linalg.cholesky(0.5 * shared + 0.5 * np.eye(64))
    held = []
    for _map in range(40):
        size = chance.uniform(2, 20, 64)
        truth = np.exp(0.5 * root @ chance.normal(size=64))
        low, high = risk_map(chance.poisson(truth * size), size, near).interval()
        held.append((low <= truth) & (truth <= high))

    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"counts": [1, 2]}, "methods.lengths-differ"),
        ({"counts": [1, -2, 3]}, "methods.negative-count"),
        ({"counts": [0, 0, 0]}, "methods.nothing-counted"),
        ({"expected": [1.0, 0.0, 1.0]}, "methods.nothing-expected"),
        ({"neighbours": [[1], [0]]}, "methods.lengths-differ"),
        ({"neighbours": [[1], [0, 7], []]}, "methods.no-such-neighbour"),
        ({"characteristics": [[1.0], [2.0]]}, "methods.lengths-differ"),
        ({"characteristics": [[1.0], [np.nan], [1.0]]}, "methods.not-a-number"),
        ({"counts": [1], "expected": [1.0]}, "methods.too-few-areas"),
    ],
)
def test_what_is_no_map_is_refused(changed, code):
    fine = {"counts": [1, 2, 3], "expected": [1.0, 2.0, 3.0], "neighbours": [[1], [0, 2], [1]]}

    with pytest.raises(InputError) as refused:
        risk_map(**fine | changed)

    assert refused.value.code == code
