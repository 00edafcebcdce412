"""Laws that hold for every figure, however odd its numbers and names."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from grondslag.documents import (
    Area,
    Axis,
    Caption,
    IntervalRow,
    MapClass,
    Tint,
    choropleth,
    interval_chart,
)
from grondslag.documents.svg import WIDTH

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("figuur", "Titel", "Wat je ziet")
names = st.text(max_size=40)
positive = st.floats(1e-3, 1e6)


@st.composite
def interval_rows(draw):
    low, value, high = sorted(draw(st.tuples(positive, positive, positive)))
    if draw(st.booleans()):
        high = float("inf")
    return IntervalRow(draw(names), low, value, high, group=draw(st.none() | names))


@given(st.lists(interval_rows(), min_size=1, max_size=8), st.booleans(), positive)
def test_a_chart_is_sound_and_keeps_order_and_frame(rows, logarithmic, reference):
    axis = Axis("keer", reference, "elders", logarithmic=logarithmic)

    root = ET.fromstring(interval_chart(rows, axis=axis, caption=CAPTION))

    places = [float(dot.get("cx")) for dot in root.iter(f"{SVG}circle")]
    assert len(places) == len(rows)
    assert all(0 <= place <= WIDTH for place in places)
    ordered = [place for _, place in sorted(zip((r.value for r in rows), places, strict=True))]
    assert ordered == sorted(ordered)


@given(
    st.lists(
        st.tuples(names, st.floats(0, 5e5), st.floats(0, 6e5), st.floats(1, 9e4), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_a_map_is_sound_and_names_every_area_once(towns):
    areas = [
        Area(str(at), name, _triangle(x, y, size), "a" if answered else None)
        for at, (name, x, y, size, answered) in enumerate(towns)
    ]
    classes = [MapClass("a", "klasse", Tint.LOW)]

    made = choropleth(areas, classes=classes, no_answer="te weinig", caption=CAPTION)

    root = ET.fromstring(made)
    assert len([path for path in root.iter(f"{SVG}path") if path.get("fill-rule")]) == len(areas)


def _triangle(x, y, size):
    ring = [[x, y], [x + size, y], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}
