"""Reading decisions: the record is the engine's, kept as a document of its project."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from grondslag.approval.statements import STEPPED_UP
from grondslag.decision import Decision, DecisionRecord, Review, ReviewRecord
from grondslag.decision.reading import decision_from, review_from
from grondslag_portal.decisions.models import Draft
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.selectors import current_documents, document_of, visible_projects

__all__ = ["DecisionRecord", "ReviewRecord"]
_ADVICE = "approval/advice.json"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is shown.

    Args:
        project: Of which project.
        decision: What was decided.
        review: What came of it; None when nobody looked back yet.
        sha256: Of the record.
        signed_by: Who signed.
        shown_anew: When they showed anew who they are; None when the signature does not say.
    """

    project: Project
    decision: Decision
    review: Review | None
    sha256: str
    signed_by: str
    shown_anew: datetime | None


def decided_in(project: Project) -> Decided | None:
    """The decision of a project; None when none was taken."""
    record = _content(project, "decision.json")
    if record is None:
        return None
    signature = _content(project, "decision.signature.json") or {}
    looked = _content(project, "review.json")
    return Decided(
        project=project,
        decision=decision_from(record["decision"]),
        review=None if looked is None else review_from(looked["review"]),
        sha256=str(record["sha256"]),
        signed_by=str(signature.get("subject", "")),
        shown_anew=_moment(signature.get(STEPPED_UP)),
    )


def decided_projects(person: Person) -> QuerySet[Project]:
    """The projects with a decision that exist for somebody, newest first."""
    return visible_projects(person).filter(phase__in=[Phase.DECIDED, Phase.REVIEWED])


def public_sentences(projects: Iterable[Project]) -> dict[int, str]:
    """Of each of the projects with a decision that is public, the decision in one sentence."""
    rows = current_documents(projects, "decision.json")
    decided = {pk: decision_from(json.loads(content)["decision"]) for pk, content in rows.items()}
    return {pk: decision.sentence for pk, decision in decided.items() if decision.public}


def advice_in(project: Project) -> str:
    """What the data protection officer advised; empty when there is no advice."""
    content = _content(project, _ADVICE)
    return "" if content is None else str(content["text"])


def draft_of(project: Project) -> Draft | None:
    """The decision that is being written; None when nobody began."""
    return Draft.objects.filter(project=project).select_related("by").first()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _content(project: Project, path: str) -> Mapping[str, Any] | None:
    document = document_of(project, path)
    if document is None:
        return None
    content: Mapping[str, Any] = json.loads(bytes(document.content))
    return content
