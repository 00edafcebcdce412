"""The smallest contracts, area lists and plans that are right, as texts to change in a test."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grondslag.canonical import Document, canonical_bytes, read_document, sha256_hex, to_yaml
from grondslag.contracts import Contract, read_contract

AREAS: dict[str, Any] = {
    "areas": "grondslag/1",
    "name": "Wijken en buurten van Voorbeeldstad",
    "levels": ["buurt", "wijk"],
    "list": [
        {"code": "W1", "name": "Noord", "level": "wijk"},
        {"code": "W2", "name": "Zuid", "level": "wijk"},
        {"code": "B11", "name": "Havenkwartier", "level": "buurt", "within": "W1"},
        {"code": "B12", "name": "Molenhoek", "level": "buurt", "within": "W1"},
        {"code": "B21", "name": "Parkzicht", "level": "buurt", "within": "W2"},
    ],
}


_TEXTS: dict[str, str] = {}


def yaml_of(content: Any) -> str:
    """Content as YAML; the same content is written out once, for that takes long."""
    key = json.dumps(content, ensure_ascii=False, default=repr)  # in the order of its keys
    if key not in _TEXTS:
        _TEXTS[key] = to_yaml(content)
    return _TEXTS[key]


def as_read(content: Any, *, file: str = "text") -> Document:
    """Content as a document that was read; written as JSON, which is YAML too, and quicker."""
    return read_document(json.dumps(content, ensure_ascii=False, indent=1), file=file)


def areas_hash() -> str:
    """The hash that a contract pins `AREAS` by."""
    return sha256_hex(canonical_bytes(AREAS))


def column(
    name: str, logical_type: str = "string", *, privacy: Any = None, **odcs: Any
) -> dict[str, Any]:
    """One column; its privacy entry says nothing personal unless the test says otherwise."""
    entry = {"category": "none", "role": "none", "allowed": ["exact"], "filterable": True}
    value = entry if privacy is None else entry | privacy
    return {
        "name": name,
        "logicalType": logical_type,
        "description": f"Wat {name} betekent in deze gegevensset.",
        **odcs,
        "customProperties": [{"property": "privacy", "value": value}],
    }


def dataset_privacy(**changes: Any) -> dict[str, Any]:
    """The privacy entry of a dataset as a whole."""
    return {
        "profile": "grondslag/1",
        "data": "made_up",
        "access": "internal",
        "domain": "traffic",
        "secrecy": "none",
        "purposes": ["verkeersveiligheid"],
        "legal_basis": {"gdpr": "6.1.e", "law": "Wegenverkeerswet 1994", "article": "2"},
        "origin": "Meldingen van wegbeheerders",
        "collection": "Medewerkers voeren elke melding in",
        "minimum_group": 10,
    } | changes


def contract_content(
    *,
    name: str = "meldingen",
    version: str = "v3.1.0",
    columns: Sequence[dict[str, Any]] | None = None,
    privacy: dict[str, Any] | None = None,
    reading: dict[str, Any] | None = None,
    server: dict[str, Any] | None = None,
    **top: Any,
) -> dict[str, Any]:
    """A whole contract; every part can be replaced."""
    own = [{"property": "privacy", "value": dataset_privacy(**(privacy or {}))}]
    if reading is not None:
        own.append({"property": "reading", "value": reading})
    local = {"server": "bestand", "type": "local", "path": f"{name}.csv", "format": "csv"}
    chosen = [column("soort"), column("aantal", "integer")] if columns is None else list(columns)
    return {
        "apiVersion": version,
        "kind": "DataContract",
        "id": f"urn:voorbeeldstad:{name}",
        "name": name,
        "version": "1.0.0",
        "status": "active",
        "team": {
            "name": "Verkeer",
            "members": [
                {"username": "eigenaar.verkeer", "role": "owner"},
                {"username": "steward.verkeer", "role": "steward"},
            ],
        },
        "servers": [server or local],
        "schema": [
            {"name": name, "logicalType": "object", "physicalType": "table", "properties": chosen}
        ],
        "customProperties": own,
        **top,
    }


def write_contract(folder: Path, content: dict[str, Any] | None = None, **parts: Any) -> Path:
    """Write a contract into a folder, with the area list beside it; gives its path."""
    made = contract_content(**parts) if content is None else content
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gebieden.areas.yaml").write_text(yaml_of(AREAS), encoding="utf-8")
    path = folder / f"{made['name']}.odcs.yaml"
    path.write_text(yaml_of(made), encoding="utf-8")
    return path


def made_contract(folder: Path, **parts: Any) -> Contract:
    """Write a contract and read it back."""
    return read_contract(write_contract(folder, **parts))


def line_of(path: Path, *keys: str | int) -> int:
    """The line on which a part of a YAML file stands."""
    return read_document(path).line(keys)
