"""One page about an anonymous table: what changed, what it cost, what risk and use are left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

import grondslag
from grondslag.canonical import write_bytes, write_text
from grondslag.documents import (
    Caption,
    ColumnSpec,
    PageFrame,
    figure_html,
    page,
    render,
    table_html,
    to_pdf,
)
from grondslag.documents.bars import BarPair, paired_bars
from grondslag.documents.ladders import Ladder, ladder_chart
from grondslag.errors import InputError
from grondslag.report.anonymity_words import AnonymityWords
from grondslag.wording import sentence

_WORDS = (
    "anonymity.heading-short",
    "anonymity.heading-columns",
    "anonymity.heading-cost",
    "anonymity.heading-risk",
    "anonymity.heading-use",
    "anonymity.heading-limits",
)
_LIMITS = ("anonymity.limit-knowledge", "anonymity.limit-missing", "anonymity.limit-other")


def write_anonymity(
    path: Path,
    description: Mapping[str, Any],
    answer: Mapping[str, Any],
    *,
    sha256: str,
    moment: datetime,
    language: str = "nl",
) -> tuple[Path, Path]:
    """Write the page, and the same as PDF beside it; both are made before either is written.

    Args:
        path: The page; its name ends in ``.html``.
        description: Of the anonymous table.
        answer: How the plan's own answer fares; of `AnswerUse.to_mapping`.
        sha256: Hash over the description.
        moment: When it was made.
        language: ``nl`` or ``en``.

    Raises:
        InputError: The name is another.
        SourceError: It cannot be written, or the libraries that draw PDF are missing.
    """
    check_name(path)
    html = anonymity_html(description, answer, sha256=sha256, moment=moment, language=language)
    title = sentence("anonymity.page-title", language=language, title=description["title"])
    pdf = to_pdf(html, title=title, moment=moment)
    beside = path.with_suffix(".pdf")
    write_text(path, html)
    write_bytes(beside, pdf)
    return path, beside


def check_name(path: Path) -> None:
    """Refuse a name that is none for a page.

    Raises:
        InputError: It does not end in ``.html``.
    """
    if path.suffix != ".html":
        raise InputError("anonymity.report-not-html", file=path.name)


def anonymity_html(
    description: Mapping[str, Any],
    answer: Mapping[str, Any],
    *,
    sha256: str,
    moment: datetime,
    language: str = "nl",
) -> str:
    """The page, whole in itself; arguments as of `write_anonymity`."""
    words = AnonymityWords(description["anonymisation"], description["titles"], language)
    body = render(
        __package__,
        "anonymity.html",
        words={code.removeprefix("anonymity.heading-"): words.say(code) for code in _WORDS},
        short=words.models(),
        chance=words.risk()[0],
        given_away=words.risk()[1:],
        columns=columns_html(words, description["columns_use"]),
        left_out=_left_out(description, words),
        cost=words.cost(),
        risk=risk_html(words),
        use=words.use(answer, description["columns_use"]),
        limits=[words.say(code) for code in _LIMITS],
    )
    return page(
        title=words.say("anonymity.page-title", title=description["title"]),
        language=language,
        body_html=Markup(body),  # noqa: S704 - escaped by the sandboxed template
        frame=PageFrame(
            kicker=words.say("anonymity.page-kicker", delivery=description["delivery"]),
            footer=words.say(
                "anonymity.page-footer",
                by=description["made_by"],
                version=grondslag.__version__,
                moment=moment,
                sha256=sha256[:16],
            ),
        ),
        styles=_STYLES,
    )


def columns_html(
    words: AnonymityWords, uses: Sequence[Mapping[str, Any]] = (), *, place: str = "anonymity"
) -> Markup:
    """The steps of each column as a picture, with a table beside it that says the same.

    Args:
        words: What is told.
        uses: What is left of each column, when that was measured.
        place: Start of the picture's id, unique on its page.
    """
    columns = words.told["columns"]
    ladders = [
        Ladder(words.title(one["column"]), tuple(map(words.step, one["levels"])), one["level"])
        for one in columns
    ]
    told = " ".join(
        words.say(
            "anonymity.figure-steps-told",
            column=ladder.name,
            step=ladder.chosen + 1,
            steps=len(ladder.steps),
            name=ladder.steps[ladder.chosen],
        )
        for ladder in ladders
    )
    caption = Caption(f"{place}-steps", words.say("anonymity.figure-steps"), told, words.language)
    ends = (words.say("anonymity.end-fine"), words.say("anonymity.end-coarse"))
    chart = figure_html(ladder_chart(ladders, caption, ends=ends), caption)
    return chart + _columns_table(words, {one["column"]: one["kept"] for one in uses})


def _columns_table(words: AnonymityWords, kept: Mapping[str, float]) -> Markup:
    specs = [
        ColumnSpec("name", words.say("anonymity.column-name")),
        ColumnSpec("now", words.say("anonymity.column-now")),
        ColumnSpec("before", words.say("anonymity.column-before"), numeric=True),
        ColumnSpec("after", words.say("anonymity.column-after"), numeric=True),
    ]
    if kept:
        specs.append(ColumnSpec("kept", words.say("anonymity.column-kept"), numeric=True))
    rows = [
        {
            "name": words.title(one["column"]),
            "now": words.step(one["levels"][one["level"]]),
            "before": words.whole(one["before"]),
            "after": words.whole(one["after"]),
            "kept": words.percent(kept[one["column"]]) if one["column"] in kept else "",
        }
        for one in words.told["columns"]
    ]
    return table_html(words.say("anonymity.table-columns"), specs, rows, language=words.language)


def risk_html(words: AnonymityWords, *, place: str = "anonymity") -> Markup:
    """The chances before and after as bars with their numbers."""
    before, after = words.told["before"], words.told["after"]
    size = _small(words)
    pairs = [
        ("anonymity.bar-highest", *_of(before, after, "highest")),
        ("anonymity.bar-average", *_of(before, after, "average")),
        ("anonymity.bar-small", _share(before, size), _share(after, size)),
    ]
    rows = [
        BarPair(words.say(code, size=size), was, now, (words.shown(was), words.shown(now)))
        for code, was, now in pairs
    ]
    told = " ".join(
        words.say(
            "anonymity.figure-risk-told", label=row.label, before=row.said[0], after=row.said[1]
        )
        for row in rows
    )
    caption = Caption(f"{place}-risk", words.say("anonymity.figure-risk"), told, words.language)
    names = (words.say("anonymity.before"), words.say("anonymity.after"))
    return figure_html(paired_bars(rows, caption, names=names), caption)


def _small(words: AnonymityWords) -> int:
    """The largest size in the distribution below the *k* that was asked."""
    asked = max((int(one["k"]) for one in words.told["models"] if "k" in one), default=2)
    sizes = [int(one["size"]) for one in words.told["after"]["prosecutor"]["up_to"]]
    return max((size for size in sizes if size < asked), default=sizes[0])


def _share(risks: Mapping[str, Any], size: int) -> float | None:
    found = (one["share"] for one in risks["prosecutor"]["up_to"] if one["size"] == size)
    share: float | None = next(found)
    return share


def _of(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> tuple[float, float]:
    return float(before["prosecutor"][name]), float(after["prosecutor"][name])


def _left_out(description: Mapping[str, Any], words: AnonymityWords) -> str:
    """Which columns are not in the table; empty when all are."""
    columns = [words.title(name) for name in description["left_out"]]
    return words.say("anonymity.left-out-columns", columns=columns) if columns else ""


_STYLES = """
.masthead h1 { margin-bottom: .75rem; }
@page { margin: 9mm 18mm 13mm; }
@media print {
  .masthead::before { margin-bottom: 2mm; }
  h1 { font-size: 16pt; margin: 0 0 1.5mm; }
  h2 { margin: 2.5mm 0 .5mm; font-size: 11.5pt; }
  p, ul { margin-bottom: .8mm; }
  .callout { margin: 2mm 0; padding: 2mm 4mm; }
  .callout.answer > h2 + p { font-size: 11pt; }
  .figure, .scroll { margin: 1.5mm 0; }
  .figure { padding-top: 1mm; }
  .figure svg { width: 58%; }
  th, td { padding: .5mm 1.5mm; }
  li + li { margin-top: 0; }
  body { font-size: 9.5pt; line-height: 1.35; }
  .colophon { margin-top: 2mm; padding: 0; }
}
"""
"""On paper this page is one page."""
