"""Areas that lie together and have more together, on the page: who they are, and how sure it is."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from grondslag.analysis import Together, area_class, lying_together
from grondslag.analysis.statements import level as plural
from grondslag.documents import ColumnSpec, table_html
from grondslag.release import ReleasedCell
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice


def together_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """Whether a group stands out, with its members in a table; nothing when nobody can know.

    Args:
        given: The report.
        voice: The language.
    """
    found = lying_together(given.facts, given.figures)
    if found is None:
        return
    level = plural(found.level)
    said = [voice.say("together.how", judged=found.judged, level=level)]
    for group in found.groups:
        names = [given.facts.name(cell.keys[0]) for cell in group]
        said.append(voice.say("together.group", level=level, names=names))
    if found.groups:
        said += [voice.say("together.chance"), voice.say("together.each")]
        if given.facts.question == "neighbourhoods":
            said.append(voice.say("together.on-the-map"))
    else:
        said += [voice.say("together.none", level=level), voice.say("together.may-miss")]
    tables = [_table(given, found, group, voice) for group in found.groups]
    yield Part(voice.say("together.heading", level=level), tuple(said), Markup("\n").join(tables))


def _table(
    given: ReportInput, found: Together, group: Sequence[ReleasedCell], voice: Voice
) -> Markup:
    """The members, each with its own verdict; no sum, which is the worst that was found."""
    columns = [
        ColumnSpec("area", voice.head(found.level)),
        ColumnSpec("count", voice.say("report.column-count-margin"), numeric=True),
        ColumnSpec("expected", voice.say("report.column-expected"), numeric=True),
        ColumnSpec("verdict", voice.say("together.column-alone")),
    ]
    rows = [
        {
            "area": given.facts.name(cell.keys[0]),
            "count": voice.say(
                "report.times",
                ratio=voice.whole(cell.count or 0),
                range=voice.whole_range(cell.derived),
            ),
            "expected": voice.whole(round(cell.derived["expected"])),
            "verdict": voice.verdict(area_class(cell.derived)),
        }
        for cell in group
    ]
    caption = voice.say("together.title", period=voice.period(given.facts))
    return table_html(caption, columns, rows, [], language=given.language)
