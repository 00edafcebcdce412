"""Areas on paper: from coordinates to outlines, and where in an outline there is room for words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grondslag.documents.svg import tidy
from grondslag.errors import InputError

Point = tuple[float, float]
Rings = tuple[tuple[Point, ...], ...]

_KILOMETRES_PER_DEGREE = 111.195
_SCAN_LINES = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """Room for a text: its middle, and the width that is free around it."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Projection:
    """From coordinates to units on paper, north up.

    Args:
        west: Least x of all areas.
        north: Greatest y of all areas.
        stretch: Units on paper per unit of x, and of y.
        margin: Free space left of the areas.
        size: Width and height of the areas on paper.
        kilometre: Units on paper per kilometre.
    """

    west: float
    north: float
    stretch: Point
    margin: float
    size: Point
    kilometre: float

    def place(self, point: Point) -> Point:
        """Where a coordinate lies on paper."""
        across, down = self.stretch
        return self.margin + (point[0] - self.west) * across, (self.north - point[1]) * down


def rings_of(geometry: Mapping[str, Any], *, area: str) -> Rings:
    """All outlines and holes of a GeoJSON area.

    Args:
        geometry: A ``Polygon`` or ``MultiPolygon``.
        area: Its code, for the message.

    Raises:
        InputError: Another kind of geometry, an outline of fewer than three points, or coordinates
            that are not numbers.

    Source:
        RFC 7946, sections 3.1.6 and 3.1.7.
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise InputError("documents.not-an-area", area=area)
    try:
        polygons: Any = [coordinates] if kind == "Polygon" else coordinates
        rings = tuple(
            tuple((float(point[0]), float(point[1])) for point in ring)
            for polygon in polygons
            for ring in polygon
        )
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise InputError("documents.not-an-area", area=area) from error
    whole = all(math.isfinite(number) for ring in rings for point in ring for number in point)
    if not rings or not whole or any(_is_flat(ring) for ring in rings):
        raise InputError("documents.not-an-area", area=area)
    return rings


def _is_flat(ring: Sequence[Point]) -> bool:
    """Whether a ring has no inside: fewer than three points, or all on one level."""
    return len(set(ring)) < 3 or any(len(set(line)) < 2 for line in zip(*ring, strict=True))


def project(outlines: Sequence[Rings], *, room: Point) -> Projection:
    """A projection that fits all outlines into a room.

    Coordinates within the range of longitude and latitude are taken as degrees and drawn
    equirectangular, shortened by the cosine of the middle latitude: over a municipality the error
    is far below a line's width. Others are taken as metres, such as those of the Dutch RD grid.

    Args:
        outlines: Of all areas; at least one.
        room: Width and height on paper.
    """
    points = [point for rings in outlines for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    degrees = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    squeeze = math.cos(math.radians((south + north) / 2)) if degrees else 1.0
    width, height = (east - west) * squeeze, north - south
    scale = min(room[0] / width, room[1] / height)
    return Projection(
        west=west,
        north=north,
        stretch=(scale * squeeze, scale),
        margin=(room[0] - width * scale) / 2,
        size=(width * scale, height * scale),
        kilometre=scale / _KILOMETRES_PER_DEGREE if degrees else scale * 1000,
    )


def outline(rings: Rings) -> str:
    """Rings on paper as an SVG path, to a tenth of a unit, without repeated points."""
    parts = []
    for ring in rings:
        points: list[str] = []
        for x, y in ring:
            point = f"{tidy(x)} {tidy(y)}"
            if not points or points[-1] != point:
                points.append(point)
        parts.append("M" + "L".join(points) + "Z")
    return "".join(parts)


def roomiest(rings: Rings, *, height: float) -> Spot:
    """Where in an outline a text of this height has the most room.

    Looks along level lines: the width that is free over the whole height of the text counts.
    """
    ys = [y for ring in rings for _, y in ring]
    low, high = min(ys), max(ys)
    best = Spot(x=0.0, y=(low + high) / 2, width=-1.0)
    for at in range(1, _SCAN_LINES):
        y = low + (high - low) * at / _SCAN_LINES
        free = _inside(rings, y)
        for edge in (y - height / 2, y + height / 2):
            free = _overlap(free, _inside(rings, edge))
        for left, right in free:
            # Of equally wide places the middle one: names then stand where the eye looks for them.
            gain = right - left - abs(y - (low + high) / 2) * 0.05
            if gain > best.width:
                best = Spot(x=(left + right) / 2, y=y, width=gain)
    if best.width < 0:
        first = max(_inside(rings, best.y), key=lambda part: part[1] - part[0], default=(0.0, 0.0))
        return Spot(x=sum(first) / 2, y=best.y, width=0.0)
    return best


def _inside(rings: Rings, y: float) -> list[Point]:
    """The stretches of a level line that lie inside, from left to right."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _overlap(some: Sequence[Point], others: Sequence[Point]) -> list[Point]:
    """Where stretches of two level lines lie above each other."""
    both = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return [(left, right) for left, right in both if left < right]
