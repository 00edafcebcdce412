"""The link matrix: which fields of work may be joined on the person, by which article.

Default deny. An edge stands in ``edges.yaml`` with the law that opens it, its condition and its
days; a pair that does not stand there is closed, whoever signs.

Source:
    GDPR arts. 5(1)(b) and 6(3); each edge names its own article.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import combinations_with_replacement
from typing import Any

from grondslag.canonical import check_schema, read_document
from grondslag.law import STATUTES, Provision, cited
from grondslag.vocabulary import Domain


class EdgeCondition(StrEnum):
    """What must be so for an edge to be open.

    ``TASK``: the article gives the plan's controller a task. ``CONSENT``: the person explicitly
    agreed. ``JOINT``: other bodies are controllers together with us. ``PARTNERSHIP``: the plan
    belongs to a partnership that the WGS names.
    """

    TASK = "task"
    CONSENT = "consent"
    JOINT = "joint"
    PARTNERSHIP = "partnership"


@dataclass(frozen=True, slots=True)
class Edge:
    """One way in which two fields may be joined.

    Args:
        domains: The two fields.
        provision: The article that opens it.
        condition: What must be so.
        partnership: Which partnership of the WGS; empty for other conditions.
        extra_care: Whether a wrong join does most harm here, so that the officer is asked first.
        valid_from: First day.
        valid_until: Last day it is known for; None when no end is known.
        why: What it is for.
    """

    domains: frozenset[Domain]
    provision: Provision
    condition: EdgeCondition
    partnership: str
    extra_care: bool
    valid_from: date
    valid_until: date | None
    why: str

    def is_valid(self, start: date, end: date) -> bool:
        """Whether it is open on both days and so in between."""
        return self.valid_from <= start and (self.valid_until is None or end <= self.valid_until)

    def is_cited_by(self, provision: Provision) -> bool:
        """Whether a ground names this article: the paragraph of the edge, or no other one."""
        own = self.provision
        same = (own.statute.key, own.article) == (provision.statute.key, provision.article)
        return same and (own.paragraph is None or own.paragraph == provision.paragraph)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All edges, and the fields that may be joined with residents by any task in law."""

    edges: tuple[Edge, ...]
    residents: frozenset[Domain]

    def between(self, one: Domain, other: Domain) -> tuple[Edge, ...]:
        """Every way in which two fields may be joined."""
        return tuple(edge for edge in self.edges if edge.domains == {one, other})

    def serves_any_task(self, one: Domain, other: Domain) -> bool:
        """Whether the two may be joined by any article that gives the controller a task."""
        pair = {one, other}
        return Domain.BRP in pair and bool((pair - {Domain.BRP}) & self.residents)

    def rows(self) -> Iterator[tuple[Domain, Domain]]:
        """Every pair of fields once, in order, each field with itself left out."""
        for one, other in combinations_with_replacement(sorted(Domain), 2):
            if one is not other:
                yield one, other


_DAY = {"type": "string", "format": "date"}
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["edges", "open", "residents"],
    "properties": {
        "edges": {"const": "grondslag/1"},
        "open": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["between", "law", "article", "condition", "from", "why"],
                "properties": {
                    "between": {
                        "type": "array",
                        "minItems": 2,
                        "maxItems": 2,
                        "uniqueItems": True,
                        "items": {"enum": [str(domain) for domain in Domain]},
                    },
                    "law": {"enum": sorted(STATUTES)},
                    "article": {"type": "string", "minLength": 1},
                    "condition": {"enum": [str(item) for item in EdgeCondition]},
                    "partnership": {"enum": ["fec", "icov", "riec", "zvh"]},
                    "care": {"const": "extra"},
                    "from": _DAY,
                    "until": _DAY,
                    "why": {"type": "string", "minLength": 20},
                },
            },
        },
        "residents": {
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": [str(domain) for domain in Domain if domain is not Domain.BRP]},
        },
    },
}


@cache
def link_matrix() -> Matrix:
    """The matrix that comes with the engine; a municipality can close more, never open more.

    Raises:
        InputError: The file is at fault.
    """
    text = (resources.files(__package__) / "edges.yaml").read_text(encoding="utf-8")
    document = read_document(text, file="edges.yaml")
    check_schema(document, _SCHEMA)
    return Matrix(
        edges=tuple(_edge(item) for item in document.content["open"]),
        residents=frozenset(Domain(name) for name in document.content["residents"]),
    )


def _edge(raw: Mapping[str, Any]) -> Edge:
    statute = STATUTES[raw["law"]]
    provision = cited(statute, raw["article"])
    if provision is None:
        raise AssertionError(raw["article"])  # a test reads every edge
    return Edge(
        domains=frozenset(Domain(name) for name in raw["between"]),
        provision=provision,
        condition=EdgeCondition(raw["condition"]),
        partnership=raw.get("partnership", ""),
        extra_care="care" in raw,
        valid_from=date.fromisoformat(raw["from"]),
        valid_until=date.fromisoformat(raw["until"]) if "until" in raw else None,
        why=raw["why"],
    )
