"""What the numbers of an answer are called, and how each was computed.

The files beside the page say it in every row; the page says it once, at its end. Names of methods
stay English: by those names a statistician finds them.
"""

from collections.abc import Iterator

from markupsafe import Markup

import grondslag
from grondslag.analysis.computed_by import ON_THE_PAGE, stem_of
from grondslag.documents import ColumnSpec, table_html
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice

HEADS = {
    "count": "report.data-count",
    "amount": "report.data-amount",
    "exposure": "report.data-exposure",
    "low": "report.data-low",
    "high": "report.data-high",
    "rate": "report.data-rate",
    "rate_low": "report.data-rate-low",
    "rate_high": "report.data-rate-high",
    "expected": "report.data-expected",
    "ratio": "report.data-ratio",
    "ratio_low": "report.data-ratio-low",
    "ratio_high": "report.data-ratio-high",
    "certainty": "report.data-certainty",
    "stands": "report.data-stands",
    "share": "report.data-share",
    "percentage": "report.data-percentage",
    "average": "report.data-average",
    "naive": "traffic.data-naive",
    "naive_low": "traffic.data-naive-low",
    "naive_high": "traffic.data-naive-high",
    "beside": "traffic.data-beside",
    "beside_low": "traffic.data-beside-low",
    "beside_high": "traffic.data-beside-high",
    "change": "traffic.data-change",
    "change_low": "traffic.data-change-low",
    "change_high": "traffic.data-change-high",
    "above": "traffic.data-above",
    "above_low": "traffic.data-above-low",
    "above_high": "traffic.data-above-high",
    "above_elsewhere": "traffic.data-above-elsewhere",
    "v85": "traffic.data-v85",
    "v85_low": "traffic.data-v85-low",
    "v85_high": "traffic.data-v85-high",
    "v85_elsewhere": "traffic.data-v85-elsewhere",
    "direct": "neighbourhoods.data-direct",
    "direct_low": "neighbourhoods.data-direct-low",
    "direct_high": "neighbourhoods.data-direct-high",
    "estimate": "neighbourhoods.data-estimate",
    "estimate_low": "neighbourhoods.data-estimate-low",
    "estimate_high": "neighbourhoods.data-estimate-high",
}
"""Per number of a released cell the code of what it is called, in the order of a file."""
_OF_A_MEASURE = {"certainty": "traffic.data-certainty-fewer"}
"""After a measure one is certain of less, where places beside others are certain of more."""
_SAID = {
    "together": "report.computed-together",
    "places": "report.computed-places",
    "power": "report.computed-power",
    "weeks": "report.computed-weeks",
    "months": "report.computed-months",
    "step": "report.computed-step",
    "funnel": "report.computed-funnel",
}
_NOISE = "true count with discrete noise (Canonne, Kamath and Steinke 2020), {sure}% within {far}"
_KEYS = "true count changed by cell keys (Fraser and Wooton 2005), {sure}% within {far}"
_CHANGED = {
    "round": "controlled rounding (Cox 1987), all sums hold",
    "adjust": "controlled tabular adjustment (Castro 2006), all sums hold",
}
_PROTECTED = "counted in full, cells withheld so that none follows from sums"


def number_in(cell: ReleasedCell, name: str) -> float | None:
    """A number of a released cell; None when it has none of that name.

    Args:
        cell: As released.
        name: One of `HEADS`.
    """
    own = {"count": cell.count, "amount": cell.amount, "exposure": cell.exposure}
    return own[name] if name in own else cell.derived.get(name)


def heads_in(figure: ReleasedFigure) -> dict[str, str]:
    """Per number that a table has, the code of what it is called.

    Args:
        figure: As released.
    """
    names = [
        name for name in HEADS if any(number_in(cell, name) is not None for cell in figure.cells)
    ]
    told = HEADS | (_OF_A_MEASURE if {"naive", "change"} & set(names) else {})
    return {name: told[name] for name in names}


def methods_in(
    given: ReportInput, figure: ReleasedFigure, voice: Voice
) -> Iterator[tuple[str, str]]:
    """What each number of a table is called, with the method that computed it.

    Args:
        given: The report.
        figure: One of its tables.
        voice: The language.
    """
    listed = _let_out(given, figure) or given.facts.methods.get(figure.id, {})
    for name, code in heads_in(figure).items():
        if stem_of(name) == name and name in listed:
            yield voice.say(code), listed[name]


def version_of(given: ReportInput, figure: ReleasedFigure) -> str:
    """What a table was computed with: for an answer what is sealed in it.

    Args:
        given: The report.
        figure: One of its tables.
    """
    sealed = given.facts.version if figure.id in given.facts.methods else ""
    return sealed or f"Grondslag {grondslag.__version__}"


def _let_out(given: ReportInput, figure: ReleasedFigure) -> dict[str, str]:
    """How the counts of a table that was let out beside the answer were made safe."""
    for mark, form in ((figure.noise, _NOISE), (figure.perturbed, _KEYS)):
        if mark is not None:
            said = form.format(sure=mark.certainty, far=mark.margin)
            return dict.fromkeys(("count", "amount"), said)
    if figure.changed is not None:
        return dict.fromkeys(("count", "amount"), _CHANGED[figure.changed.change])
    if figure in given.protected:
        return dict.fromkeys(("count", "amount"), _PROTECTED)
    return {}


def computed_html(given: ReportInput, voice: Voice) -> Markup:
    """Every kind of number on the page with its method, and the version that computed it.

    Args:
        given: The report.
        voice: The language.
    """
    found = [
        pair
        for figure in (*given.figures, *given.noisy, *given.protected)
        for pair in methods_in(given, figure, voice)
    ]
    found += [
        (voice.say(_SAID[name]), method)
        for name, method in ON_THE_PAGE[given.facts.question].items()
    ]
    columns = [
        ColumnSpec("number", voice.say("report.computed-number")),
        ColumnSpec("method", voice.say("report.computed-method")),
    ]
    rows = [
        {"number": number, "method": Markup('<span lang="en">{}</span>').format(method)}
        for number, method in sorted(dict.fromkeys(found), key=lambda pair: pair[0])
    ]
    caption = voice.say("report.computed-title", version=given.facts.version)
    return table_html(caption, columns, rows, language=voice.language)
