"""The plan of the town: names once, borders shared, nothing overlaps, a river through it."""

from collections import Counter
from itertools import combinations, pairwise

import pytest

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import read_areas
from grondslag.synthetic.geography import (
    DISTRICTS,
    area_list,
    neighbourhoods,
    street_named,
    streets,
)
from grondslag.synthetic.shapes import degrees, outlines
from our_source import ROOT

CONTRACTS = ROOT / "examples" / "voorbeeldstad-verkeer" / "contracts"


def area_of(ring):
    return sum(x * b - a * y for (x, y), (a, b) in pairwise((*ring, ring[0]))) / 2


def edges_of(ring):
    return list(pairwise((*ring, ring[0])))


def cross(first, second):
    """Whether two borders cross in a point that neither begins or ends in."""
    (a, b), (c, d) = first, second
    for axis in (0, 1):  # far apart: most pairs
        if max(a[axis], b[axis]) < min(c[axis], d[axis]):
            return False
        if max(c[axis], d[axis]) < min(a[axis], b[axis]):
            return False

    def side(p, q, r):
        value = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        return (value > 0) - (value < 0)

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_every_street_name_and_code_is_there_once():
    assert len({street.name for street in streets()}) == len(streets()) == 256
    assert len({street.code for street in streets()}) == 256
    assert street_named("Lindelaan").code == "ST0097"


def test_the_list_of_the_example_is_the_plan_of_the_town():
    path = CONTRACTS / "voorbeeldstad.areas.yaml"

    assert read_areas(path).sha256 == sha256_hex(canonical_bytes(area_list()))


@pytest.mark.parametrize("code", sorted(outlines()))
def test_an_outline_runs_counter_clockwise_and_never_crosses_itself(code):
    ring = outlines()[code]

    assert area_of(ring) > 200_000
    assert len(set(ring)) == len(ring)
    assert not any(cross(one, other) for one, other in combinations(edges_of(ring), 2))


def test_neighbourhoods_share_borders_and_do_not_overlap():
    rings = {code: outlines()[code] for code, _, _ in neighbourhoods()}
    used = Counter(edge for ring in rings.values() for edge in edges_of(ring))

    assert max(used.values()) == 1  # no two areas on the same side of a border
    shared = sum((there, here) in used for here, there in used)
    assert shared > 300
    everything = [edge for ring in rings.values() for edge in edges_of(ring)]
    assert not any(cross(one, other) for one, other in combinations(everything, 2))


def test_a_district_is_exactly_its_neighbourhoods():
    rings = outlines()

    for at, district in enumerate(DISTRICTS):
        code = f"WK9999{at + 1:02d}"
        parts = [rings[part] for part, _, around in neighbourhoods() if around == code]
        assert len(parts) == len(district.neighbourhoods)
        assert area_of(rings[code]) == pytest.approx(sum(area_of(part) for part in parts))


def test_the_river_lies_between_the_banks():
    rings = outlines()
    north = {p for at in range(1, 6) for p in rings[f"WK9999{at:02d}"]}
    south = {p for at in range(6, 9) for p in rings[f"WK9999{at:02d}"]}

    assert not north & south
    narrowest = min((a - x) ** 2 + (b - y) ** 2 for a, b in north for x, y in south) ** 0.5
    assert narrowest > 100


def test_the_town_lies_in_open_water_and_its_rings_are_closed():
    for ring in outlines().values():
        points = degrees(ring)

        assert points[0] == points[-1]
        assert all(5.3 < lon < 5.5 and 52.7 < lat < 52.85 for lon, lat in points)
