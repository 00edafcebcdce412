"""What a report is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grondslag.analysis import Facts
from grondslag.decision import DecisionRecord, ReviewRecord
from grondslag.plan import Plan
from grondslag.policy import Outcome
from grondslag.release import ReleasedFigure
from grondslag.wording import Word


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as a reader sees it: in which role, by whom, and whether a portal signed."""

    role: Word
    subject: str
    witness: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that somebody needs to verify the report without us.

    Args:
        delivery: Name of the delivery.
        made: When it was made (RFC 3339).
        manifest_sha256: Hash over its manifest.
        analysis_sha256: Hash over the analysis; empty when the plan puts no question.
        release: Id of the release; empty when there is none.
        release_sha256: Hash over the release.
        rule_set: Hash over the rules that judged the plan.
        seal_sha256: Hash over what everybody signed.
        lane: ``signed`` or ``fast``.
        signatures: Who signed.
        head_number: Number of the newest record in the audit chain.
        head_hash: Its hash.
        root_fingerprint: Of the municipality's root key.
        command: What to type to verify.
    """

    delivery: str
    made: str
    manifest_sha256: str
    analysis_sha256: str
    release: str
    release_sha256: str
    rule_set: str
    seal_sha256: str
    lane: str
    signatures: tuple[Signed, ...]
    head_number: int
    head_hash: str
    root_fingerprint: str
    command: str


@dataclass(frozen=True, slots=True)
class ReportInput:
    """A report before it is written.

    Args:
        plan: The approved plan.
        facts: Of the analysis; holds no count.
        figures: As released.
        manifest: Of the delivery.
        outcome: What the rules said of the plan.
        proof: For who wants to verify.
        decision: None when nobody decided yet.
        review: None when nobody looked back yet.
        moment: When the report is made.
        language: ``nl`` or ``en``.
        noisy: Counts with noise that were released beside the answer.
        protected: Tables with their totals that were released beside the answer.
    """

    plan: Plan
    facts: Facts
    figures: tuple[ReleasedFigure, ...]
    manifest: Mapping[str, Any]
    outcome: Outcome
    proof: Proof
    decision: DecisionRecord | None
    review: ReviewRecord | None
    moment: datetime
    language: str = "nl"
    noisy: tuple[ReleasedFigure, ...] = ()
    protected: tuple[ReleasedFigure, ...] = ()

    def figure(self, name: str) -> ReleasedFigure | None:
        """The released figure with this id, if it was released."""
        return next((figure for figure in self.figures if figure.id == name), None)
