"""The decision as a record: what was decided, on what, by whom, and whether it worked.

    model      a decision and its review, as values
    reading    decision.yaml and review.yaml, every fault with its line
    recording  a record that names delivery, analysis and rule set by hash; reading it back
    warning    what the guards of an analysis say of its words
    schemas    the published JSON Schemas

A record is numbered by its hash, never edited, only followed by a newer one or by its review. It
accepts only released figures. May import release, vocabulary, canonical, wording, clock, errors.
"""

from grondslag.decision.model import (
    AdviceFrom,
    AdviceGiven,
    Decided,
    Decision,
    Evidence,
    NextStep,
    Option,
    OptionKind,
    Review,
    Voice,
    Worked,
)
from grondslag.decision.reading import decision_schema, read_decision, read_review, review_schema
from grondslag.decision.recording import (
    DecisionRecord,
    ReviewRecord,
    read_decision_record,
    read_review_record,
    record_decision,
    review,
)

__all__ = [
    "AdviceFrom",
    "AdviceGiven",
    "Decided",
    "Decision",
    "DecisionRecord",
    "Evidence",
    "NextStep",
    "Option",
    "OptionKind",
    "Review",
    "ReviewRecord",
    "Voice",
    "Worked",
    "decision_schema",
    "read_decision",
    "read_decision_record",
    "read_review",
    "read_review_record",
    "record_decision",
    "review",
    "review_schema",
]
