"""Laws of events spread along any roads."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grondslag.methods import Road, network_density

roads = st.lists(
    st.builds(Road, st.integers(0, 6), st.integers(0, 6), st.floats(0.05, 20)),
    min_size=1,
    max_size=12,
)


@st.composite
def towns(draw):
    """Roads, and events on them."""
    network = draw(roads)
    places = st.tuples(st.integers(0, len(network) - 1), st.floats(0, 1))
    events = draw(st.lists(places, max_size=8))
    return network, [(at, far * network[at].length) for at, far in events]


@given(towns(), st.floats(0.1, 30), st.floats(0.1, 5))
def test_no_event_is_lost_or_made(town, reach, piece):
    network, events = town

    found = network_density(network, events, reach=reach, piece=piece)

    assert found.total == pytest.approx(len(events), abs=1e-9)


@given(towns(), st.floats(0.1, 30))
def test_events_add_up(town, reach):
    network, events = town

    whole = network_density(network, events, reach=reach, piece=0.5)
    parts = [network_density(network, [event], reach=reach, piece=0.5) for event in events]

    assert whole.density == pytest.approx(sum(part.density for part in parts), abs=1e-9)


@given(towns(), st.floats(0.1, 30))
def test_walking_a_road_the_other_way_turns_the_picture_and_nothing_else(town, reach):
    network, events = town
    turned = [Road(road.end, road.start, road.length) for road in network]
    mirrored = [(at, network[at].length - far) for at, far in events]
    there = network_density(network, events, reach=reach, piece=0.5)
    pieces = [far / there.length[there.road == at][0] for at, far in events]
    assume(all(abs(place - round(place)) > 1e-6 for place in pieces))  # not between two pieces

    back = network_density(turned, mirrored, reach=reach, piece=0.5)

    for at in range(len(network)):
        one, other = there.density[there.road == at], back.density[back.road == at]
        assert one == pytest.approx(other[::-1], abs=1e-9)
