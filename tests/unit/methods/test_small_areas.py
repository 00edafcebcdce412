"""Small areas.

Known answers:

- Sudden infant deaths in the 100 counties of North Carolina, 1974 to 1978: Bivand, Pebesma and
  Gómez-Rubio (2013), Applied spatial data analysis with R, doi:10.1007/978-1-4614-7618-4: the
  equations of Clayton and Kaldor (1987), doi:10.2307/2532003, give a gamma distribution
  of shape 4.6307 and rate 4.3956. The counts are those of Cressie and Chan (1989), Journal of
  the American Statistical Association 84, 393-401.
- Homicides in the counties around Saint Louis, 1979 to 1984: the documentation of esda 2.9,
  `Spatial_Empirical_Bayes`, gives the local estimates of Marshall (1991), doi:10.2307/2347593, for
  the first ten counties. The data are those of Messner and others (1999),
  doi:10.1023/A:1007544208712.
- The 56 districts of Clayton and Kaldor themselves, lip cancer in Scotland, 1975 to 1980.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import shrunk_rates, shrunk_to_neighbours, small_areas

DEATHS = [
    1, 0, 5, 1, 9, 7, 0, 0, 4, 1, 2, 16, 4, 4, 4, 18, 3, 4, 1, 1, 1, 0, 1, 2, 10, 23, 13, 6, 4, 16,
    8, 0, 10, 6, 0, 2, 16, 2, 4, 1, 0, 8, 5, 5, 0, 5, 7, 2, 11, 3, 14, 5, 9, 6, 2, 0, 7, 3, 4, 5,
    12, 18, 6, 10, 8, 2, 5, 44, 3, 3, 5, 5, 0, 10, 3, 11, 1, 0, 4, 1, 2, 38, 1, 4, 15, 7, 0, 4, 4,
    0, 13, 8, 29, 31, 5, 8, 4, 15, 12, 5,
]  # fmt: skip
BIRTHS = [
    1091, 487, 3188, 508, 1421, 1452, 286, 420, 968, 1612, 1035, 4449, 1671, 1556, 2180, 3608, 1638,
    3146, 1323, 484, 751, 781, 1269, 1399, 11858, 16184, 4672, 1324, 3164, 7970, 4021, 671, 3657,
    3609, 770, 1549, 14484, 765, 4139, 1207, 1333, 5509, 3573, 990, 248, 1946, 4456, 1646, 3702,
    4606, 5094, 5754, 7515, 3999, 2110, 521, 2692, 675, 870, 2252, 2992, 6638, 3776, 4866, 2216,
    1143, 2648, 21588, 4099, 1258, 2356, 2574, 415, 3589, 1173, 9014, 533, 797, 3025, 542, 1027,
    20366, 578, 3915, 1570, 1494, 338, 2483, 2756, 284, 5868, 2255, 11158, 7889, 2414, 1782, 1228,
    3350, 5526, 2181,
]  # fmt: skip
TO_BE_EXPECTED = np.array(BIRTHS) * sum(DEATHS) / sum(BIRTHS)

# County: homicides, residents of six years. Only the ten whose estimate is known, and around them.
COUNTIES = {
    1: (4, 189087), 2: (19, 425580), 3: (3, 69649), 4: (2, 88540), 5: (2, 33697),
    6: (28, 774843), 7: (61, 1056438), 8: (3, 172182), 9: (7, 224033), 10: (3, 113497),
    11: (4, 218510), 12: (0, 87628), 13: (1, 36354), 15: (0, 53222), 16: (2, 141872),
    17: (6, 103469), 18: (6, 193449), 19: (3, 295848), 20: (4, 99013), 21: (0, 34772),
}  # fmt: skip
AROUND = {
    1: [7, 3, 6], 2: [10, 8, 5], 3: [7, 4, 1], 4: [9, 5, 3, 7], 5: [10, 4, 9, 2],
    6: [16, 12, 11, 7, 1], 7: [19, 9, 11, 18, 1, 6, 3, 4], 8: [15, 10, 2],
    9: [20, 19, 13, 10, 7, 4, 5], 10: [17, 15, 9, 13, 20, 21, 5, 2, 8],
}  # fmt: skip
LOCAL = [
    4.01485749e-05, 3.62437513e-05, 4.93034844e-05, 5.09387329e-05, 3.72735210e-05,
    3.69333797e-05, 5.40245456e-05, 2.99806055e-05, 3.73034109e-05, 3.47270722e-05,
]  # fmt: skip

LIP_CANCER = [
    9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7,
    10, 16, 11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
]  # fmt: skip
LIP_CANCER_EXPECTED = [
    1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5,
    4.4, 10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1,
    12.7, 9.4, 7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7,
    7.0, 4.2, 1.8,
]  # fmt: skip


def test_the_counties_of_north_carolina():
    found = small_areas(DEATHS, TO_BE_EXPECTED)

    rate = found.mean / found.spread
    assert rate == pytest.approx(4.3956, abs=3e-4)
    assert rate * found.mean == pytest.approx(4.6307, abs=3e-4)


def test_a_county_is_told_by_its_count_and_the_distribution():
    """Shape and rate added to count and expectation: the posterior mean, by hand."""
    found = small_areas(DEATHS, TO_BE_EXPECTED)

    anson = BIRTHS.index(1570)  # 15 deaths, the county that stands out in every text book
    by_hand = (15 + 4.6307) / (TO_BE_EXPECTED[anson] + 4.3956)
    assert found.ratio[anson] == pytest.approx(by_hand, rel=1e-4)
    assert found.ratio[anson] < 15 / TO_BE_EXPECTED[anson]


def test_lip_cancer_the_smallest_districts_move_furthest():
    """Their district 1 has 6.4 times what was to be expected, with 9 cases; 55 and 56 have none."""
    found = small_areas(LIP_CANCER, LIP_CANCER_EXPECTED)

    raw = np.array(LIP_CANCER) / LIP_CANCER_EXPECTED
    assert raw[0] == pytest.approx(6.43, abs=0.01)
    assert found.ratio[0] < 0.7 * raw[0]
    assert found.ratio[54:].min() > 0.25
    assert found.ratio[48] == pytest.approx(raw[48], abs=0.02)  # 88.7 expected: hardly moved


def test_both_equations_of_clayton_and_kaldor_hold():
    """Mean and variance of the shrunk ratios, their equations, written out anew."""
    found = small_areas(LIP_CANCER, LIP_CANCER_EXPECTED)

    size, rate = np.array(LIP_CANCER_EXPECTED), found.mean / found.spread
    squares = (1 + rate / size) * (found.ratio - found.mean) ** 2
    assert found.ratio.mean() == pytest.approx(found.mean, rel=1e-9)
    assert squares.sum() / (size.size - 1) == pytest.approx(found.spread, rel=1e-9)


def test_areas_that_differ_no_more_than_chance_all_get_the_common_ratio():
    found = small_areas([10, 20, 31], [10.0, 20.0, 30.0])

    assert found.spread == 0
    assert found.ratio == pytest.approx(np.full(3, 61 / 60))
    low, high = found.expected.interval()
    assert np.all(low < found.expected.mean)
    assert np.all(high > found.expected.mean)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """300 maps of 60 areas, whose ratios are spread as the method supposes."""
    chance = np.random.default_rng(20270602)
    held = []
    for _map in range(300):
        size = chance.uniform(1, 25, 60)
        truth = chance.gamma(3.0, 1.1 / 3.0, 60) * size
        low, high = small_areas(chance.poisson(truth), size).expected.interval()
        held.append((low <= truth) & (truth <= high))

    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


def counties():
    """Counts, exposures and neighbours, with positions for county numbers."""
    at = {county: place for place, county in enumerate(COUNTIES)}
    around = [[at[near] for near in AROUND.get(county, [])] for county in COUNTIES]
    counts, people = zip(*COUNTIES.values(), strict=True)
    return counts, people, around


def test_the_counties_around_saint_louis():
    found = shrunk_to_neighbours(*counties())

    assert found[:10] == pytest.approx(LOCAL, rel=1e-7)


def test_with_everybody_around_the_local_rate_is_the_global_one():
    counts, people, _around = counties()
    all_of_them = range(len(counts))

    found = shrunk_to_neighbours(counts, people, [list(all_of_them) for _one in all_of_them])

    assert found == pytest.approx(shrunk_rates(counts, people), rel=1e-12)


def test_an_island_is_drawn_to_the_rate_of_all():
    counts, people = [40, 400, 100, 900], [1_000.0, 10_000.0, 5_000.0, 20_000.0]

    found = shrunk_to_neighbours(counts, people, [[], [2], [1, 3], [2]])

    assert found[0] == pytest.approx(shrunk_rates(counts, people)[0])


def test_where_nothing_happened_around_the_rate_is_nothing():
    found = shrunk_to_neighbours([0, 0, 9], [10.0, 10.0, 10.0], [[1], [0], []])

    assert found[:2] == pytest.approx([0, 0])


@pytest.mark.parametrize(
    ("counts", "expected", "code"),
    [
        ([1, 2], [1.0], "methods.lengths-differ"),
        ([1, -2], [1.0, 1.0], "methods.negative-count"),
        ([1, 2], [1.0, 0.0], "methods.nothing-expected"),
        ([1], [1.0], "methods.too-few-areas"),
        ([0, 0], [1.0, 1.0], "methods.nothing-counted"),
    ],
)
def test_what_cannot_be_shrunk_is_refused(counts, expected, code):
    with pytest.raises(InputError) as refused:
        small_areas(counts, expected)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("around", "code"),
    [([[1]], "methods.lengths-differ"), ([[1], [7]], "methods.no-such-neighbour")],
)
def test_neighbours_that_cannot_be_are_refused(around, code):
    with pytest.raises(InputError) as refused:
        shrunk_to_neighbours([1, 2], [10.0, 10.0], around)

    assert refused.value.code == code
