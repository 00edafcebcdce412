"""A decision on an answer: bound by hash to what it rests on, and signed by who decided."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.analysis.answering import Answer, read_answer
from grondslag.approval import Capacity, Installation, Signer, current_authorities
from grondslag.approval.statements import is_signed_by, shown_by, shown_in, signed
from grondslag.canonical import write_json
from grondslag.clock import Clock, timestamp, today
from grondslag.decision.model import AdviceFrom, Evidence
from grondslag.decision.reading import read_decision
from grondslag.decision.recording import DecisionRecord, read_decision_record, record_decision
from grondslag.delivery import read_manifest
from grondslag.errors import InputError, IntegrityError
from grondslag.plan import read_plan
from grondslag.vocabulary import SigningRole

_KIND = "decision"
_RECORD = "decision.json"
_SIGNATURE = "decision.signature.json"


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """A decision with who signed it.

    Args:
        record: The decision and what it rests on.
        subject: Who signed, as the authorities name them.
        public_key: With which key.
        stepped_up: When they showed anew who they are, as a portal says (RFC 3339, UTC); empty for
            a key of one's own.
    """

    record: DecisionRecord
    subject: str
    public_key: str
    stepped_up: str = ""


def decide(
    project: Path, installation: Installation, source: Path, *, signer: Signer, clock: Clock
) -> SignedDecision:
    """Record a decision on the newest answer, and sign it.

    Args:
        project: The project's folder.
        installation: Where authorities, ledger and audit chain stand.
        source: ``decision.yaml``, as it was written down.
        signer: The decider's own key.
        clock: Tells the day.

    Raises:
        InputError: A fault in the decision, an advice without an answer, or nothing was released.
        ApprovalError: The key may not decide for that body.
        IntegrityError: What it rests on was changed.
    """
    plan = read_plan(project / "plan.yaml")
    decision = read_decision(source)
    capacity = Capacity(SigningRole.DECIDER, body=decision.decided.body)
    entry = current_authorities(installation).may_sign(
        signer.public_key, capacity, today(clock), subject=signer.subject
    )
    if decision.stop_criterion.strip() != plan.stop_criterion.strip():
        raise InputError("deciding.other-stop-criterion", file=source.name)
    answer = read_answer(project, installation)
    record = record_decision(
        decision,
        evidence=_evidence(project, answer, plan.sha256),
        path=project / _RECORD,
        clock=clock,
        advised=_advised(project),
    )
    content = {
        "decision_sha256": record.sha256,
        "project": plan.id,
        "subject": entry.subject,
        "public_key": signer.public_key,
        "time": timestamp(clock),
        **shown_by(signer, witness=entry.witness),
    }
    write_json(project / _SIGNATURE, signed(_KIND, content, signer.private))
    installation.record(entry.subject, "decision.recorded", plan.id, sha256=record.sha256)
    return read_signed_decision(project, installation)


def read_signed_decision(project: Path, installation: Installation) -> SignedDecision:
    """The decision of a project, its signature verified.

    Raises:
        InputError: Nothing was decided yet.
        IntegrityError: Decision or signature was changed.
    """
    record = read_decision_record(project / _RECORD)
    content = _signature(project)
    key = str(content.get("public_key", ""))
    entries = [
        entry
        for entry in current_authorities(installation).entries
        if SigningRole.DECIDER in entry.roles and entry.public_key == key
    ]
    whole = content.get("decision_sha256") == record.sha256 and bool(entries)
    if not whole or not is_signed_by(key, _KIND, content):
        raise IntegrityError("deciding.signature-changed", file=_SIGNATURE)
    stepped_up = shown_in(content, witness=any(entry.witness for entry in entries))
    if stepped_up is None:
        raise IntegrityError("deciding.signature-changed", file=_SIGNATURE)
    return SignedDecision(record, str(content["subject"]), key, stepped_up)


def has_decision(project: Path) -> bool:
    """Whether a decision was recorded in this project."""
    return (project / _RECORD).is_file()


def _evidence(project: Path, answer: Answer, plan_sha256: str) -> Evidence:
    manifest = read_manifest(project / "deliveries" / answer.delivery)
    return Evidence(
        project=str(manifest["project"]),
        delivery=answer.delivery,
        manifest_sha256=answer.manifest_sha256,
        analysis_sha256=answer.analysis_sha256,
        rule_set=str(manifest["approval"]["rule_set"]),
        plan_sha256=plan_sha256,
        release=answer.release.id,
        figures=Evidence.hashes(answer.release.figures),
    )


def _advised(project: Path) -> tuple[AdviceFrom, ...]:
    """Who advised on the approval: their advice must come back in the decision."""
    advised = (project / "approval" / "advice.json").is_file()
    return (AdviceFrom.DATA_PROTECTION_OFFICER,) if advised else ()


def _signature(project: Path) -> dict[str, Any]:
    try:
        content = json.loads((project / _SIGNATURE).read_bytes())
    except FileNotFoundError as error:
        raise InputError("deciding.unsigned", file=_SIGNATURE) from error
    except (OSError, ValueError, RecursionError) as error:
        raise IntegrityError("deciding.signature-changed", file=_SIGNATURE) from error
    if not isinstance(content, dict):
        raise IntegrityError("deciding.signature-changed", file=_SIGNATURE)
    return content
