"""Few areas as dots: what was counted beside what was to be expected, in counts."""

from collections.abc import Collection

from markupsafe import Markup

from grondslag.analysis import AreaClass, area_class
from grondslag.documents import Caption, DotRow, DotWords, dot_chart, figure_html
from grondslag.release import ReleasedFigure
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice


def expected_dots(
    given: ReportInput,
    compared: ReleasedFigure,
    *,
    slug: str,
    title: str,
    asked: Collection[str],
    voice: Voice,
) -> Markup:
    """A dot per area with what was counted, and a line with what was to be expected.

    A dot stands out by the same word as in the table. The line lies at a whole number: the page
    gives no more digits of what was to be expected, and neither does the picture.

    Args:
        given: For the names of areas.
        compared: Their table; only areas that are shown with what was to be expected are drawn.
        slug: For the id of the figure.
        title: Above it.
        asked: Codes of the areas that were asked about.
        voice: The language.
    """
    rows = [
        DotRow(
            label=given.facts.name(cell.keys[0]),
            value=float(cell.count),
            target=float(round(cell.derived["expected"])),
            stands_out=area_class(cell.derived) is AreaClass.ALMOST_CERTAIN,
            asked=cell.keys[0] in asked,
        )
        for cell in compared.cells
        if cell.count is not None and "expected" in cell.derived
    ]
    if not rows:
        return Markup("")
    names = [row.label for row in rows if row.stands_out]
    caption = Caption(
        id=f"dots-{slug}",
        title=title,
        description=voice.say(
            "report.dots-words" if names else "report.dots-words-none",
            count=len(rows),
            names=names,
        ),
        language=given.language,
    )
    words = DotWords(
        across=voice.say("report.dots-across"),
        target=voice.say("report.dots-target"),
        inside=voice.say("report.dots-inside"),
        outside=voice.say("report.dots-outside"),
        asked=voice.say("report.chart-asked"),
    )
    figure = figure_html(
        dot_chart(rows, words=words, caption=caption), caption, data=data_address(compared)
    )
    return Markup("<p>{}</p>\n").format(voice.say("report.dots-how")) + figure
