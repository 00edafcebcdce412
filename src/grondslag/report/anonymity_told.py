"""What a delivery tells of its anonymous records: one part of a report per table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grondslag.report.anonymity_parts import OnPage, numbers_csv, parts_html
from grondslag.report.anonymity_words import AnonymityWords
from grondslag.report.downloads import FOLDER, DataFile

_PREFIX = "anoniem-"
_NOT_MEASURED = {"comparable": "not_measured"}


@dataclass(frozen=True, slots=True)
class ToldRecords:
    """A table of anonymous records: what it is called, and all that is told of it."""

    heading: str
    body: Markup


def anonymous_html(
    manifest: Mapping[str, Any], language: str, *, heading: str = "h4"
) -> list[ToldRecords]:
    """Every table of anonymous records of a delivery; nothing when there are none.

    Args:
        manifest: Of the delivery.
        language: ``nl`` or ``en``.
        heading: Which heading stands above each part.
    """
    return [
        ToldRecords(str(entry["title"]), _told(entry, at, language, heading))
        for at, entry in enumerate(anonymous_tables(manifest))
    ]


def anonymous_tables(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries of a manifest about anonymous records."""
    return [entry for entry in manifest.get("tables", ()) if "anonymisation" in entry]


def records_files(manifest: Mapping[str, Any], language: str) -> list[DataFile]:
    """The numbers of the pictures of each table of anonymous records.

    Args:
        manifest: Of the delivery.
        language: ``nl`` or ``en``.
    """
    files = []
    for entry in anonymous_tables(manifest):
        words = _words(entry, language)
        title = words.say("anonymity.file-title", title=str(entry["title"]))
        content = numbers_csv(words, entry["anonymisation"].get("columns_use", ()))
        files.append(DataFile(_file_name(entry), title, content))
    return files


def _file_name(entry: Mapping[str, Any]) -> str:
    return f"{_PREFIX}{entry['name']}.csv"


def _words(entry: Mapping[str, Any], language: str) -> AnonymityWords:
    titles = {column["name"]: str(column["title"]) for column in entry["columns"]}
    return AnonymityWords(entry["anonymisation"], titles, language)


def _told(entry: Mapping[str, Any], at: int, language: str, heading: str) -> Markup:
    told = entry["anonymisation"]
    return parts_html(
        _words(entry, language),
        told.get("answer_use", _NOT_MEASURED),
        told.get("columns_use", ()),
        on=OnPage(f"records-{at}", heading, f"{FOLDER}/{_file_name(entry)}"),
    )
