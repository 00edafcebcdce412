"""Funnel, timeline, dots and effects, read back from their drawings."""

import xml.etree.ElementTree as ET

import pytest

from grondslag.documents import (
    Caption,
    DotRow,
    DotWords,
    EffectRow,
    FunnelLimits,
    FunnelPoint,
    FunnelWords,
    Moment,
    dot_chart,
    effect_chart,
    funnel_chart,
    timeline_chart,
)
from grondslag.documents.palette import BAND, SIGNAL, SOFT
from grondslag.documents.svg import WIDTH
from grondslag.errors import InputError

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("figuur", "Titel", "Wat je ziet")
CHANCE = FunnelLimits((5.0, 400.0), (0.1, 0.8), (2.9, 1.2))
LIMITS = FunnelLimits((5.0, 400.0), (0.0, 0.6), (3.4, 1.6))
KEYS = FunnelWords("te verwachten", "keer zo veel", "binnen", "buiten", "gevraagd")
DOTS = DotWords("procent", "doel", "gewoon", "anders", "gevraagd")


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def squares(root):
    """What stands out: a filled square beside open rings."""
    return [one for one in root.iter(f"{SVG}rect") if one.get("fill") == SIGNAL]


def in_frame(root):
    """Everything that was drawn with a place lies within the figure: nothing is clipped."""
    height = float(root.get("viewBox").split()[3])
    return all(
        0 <= float(value) <= reach
        for one in root.iter()
        for names, reach in ((("x", "x1", "x2", "cx"), WIDTH), (("y", "y1", "y2", "cy"), height))
        for name in names
        if one.tag != f"{SVG}svg" and (value := one.get(name)) is not None
    )


def funnel(points, chance=CHANCE, limits=LIMITS):
    drawn = funnel_chart(points, chance=chance, limits=limits, words=KEYS, caption=CAPTION)
    return ET.fromstring(drawn)


def test_only_areas_outside_the_limit_or_asked_about_have_a_name_in_a_funnel():
    points = [
        FunnelPoint("ver buiten", 50, 2.5, outside=True),
        FunnelPoint("gevraagd gebied", 80, 1.1, asked=True),
        FunnelPoint("gewoon", 60, 0.9),
    ]

    root = funnel(points)

    assert {"ver buiten", "gevraagd gebied"} <= set(texts(root))
    assert "gewoon" not in texts(root)
    assert len(squares(root)) == 2  # the mark, and its key


def test_a_funnel_shades_chance_and_dashes_the_limit_and_says_so():
    root = funnel([FunnelPoint("a", 50, 1.0)])

    shaded = [one for one in root.iter(f"{SVG}path") if one.get("fill") == BAND]
    dashed = [one for one in root.iter(f"{SVG}path") if one.get("stroke-dasharray")]
    assert (len(shaded), len(dashed)) == (1, 2)
    assert any(text.startswith("verwacht toeval") for text in texts(root))


@pytest.mark.parametrize("value", [0.0, 3.0, 60.0])
def test_the_axis_of_a_funnel_reaches_over_an_area_however_far_off(value):
    """An outlier below or above the frame is the one thing a funnel is for."""
    root = funnel([FunnelPoint("ver", 300, value, outside=True), FunnelPoint("a", 50, 1.0)])

    heights = [float(one.get("y")) for one in squares(root)][:1]
    others = [float(one.get("cy")) for one in root.iter(f"{SVG}circle")][:1]
    assert in_frame(root)
    assert heights != others
    assert (heights[0] > others[0]) == (value < 1)


def test_lines_that_do_not_reach_over_the_points_of_a_funnel_are_refused():
    with pytest.raises(InputError) as refused:
        funnel([FunnelPoint("groot", 900, 1.0)])

    assert refused.value.code == "documents.lines-too-short"


@pytest.mark.parametrize("count", [1, 500])
def test_a_funnel_of_one_area_and_of_500_stays_within_its_frame(count):
    points = [
        FunnelPoint(f"Gebied {at}", 6 + at * 0.7, 0.5 + (at % 17) / 10, outside=at % 25 == 0)
        for at in range(count)
    ]

    root = funnel(points)

    assert in_frame(root)
    assert any(text.endswith("Gebied 0") for text in texts(root))


