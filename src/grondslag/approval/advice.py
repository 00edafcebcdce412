"""The advice of the data protection officer, and the answer to it: follow, or explain.

An advice belongs to a project and stays with it when the plan changes; the answer belongs to one
advice and one version of the plan. A copy of each advice stands in the installation, so that an
advice cannot vanish from a project unseen.

Source:
    GDPR arts. 38(3), 38(4), 39(1)(a)-(c): the officer advises, independently, and decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from grondslag.approval.authorities import Authorities, Capacity, Entry
from grondslag.approval.bundle import Bundle
from grondslag.approval.independence import check_independent
from grondslag.approval.installation import Installation
from grondslag.approval.registers import current_authorities
from grondslag.approval.statements import (
    DATASET,
    HASH,
    KEY,
    NAME,
    SIGNATURE,
    TIME,
    Signer,
    closed_object,
    digest,
    is_signed_by,
    moment,
    read_strict,
    shown_by,
    shown_in,
    signed,
    with_shown,
    write_strict,
)
from grondslag.clock import Clock, timestamp, today
from grondslag.errors import ApprovalError
from grondslag.keys import fingerprint_of
from grondslag.plan import Plan, read_plan
from grondslag.vocabulary import SigningRole

ADVICE_FILE, ANSWER_FILE = "advice.json", "answer.json"
_ADVICE, _ANSWER = "advice", "answer"
_LEAST_WORDS = 10
_MOST_WORDS = 4000


class AdviceOutcome(StrEnum):
    """What the data protection officer says."""

    DO = "do"
    DO_WITH_CONDITIONS = "do_with_conditions"
    DO_NOT = "do_not"


_SIGNER = {"subject": NAME, "public_key": KEY, "time": TIME, "signature": SIGNATURE}
_WORDS = {"type": "string", "minLength": _LEAST_WORDS, "maxLength": _MOST_WORDS}
ADVICE_SCHEMA = with_shown(
    closed_object(
        {
            "project": DATASET,
            "plan_sha256": HASH,
            "outcome": {"enum": [outcome.value for outcome in AdviceOutcome]},
            "text": _WORDS,
            **_SIGNER,
        }
    )
)
ANSWER_SCHEMA = with_shown(
    closed_object(
        {
            "project": DATASET,
            "plan_sha256": HASH,
            "advice_sha256": HASH,
            "followed": {"type": "boolean"},
            "reason": {"type": "string", "maxLength": _MOST_WORDS},
            **_SIGNER,
        }
    )
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the data protection officer wants to say of a plan.

    Args:
        outcome: Do, do with conditions, do not.
        text: Why, and which conditions.
    """

    outcome: AdviceOutcome
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the decider says to an advice.

    Args:
        followed: Whether it is followed.
        reason: Why not; required then.
    """

    followed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """An advice that stands, with its answer, verified.

    Args:
        outcome: What the officer said.
        text: In their words.
        subject: Who.
        public_key: Their key, base64.
        time: When, RFC 3339, UTC.
        sha256: Hash of the record.
        on_this_plan: Whether it was about the plan as it stands now.
        followed: What the decider answered.
        reason: Why not followed.
        answered_by: Who answered.
        answer_key: Their key, base64.
        answered_at: When, RFC 3339, UTC.
        witness: Whether a portal's key signed for the officer.
        stepped_up: When the officer showed anew who they are, as a portal says (RFC 3339, UTC).
        answer_witness: Whether a portal's key signed for who answered.
        answer_stepped_up: The same moment of who answered.
    """

    outcome: AdviceOutcome
    text: str
    subject: str
    public_key: str
    time: str
    sha256: str
    on_this_plan: bool
    followed: bool
    reason: str
    answered_by: str
    answer_key: str
    answered_at: str
    witness: bool
    stepped_up: str
    answer_witness: bool
    answer_stepped_up: str

    @property
    def fingerprint(self) -> str:
        """Of the officer's key."""
        return fingerprint_of(self.public_key)

    @property
    def answer_fingerprint(self) -> str:
        """Of the key of who answered."""
        return fingerprint_of(self.answer_key)


