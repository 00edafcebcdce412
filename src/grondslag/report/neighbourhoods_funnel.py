"""The funnel of a fair comparison: areas of every size, with what chance and custom make of it."""

from collections.abc import Iterator

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
from grondslag.methods import funnel_limits
from grondslag.release import ReleasedFigure
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_STEPS = 60
_ROOM = 1.15
"""The lines reach a little further than the areas."""


def funnel_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The funnel at the level of the answer; nothing when nothing could be compared.

    Every number in it comes from the released table: what was counted over what was expected.

    Args:
        given: The report.
        voice: The language.
    """
    level = given.facts.answer_level
    compared = given.figure(f"{level}-fair")
    if compared is None:
        return
    heading = voice.say("neighbourhoods.heading-funnel")
    said = (voice.say("neighbourhoods.funnel-how"),)
    yield Part(heading, said, _funnel(given, level, compared, voice))


def _funnel(given: ReportInput, level: str, compared: ReleasedFigure, voice: Voice) -> Markup:
    between = float(given.facts.parts["fair"]["between"][compared.id])
    cells = [cell for cell in compared.cells if cell.count is not None and "ratio" in cell.derived]
    sizes = [cell.derived["expected"] for cell in cells]
    along = np.geomspace(min(sizes) / _ROOM, max(sizes) * _ROOM, _STEPS)
    low, high = funnel_limits(np.array(sizes), between)
    asked = given.facts.parts["fair"]["focus"].get(level, ())
    points = []
    for at, cell in enumerate(cells):
        value = (cell.count or 0) / sizes[at]
        points.append(
            FunnelPoint(
                label=given.facts.name(cell.keys[0]),
                size=sizes[at],
                value=value,
                outside=not low[at] <= value <= high[at],
                asked=cell.keys[0] in asked,
            )
        )
    caption = Caption(
        id=f"funnel-{level}",
        title=voice.say(
            "neighbourhoods.funnel-title",
            level=voice.level(level),
            what=given.facts.parts["fair"]["counted"],
            period=voice.period(given.facts),
        ),
        description=voice.say(
            "neighbourhoods.funnel-words",
            count=len(points),
            names=[point.label for point in points if point.outside]
            or voice.say("neighbourhoods.nothing"),
        ),
        language=given.language,
    )
    words = FunnelWords(
        across=voice.say("report.column-expected"),
        up=voice.say("neighbourhoods.funnel-up"),
        inside=voice.say("neighbourhoods.funnel-inside"),
        outside=voice.say("neighbourhoods.funnel-outside"),
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


def _limits(sizes: npt.NDArray[np.float64], between: float) -> FunnelLimits:
    low, high = funnel_limits(sizes, between)
    return FunnelLimits(sizes.tolist(), low.tolist(), high.tolist())
