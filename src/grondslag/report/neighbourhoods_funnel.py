"""The funnel of a fair comparison: areas of every size, with what chance and custom make of it."""

from collections.abc import Collection, Iterator

from markupsafe import Markup

from grondslag.documents import Caption
from grondslag.release import ReleasedFigure
from grondslag.report.expected_dots import expected_dots
from grondslag.report.funnels import ENOUGH, compared_cells, funnel_figure, funnel_points
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice


def funnel_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The funnel at the level of the answer, of few areas dots; nothing without a comparison.

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
    if len(compared_cells(compared)) < ENOUGH:
        yield Part(heading, (), _dots(given, level, compared, voice))
        return
    said = (voice.say("neighbourhoods.funnel-how"),)
    yield Part(heading, said, _funnel(given, level, compared, voice))


def _title(given: ReportInput, level: str, voice: Voice) -> str:
    return voice.say(
        "neighbourhoods.funnel-title",
        level=voice.level(level),
        what=given.facts.parts["fair"]["counted"],
        period=voice.period(given.facts),
    )


def _asked(given: ReportInput, level: str) -> Collection[str]:
    asked: Collection[str] = given.facts.parts["fair"]["focus"].get(level, ())
    return asked


def _dots(given: ReportInput, level: str, compared: ReleasedFigure, voice: Voice) -> Markup:
    return expected_dots(
        given,
        compared,
        slug=level,
        title=_title(given, level, voice),
        asked=_asked(given, level),
        voice=voice,
    )


def _funnel(given: ReportInput, level: str, compared: ReleasedFigure, voice: Voice) -> Markup:
    between = float(given.facts.parts["fair"]["between"][compared.id])
    cells = compared_cells(compared)
    asked = _asked(given, level)
    points = funnel_points(given, cells, between=between, asked=asked)
    caption = Caption(
        id=f"funnel-{level}",
        title=_title(given, level, voice),
        description=voice.say(
            "neighbourhoods.funnel-words",
            count=len(points),
            names=[point.label for point in points if point.outside]
            or voice.say("neighbourhoods.nothing"),
        ),
        language=given.language,
    )
    return funnel_figure(points, between=between, caption=caption, compared=compared, voice=voice)
