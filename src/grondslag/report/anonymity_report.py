"""The report of a project that asks anonymous records and puts no question to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import grondslag
from grondslag.decision import DecisionRecord
from grondslag.plan import Plan
from grondslag.policy import Outcome
from grondslag.report.anonymity_told import anonymous_html
from grondslag.report.decided import ways_html
from grondslag.report.law import law_facts
from grondslag.report.left_out import left_out_html
from grondslag.report.model import Proof
from grondslag.report.page import framed
from grondslag.report.proof import proof_facts, signed_by
from grondslag.report.words import Voice

_WORDS = (
    "report.term-question",
    "report.anonymous-intro",
    "report.heading-left-out",
    "report.left-out-intro",
    "report.heading-law",
    "report.term-signed",
    "report.heading-ways",
    "report.heading-verify",
    "report.verify-intro",
)


@dataclass(frozen=True, slots=True)
class RecordsInput:
    """A report without an answer, before it is written.

    Args:
        plan: The approved plan.
        manifest: Of the delivery.
        outcome: What the rules said of the plan.
        proof: For who wants to verify.
        moment: When the report is made.
        language: ``nl`` or ``en``.
        decision: Always None: there is no answer that it could rest on.
    """

    plan: Plan
    manifest: Mapping[str, Any]
    outcome: Outcome
    proof: Proof
    moment: datetime
    language: str = "nl"
    decision: DecisionRecord | None = None


def records_html(given: RecordsInput) -> str:
    """The report as one page, whole in itself.

    Args:
        given: What it is made from.
    """
    voice = Voice(given.language)
    values = {
        "words": {code.removeprefix("report."): voice.say(code) for code in _WORDS},
        "question": given.plan.question.know,
        "tables": anonymous_html(given.manifest, given.language, heading="h3"),
        "left_out": left_out_html(given, voice),
        "law": law_facts(given, voice),
        "signed": signed_by(given, voice),
        "ways": ways_html(given, voice),
        "proof": proof_facts(given, voice),
        "command": given.proof.command,
    }
    footer = voice.say(
        "report.records-footer",
        version=grondslag.__version__,
        moment=given.moment,
        delivery=given.proof.delivery,
    )
    return framed(given.plan, voice, "records.html", values, footer=footer)
