"""The manifest as a whole: what of the delivery stands around its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grondslag.audit import SignedHead
from grondslag.delivery.judging import JudgedProject
from grondslag.delivery.manifest import Sealer, engine_entry, shown_count
from grondslag.delivery.model import Protection
from grondslag.processing_log import LogFile
from grondslag.sources import Source


@dataclass(frozen=True, slots=True)
class Outcome:
    """What making a delivery came to.

    Args:
        delivery: Its name.
        started: When it began.
        tables: The entry of each table.
        opened: The sources that were read, by dataset.
        compared: With which earlier deliveries it was compared.
        log: The processing log; None when nobody was in it.
    """

    delivery: str
    started: str
    tables: Sequence[Mapping[str, Any]]
    opened: Mapping[str, Source]
    compared: Sequence[Mapping[str, Any]]
    log: LogFile | None


def whole_manifest(
    outcome: Outcome, judged: JudgedProject, *, head: SignedHead | None, seal: Sealer
) -> dict[str, Any]:
    """The manifest of a delivery.

    Args:
        outcome: What was made.
        judged: The project, its approval and its rules.
        head: The head of the audit chain before it is sealed.
        seal: Seals counts that could point at a person.
    """
    plan = judged.plan
    return {
        "manifest": "grondslag/1",
        "delivery": outcome.delivery,
        "project": plan.id,
        "title": plan.title,
        "purpose": plan.purpose,
        "example": plan.example,
        "made": outcome.started,
        "expires": plan.end_date.isoformat(),
        "approval": {
            "lane": judged.approval.lane,
            "bundle_sha256": judged.approval.bundle.sha256,
            "seal_sha256": judged.approval.seal_sha256,
            "rule_set": judged.rule_set_hash,
        },
        "plan_sha256": plan.sha256,
        "contracts": {
            name: {"version": contract.version, "sha256": contract.sha256}
            for name, contract in sorted(judged.contracts.items())
        },
        "sources": [
            {
                "dataset": name,
                "kind": source.location.server.kind,
                "sha256": source.sha256,
                "bytes": source.size,
            }
            for name, source in sorted(outcome.opened.items())
        ],
        "tables": list(outcome.tables),
        "processing_log": _log_entry(outcome, judged.minimum_group, seal),
        "compared_with": list(outcome.compared),
        "engine": engine_entry(),
        "head_before": None if head is None else head.to_mapping(),
    }


def _log_entry(outcome: Outcome, minimum: int, seal: Sealer) -> dict[str, Any] | None:
    """Everybody who was processed; sealed where those who were left out could be worked back."""
    log = outcome.log
    if log is None:
        return None
    hides = any(
        item["protection"] == str(Protection.SUPPRESSED) and item["count"] != 0
        for table in outcome.tables
        for item in table["removed"]
    )
    records = (
        {"sealed": seal(f"{log.records:06d}", "records")}
        if hides
        else shown_count(log.records, minimum, about="records", seal=seal)
    )
    return {"sha256": log.sha256, "records": records}
