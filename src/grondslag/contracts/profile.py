"""Where our own parts stand in an ODCS file, and the two schemas it is held against."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from grondslag.canonical import Document, Path, canonical_bytes, check_schema, sha256_hex
from grondslag.errors import InputError
from grondslag.vocabulary import Form

# Hashes of contents that met the standard: the answer depends on the content alone.
_MEETS_STANDARD: set[str] = set()
# Idem of our own parts, each with the name of its part.
_FITS: set[tuple[str, str]] = set()
_REMEMBER = 4096


@cache
def privacy_profile() -> Mapping[str, Any]:
    """The published JSON Schema of our profile; its parts stand under ``$defs``."""
    path = resources.files(__package__) / "schemas" / "privacy.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def _standard() -> Mapping[str, Any]:
    """The standard's own JSON Schema, as the Bitol project ships it in its Python package."""
    path = resources.files("open_data_contract_standard") / "schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def _part(name: str) -> Mapping[str, Any]:
    profile = privacy_profile()
    return {"$defs": profile["$defs"], "$ref": f"#/$defs/{name}"}


def check_standard(document: Document, sha256: str) -> None:
    """Check that a document meets the open data contract standard.

    Args:
        document: As read.
        sha256: Hash over its canonical content; the same content is not checked twice.

    Raises:
        InputError: The first fault, with its line.
    """
    if sha256 in _MEETS_STANDARD:
        return
    check_schema(document, _standard())
    if len(_MEETS_STANDARD) >= _REMEMBER:
        _MEETS_STANDARD.clear()
    _MEETS_STANDARD.add(sha256)


def profile_part(document: Document, at: Path, property_name: str, part: str) -> Path | None:
    """Where one of our parts stands below *at*, after its check; None when it is absent.

    Raises:
        InputError: It stands there twice, or does not fit our profile.
    """
    properties = value_at(document, at).get("customProperties") or []
    found = [n for n, item in enumerate(properties) if item.get("property") == property_name]
    if not found:
        return None
    if len(found) > 1:
        place = (*at, "customProperties", found[1])
        raise fault("contracts.property-twice", document, place, property=property_name)
    where = (*at, "customProperties", found[0], "value")
    meant = part, sha256_hex(canonical_bytes(value_at(document, where)))
    if meant not in _FITS:
        check_schema(document, _part(part), at=where)
        if len(_FITS) >= _REMEMBER:
            _FITS.clear()
        _FITS.add(meant)
    return where


def value_at(document: Document, at: Path) -> Any:
    """What stands at a place in a document."""
    part = document.content
    for step in at:
        part = part[step]
    return part


def form_at(document: Document, at: Path, text: str) -> Form:
    """A form of delivery as a document names it.

    Raises:
        InputError: No such form, with its line.
    """
    try:
        return Form.parse(text)
    except InputError as error:
        line = document.line(at)
        raise InputError(
            "contracts.unknown-form", file=document.file, line=line, **error.fields
        ) from error


def fault(code: str, document: Document, at: Path, **fields: object) -> InputError:
    """The refusal of a document that names the line of the part at fault."""
    return InputError(code, file=document.file, line=document.line(at), **fields)
