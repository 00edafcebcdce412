"""Do areas that lie together have more, together? From released counts, with the map's outlines."""

from dataclasses import replace

import pytest

from grondslag.analysis import lying_together
from grondslag.analysis.neighbourhoods import neighbourhoods
from made_delivery import OPEN, let_out
from made_neighbourhoods import BUURTEN, made_neighbourhoods

SIZES = dict.fromkeys(BUURTEN, (300, 700))
SIX_BY_FOUR = {code: (4.90 + at % 6 / 50, 52.0 + at // 6 / 80) for at, code in enumerate(BUURTEN)}
"""Degrees, about as far apart east as north."""
GROUP = (BUURTEN[0], BUURTEN[1], BUURTEN[6], BUURTEN[7])
"""The four in one corner of that map."""


def squares(places):
    """A square of about a kilometre round each place."""
    return {
        code: {
            "type": "Polygon",
            "coordinates": [[[x, y], [x + 0.015, y], [x + 0.015, y + 0.01], [x, y + 0.01], [x, y]]],
        }
        for code, (x, y) in places.items()
    }


def answered(folder, more=(), *, places=SIX_BY_FOUR, many=135):
    """Every area 95 and 105 in turn; those with more have as many as said."""
    counts = {code: 95 + 10 * (at % 2) for at, code in enumerate(BUURTEN)}
    counts |= dict.fromkeys(more, many)
    kinds = (sum(counts.values()), 0)
    made = made_neighbourhoods(folder, counts, SIZES, per_kind=kinds, groups=False)
    result = neighbourhoods(made, profile=OPEN)
    return replace(result.facts, geometry=squares(places)), let_out(folder, result.figures)


def test_a_group_in_one_corner_is_found_whole(tmp_path):
    found = lying_together(*answered(tmp_path, GROUP))

    assert found is not None
    assert [{cell.keys[0] for cell in group} for group in found.groups] == [set(GROUP)]
    assert (found.level, found.judged) == ("buurt", 24)


def test_where_nothing_is_the_matter_no_group_stands_out(tmp_path):
    found = lying_together(*answered(tmp_path))

    assert found is not None
    assert found.groups == ()


def test_the_same_areas_far_apart_are_no_group(tmp_path):
    """What was counted is the same to the last person; only the map differs."""
    corners = (BUURTEN[0], BUURTEN[5], BUURTEN[18], BUURTEN[23])

    found = lying_together(*answered(tmp_path, corners))

    assert found is not None
    assert all(len(group) < len(corners) for group in found.groups)
    assert not any(set(corners) <= {cell.keys[0] for cell in group} for group in found.groups)


def test_one_area_that_has_more_by_itself_is_no_group(tmp_path):
    found = lying_together(*answered(tmp_path, GROUP[:1], many=400))

    assert found is not None
    assert found.groups == ()


@pytest.mark.parametrize("without", [BUURTEN, BUURTEN[:1]])
def test_without_the_outline_of_every_area_nothing_is_said(tmp_path, without):
    places = {code: place for code, place in SIX_BY_FOUR.items() if code not in without}

    assert lying_together(*answered(tmp_path, GROUP, places=places)) is None


def test_when_nobody_knows_how_much_areas_differ_nothing_is_said(tmp_path):
    facts, released = answered(tmp_path, GROUP)
    part = {**facts.parts["fair"], "spread": {}}

    assert lying_together(replace(facts, parts={"fair": part}), released) is None


def test_the_same_map_gives_the_same_answer_in_metres_and_in_degrees(tmp_path):
    """A degree north is 111.2 km, a degree east at 52 degrees 0.616 times that."""
    metres = {code: (x * 111_195 * 0.6145, y * 111_195) for code, (x, y) in SIX_BY_FOUR.items()}
    facts, released = answered(tmp_path, GROUP)
    points = {code: {"type": "Point", "coordinates": list(place)} for code, place in metres.items()}

    assert lying_together(replace(facts, geometry=points), released) == lying_together(
        facts, released
    )
