"""The numbers of a figure as a file that a spreadsheet opens: CSV, whole and without surprises."""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from grondslag.errors import InputError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*\.csv")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"
"""Spreadsheets read the file as UTF-8 only when it starts with this."""


def data_file(
    heads: Sequence[str], rows: Sequence[Sequence[str | float | None]], *, language: str = "nl"
) -> str:
    """Rows as CSV, the way the spreadsheet of the language reads it: Dutch has ``;`` and ``1,5``.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.

    Args:
        heads: Over each column.
        rows: As long as *heads*; None is an empty cell: not shown, or no such number.
        language: ``nl`` or ``en``.

    Raises:
        InputError: A row has another length than the heads.

    Source:
        RFC 4180; OWASP, CSV injection.
    """
    if any(len(row) != len(heads) for row in rows):
        raise InputError("documents.row-of-another-length")
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    writer.writerow([_text(head) for head in heads])
    for row in rows:
        writer.writerow([_cell(value, language) for value in row])
    return _MARK + stream.getvalue()


def is_file_name(name: str) -> bool:
    """Whether a name is safe beside a page: small letters, digits, ``.``, ``_``, ``-``; CSV."""
    return bool(_NAME.fullmatch(name))


def _cell(value: str | float | None, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    text = f"{Decimal(repr(value)):f}".removesuffix(".0")
    return text.replace(".", ",") if language == "nl" else text


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value
