"""Events spread along roads.

No published table of values was found; so by hand, from the rule of Okabe, Satoh and Sugihara
(2009), doi:10.1080/13658810802475491: at a point where n roads meet, each other road
carries on with 2/n of the hill, and the road itself gets 2/n - 1 of what passes the point. The
hill is the quartic K(d) = 15 / (16 r) (1 - (d / r)^2)^2, here integrated over pieces of length 1.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import Road, network_density

REACH = 5.0


def hill(low, high):
    """Weight of the hill between two distances, by Simpson's rule over many steps."""
    at = np.linspace(min(low, REACH), min(high, REACH), 2001)
    height = 15 / (16 * REACH) * (1 - (at / REACH) ** 2) ** 2
    step = at[1] - at[0]
    return step / 3 * (height[0] + 4 * height[1:-1:2].sum() + 2 * height[2:-1:2].sum() + height[-1])


def spread(roads, events, reach=REACH):
    found = network_density(roads, events, reach=reach, piece=1.0)
    return [found.density[found.road == at] for at in range(len(roads))]


def test_one_long_road_carries_the_hill_itself():
    (road,) = spread([Road(0, 1, 21.0)], [(0, 10.5)])

    assert road[10] == pytest.approx(2 * hill(0, 0.5))
    for away in range(1, 6):
        assert road[10 + away] == pytest.approx(hill(away - 0.5, away + 0.5))
        assert road[10 - away] == road[10 + away]
    assert road[:5].sum() == road[16:].sum() == 0


def test_three_roads_that_meet():
    """The event lies 1.5 before the point. The own road loses a third of what passes it."""
    roads = [Road(0, 9, 10.0), Road(9, 2, 10.0), Road(9, 3, 10.0)]

    own, left, right = spread(roads, [(0, 8.5)])

    for away in range(5):
        passes = hill(away + 1.5, away + 2.5)
        assert left[away] == pytest.approx(2 / 3 * passes)
        assert right[away] == left[away]
        direct = hill(abs(1 - away) - 0.5, abs(1 - away) + 0.5) if away != 1 else 2 * hill(0, 0.5)
        assert own[9 - away] == pytest.approx(direct - passes / 3)


def test_two_roads_that_meet_are_one_road():
    (whole,) = spread([Road(0, 1, 20.0)], [(0, 8.5)])

    before, after = spread([Road(0, 5, 10.0), Road(5, 1, 10.0)], [(0, 8.5)])

    assert np.concatenate([before, after]) == pytest.approx(whole)


def test_a_dead_end_gives_back_all():
    (road,) = spread([Road(0, 1, 20.0)], [(0, 0.5)])

    assert road[0] == pytest.approx(2 * hill(0, 0.5) + hill(0.5, 1.5))
    assert road[1] == pytest.approx(hill(0.5, 1.5) + hill(1.5, 2.5))


def test_distance_goes_along_the_roads():
    """Two parallel roads that do not meet share nothing, however near they lie."""
    _, other = spread([Road(0, 1, 10.0), Road(2, 3, 10.0)], [(0, 5.0)])

    assert not other.any()


def test_a_ring_meets_itself():
    found = network_density([Road(0, 0, 6.0)], [(0, 2.5)], reach=20.0, piece=1.0)

    assert found.total == pytest.approx(1)
    assert found.density.min() > 0


def test_pieces_tell_where_they_lie():
    found = network_density([Road(0, 1, 2.0), Road(1, 2, 3.2)], [], reach=5.0, piece=1.0)

    assert found.road.tolist() == [0, 0, 1, 1, 1]
    assert found.since == pytest.approx([0, 1, 0, 3.2 / 3, 6.4 / 3])
    assert found.length == pytest.approx([1, 1, 3.2 / 3, 3.2 / 3, 3.2 / 3])
    assert found.total == 0


@pytest.mark.parametrize(
    ("roads", "events", "wishes", "code"),
    [
        ([], [], {}, "methods.no-length"),
        ([Road(0, 1, 0.0)], [], {}, "methods.no-length"),
        ([Road(0, 1, 1.0)], [], {"reach": 0.0}, "methods.no-length"),
        ([Road(0, 1, 1.0)], [], {"piece": float("inf")}, "methods.no-length"),
        ([Road(0, 1, 1.0)], [(1, 0.0)], {}, "methods.not-on-a-road"),
        ([Road(0, 1, 1.0)], [(0, 1.5)], {}, "methods.not-on-a-road"),
        ([Road(0, 1, 1.0)], [(0, float("nan"))], {}, "methods.not-on-a-road"),
    ],
)
def test_bad_input_is_refused(roads, events, wishes, code):
    with pytest.raises(InputError) as refused:
        network_density(roads, events, **({"reach": 1.0, "piece": 0.1} | wishes))

    assert refused.value.code == code
