"""Where on the map there is more than chance explains.

Known answers:

* Sudden infant deaths in North Carolina, 1974 to 1978: table 1 of Spatially
  varying effects of measured confounding variables on disease risk (2021),
  doi:10.1186/s12942-021-00298-6, gives what the spatial scan statistic finds: four counties in the
  northeast with 5.12 deaths per 1,000 births, then six in the south with 3.76.
* Leukaemia in upstate New York: a cluster with 85 of the 552 cases where 95,249 of the 1,057,673
  inhabitants live has a log-likelihood ratio of 11.577255 in SaTScan, as the tests of the R package
  smerc (scan.test, "accuracy with SaTScan for NY data") record it.
* Four places in a row, every split of the events counted out.
"""

from itertools import product
from math import factorial, log

import numpy as np
import pytest

import north_carolina as carolina
from grondslag.errors import InputError
from grondslag.methods import Places, scan

CAROLINA = Places(carolina.DEATHS, carolina.BIRTHS, carolina.POINTS)
FOUR = [(0.0, 0.0), (1.0, 0.0), (3.0, 0.0), (6.0, 0.0)]


def chance(seed=20261128):
    return np.random.default_rng(seed)


def rate_of(cluster):
    births = sum(carolina.BIRTHS[place] for place in cluster.places)
    return 1000 * cluster.observed / births


@pytest.fixture(scope="module")
def infants():
    return scan(CAROLINA, orders=999, chance=chance(), at_most=0.25)


def test_the_published_clusters_of_north_carolina(infants):
    northeast, south, *_ = infants

    assert {carolina.NAMES[place] for place in northeast.places} == {
        "Northampton",
        "Halifax",
        "Hertford",
        "Bertie",
    }
    assert rate_of(northeast) == pytest.approx(5.12, abs=0.006)
    assert len(south.places) == 6
    assert rate_of(south) == pytest.approx(3.76, abs=0.006)


def test_the_published_clusters_are_hardly_chance(infants):
    assert all(cluster.p_value <= 0.01 for cluster in infants[:2])


def test_clusters_share_no_place_and_the_likeliest_comes_first(infants):
    places = [place for cluster in infants for place in cluster.places]
    worth = [cluster.log_ratio for cluster in infants]

    assert len(places) == len(set(places))
    assert worth == sorted(worth, reverse=True)


def test_a_published_log_likelihood_ratio():
    counts = [85, 467]
    people = [95_249, 1_057_673 - 95_249]

    (cluster,) = scan(Places(counts, people, [(0, 0), (1, 0)]), orders=9, chance=chance())

    assert cluster.log_ratio == pytest.approx(11.577255, abs=1e-6)
    assert cluster.expected == pytest.approx(49.71, abs=0.005)
    assert cluster.ratio == pytest.approx(1.71, abs=0.005)


def worst(counts, expected):
    """By hand: places 0 and 1 lie together, 2 is nearest to 1, 3 to 2; half the map at most."""
    total = sum(counts)
    circles = [{0}, {1}, {2}, {3}, {0, 1}, {1, 2}, {2, 3}]
    best = 0.0
    for circle in circles:
        share = sum(expected[place] for place in circle) / sum(expected)
        inside = sum(counts[place] for place in circle)
        if share > 0.5 or inside <= share * total:
            continue
        ratio = inside * log(inside / (share * total))
        if inside < total:
            ratio += (total - inside) * log((total - inside) / ((1 - share) * total))
        best = max(best, ratio)
    return best


def test_p_values_are_those_of_every_possible_map():
    counts, expected = (5, 2, 0, 1), (2, 1, 2, 3)
    here, exact = worst(counts, expected), 0.0
    for made in product(range(9), repeat=4):
        if sum(made) == 8 and worst(made, expected) >= here - 1e-9:
            ways = factorial(8) / np.prod([factorial(count) for count in made])
            exact += ways * np.prod([(e / 8) ** c for e, c in zip(expected, made, strict=True)])

    first = scan(Places(counts, expected, FOUR), orders=19_999, chance=chance())[0]

    assert first.log_ratio == pytest.approx(here)
    assert first.p_value == pytest.approx(exact, abs=0.01)


def test_places_equally_far_are_taken_in_together():
    """Round the middle of a cross lie four: no circle holds the middle and just two of them."""
    cross = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), *((50.0 + n, 90.0) for n in range(8))]
    counts = [4, 4, 4, 0, 0] + [1] * 8

    first = scan(Places(counts, [1] * 13, cross), orders=99, chance=chance())[0]

    assert set(first.places) != {0, 1, 2}


def test_a_circle_never_holds_more_than_its_share(infants):
    assert all(cluster.expected <= 0.25 * sum(carolina.DEATHS) for cluster in infants)


def test_places_that_differ_by_themselves_make_a_cluster_less_sure(infants):
    differing = scan(CAROLINA, orders=999, chance=chance(), at_most=0.25, dispersion=0.3)

    assert differing[0].places == infants[0].places
    assert differing[0].p_value > infants[0].p_value


def test_nothing_above_expectation_is_no_cluster():
    assert scan(Places([2, 2], [1, 1], [(0, 0), (1, 0)]), orders=9, chance=chance()) == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"counts": [1]}, "methods.lengths-differ"),
        ({"points": [(0, 0)]}, "methods.lengths-differ"),
        ({"counts": [-1, 3]}, "methods.negative-count"),
        ({"expected": [0.0, 1.0]}, "methods.nothing-expected"),
        ({"points": [(0, 0), (float("nan"), 0)]}, "methods.not-a-number"),
        ({"counts": [0, 0]}, "methods.nothing-counted"),
        ({"at_most": 0.6}, "methods.not-a-share"),
        ({"level": 1.0}, "methods.not-a-level"),
    ],
)
def test_bad_input_is_refused(changed, code):
    asked = {"counts": [1, 2], "expected": [1.0, 1.0], "points": [(0, 0), (1, 0)]} | changed
    wishes = {name: asked.pop(name) for name in ("at_most", "level") if name in asked}

    with pytest.raises(InputError) as refused:
        scan(Places(**asked), orders=9, chance=chance(), **wishes)

    assert refused.value.code == code
