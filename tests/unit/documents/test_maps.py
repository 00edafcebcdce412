"""The map of areas, read back from its drawing."""

import math
import re
import xml.etree.ElementTree as ET

import pytest

from grondslag.documents import Area, Caption, Hatch, MapClass, Tint, choropleth
from grondslag.documents.geometry import project, rings_of, roomiest
from grondslag.errors import InputError
from made_page import CLASSES, made_areas, made_map, square

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("kaart", "Titel", "Wat je ziet")
CLASS = [MapClass("a", "klasse a", Tint.HIGH)]
RD_TOWN = square(130_000, 450_000, 134_000, 454_000)


def drawn(areas, classes=CLASS, no_answer="te weinig"):
    return ET.fromstring(choropleth(areas, classes=classes, no_answer=no_answer, caption=CAPTION))


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def outlines(root):
    return [path for path in root.iter(f"{SVG}path") if path.get("fill-rule")]


def extent(path):
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
    xs, ys = numbers[::2], numbers[1::2]
    return max(xs) - min(xs), max(ys) - min(ys)


def test_every_area_is_drawn_in_the_fill_of_its_class():
    root = ET.fromstring(made_map()[0])

    fills = [path.get("fill") for path in outlines(root)]

    assert len(fills) == len(made_areas())
    assert fills[0] == Tint.HIGH.value
    assert fills[1] == "url(#kaart-rising-somewhat-high)"


def test_an_area_without_an_answer_is_hatched_and_named_in_the_legend():
    root = drawn([Area("1", "Noord", RD_TOWN, None)])

    fill = outlines(root)[0].get("fill")

    assert fill == "url(#kaart-rising-nothing)"
    assert any(f"url(#{pattern.get('id')})" == fill for pattern in root.iter(f"{SVG}pattern"))
    assert "te weinig" in texts(root)


def test_the_legend_keeps_silent_about_what_is_not_there():
    assert "te weinig" not in texts(drawn([Area("1", "Noord", RD_TOWN, "a")]))


def test_no_two_classes_share_fill_and_hatching():
    assert len({(klass.tint, klass.hatch) for klass in CLASSES}) == len(CLASSES)
    assert all(hatch.value for hatch in Hatch if hatch is not Hatch.NONE)


def test_degrees_are_shortened_by_the_latitude():
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    root = drawn([Area("1", "Noord", square(5.0, 59.9, 5.2, 60.1), "a")])

    width, height = extent(outlines(root)[0])

    assert width / height == pytest.approx(0.5, rel=0.01)


def test_metres_are_drawn_as_they_are():
    width, height = extent(outlines(drawn([Area("1", "Noord", RD_TOWN, "a")]))[0])

    assert width == pytest.approx(height, abs=0.2)


@pytest.mark.parametrize(
    ("shape", "kilometres"),
    [(RD_TOWN, 4.0), (square(5.1, 52.0, 5.2, 52.1), 0.1 * 111.195)],
)
def test_a_kilometre_is_a_kilometre(shape, kilometres):
    projection = project([rings_of(shape, area="1")], room=(600, 400))

    assert projection.size[1] / projection.kilometre == pytest.approx(kilometres, rel=1e-3)


@pytest.mark.parametrize(
    ("shape", "text"), [(RD_TOWN, "1 km"), (square(130_000, 450_000, 130_400, 450_400), "100 m")]
)
def test_the_scale_bar_is_a_round_number(shape, text):
    assert text in texts(drawn([Area("1", "Noord", shape, "a")]))


def test_a_name_that_does_not_fit_becomes_a_number_with_a_list():
    narrow = square(130_000, 450_000, 130_020, 454_000)
    rest = square(130_020, 450_000, 134_000, 454_000)

    shown = texts(drawn([Area("1", "Stationskwartier", narrow, "a"), Area("2", "Zuid", rest, "a")]))

    assert "1" in shown
    assert "1  Stationskwartier" in shown
    assert "Zuid" in shown


def test_a_hole_is_no_room_for_a_name():
    outer = [(0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0)]
    hole = [(20.0, 5.0), (90.0, 5.0), (90.0, 35.0), (20.0, 35.0)]

    spot = roomiest((tuple(outer), tuple(hole)), height=10)

    assert spot.x < 20
    assert spot.width <= 20


def test_repeated_points_are_dropped():
    ring = [[0, 0], [0.0001, 0], [0.0002, 0], [1000, 0], [1000, 1000], [0, 0]]
    shape = {"type": "Polygon", "coordinates": [ring]}

    path = outlines(drawn([Area("1", "Noord", shape, "a")]))[0].get("d")

    assert path.count("L") == 3


def test_parts_and_holes_are_all_drawn():
    shape = {
        "type": "MultiPolygon",
        "coordinates": [
            [
                [[0, 0], [900, 0], [900, 900], [0, 0]],
                [[600, 100], [800, 100], [800, 300], [600, 100]],
            ],
            [[[2000, 0], [2900, 0], [2900, 900], [2000, 0]]],
        ],
    }  # fmt: skip

    assert outlines(drawn([Area("1", "Noord", shape, "a")]))[0].get("d").count("M") == 3


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"type": "Point", "coordinates": [5, 52]},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [2, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[["x", 0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": [[[0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": [[[math.nan, 0], [1, 1], [0, 1]]]},
        {"type": "MultiPolygon", "coordinates": 7},
    ],
)
def test_what_is_no_area_is_refused_with_its_code(shape):
    with pytest.raises(InputError) as refused:
        drawn([Area("WK990101", "Noord", shape, "a")])

    assert refused.value.code == "documents.not-an-area"
    assert refused.value.fields == {"area": "WK990101"}


def test_a_class_that_is_not_in_the_legend_is_refused():
    with pytest.raises(InputError) as refused:
        drawn([Area("WK990101", "Noord", RD_TOWN, "b")])

    assert refused.value.code == "documents.unknown-class"


def test_no_areas_make_no_map():
    with pytest.raises(InputError) as refused:
        drawn([])

    assert refused.value.code == "documents.empty-figure"


@pytest.mark.parametrize("count", [1, 500])
def test_a_map_of_one_area_and_of_500_names_what_matters(count):
    """The table beside it has all names; 500 numbers with a list are no map."""
    areas = [
        Area(
            str(at),
            f"Een buurt met een lange naam {at}",
            square(1000 * (at % 25), 1000 * (at // 25), 1000 * (at % 25) + 990,
                   1000 * (at // 25) + 990),
            "a",
            marked=at in (0, 7),
        )
        for at in range(count)
    ]  # fmt: skip

    root = drawn(areas)

    listed = {text.rpartition(" ")[2] for text in texts(root) if "buurt" in text or "naam" in text}
    assert len(outlines(root)) == count
    assert {name for name in listed if name.isdecimal()} == ({"0"} if count == 1 else {"0", "7"})
