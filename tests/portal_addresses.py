"""Every address of the portal, with an example of it and what it answers to whom may see it.

Whoever adds an address adds a line here; `integration/portal/access` fails until then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from grondslag_portal.projects.models import Phase

PROJECT = "veilige-straat"


@dataclass(frozen=True)
class Address:
    """An example of an address.

    Args:
        parts: What stands in it beside the key of a project.
        phase: The phase in which the page is looked at.
        answers: What it answers then to who may see it.
        query: What follows it.
        refusals: What it answers to who may not; 404 too where the thing must be there first.
    """

    parts: Mapping[str, Any] = field(default_factory=dict)
    phase: Phase = Phase.DRAFT
    answers: frozenset[int] = frozenset({200})
    query: str = ""
    refusals: frozenset[int] = frozenset({403})


def shown(**parts: Any) -> Address:
    """A page that is there while a project is a draft."""
    return Address(parts)


def later(phase: Phase, *answers: int) -> Address:
    """A page of a later phase."""
    return Address(phase=phase, answers=frozenset(answers or {200}))


def answering(*answers: int, **parts: Any) -> Address:
    """An address that answers otherwise than with a page."""
    return Address(parts, answers=frozenset(answers))


def _taking() -> Address:
    """An address of the API that only takes what is sent; the phase may be in the way (409)."""
    return Address(answers=frozenset({405}), refusals=frozenset({403, 409}))


def _still(phase: Phase = Phase.DRAFT, **parts: Any) -> Address:
    """An address of the API of something that is not there yet."""
    return Address(parts, phase, frozenset({404}), refusals=frozenset({403, 404}))


@dataclass(frozen=True)
class Found:
    """An address as the portal has it: name, names of its parts, view."""

    name: str
    parts: tuple[str, ...]
    view: Any


def found_addresses() -> list[Found]:
    """Every address the portal has."""
    return sorted(_walk(get_resolver(), "", ()), key=lambda one: one.name)


def _walk(resolver: URLResolver, space: str, parts: tuple[str, ...]) -> list[Found]:
    found = []
    for pattern in resolver.url_patterns:
        own = (*parts, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += _walk(pattern, inner, own)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or str(pattern.pattern)
            found.append(Found(f"{space}{name}", own, pattern.callback))
    return found


_QUESTIONS = (
    "problem", "know", "decision", "existing-figures", "area-figures", "owner-counts", "sample",
    "count-only", "observe", "survey", "made-up-data", "proceed", "stop", "allowed", "title",
)  # fmt: skip
_GROUNDS = (
    "purpose", "basis", "further", "special", "controller", "parties", "informing", "assessment",
    "consent", "automation", "works-council", "algorithm", "rights",
)  # fmt: skip
_DATA = ("access", "analysis", "links", "output", "term")
_DATASET = {"dataset": "meldingen"}
_COLUMN = {"dataset": "meldingen", "column": "soort"}

ADDRESSES: Mapping[str, Address] = {
    **{f"projects:question-{name}": shown() for name in _QUESTIONS},
    **{f"projects:question-{name}-typed": answering(405) for name in _QUESTIONS},
    **{f"projects:ground-{name}": shown() for name in _GROUNDS},
    **{f"projects:ground-{name}-typed": answering(405) for name in _GROUNDS},
    **{f"projects:data-{name}": shown() for name in _DATA},
    **{f"projects:data-{name}-typed": answering(405) for name in _DATA},
    "projects:data-rows": shown(**_DATASET),
    "projects:data-rows-typed": answering(405, **_DATASET),
    "projects:data-column": shown(**_COLUMN),
    "projects:data-column-typed": answering(405, **_COLUMN),
    "projects:data-contract": shown(**_DATASET),
    "projects:data-add": answering(405, **_DATASET),
    "projects:data-drop": answering(405, **_DATASET),
    "projects:data-columns": shown(**_DATASET),
    "projects:data-search": shown(),
    "projects:data-text": shown(),
    "projects:question": shown(),
    "projects:ground": shown(),
    "projects:data": shown(),
    "projects:list": shown(),
    "projects:begin": shown(),
    "projects:import": shown(),
    "projects:hand-over": shown(),
    "projects:project": shown(),
    "projects:export": shown(),
    "projects:remedy": answering(405),
    "projects:rules": shown(),
    "projects:rules-apply": answering(405),
    "projects:reopen": later(Phase.SIGNING),
    "catalogue:list": shown(),
    "catalogue:add": shown(),
    "catalogue:managers": shown(),
    "catalogue:inbox": shown(),
    "catalogue:answer": shown(note=1),
    "catalogue:terms": shown(),
    "catalogue:new-term": shown(),
    "catalogue:term": shown(term=1),
    "catalogue:change-term": shown(term=1),
    "catalogue:about-term": shown(term=1),
    "catalogue:differences": shown(),
    "catalogue:difference": shown(place="hier"),
    "catalogue:propose": answering(405, place="hier"),
    "catalogue:accept": answering(405, proposal=1),
    "catalogue:json-ld": shown(),
    "catalogue:turtle": shown(),
    "catalogue:dataset": shown(**_DATASET),
    "catalogue:parts": shown(**_DATASET),
    "catalogue:replace": shown(**_DATASET),
    "catalogue:take-over": answering(405, **_DATASET, proposal=1),
    "catalogue:measure": answering(405, **_DATASET),
    "catalogue:about-dataset": shown(**_DATASET),
    "catalogue:download": shown(**_DATASET, number=1),
    "deliveries:delivery": shown(),
    "deliveries:start": answering(405),
    "deliveries:progress": shown(),
    "deliveries:proof": Address(
        {"name": "levering"}, Phase.DELIVERED, frozenset({404}), refusals=frozenset({403, 404})
    ),
    "deliveries:insight": shown(),
    "deliveries:analyse": answering(405),
    "deliveries:release": answering(405),
    "deliveries:report-again": answering(405),
    "deliveries:report": later(Phase.ANSWERED, 404),  # there is no report
    "deliveries:report-pdf": later(Phase.ANSWERED, 404),
    "deliveries:figures": Address(
        {"name": "cijfers.csv"}, Phase.ANSWERED, frozenset({404}), refusals=frozenset({403, 404})
    ),
    "assessments:advice": shown(),
    "assessments:advise": shown(),
    "assessments:answer": answering(302),  # there is no advice
    "assessments:decision": shown(),
    "assessments:sign": answering(405),
    "decisions:list": shown(),
    "decisions:decision": later(Phase.DECIDED, 200, 404),
    "decisions:write": later(Phase.ANSWERED),
    "decisions:check": later(Phase.ANSWERED, 302),  # nothing was written yet
    "decisions:council": later(Phase.DECIDED, 404),
    "decisions:review": later(Phase.DECIDED, 404),
    "home:my-work": shown(),
    "home:overview": shown(),
    "home:search": Address(query="?q=veilig"),
    "home:lessons": shown(),
    "home:known": Address(query="?vraag=Waar+is+het+veilig"),
    "home:sample": shown(),
    "home:reminders": shown(),
    "home:calendar": answering(404, secret="geraden"),
    "organisations:sign-in": shown(),
    "organisations:sign-out": answering(405),
    "organisations:step-up": answering(302),  # nothing was asked
    "organisations:provider": answering(404),  # there is no service
    "organisations:provider-again": answering(404),
    "organisations:provider-answer": answering(404, 403),
    "organisations:away": shown(),
    "organisations:who-may-what": shown(),
    "organisations:give-role": shown(),
    "organisations:end-role": shown(grant=1),
    "organisations:person": shown(person=1),
    "organisations:close": answering(405, person=1),
    "organisations:reviews": shown(),
    "organisations:review": Address({"key": "gemeente"}),
    "organisations:authorities": shown(),
    "organisations:authorities-draft": shown(),
    "public:check": shown(),
    "public:register": shown(),
    "public:project": answering(404),  # nothing was published
    "shared:accessibility": shown(),
    "shared:privacy": shown(),
    "shared:logged": shown(),
    "shared:here": answering(204),
    "shared:language": answering(405),
    "tokens:give": shown(),
    "tokens:list": shown(),
    "tokens:token": Address({"token": 1}, answers=frozenset({404}), refusals=frozenset({403, 404})),
    "api:advice": Address(answers=frozenset({404}), refusals=frozenset({403, 404})),
    "api:analyses": _taking(),
    "api:answers": answering(405, note=1),
    "api:approval": shown(),
    "api:audit": shown(),
    "api:authorities-draft": shown(),
    "api:contract": shown(**_DATASET),
    "api:dataset": shown(**_DATASET),
    "api:dataset-notes": shown(**_DATASET),
    "api:datasets": shown(),
    "api:decision": _still(Phase.DECIDED),
    "api:decision-draft": _still(Phase.ANSWERED),
    "api:decisions": shown(),
    "api:deliveries": shown(),
    "api:description": shown(),
    "api:difference": shown(place="hier"),
    "api:differences": shown(),
    "api:document": _still(sha256="0" * 64),
    "api:documents": shown(),
    "api:export": shown(),
    "api:figures": _still(Phase.ANSWERED, name="cijfers.csv"),
    "api:findings": shown(),
    "api:gaps": shown(),
    "api:grants": shown(),
    "api:insight": shown(),
    "api:lessons": shown(),
    "api:managers": shown(),
    "api:notes": shown(),
    "api:overview": shown(),
    "api:person": shown(person=1),
    "api:plan": shown(),
    "api:plan-changes": _taking(),
    "api:project": shown(),
    "api:project-imports": answering(405),
    "api:projects": shown(),
    "api:projects-alike": Address(query="?question=Waar+is+het+veilig"),
    "api:proof": _still(Phase.DELIVERED, name="levering"),
    "api:proposals": answering(405, place="hier"),
    "api:public-project": answering(404, shown=PROJECT),  # nothing was published
    "api:public-projects": shown(),
    "api:reopenings": _taking(),
    "api:report": _still(Phase.ANSWERED),
    "api:review": _taking(),
    "api:rights-reviews": shown(),
    "api:rules": shown(),
    "api:runs": shown(),
    "api:tasks": shown(),
    "api:term": shown(term=1),
    "api:term-notes": shown(term=1),
    "api:terms": shown(),
    "api:version": shown(**_DATASET, number=1),
    "api:versions": shown(**_DATASET),
}
