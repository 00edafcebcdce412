"""The interval chart, read back from its drawing."""

import math
import xml.etree.ElementTree as ET

import pytest

from grondslag.documents import Axis, Caption, IntervalRow, interval_chart
from grondslag.errors import InputError

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("figuur", "Titel", "Wat je ziet")
RATIO = Axis("verhouding", 1.0, "even vaak", logarithmic=True)
COUNT = Axis("aantal", 20.0, "hele stad", digits=0)


def drawn(rows, axis=RATIO, caption=CAPTION):
    return ET.fromstring(interval_chart(rows, axis=axis, caption=caption))


def texts(root):
    """What is read: a text over a line has an edge under it, which is none."""
    return [text.text for text in root.iter(f"{SVG}text") if not text.get("aria-hidden")]


def dots(root):
    return [float(dot.get("cx")) for dot in root.iter(f"{SVG}circle")]


def reference_line(root):
    return next(
        float(line.get("x1")) for line in root.iter(f"{SVG}line")
        if line.get("stroke-width") == "2" and line.get("stroke") == "currentColor"
    )  # fmt: skip


def test_each_estimate_stands_with_its_range_in_words():
    root = drawn([IntervalRow("Noord", 0.98, 1.27, 1.63)])

    assert "Noord" in texts(root)
    assert "1,3 (1,0 tot 1,6)" in texts(root)


def test_figures_follow_the_language_of_the_caption():
    english = Caption("figure", "Title", "What you see", language="en")

    root = drawn([IntervalRow("North", 0.98, 1.27, 1.63)], caption=english)

    assert "1.3 (1.0 to 1.6)" in texts(root)


def test_the_reference_is_marked_in_words_and_divides_more_from_less():
    root = drawn([IntervalRow("a", 1.2, 1.5, 2), IntervalRow("b", 0.4, 0.5, 0.7)])

    more, less = dots(root)

    assert "even vaak" in texts(root)
    assert less < reference_line(root) < more


def test_on_a_ratio_axis_half_is_as_far_as_double():
    root = drawn([IntervalRow("a", 1.5, 2, 3), IntervalRow("b", 0.4, 0.5, 0.7)])

    double, half = dots(root)

    middle = reference_line(root)
    assert double - middle == pytest.approx(middle - half, abs=0.2)


@pytest.mark.parametrize("axis", [RATIO, COUNT])
def test_nothing_known_is_cut_off(axis):
    rows = [IntervalRow("a", 0.01, 0.2, 4), IntervalRow("b", 900, 1500, 7000)]

    root = drawn(rows, axis)

    a, b = dots(root)
    ends = [float(line.get(x)) for line in root.iter(f"{SVG}line") for x in ("x1", "x2")
            if line.get("stroke-width") == "3"]  # fmt: skip
    assert len(set(ends)) == 4
    assert min(ends) <= a < b < max(ends)


def test_a_limit_without_end_is_an_arrow_and_is_said():
    root = drawn([IntervalRow("a", 1.4, 3.0, math.inf)])

    assert "3,0 (1,4 of meer)" in texts(root)
    assert len(list(root.iter(f"{SVG}path"))) == 1


def test_zero_on_a_ratio_axis_is_an_arrow_to_the_left():
    root = drawn([IntervalRow("a", 0, 0.4, 1.2)])

    arrow = next(root.iter(f"{SVG}path"))
    assert float(arrow.get("d")[1:].split()[0]) > float(arrow.get("d").split("L")[1].split()[0])
    assert "0,4 (0,0 tot 1,2)" in texts(root)


def test_what_is_held_back_differs_by_more_than_colour():
    root = drawn([IntervalRow("a", 1, 2, 3), IntervalRow("b", 1, 2, 3, muted=True)])

    plain, muted = root.iter(f"{SVG}circle")
    dashed = [line for line in root.iter(f"{SVG}line") if line.get("stroke-dasharray")]

    assert muted.get("fill") == "#ffffff"
    assert plain.get("fill") != "#ffffff"
    assert len(dashed) == 1


def test_a_heading_stands_once_above_its_rows():
    root = drawn(
        [IntervalRow("a", 1, 2, 3, group="Fiets"), IntervalRow("b", 1, 2, 3, group="Fiets"),
         IntervalRow("c", 1, 2, 3, group="Auto")]
    )  # fmt: skip

    shown = texts(root)
    assert shown.count("Fiets") == 1
    assert shown.index("Fiets") < shown.index("a") < shown.index("b") < shown.index("Auto")


def test_ends_and_legend_are_in_words():
    axis = Axis("keer", 1.0, "gelijk", ends=("minder", "meer"), legend=("zeker", "toeval"))

    rows = [IntervalRow("a", 0.5, 1, 2), IntervalRow("b", 0.5, 1, 2, muted=True)]

    shown = texts(drawn(rows, axis))

    assert {"← minder", "meer →", "zeker", "toeval"} <= set(shown)


def test_the_legend_explains_only_marks_that_are_there():
    axis = Axis("keer", 1.0, "gelijk", legend=("zeker", "toeval"))

    assert "toeval" not in texts(drawn([IntervalRow("a", 0.5, 1, 2)], axis))


def test_counts_start_at_zero():
    assert "0" in texts(drawn([IntervalRow("a", 30, 40, 52)], COUNT))


@pytest.mark.parametrize(
    "numbers",
    [(2, 1, 3), (1, 3, 2), (math.nan, 1, 2), (1, math.nan, 2), (1, 2, math.nan),
     (1, math.inf, math.inf), (-math.inf, 1, 2)],
)  # fmt: skip
def test_what_is_no_interval_is_refused(numbers):
    with pytest.raises(InputError) as refused:
        IntervalRow("a", *numbers)

    assert refused.value.code == "documents.not-an-interval"


def test_no_rows_make_no_chart():
    with pytest.raises(InputError) as refused:
        drawn([])

    assert refused.value.code == "documents.empty-figure"


@pytest.mark.parametrize(
    ("row", "reference"), [(IntervalRow("a", -1, 1, 2), 1.0), (IntervalRow("a", 1, 1, 2), 0.0)]
)
def test_a_ratio_axis_has_nothing_below_zero(row, reference):
    with pytest.raises(InputError) as refused:
        drawn([row], Axis("keer", reference, "gelijk", logarithmic=True))

    assert refused.value.code == "documents.not-above-zero"
