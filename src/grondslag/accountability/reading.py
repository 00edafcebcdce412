"""A folder of YAML documents to standing facts; every fault with its file and line."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from grondslag.accountability.model import (
    Accountability,
    Agreement,
    AgreementType,
    ImpactAssessment,
    Measure,
    PartyGround,
    ProcessingTerm,
    SubProcessor,
    Transfer,
)
from grondslag.canonical import (
    Document,
    canonical_bytes,
    check_schema,
    read_document,
    sha256_hex,
)
from grondslag.errors import InputError
from grondslag.vocabulary import TransferSafeguard, Trilean

_KINDS = ("agreement", "impact_assessment")


@cache
def accountability_schema() -> Mapping[str, Any]:
    """The published JSON Schema: parts ``agreement`` and ``impact_assessment``."""
    path = resources.files(__package__) / "schemas" / "accountability.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def read_accountability(folder: Path) -> Accountability:
    """Read every ``*.yaml`` in a folder; without the folder there are no standing facts.

    Raises:
        InputError: A file is at fault, or two documents have one key.
    """
    agreements: dict[str, Agreement] = {}
    assessments: dict[str, ImpactAssessment] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        document = read_document(path)
        if _kind(document) == "agreement":
            agreement = agreement_from(document)
            key, agreements[agreement.key] = agreement.key, agreement
        else:
            assessment = assessment_from(document)
            key, assessments[assessment.key] = assessment.key, assessment
        if key in files:
            raise InputError("accountability.key-twice", file=path.name, key=key, other=files[key])
        files[key] = path.name
    return Accountability(agreements, assessments)


def agreement_from(document: Document) -> Agreement:
    """An agreement from a document that was read already.

    Raises:
        InputError: A fault in the document, with its line and what was expected.
    """
    check_schema(document, _part("agreement"))
    raw = document.content
    signed, until = _day(raw["signed"]), _day(raw["valid_until"])
    if signed > until:
        line = document.line(("valid_until",))
        raise InputError("accountability.term-backwards", file=document.file, line=line)
    return Agreement(
        key=raw["key"],
        kind=AgreementType(raw["type"]),
        title=raw["title"],
        parties=tuple(raw["parties"]),
        signed=signed,
        valid_until=until,
        datasets=tuple(raw["covers"]["datasets"]),
        purposes=tuple(raw["covers"]["purposes"]),
        terms={ProcessingTerm(k): Trilean(v) for k, v in raw.get("terms", {}).items()},
        rights_arranged=Trilean(raw.get("rights_arranged", Trilean.UNCLEAR)),
        grounds=tuple(
            PartyGround(item["party"], item["law"], item["article"])
            for item in raw.get("grounds", ())
        ),
        partnership=raw.get("partnership", ""),
        sha256=sha256_hex(canonical_bytes(raw)),
        document=document,
        own_purposes=Trilean(raw.get("own_purposes", Trilean.NO)),
        sub_processors=tuple(
            SubProcessor(item["name"], item["country"]) for item in raw.get("sub_processors", ())
        ),
        transfers=tuple(
            Transfer(
                item["country"], TransferSafeguard(item["safeguard"]), Trilean(item["assessed"])
            )
            for item in raw.get("transfers", ())
        ),
    )


def assessment_from(document: Document) -> ImpactAssessment:
    """An impact assessment from a document that was read already.

    Raises:
        InputError: A fault in the document, with its line and what was expected.
    """
    check_schema(document, _part("impact_assessment"))
    raw = document.content
    advice = raw.get("officer_advice")
    return ImpactAssessment(
        key=raw["key"],
        title=raw["title"],
        dated=_day(raw["dated"]),
        concluded=Trilean(raw["concluded"]),
        officer_advice=None if advice is None else _day(advice),
        high_risk_left=Trilean(raw["high_risk_left"]),
        human_intervention=Trilean(raw.get("human_intervention", Trilean.UNCLEAR)),
        measures=tuple(Measure(item["what"], Trilean(item["done"])) for item in raw["measures"]),
        review_date=_day(raw["review_date"]),
        datasets=tuple(raw["covers"]["datasets"]),
        purposes=tuple(raw["covers"]["purposes"]),
        sha256=sha256_hex(canonical_bytes(raw)),
        document=document,
    )


def _kind(document: Document) -> str:
    content = document.content
    kind = content.get("kind") if isinstance(content, dict) else None
    if kind not in _KINDS:
        line = document.line(("kind",))
        raise InputError("accountability.kind", file=document.file, line=line, known=_KINDS)
    return str(kind)


@cache
def _part(name: str) -> Mapping[str, Any]:
    schema = accountability_schema()
    return {"$defs": schema["$defs"], "$ref": f"#/$defs/{name}"}


def _day(text: str) -> date:
    return date.fromisoformat(text)
