"""One page about an anonymous table: what changed, what it cost, what risk and use are left."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import grondslag
from grondslag.canonical import write_bytes, write_text
from grondslag.documents import PageFrame, page, to_pdf
from grondslag.errors import InputError
from grondslag.report.anonymity_parts import parts_html
from grondslag.report.anonymity_words import AnonymityWords
from grondslag.wording import sentence


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
    return page(
        title=words.say("anonymity.page-title", title=description["title"]),
        language=language,
        body_html=parts_html(
            words, answer, description["columns_use"], left_out=description["left_out"]
        ),
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
  .figure svg { width: 53%; }
  th, td { padding: .5mm 1.5mm; }
  li + li { margin-top: 0; }
  body { font-size: 9.5pt; line-height: 1.35; }
  .colophon { margin-top: 2mm; padding: 0; }
}
"""
"""On paper this page is one page."""
