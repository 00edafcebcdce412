"""Counts with noise: said to be so above the table, and how far off they can be under it."""

from fractions import Fraction

from markupsafe import Markup

from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.documents import ColumnSpec, table_html
from grondslag.release import ALL, NoiseMark, ReleasedFigure
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice


def noisy_html(given: ReportInput, voice: Voice) -> list[Markup]:
    """One table per released table with noise; nothing when there are none."""
    return [
        _table(figure, figure.noise, given, voice)
        for figure in given.noisy
        if figure.noise is not None
    ]


def _table(figure: ReleasedFigure, mark: NoiseMark, given: ReportInput, voice: Voice) -> Markup:
    names = {f"key{at}": name for at, name in enumerate(figure.dimensions)}
    columns = [ColumnSpec(key, _head(name)) for key, name in names.items()]
    columns.append(ColumnSpec("count", voice.say("report.column-noisy"), numeric=True))
    rows = [
        dict(zip(names, (_name(key, given, voice) for key in cell.keys), strict=True))
        | {"count": voice.whole(cell.count or 0)}
        for cell in figure.cells
    ]
    titles = {table["name"]: str(table["title"]) for table in given.manifest["tables"]}
    caption = voice.say(
        "report.noisy-title", dataset=titles.get(figure.dataset, figure.dataset)
    )  # fmt: skip
    if figure.scope.period is not None:
        caption += f", {voice.span(figure.scope.period)}"
    return table_html(caption, columns, rows, _notes(mark, voice), language=given.language)


def _notes(mark: NoiseMark, voice: Voice) -> list[str]:
    notes = [
        voice.say("report.noisy-margin", certainty=mark.certainty, margin=mark.margin),
        voice.say("report.noisy-cells", most=mark.cells_per_person),
    ]
    if mark.total_margin:
        said = {"certainty": mark.certainty, "margin": mark.total_margin}
        notes.insert(1, voice.say("report.noisy-total", **said))
    epsilon = float(Fraction(mark.epsilon))
    if mark.one_in:
        notes.append(voice.say("report.noisy-promise-but", epsilon=epsilon, chance=mark.one_in))
    else:
        notes.append(voice.say("report.noisy-promise", epsilon=epsilon))
    return notes


def _name(key: str, given: ReportInput, voice: Voice) -> str:
    if key == ALL:
        return voice.say("report.noisy-all")
    if key == UNKNOWN:
        return voice.say("report.noisy-unknown")
    return given.facts.names.get(key, key.replace("_", " "))


def _head(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
