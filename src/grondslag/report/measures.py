"""Did it work? Every way of reckoning on one axis, the bare one greyed; then speeds."""

from collections.abc import Iterator

from markupsafe import Markup

from grondslag.analysis import Reckoning, reckonings, say
from grondslag.documents import (
    Caption,
    ColumnSpec,
    EffectRow,
    effect_chart,
    figure_html,
    table_html,
)
from grondslag.release import ReleasedCell
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_SIDES = (("measure", "before"), ("measure", "after"), ("other", "before"), ("other", "after"))


def measure_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The before-after figure with its table, and the speeds before and after.

    Args:
        given: The report.
        voice: The language.
    """
    found = reckonings(given.facts, given.figures)
    if found:
        said = [voice.say("traffic.reckon-intro")]
        if any(one.misleads for one in found):
            said.append(voice.say("traffic.reckon-misleads"))
        body = Markup("\n").join((_chart(given, found, voice), _table(given, found, voice)))
        yield Part(voice.say("traffic.heading-worked"), tuple(said), body, leads=True)
    speeds = _speeds(given, voice)
    if speeds:
        yield Part(voice.say("traffic.heading-slower"), (voice.say("traffic.slower-why"),), speeds)


def _percent(ratio: float) -> float:
    """A ratio as a change: 0.8 is 20 percent less."""
    return 100 * (ratio - 1)


def _chart(given: ReportInput, found: tuple[Reckoning, ...], voice: Voice) -> Markup:
    rows = [
        EffectRow(
            label=say(one.label, language=voice.language),
            low=_percent(one.low),
            value=_percent(one.ratio),
            high=_percent(one.high),
            misleads=one.misleads,
        )
        for one in found
    ]
    name = given.facts.parts["taken"]["name"]
    caption = Caption(
        id="before-after",
        title=voice.say("traffic.worked-title", name=name, period=voice.period(given.facts)),
        description=voice.say("traffic.worked-words"),
        language=given.language,
    )
    chart = effect_chart(rows, counted=voice.unit(given.facts), caption=caption)
    sites = given.figure("sites")
    return figure_html(chart, caption, data=data_address(sites) if sites else "")


def _table(given: ReportInput, found: tuple[Reckoning, ...], voice: Voice) -> Markup:
    columns = [
        ColumnSpec("way", voice.say("traffic.column-way")),
        ColumnSpec("ratio", voice.say("traffic.column-times-without"), numeric=True),
        ColumnSpec("fair", voice.say("traffic.column-fair")),
    ]
    rows = [
        {
            "way": say(one.label, language=voice.language),
            "ratio": voice.say(
                "report.times",
                ratio=voice.decimal(one.ratio),
                range=voice.interval(one.low, one.high),
            ),
            "fair": voice.say("traffic.fair-not" if one.misleads else _FAIR[one.label.code]),
        }
        for one in found
    ]
    part = given.facts.parts["taken"]
    before, after = ((f"{side[0]}-01-01", f"{side[1]}-12-31") for side in
                     (part["before"], part["after"]))  # fmt: skip
    notes = [voice.say("traffic.note-years", before=voice.span(before), after=voice.span(after))]
    if any(one.label.code == "traffic.reckon-beside" for one in found):
        notes.append(voice.say("traffic.note-scatter"))
    caption = voice.say("traffic.reckon-title")
    return table_html(caption, columns, rows, notes, language=voice.language)


_FAIR = {
    "traffic.reckon-naive": "traffic.fair-bare",
    "traffic.reckon-beside": "traffic.fair-beside",
    "traffic.reckon-expected": "traffic.fair-expected",
    "traffic.reckon-months": "traffic.fair-months",
}


def _speeds(given: ReportInput, voice: Voice) -> Markup:
    table = given.figure("speed-change")
    if table is None:
        return Markup("")
    cells = {cell.keys: cell for cell in table.cells}
    if any(key not in cells or "v85_low" not in cells[key].derived for key in _SIDES):
        return Markup("")
    columns = [
        ColumnSpec("streets", voice.say("traffic.column-streets")),
        ColumnSpec("measured", voice.say("traffic.column-measured"), numeric=True),
        ColumnSpec("before", voice.say("traffic.column-before"), numeric=True),
        ColumnSpec("after", voice.say("traffic.column-after"), numeric=True),
    ]
    name = given.facts.parts["taken"]["name"]
    labels = {
        "measure": voice.say("traffic.streets-with", name=name),
        "other": voice.say("traffic.streets-without", name=name),
    }
    rows = []
    for group, label in labels.items():
        before, after = cells[group, "before"], cells[group, "after"]
        rows.append(
            {
                "streets": label,
                "measured": voice.whole((before.count or 0) + (after.count or 0)),
                "before": _speed(before, voice),
                "after": _speed(after, voice),
            }
        )
    caption = voice.say("traffic.slower-title")
    notes = [voice.say("traffic.v85-note"), voice.say("traffic.v85-note-limits")]
    return table_html(caption, columns, rows, notes, language=voice.language)


def _speed(cell: ReleasedCell, voice: Voice) -> str:
    """A v85 with its limits."""
    speed, low, high = (round(cell.derived[name], 1) for name in ("v85", "v85_low", "v85_high"))
    return voice.say("traffic.kmh-between", speed=speed, low=low, high=high)