def test_a_line_in_time_is_broken_where_a_figure_is_not_shown_and_where_counting_changed():
    moments = [Moment(str(2018 + at), float(value), 2, 20) for at, value in enumerate([9] * 6)]
    moments[2] = Moment("2020", None, 2, 20)
    moments[5] = Moment("2023", 9.0, 2, 20, breaks="andere registratie")

    root = ET.fromstring(timeline_chart(moments, centre=9, up="per jaar", caption=CAPTION))

    (line,) = [one.get("d") for one in root.iter(f"{SVG}path")]
    assert line.count("M") == 3  # the start, after the gap, after the break
    assert "vóór 2023: andere registratie" in texts(root)


def test_a_month_that_stands_out_has_another_shape_and_its_name():
    moments = [
        Moment("jan", 9, 2, 20),
        Moment("feb", 31, 2, 20, stands_out=True),
        Moment("mrt", 8, 2, 20),
    ]

    root = ET.fromstring(timeline_chart(moments, centre=9, up="aantal", caption=CAPTION))

    assert len(squares(root)) == 2  # the mark, and its key
    assert texts(root).count("feb") >= 2  # beside the mark: an edge, and the letters
    assert in_frame(root)


@pytest.mark.parametrize("values", [[5.0], [3.0] * 8, [-40.0, 1e6, 0.5], [1.0] * 500])
def test_a_timeline_starts_at_zero_or_below_and_cuts_nothing_off(values):
    moments = [Moment(f"m{at}", value, value - 9, value + 9) for at, value in enumerate(values)]

    root = ET.fromstring(timeline_chart(moments, centre=0.5, up="aantal", caption=CAPTION))

    assert in_frame(root)
    assert "0" in texts(root)


def test_limits_in_the_wrong_order_are_no_moment():
    with pytest.raises(InputError):
        Moment("jan", 3, 9, 2)


def test_each_dot_stands_at_the_side_of_its_target_where_it_belongs():
    rows = [DotRow("boven", 70, 60), DotRow("onder", 40, 60)]

    root = ET.fromstring(dot_chart(rows, words=DOTS, caption=CAPTION))

    above, below = [float(one.get("cx")) for one in root.iter(f"{SVG}circle")][:2]
    targets = [float(one.get("x1")) for one in root.iter(f"{SVG}line")
               if one.get("stroke-width") == "3"][:2]  # fmt: skip
    assert below < targets[1] <= targets[0] < above
    assert {"70", "40", "doel"} <= set(texts(root))


def test_one_area_stands_alone_beside_its_target():
    root = ET.fromstring(dot_chart([DotRow("alleen", 7, 9)], words=DOTS, caption=CAPTION))

    assert {"alleen", "7", "doel"} <= set(texts(root))
    assert in_frame(root)


def test_500_areas_stand_in_one_strip_and_only_what_matters_has_a_name():
    rows = [DotRow(f"Gebied {at}", 40 + at % 30, asked=at == 7) for at in range(500)]
    rows[3] = DotRow("Uitbijter", 95, stands_out=True)

    root = ET.fromstring(dot_chart(rows, words=DOTS, caption=CAPTION, target=55))

    names = {text for text in texts(root) if text.startswith(("Gebied", "Uitbijter"))}
    assert names == {"Gebied 7", "Uitbijter"}
    assert float(root.get("height")) < 500
    assert in_frame(root)


def test_an_effect_has_zero_marked_and_the_bare_difference_greyed_and_named():
    rows = [
        EffectRow("Voor en na", -58, -42, -20, misleads=True),
        EffectRow("Naast vergelijkbare straten", -40, -18, 15),
    ]

    root = ET.fromstring(effect_chart(rows, counted="ongevallen", caption=CAPTION))

    grey = [one for one in root.iter(f"{SVG}line") if one.get("stroke") == SOFT]
    words = " ".join(texts(root))
    assert "geen verschil" in words
    assert "(kaal, misleidend)" in words
    assert "-18% (-40% tot 15%)" in texts(root)
    assert any(one.get("stroke-dasharray") for one in grey)


def test_an_effect_speaks_the_language_of_its_caption():
    english = Caption("figure", "Title", "What you see", language="en")

    root = ET.fromstring(
        effect_chart([EffectRow("Bare", -5, -4, -2, True)], counted="crashes", caption=english)
    )

    assert any("misleading" in text for text in texts(root))
    assert "no difference" in texts(root)
