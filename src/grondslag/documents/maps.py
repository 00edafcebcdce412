"""The map of areas in classes: local outlines, no tiles, a legend in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grondslag.documents.geometry import Projection, Rings, outline, project, rings_of, roomiest
from grondslag.documents.palette import HATCH_INK, Hatch, Tint
from grondslag.documents.svg import (
    SMALL,
    WIDTH,
    Canvas,
    Caption,
    broken,
    element,
    text_width,
    tidy,
)
from grondslag.errors import InputError
from grondslag.wording import sentence

_EDGE = 4.0
_LINE = 15.0
_LEGEND_ROW = 24.0
_MOST_NUMBERED = 60
"""With more names than this beside it, a map is a list."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the map.

    Args:
        code: Its code, for messages.
        name: What the reader calls it.
        geometry: GeoJSON ``Polygon`` or ``MultiPolygon``, in degrees (WGS 84) or metres (RD).
        klass: Key of its class; ``None`` when there is no answer for it.
        marked: Was asked about, or stands out: it is named also where there are too many to name.
        ringed: Stands in a group that the text tells of: it gets a thick border.
    """

    code: str
    name: str
    geometry: Mapping[str, Any]
    klass: str | None
    marked: bool = False
    ringed: bool = False


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class of the legend.

    Args:
        key: Referred to by `Area.klass`.
        label: In words, such as "probably more than elsewhere".
        tint: Its fill.
        hatch: What is drawn over the fill, so that colour is never alone.
    """

    key: str
    label: str
    tint: Tint
    hatch: Hatch = Hatch.NONE


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where map and legend stand."""

    map_room: tuple[float, float]
    x: float
    room: float
    beside: bool
    columns: int


def choropleth(
    areas: Sequence[Area], *, classes: Sequence[MapClass], no_answer: str, caption: Caption
) -> Markup:
    """Draw areas filled by class, named where the name fits, numbered and listed where not.

    Args:
        areas: At least one.
        classes: In the order of the legend.
        no_answer: Words in the legend for areas without a class, such as "too few to show".
        caption: Name and description; the title names the denominator.

    Raises:
        InputError: No areas, an area that is none, or a class that is not in the list.
    """
    if not areas:
        raise InputError("documents.empty-figure", figure=caption.id)
    known = {klass.key: klass for klass in classes}
    for area in areas:
        if area.klass is not None and area.klass not in known:
            raise InputError("documents.unknown-class", area=area.code, figure=caption.id)
    rings = [rings_of(area.geometry, area=area.code) for area in areas]
    layout, projection = _lay_out(rings)
    placed = [_place(ring, projection) for ring in rings]
    without = MapClass(key="", label=no_answer, tint=Tint.NOTHING, hatch=Hatch.RISING)
    canvas = Canvas(caption)
    legend = [*classes, *([without] if any(area.klass is None for area in areas) else [])]
    fills = {klass.key: _fill(canvas, klass) for klass in legend}
    for area, shape in zip(areas, placed, strict=True):
        canvas.draw("path", d=outline(shape), fill=fills[area.klass or ""], fill_rule="evenodd",
                    stroke="#3f4650", stroke_width=1, stroke_linejoin="round")  # fmt: skip
    for area, shape in zip(areas, placed, strict=True):
        if area.ringed:  # after all the others, that a neighbour's border does not cover it
            canvas.draw("path", d=outline(shape), fill="none", stroke="#14181d", stroke_width=3,
                        stroke_linejoin="round")  # fmt: skip
    numbered = _name_areas(canvas, areas, placed)
    foot = _EDGE + projection.size[1] + 24
    _draw_scale_bar(canvas, projection, foot, layout.map_room[0])
    y = _draw_legend(canvas, legend, fills, layout, 0 if layout.beside else foot + 12)
    y = _draw_list(canvas, numbered, layout, y)
    return canvas.finish(max(y, foot) + 10)


def _lay_out(rings: Sequence[Rings]) -> tuple[_Layout, Projection]:
    """The legend beside the map when the map is about as high as wide, else under it."""
    beside = _Layout(map_room=(412.0, 400.0), x=432.0, room=WIDTH - 432.0, beside=True, columns=1)
    projection = project(rings, room=beside.map_room)
    if projection.size[1] >= 300:
        return beside, projection
    under = _Layout(map_room=(WIDTH - 2 * _EDGE, 350.0), x=_EDGE, room=WIDTH, beside=False,
                    columns=3)  # fmt: skip
    return under, project(rings, room=under.map_room)


def _place(rings: Rings, projection: Projection) -> Rings:
    placed = []
    for ring in rings:
        points = (projection.place(point) for point in ring)
        placed.append(tuple((x + _EDGE, y + _EDGE) for x, y in points))
    return tuple(placed)


def _fill(canvas: Canvas, klass: MapClass) -> str:
    """The fill of a class: its tint, or a pattern of tint and hatching."""
    if klass.hatch is Hatch.NONE:
        return klass.tint.value
    name = f"{canvas.caption.id}-{klass.hatch.name.lower()}-{klass.tint.name.lower()}"
    name = name.replace("_", "-")
    tile = canvas.draw("pattern", id=name, width=8, height=8, patternUnits="userSpaceOnUse")
    element(tile, "rect", width=8, height=8, fill=klass.tint.value)
    strong = klass.tint in (Tint.HIGH, Tint.LOW)
    ink = "#ffffff" if strong else HATCH_INK
    element(tile, "path", d=klass.hatch.value, stroke=ink, stroke_width=1.1,
            fill=ink if klass.hatch is Hatch.DOTS else "none")  # fmt: skip
    return f"url(#{name})"


def _name_areas(
    canvas: Canvas, areas: Sequence[Area], shapes: Sequence[Rings]
) -> list[tuple[int, str]]:
    """Write each name in its area; those that do not fit get a number, and are given back.

    With too many of those only the marked ones do: the table beside the map has all.
    """
    fitting = [_fitting(area.name, shape) for area, shape in zip(areas, shapes, strict=True)]
    crowded = sum(not lines for lines, _, _ in fitting) > _MOST_NUMBERED
    numbered: list[tuple[int, str]] = []
    for area, shape, (name, left, top) in zip(areas, shapes, fitting, strict=True):
        lines, x, y = name, left, top
        if not lines:
            if crowded and not area.marked:
                continue
            numbered.append((len(numbered) + 1, area.name))
            spot = roomiest(shape, height=SMALL)
            lines, x, y = [str(len(numbered))], spot.x, spot.y
        for at, line in enumerate(lines):
            below = _LINE * (at - (len(lines) - 1) / 2)
            canvas.write_over(x, y + below + SMALL * 0.36, line, text_anchor="middle",
                              font_size=SMALL, font_weight="bold")  # fmt: skip
    return numbered


def _fitting(name: str, shape: Rings) -> tuple[list[str], float, float]:
    """The lines in which a name fits inside a shape, and their middle; no lines if it does not."""
    for count in (1, 2, 3):
        spot = roomiest(shape, height=_LINE * count)
        lines = broken(name, spot.width - 4, SMALL, bold=True)
        widest = max(text_width(line, SMALL, bold=True) for line in lines)
        if len(lines) <= count and widest <= spot.width - 4:
            return lines, spot.x, spot.y
    return [], 0.0, 0.0


def _draw_scale_bar(canvas: Canvas, projection: Projection, y: float, right: float) -> None:
    """A bar of a round number of metres, and where north is."""
    rough = 0.25 * right / projection.kilometre
    power = 10.0 ** math.floor(math.log10(rough))
    length = max(power * nice for nice in (1, 2, 5) if power * nice <= rough)
    language = canvas.caption.language
    if length >= 1:
        text = sentence("documents.kilometre", language=language, amount=round(length))
    else:
        text = sentence("documents.metre", language=language, amount=round(length * 1000))
    stop = right
    start = stop - length * projection.kilometre
    bar = f"M{tidy(start)} {tidy(y - 4)}V{tidy(y + 3)}H{tidy(stop)}V{tidy(y - 4)}"
    canvas.draw("path", d=bar, fill="none", stroke="currentColor", stroke_width=1.5)
    canvas.write(start - 8, y + 4, text, text_anchor="end", font_size=SMALL)
    north = sentence("documents.north", language=language)
    canvas.write(_EDGE, y + 4, f"↑ {north}", font_size=SMALL)


def _draw_legend(
    canvas: Canvas,
    classes: Sequence[MapClass],
    fills: Mapping[str, str],
    layout: _Layout,
    y: float,
) -> float:
    for klass in classes:
        y += _LEGEND_ROW
        canvas.draw("rect", x=layout.x, y=y - 13, width=30, height=17, fill=fills[klass.key],
                    stroke="#3f4650", stroke_width=1)  # fmt: skip
        for at, line in enumerate(broken(klass.label, layout.room - 42, SMALL)):
            y += _LINE if at else 0
            canvas.write(layout.x + 42, y, line, font_size=SMALL)
    return y


def _draw_list(
    canvas: Canvas, numbered: Sequence[tuple[int, str]], layout: _Layout, y: float
) -> float:
    """Numbers with their names, to be read downwards; gives the height so far."""
    if not numbered:
        return y
    y += _LEGEND_ROW + 6
    depth = math.ceil(len(numbered) / layout.columns)
    for at, (figure, name) in enumerate(numbered):
        column, row = divmod(at, depth)
        x = layout.x + column * layout.room / layout.columns
        canvas.write(x, y + row * 18, f"{figure}  {name}", font_size=SMALL)
    return y + (depth - 1) * 18