def give_advice(
    folder: Path, installation: Installation, opinion: Opinion, *, signer: Signer, clock: Clock
) -> Path:
    """Give an advice as data protection officer; an earlier one is replaced, never removed.

    Args:
        folder: The project.
        installation: Keeps a copy, and the audit record.
        opinion: What it says.
        signer: The officer's own key.
        clock: Tells when.

    Raises:
        ApprovalError: The key is not a data protection officer's, or there are no words.
    """
    plan = read_plan(folder / "plan.yaml")
    if not _LEAST_WORDS <= len(opinion.text.strip()) <= _MOST_WORDS:
        raise ApprovalError("approval.advice-without-words", least=_LEAST_WORDS, most=_MOST_WORDS)
    capacity = Capacity(SigningRole.DATA_PROTECTION_OFFICER)
    authorities = current_authorities(installation)
    entry = authorities.may_sign(signer.public_key, capacity, today(clock), subject=signer.subject)
    content = {
        "project": plan.id,
        "plan_sha256": plan.sha256,
        "outcome": opinion.outcome.value,
        "text": opinion.text.strip(),
        "subject": entry.subject,
        "public_key": signer.public_key,
        "time": timestamp(clock),
        **shown_by(signer, witness=entry.witness),
    }
    document = signed(_ADVICE, content, signer.private)
    installation.record(
        entry.subject,
        "advice.given",
        plan.id,
        outcome=opinion.outcome.value,
        plan=plan.sha256,
        sha256=digest(document),
    )
    write_strict(installation.advice_file(plan.id), document)
    path = folder / "approval" / ADVICE_FILE
    write_strict(path, document)
    return path


def answer_advice(
    folder: Path, installation: Installation, reply: Reply, *, signer: Signer, clock: Clock
) -> Path:
    """Answer the advice that stands, as decider: followed, or not and why.

    Raises:
        ApprovalError: There is no advice, the key may not decide for this plan's controller, or
            the advice is not followed and there is no reason.
    """
    plan = read_plan(folder / "plan.yaml")
    place = folder / "approval"
    _check_reply(reply)
    if not (place / ADVICE_FILE).exists():
        raise ApprovalError("approval.no-advice", project=plan.id)
    advice = read_strict(place / ADVICE_FILE, ADVICE_SCHEMA)
    authorities = current_authorities(installation)
    entry = authorities.may_sign(
        signer.public_key, _deciding(plan), today(clock), subject=signer.subject
    )
    check_independent(entry, plan.applicant, authorities, today(clock))
    content = {
        "project": plan.id,
        "plan_sha256": plan.sha256,
        "advice_sha256": digest(advice),
        "followed": reply.followed,
        "reason": reply.reason.strip(),
        "subject": entry.subject,
        "public_key": signer.public_key,
        "time": timestamp(clock),
        **shown_by(signer, witness=entry.witness),
    }
    document = signed(_ANSWER, content, signer.private)
    installation.record(
        entry.subject,
        "advice.answered",
        plan.id,
        followed="yes" if reply.followed else "no",
        advice=digest(advice),
    )
    path = place / ANSWER_FILE
    write_strict(path, document)
    return path


def standing_advice(folder: Path) -> Mapping[str, Any] | None:
    """The advice record in an approval, unverified; None when there is none.

    Raises:
        ApprovalError: It is there, and a byte of it was changed.
    """
    path = folder / ADVICE_FILE
    return read_strict(path, ADVICE_SCHEMA) if path.exists() else None


