"""The report as files: a page and the same as PDF."""

from dataclasses import dataclass
from pathlib import Path

from grondslag.canonical import write_bytes, write_text
from grondslag.documents import to_pdf
from grondslag.report.model import ReportInput
from grondslag.report.page import report_html


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where a report was written."""

    html: Path
    pdf: Path


def write_report(folder: Path, given: ReportInput) -> ReportFiles:
    """Write a report: both files are made before either is written.

    Args:
        folder: Gets ``index.html`` and ``report.pdf``; made when absent.
        given: What the report is made from.

    Raises:
        InputError: Something in it cannot be drawn.
        SourceError: It cannot be written, or the libraries that draw PDF are missing.
    """
    html = report_html(given)
    pdf = to_pdf(html, title=given.plan.title, moment=given.moment)
    files = ReportFiles(folder / "index.html", folder / "report.pdf")
    write_text(files.html, html)
    write_bytes(files.pdf, pdf)
    return files
