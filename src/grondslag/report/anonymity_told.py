"""What a delivery tells of its anonymous records: one part of a report per table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grondslag.report.anonymity_parts import parts_html
from grondslag.report.anonymity_words import AnonymityWords

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


def _told(entry: Mapping[str, Any], at: int, language: str, heading: str) -> Markup:
    told = entry["anonymisation"]
    titles = {column["name"]: str(column["title"]) for column in entry["columns"]}
    return parts_html(
        AnonymityWords(told, titles, language),
        told.get("answer_use", _NOT_MEASURED),
        told.get("columns_use", ()),
        place=f"records-{at}",
        heading=heading,
    )