def verified_advice(folder: Path, bundle: Bundle, authorities: Authorities) -> Advice | None:
    """The advice on a project with the answer to it, both verified.

    Args:
        folder: The folder ``approval`` of a project.
        bundle: What was signed.
        authorities: Who may advise and decide.

    Raises:
        ApprovalError: An advice was changed, removed or replaced after signing, has no answer for
            this plan, or is not followed and nobody says why.
    """
    raw = standing_advice(folder)
    if raw is None:
        if bundle.advice_sha256 is not None or (folder / ANSWER_FILE).exists():
            raise ApprovalError("approval.advice-removed", project=bundle.project)
        return None
    if bundle.advice_sha256 not in (None, digest(raw)):
        raise ApprovalError("approval.advice-replaced", project=bundle.project)
    _check_signed(raw, _ADVICE, ADVICE_FILE, bundle)
    capacity = Capacity(SigningRole.DATA_PROTECTION_OFFICER)
    advising = _check_may(raw, capacity, authorities, ADVICE_FILE)
    if not (folder / ANSWER_FILE).exists():
        raise ApprovalError("approval.advice-not-answered", project=bundle.project)
    answer = read_strict(folder / ANSWER_FILE, ANSWER_SCHEMA)
    _check_signed(answer, _ANSWER, ANSWER_FILE, bundle)
    answering = _check_may(answer, deciding(bundle), authorities, ANSWER_FILE)
    day = moment(answer["time"], file=ANSWER_FILE).date()
    check_independent(answering, bundle.applicant, authorities, day)
    now = (digest(raw), bundle.plan_sha256)
    if (answer["advice_sha256"], answer["plan_sha256"]) != now:
        raise ApprovalError("approval.advice-not-answered", project=bundle.project)
    _check_reply(Reply(answer["followed"], answer["reason"]))
    return Advice(
        outcome=AdviceOutcome(raw["outcome"]),
        text=raw["text"],
        subject=raw["subject"],
        public_key=raw["public_key"],
        time=raw["time"],
        sha256=digest(raw),
        on_this_plan=raw["plan_sha256"] == bundle.plan_sha256,
        followed=answer["followed"],
        reason=answer["reason"],
        answered_by=answer["subject"],
        answer_key=answer["public_key"],
        answered_at=answer["time"],
        witness=advising.witness,
        stepped_up=_shown(raw, advising, ADVICE_FILE),
        answer_witness=answering.witness,
        answer_stepped_up=_shown(answer, answering, ANSWER_FILE),
    )


def check_advice_kept(folder: Path, installation: Installation, project: str) -> None:
    """Check that the advice the installation knows is the one that stands in the project.

    Raises:
        ApprovalError: It was removed from the project, or changed.
    """
    kept_at = installation.advice_file(project)
    kept = read_strict(kept_at, ADVICE_SCHEMA) if kept_at.exists() else None
    if kept is not None and standing_advice(folder) != kept:
        raise ApprovalError("approval.advice-removed", project=project)


def deciding(bundle: Bundle) -> Capacity:
    """In which capacity somebody decides about this bundle."""
    return Capacity(SigningRole.DECIDER, body=bundle.controller, mandate=bundle.mandate)


def _deciding(plan: Plan) -> Capacity:
    ahead = plan.question.decision
    mandate = ahead.mandate if ahead.body == plan.controller else ""
    return Capacity(SigningRole.DECIDER, body=plan.controller, mandate=mandate)


def _check_reply(reply: Reply) -> None:
    if not reply.followed and len(reply.reason.strip()) < _LEAST_WORDS:
        raise ApprovalError("approval.not-followed-without-reason", least=_LEAST_WORDS)


def _check_signed(raw: Mapping[str, Any], kind: str, file: str, bundle: Bundle) -> None:
    if not is_signed_by(raw["public_key"], kind, raw):
        raise ApprovalError("approval.signature-invalid", file=file)
    if raw["project"] != bundle.project:
        raise ApprovalError("approval.of-other-project", file=file, project=raw["project"])


def _shown(raw: Mapping[str, Any], entry: Entry, file: str) -> str:
    """When who advised or answered showed anew who they are; empty when it does not say."""
    shown = shown_in(raw, witness=entry.witness)
    if shown is None:
        raise ApprovalError("approval.signature-invalid", file=file)
    return shown


def _check_may(
    raw: Mapping[str, Any], capacity: Capacity, authorities: Authorities, file: str
) -> Entry:
    """Who advised or answered might do so on that day; an advice outlasts who gave it."""
    day = moment(raw["time"], file=file).date()
    return authorities.check_statement(raw["public_key"], raw["subject"], capacity, day)
