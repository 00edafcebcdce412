"""The funnel of a table of areas: what was counted over what was expected, at every size."""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from grondslag.documents import (
    Caption,
    FunnelLimits,
    FunnelPoint,
    FunnelWords,
    figure_html,
    funnel_chart,
)
from grondslag.methods import funnel, funnel_limits
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.downloads import data_address
from grondslag.report.expected_dots import expected_dots
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice

_STEPS = 60
_ROOM = 1.15
"""The lines reach a little further than the areas."""
ENOUGH = 15
"""With fewer areas there is no funnel to see: they are dots beside what was to be expected."""


def compared_cells(compared: ReleasedFigure) -> list[ReleasedCell]:
    """The areas that are shown with what was to be expected of them."""
    return [
        cell for cell in compared.cells if cell.count is not None and "expected" in cell.derived
    ]


def funnel_points(
    given: ReportInput, cells: Sequence[ReleasedCell], *, between: float, asked: Collection[str]
) -> list[FunnelPoint]:
    """Every area as a point; outside is what lies outside the limit of its size.

    Args:
        given: For the names of areas.
        cells: Released, from `compared_cells`.
        between: Variance between areas beyond chance, as in `methods.Funnel`.
        asked: Codes of the areas that were asked about.
    """
    sizes = np.array([cell.derived["expected"] for cell in cells])
    low, high = funnel_limits(sizes, between)
    values = np.array([float(cell.count or 0) for cell in cells]) / sizes
    return [
        FunnelPoint(
            label=given.facts.name(cell.keys[0]),
            size=float(sizes[at]),
            value=float(values[at]),
            outside=bool(values[at] < low[at] or values[at] > high[at]),
            asked=cell.keys[0] in asked,
        )
        for at, cell in enumerate(cells)
    ]


def funnel_figure(
    points: Sequence[FunnelPoint],
    *,
    between: float,
    caption: Caption,
    compared: ReleasedFigure,
    voice: Voice,
) -> Markup:
    """The figure, with a link to the numbers of its table.

    Args:
        points: From `funnel_points`; at least one.
        between: As for the points.
        caption: Name and description.
        compared: The table.
        voice: The language.
    """
    sizes = [point.size for point in points]
    along = np.geomspace(min(sizes) / _ROOM, max(sizes) * _ROOM, _STEPS)
    words = FunnelWords(
        across=voice.say("report.funnel-across"),
        up=voice.say("report.funnel-up"),
        inside=voice.say("report.funnel-inside"),
        outside=voice.say("report.funnel-outside"),
        asked=voice.say("report.chart-asked"),
    )
    svg = funnel_chart(
        points,
        chance=_limits(along, 0.0),
        limits=_limits(along, between),
        words=words,
        caption=caption,
    )
    return figure_html(svg, caption, data=data_address(compared))


def level_funnel(
    given: ReportInput, compared: ReleasedFigure, *, slug: str, level: str, per: str, voice: Voice
) -> Markup:
    """The funnel of one level against the rest of the city; dots for fewer than fifteen areas.

    How much areas differ by themselves is worked out from the released counts alone.

    Args:
        given: The report.
        compared: The table of the level, by one exposure.
        slug: For the id of the figure.
        level: The level, in words.
        per: Against what it was counted, in words.
        voice: The language.
    """
    cells = compared_cells(compared)
    period = voice.period(given.facts)
    title = voice.say("report.funnel-title", level=level, per=per, period=period)
    asked = given.facts.focus
    if len(cells) < ENOUGH:
        return expected_dots(given, compared, slug=slug, title=title, asked=asked, voice=voice)
    counts = [cell.count or 0 for cell in cells]
    between = funnel(counts, [cell.derived["expected"] for cell in cells]).between
    points = funnel_points(given, cells, between=between, asked=asked)
    outside = [point.label for point in points if point.outside]
    caption = Caption(
        id=f"funnel-{slug}",
        title=title,
        description=voice.say(
            "report.funnel-words" if outside else "report.funnel-words-none",
            count=len(points),
            names=outside,
        ),
        language=given.language,
    )
    figure = funnel_figure(points, between=between, caption=caption, compared=compared, voice=voice)
    return Markup("<p>{}</p>\n").format(voice.say("report.funnel-how")) + figure


def _limits(sizes: npt.NDArray[np.float64], between: float) -> FunnelLimits:
    low, high = funnel_limits(sizes, between)
    return FunnelLimits(sizes.tolist(), low.tolist(), high.tolist())
