"""Decision and review as records: canonical, hashed, bound to what they rest on."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.canonical import canonical_bytes, read_text, sha256_hex, write_json
from grondslag.clock import Clock, timestamp, today
from grondslag.decision.model import AdviceFrom, Decision, Evidence, Review
from grondslag.decision.reading import (
    decision_content,
    decision_from,
    review_content,
    review_from,
)
from grondslag.errors import InputError, IntegrityError


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision, what it rests on, and when it was written down.

    Args:
        decision: The decision.
        evidence: What it rests on, by hash.
        recorded_at: When (RFC 3339).
    """

    decision: Decision
    evidence: Evidence
    recorded_at: str

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document."""
        return {
            "record": "grondslag/1",
            "decision": decision_content(self.decision),
            "rests_on": self.evidence.to_mapping(),
            "recorded_at": self.recorded_at,
        }

    @property
    def sha256(self) -> str:
        """Hash over the canonical content: the number of the record."""
        return sha256_hex(canonical_bytes(self.to_mapping()))

    def review_due(self, day: date) -> bool:
        """Whether it is time to look whether it worked."""
        return day >= self.decision.check_date


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """What came of a decision, bound to that decision by hash."""

    review: Review
    decision_sha256: str
    recorded_at: str

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document."""
        return {
            "record": "grondslag/1",
            "review": review_content(self.review),
            "decision_sha256": self.decision_sha256,
            "recorded_at": self.recorded_at,
        }

    @property
    def sha256(self) -> str:
        """Hash over the canonical content."""
        return sha256_hex(canonical_bytes(self.to_mapping()))


def record_decision(
    decision: Decision,
    *,
    evidence: Evidence,
    path: Path,
    clock: Clock,
    advised: Collection[AdviceFrom] = (),
) -> DecisionRecord:
    """Write a decision down.

    Args:
        decision: From `read_decision`.
        evidence: What it rests on.
        path: Where the record must stand; a decision that stands there is never replaced by
            another one.
        clock: The time.
        advised: Who advised in this project; each advice must have its answer in the decision.

    Raises:
        InputError: The decision lies in the future, an advice has no answer, nothing was released,
            or another decision stands there.
        SourceError: It cannot be written.
    """
    if decision.decided.day > today(clock):
        raise InputError("decision.in-the-future", day=decision.decided.day)
    unanswered = set(advised) - {advice.by for advice in decision.advices}
    if unanswered:
        raise InputError("decision.advice-unanswered", by=sorted(unanswered))
    if not evidence.figures:
        raise InputError("decision.rests-on-nothing")
    if path.is_file():
        earlier = read_decision_record(path)
        if (earlier.decision, earlier.evidence) != (decision, evidence):
            raise InputError("decision.stands-already", file=path.name, sha256=earlier.sha256[:16])
        return earlier
    record = DecisionRecord(decision, evidence, timestamp(clock))
    write_json(path, {**record.to_mapping(), "sha256": record.sha256})
    return record


def review(record: DecisionRecord, outcome: Review, *, path: Path, clock: Clock) -> ReviewRecord:
    """Write down what came of a decision.

    Args:
        record: The decision.
        outcome: From `read_review`.
        path: Where the record must stand.
        clock: The time.

    Raises:
        InputError: The review lies in the future, or before the decision.
        SourceError: It cannot be written.
    """
    if not record.decision.decided.day <= outcome.day <= today(clock):
        raise InputError("decision.review-not-then", day=outcome.day)
    said = ReviewRecord(outcome, record.sha256, timestamp(clock))
    write_json(path, {**said.to_mapping(), "sha256": said.sha256})
    return said


def read_decision_record(path: Path) -> DecisionRecord:
    """Read a decision back.

    Raises:
        InputError: No such file.
        IntegrityError: It is not as it was written down.
    """
    content = _content(path)
    try:
        raw = content["rests_on"]
        figures = tuple((figure["id"], figure["sha256"]) for figure in raw["figures"])
        evidence = Evidence(**{**raw, "figures": figures})
        record = DecisionRecord(
            decision_from(content["decision"]), evidence, content["recorded_at"]
        )
        genuine = record.sha256 == content["sha256"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IntegrityError("decision.not-as-recorded", file=path.name) from error
    if not genuine:
        raise IntegrityError("decision.not-as-recorded", file=path.name)
    return record


def read_review_record(path: Path, record: DecisionRecord) -> ReviewRecord:
    """Read a review back, held against its decision.

    Raises:
        InputError: No such file.
        IntegrityError: It is not as it was written down, or about another decision.
    """
    content = _content(path)
    try:
        said = ReviewRecord(
            review_from(content["review"]), content["decision_sha256"], content["recorded_at"]
        )
        genuine = said.sha256 == content["sha256"] and said.decision_sha256 == record.sha256
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IntegrityError("decision.not-as-recorded", file=path.name) from error
    if not genuine:
        raise IntegrityError("decision.not-as-recorded", file=path.name)
    return said


def _content(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(read_text(path))
    except ValueError as error:
        raise IntegrityError("decision.not-as-recorded", file=path.name) from error
    return content if isinstance(content, Mapping) else {}
