"""Writing decisions: a draft is kept, the engine records what is signed."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from grondslag.canonical import canonical_bytes, read_document, sha256_hex, to_yaml, write_text
from grondslag.canonical.schema import check_schema
from grondslag.decision import (
    read_decision,
    read_decision_record,
    read_review,
    review_schema,
)
from grondslag.decision import review as record_review
from grondslag.decision.deciding import decide
from grondslag.errors import GrondslagError
from grondslag_portal.decisions.models import Draft
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.services import at_work
from grondslag_portal.shared import engine

_DRAFT, _RECORD, _REVIEW = "decision.yaml", "decision.json", "review.json"


def keep_draft(
    project: Project, answers: Mapping[str, Any], *, by: Person, seen: int
) -> Draft | None:
    """Keep what was written of a decision so far.

    Args:
        project: Of which project.
        answers: Of the form, whole or not.
        by: Who writes; of a program, who answers for it stands beside the draft.
        seen: The version the writer began from.

    Returns:
        What is kept now; None when somebody else wrote in between: nothing was kept.
    """
    with transaction.atomic():
        draft, _ = Draft.objects.select_for_update().get_or_create(
            project=project, defaults={"by": by.human}
        )
        if draft.version != seen:
            return None
        draft.answers, draft.by, draft.version = dict(answers), by.human, seen + 1
        draft.save()
        engine.installation().record(
            by.name, "decision.drafted", project.key,
            sha256=sha256_hex(canonical_bytes(dict(answers))),
        )  # fmt: skip
    return draft


def fault_in(document: Mapping[str, Any]) -> GrondslagError | None:
    """What the engine would refuse in a decision; None when it would record it."""
    with tempfile.TemporaryDirectory() as aside:
        source = Path(aside) / _DRAFT
        write_text(source, to_yaml(dict(document)))
        try:
            read_decision(source)
        except GrondslagError as error:
            return error
    return None


def digest_of(document: Mapping[str, Any]) -> str:
    """The hash that is shown beside what will be signed."""
    return sha256_hex(canonical_bytes(dict(document)))


def sign_decision(
    project: Project, document: Mapping[str, Any], *, by: Person, stepped_up: datetime
) -> str:
    """Let the engine record the decision, signed for who decides.

    Args:
        project: Of which project.
        document: As `content.decision_document` makes it, and as it was shown.
        by: The decider.
        stepped_up: When they showed anew who they are.

    Returns:
        The hash of the record.

    Raises:
        InputError: A fault in the decision, or an advice without an answer.
        ApprovalError: They may not decide for that body.
    """
    with at_work(project, by=by) as place:
        source = place.folder / _DRAFT
        write_text(source, to_yaml(dict(document)))
        made = decide(
            place.folder, place.installation, source,
            signer=engine.signer_for(by.name, stepped_up=stepped_up), clock=place.clock,
        )  # fmt: skip
        Draft.objects.filter(project=project).delete()
        return made.record.sha256


def look_back(project: Project, document: Mapping[str, Any], *, by: Person) -> str:
    """Record what came of a decision.

    Returns:
        The hash of the record.

    Raises:
        InputError: The look back is at fault, or lies before the decision.
    """
    with at_work(project, by=by) as place, tempfile.TemporaryDirectory() as aside:
        source = Path(aside) / "review.yaml"
        write_text(source, to_yaml(dict(document)))
        check_schema(read_document(source), review_schema())
        record = read_decision_record(place.folder / _RECORD)
        said = record_review(
            record, read_review(source), path=place.folder / _REVIEW, clock=place.clock
        )
        place.installation.record(by.name, "decision.reviewed", project.key, sha256=said.sha256)
        return said.sha256
