"""The report as files: a page, the same as PDF, and the numbers of each table."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from grondslag.canonical import write_bytes, write_text
from grondslag.documents import to_pdf
from grondslag.report.anonymity_report import RecordsInput, records_html
from grondslag.report.anonymity_told import records_files
from grondslag.report.downloads import FOLDER, DataFile
from grondslag.report.model import ReportInput
from grondslag.report.page import files_of, report_html


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where a report was written."""

    html: Path
    pdf: Path
    data: tuple[Path, ...] = ()


def write_report(folder: Path, given: ReportInput) -> ReportFiles:
    """Write a report: every file is made before one is written.

    Args:
        folder: Gets ``index.html``, ``report.pdf`` and a folder with a file per released table;
            made when absent.
        given: What the report is made from.

    Raises:
        InputError: Something in it cannot be drawn.
        SourceError: It cannot be written, or the libraries that draw PDF are missing.
    """
    html = report_html(given)
    pdf = to_pdf(html, title=given.plan.title, moment=given.moment)
    return _write(folder, html, pdf, files_of(given))


def write_records(folder: Path, given: RecordsInput) -> ReportFiles:
    """Write a report without an answer; as `write_report`."""
    html = records_html(given)
    pdf = to_pdf(html, title=given.plan.title, moment=given.moment)
    return _write(folder, html, pdf, records_files(given.manifest, given.language))


def _write(folder: Path, html: str, pdf: bytes, data: Sequence[DataFile]) -> ReportFiles:
    numbers = {folder / one.address: one.content for one in data}
    files = ReportFiles(folder / "index.html", folder / "report.pdf", tuple(numbers))
    for path, content in numbers.items():
        write_text(path, content)
    write_text(files.html, html)
    write_bytes(files.pdf, pdf)
    _clear(folder / FOLDER, keep=numbers)
    return files


def _clear(folder: Path, *, keep: Container[Path]) -> None:
    """Without files of an earlier answer: a number that is no longer on the page misleads."""
    for path in sorted(folder.glob("*.csv")):
        if path not in keep:
            path.unlink()
