"""A report of a made-up delivery, for tests of what is on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from grondslag.analysis import area_comparison
from grondslag.decision import DecisionRecord
from grondslag.decision.reading import decision_from
from grondslag.policy import Outcome
from grondslag.report import Proof, ReportInput, Signed
from grondslag.wording import Word
from made_decisions import EVIDENCE, HASH, decision_content
from made_delivery import (
    CLOCK,
    OPEN,
    STREETS,
    MadeDelivery,
    crash_table,
    let_out,
    made_delivery,
)

PROOF = Proof(
    delivery="2027-03-03-abcdef",
    made="2027-03-03T12:00:00.000Z",
    manifest_sha256=HASH,
    analysis_sha256=HASH[::-1],
    release="abcdef0123456789",
    release_sha256=HASH,
    rule_set=HASH[::-1],
    seal_sha256=HASH,
    lane="signed",
    signatures=(Signed(Word("approval.word-owner"), "eigenaar.verkeer"),),
    head_number=42,
    head_hash=HASH,
    root_fingerprint="SHA256:abcdef",
    command="grondslag verify deliveries/2027-03-03-abcdef --root root.pub",
)
MANIFEST: Mapping[str, Any] = {
    "tables": [
        {
            "name": "ongevallen",
            "title": "Geregistreerde ongevallen",
            "minimum_group": 10,
            "removed": [
                {
                    "protection": "columns",
                    "column": "",
                    "provision": "AVG art. 5 lid 1 onder c",
                    "count": 14,
                },
                {
                    "protection": "objection",
                    "column": "",
                    "provision": "AVG art. 21 lid 1",
                    "count": {"sealed": "gesloten"},
                },
                {
                    "protection": "period",
                    "column": "",
                    "provision": "AVG art. 5 lid 1 onder c",
                    "count": 0,
                },
            ],
        }
    ]
}
EVEN: Mapping[str, Sequence[tuple[str, int]]] = {
    street: [("UMS", 20), ("LET", 12)] for street in STREETS
}


def made_report(
    folder: Path,
    per_street: Mapping[str, Sequence[tuple[str, int]]] = EVEN,
    *,
    focus: Sequence[str] = (),
    decided: bool = True,
    delivery: MadeDelivery | None = None,
    **changes: Any,
) -> ReportInput:
    """Everything a report is made from, the figures let out through the gate."""
    traffic = [(street, 1.0) for street in STREETS]
    made = delivery or made_delivery(folder, crash_table(per_street), traffic=traffic, focus=focus)
    result = area_comparison(made, profile=OPEN)
    record = DecisionRecord(decision_from(decision_content()), EVIDENCE, PROOF.made)
    given = ReportInput(
        plan=made.plan,
        facts=result.facts,
        figures=let_out(folder, result.figures),
        manifest=MANIFEST,
        outcome=Outcome.GO,
        proof=PROOF,
        decision=record if decided else None,
        review=None,
        moment=CLOCK.now(),
    )
    return replace(given, **changes)
