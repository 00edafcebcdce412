"""Tables let out beside the answer: what was done to them, and how far off they can be."""

from datetime import date
from fractions import Fraction

from markupsafe import Markup

from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.documents import ColumnSpec, table_html
from grondslag.release import ALL, NoiseMark, PerturbationMark, ReleasedFigure
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice


def noisy_html(given: ReportInput, voice: Voice) -> list[Markup]:
    """One table per released table that is not exact; nothing when there are none."""
    tables = []
    for figure in given.noisy:
        if figure.noise is not None:
            tables.append(_table(figure, _NOISY, _notes(figure.noise, voice), given, voice))
        elif figure.perturbed is not None:
            notes = _perturbed_notes(figure.perturbed, voice)
            tables.append(_table(figure, _PERTURBED, notes, given, voice))
    return tables


def protected_html(given: ReportInput, voice: Voice) -> list[Markup]:
    """One table per table with its totals that was let out; nothing when there are none."""
    return [
        _table(figure, _protected_words(figure), _protected_notes(figure, voice), given, voice)
        for figure in given.protected
    ]


def _protected_words(figure: ReleasedFigure) -> tuple[str, str]:
    title = _CHANGED[figure.changed.change] if figure.changed else "report.protected-title"
    return title, _UNITS[figure.unit]


def _protected_notes(figure: ReleasedFigure, voice: Voice) -> list[str]:
    mark = figure.changed
    if mark is None:
        hidden = {"own": figure.withheld_for_itself, "others": figure.withheld_for_others}
        notes = [voice.say("report.protected-hidden", **hidden)] if any(hidden.values()) else []
        return notes + _judging_notes(figure, voice)
    if not mark.off:
        return [voice.say("report.protected-off-unknown")]
    return [voice.say("report.protected-off", most=mark.off)]


def _judging_notes(figure: ReleasedFigure, voice: Voice) -> list[str]:
    """By what the amounts were judged, and who agreed to be recognisable."""
    notes, said = [], figure.fields
    if "judged_by" in said:
        notes.append(voice.say("report.protected-judged-by", column=_head(said["judged_by"])))
    if "waivers" in said:
        told = {"statement": said["waivers"], "date": date.fromisoformat(said["waivers_date"])}
        notes.append(voice.say("report.protected-waivers", **told))
    return notes


_CHANGED = {
    "round": "report.protected-title-round",
    "adjust": "report.protected-title-adjust",
}
_UNITS = {"persons": "report.column-persons", "rows": "report.column-rows"}
_NOISY = ("report.noisy-title", "report.column-noisy")
_PERTURBED = ("report.perturbed-title", "report.column-perturbed")


def _table(
    figure: ReleasedFigure,
    codes: tuple[str, str],
    notes: list[str],
    given: ReportInput,
    voice: Voice,
) -> Markup:
    title, column = codes
    names = {f"key{at}": name for at, name in enumerate(figure.dimensions)}
    of_area = str(figure.fields.get("area", "area"))
    columns = [
        ColumnSpec(key, _head(of_area if name == "area" else name)) for key, name in names.items()
    ]
    columns.append(ColumnSpec("count", voice.say(column), numeric=True))
    if figure.measured:
        columns.append(ColumnSpec("amount", _head(figure.measured), numeric=True))
    few = voice.say("report.not-shown")
    rows = [
        dict(zip(names, (_name(key, given, voice) for key in cell.keys), strict=True))
        | {
            "count": few if cell.count is None else voice.whole(cell.count),
            "amount": few if cell.amount is None else voice.whole(round(cell.amount)),
        }
        for cell in figure.cells
    ]
    titles = {table["name"]: str(table["title"]) for table in given.manifest["tables"]}
    caption = voice.say(title, dataset=titles.get(figure.dataset, figure.dataset))
    if figure.scope.period is not None:
        caption += f", {voice.span(figure.scope.period)}"
    return table_html(caption, columns, rows, notes, language=given.language)


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


def _perturbed_notes(mark: PerturbationMark, voice: Voice) -> list[str]:
    said = {"certainty": mark.certainty, "margin": mark.margin, "most": mark.most}
    notes = [voice.say("report.perturbed-margin", **said)]
    if mark.none_up_to:
        notes.append(voice.say("report.perturbed-none", most=mark.none_up_to))
    return [*notes, voice.say("report.perturbed-sums")]


def _name(key: str, given: ReportInput, voice: Voice) -> str:
    if key == ALL:
        return voice.say("report.noisy-all")
    if key == UNKNOWN:
        return voice.say("report.noisy-unknown")
    return given.facts.names.get(key, key.replace("_", " "))


def _head(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
