"""The bytes that everybody signs: one plan, its contracts, its rules, and what came of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval.settings import PrivacyOfficer
from grondslag.approval.statements import (
    DATASET,
    DATE,
    HASH,
    NAME,
    TEXT,
    closed_object,
    read_strict,
    write_strict,
)
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Contract, DataKind
from grondslag.errors import ApprovalError
from grondslag.plan import Plan
from grondslag.vocabulary import AdministrativeBody

GO = "go"
SIGNABLE = (GO, "go_if")
SIGNED, FAST = "signed", "fast"
BUNDLE_FILE = "bundle.json"
_OPTIONAL_HASH = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
_CONTRACT = closed_object(
    {
        "version": TEXT,
        "sha256": HASH,
        "areas_sha256": _OPTIONAL_HASH,
        "department": TEXT,
        "data": {"enum": [kind.value for kind in DataKind]},
    }
)
_SCHEMA = closed_object(
    {
        "bundle": {"const": "grondslag/1"},
        "project": DATASET,
        "example": {"type": "boolean"},
        "plan_sha256": HASH,
        "applicant": {"type": "string", "maxLength": 120},
        "municipality": NAME,
        "controller": {"enum": [body.value for body in AdministrativeBody]},
        "mandate": {"type": "string", "maxLength": 400},
        "contracts": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": DATASET,
            "additionalProperties": _CONTRACT,
        },
        "accountability": {
            "type": "object",
            "propertyNames": DATASET,
            "additionalProperties": HASH,
        },
        "rule_set_hash": HASH,
        "outcome": {"enum": list(SIGNABLE)},
        "conditions": {"type": "array", "uniqueItems": True, "items": TEXT},
        "lane": {"enum": [SIGNED, FAST]},
        "privacy_officer": {"enum": [choice.value for choice in PrivacyOfficer]},
        "advice_sha256": _OPTIONAL_HASH,
        "end_date": DATE,
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What policy says of a plan today, as values.

    Args:
        outcome: ``go``, ``go_if``, ``not_yet`` or ``no``.
        rule_set_hash: Of the rules that said so.
        lane: ``signed``, or ``fast`` when no column asked for can be personal data.
        accountability: Hash of each standing document the plan rests on, per key.
        conditions: With ``go_if``: the rules whose condition somebody must fulfil, by id.
    """

    outcome: str
    rule_set_hash: str
    lane: str
    accountability: Mapping[str, str]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PinnedContract:
    """A contract as it is signed for: exactly this version, with exactly this list of areas."""

    version: str
    sha256: str
    areas_sha256: str | None
    department: str
    data: DataKind


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is signed.

    Args:
        project: Key of the project.
        example: Whether the plan says it only uses made-up or open data.
        plan_sha256: The plan.
        applicant: Who asks, and so never signs.
        municipality: Of which municipality.
        controller: The body that bears the task, for which the decider decides.
        mandate: The mandate the plan names for that body; empty when it names none.
        contracts: Every dataset that is opened, with its department.
        accountability: Standing documents the plan rests on.
        rule_set_hash: The rules.
        outcome: What they said.
        conditions: With ``go_if``: what the signers take upon them to see fulfilled.
        lane: ``signed`` or ``fast``.
        privacy_officer: Whether the privacy officer approves, at the moment of signing.
        advice_sha256: The advice of the data protection officer that the signers saw, if any.
        end_date: After this day nothing opens.
    """

    project: str
    example: bool
    plan_sha256: str
    applicant: str
    municipality: str
    controller: AdministrativeBody
    mandate: str
    contracts: Mapping[str, PinnedContract]
    accountability: Mapping[str, str]
    rule_set_hash: str
    outcome: str
    conditions: tuple[str, ...]
    lane: str
    privacy_officer: PrivacyOfficer
    advice_sha256: str | None
    end_date: date

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in ``bundle.json``."""
        return {
            "bundle": "grondslag/1",
            "project": self.project,
            "example": self.example,
            "plan_sha256": self.plan_sha256,
            "applicant": self.applicant,
            "municipality": self.municipality,
            "controller": self.controller.value,
            "mandate": self.mandate,
            "contracts": {
                name: {
                    "version": pinned.version,
                    "sha256": pinned.sha256,
                    "areas_sha256": pinned.areas_sha256,
                    "department": pinned.department,
                    "data": pinned.data.value,
                }
                for name, pinned in sorted(self.contracts.items())
            },
            "accountability": dict(sorted(self.accountability.items())),
            "rule_set_hash": self.rule_set_hash,
            "outcome": self.outcome,
            "conditions": list(self.conditions),
            "lane": self.lane,
            "privacy_officer": self.privacy_officer.value,
            "advice_sha256": self.advice_sha256,
            "end_date": self.end_date.isoformat(),
        }

    @property
    def bytes(self) -> bytes:
        """The canonical bytes (RFC 8785)."""
        return canonical_bytes(self.to_mapping())

    @property
    def sha256(self) -> str:
        """Hash over the canonical bytes: the name of the seal."""
        return sha256_hex(self.bytes)


def needed_contracts(plan: Plan, contracts: Mapping[str, Contract]) -> dict[str, Contract]:
    """The contracts of every dataset that this plan opens, objections included.

    Raises:
        ApprovalError: A contract is missing.
    """
    needed: dict[str, Contract] = {}
    for name in dict.fromkeys(need.dataset for need in plan.data):
        needed[name] = _contract(name, contracts)
        objections = needed[name].privacy.objections
        if objections is not None:
            needed[objections.dataset] = _contract(objections.dataset, contracts)
    return dict(sorted(needed.items()))


def make_bundle(
    plan: Plan,
    contracts: Mapping[str, Contract],
    judgement: Judgement,
    *,
    privacy_officer: PrivacyOfficer,
    advice_sha256: str | None = None,
) -> Bundle:
    """What must be signed for this plan, as everything stands now.

    Args:
        plan: The plan.
        contracts: All contracts at hand; those the plan does not open are left out.
        judgement: What policy says of it today.
        privacy_officer: Whether the privacy officer approves or advises.
        advice_sha256: The advice of the data protection officer that stands, if any.

    Raises:
        ApprovalError: The outcome is no go, or a contract is missing.
    """
    if judgement.outcome not in SIGNABLE or judgement.lane not in (SIGNED, FAST):
        raise ApprovalError("approval.no-go", project=plan.id)
    ahead = plan.question.decision
    return Bundle(
        project=plan.id,
        example=plan.example,
        plan_sha256=plan.sha256,
        applicant=plan.applicant,
        municipality=plan.municipality,
        controller=plan.controller,
        # The mandate of the decision ahead is also that of the approval when it is the same body.
        mandate=ahead.mandate if ahead.body == plan.controller else "",
        contracts={
            name: _pinned(contract) for name, contract in needed_contracts(plan, contracts).items()
        },
        accountability=dict(judgement.accountability),
        rule_set_hash=judgement.rule_set_hash,
        outcome=judgement.outcome,
        conditions=tuple(sorted(set(judgement.conditions))),
        lane=judgement.lane,
        privacy_officer=privacy_officer,
        advice_sha256=advice_sha256,
        end_date=plan.end_date,
    )


def read_bundle(folder: Path) -> Bundle:
    """Read ``bundle.json`` of an approval.

    Args:
        folder: The folder ``approval`` of a project.

    Raises:
        ApprovalError: It is missing, a key is missing or extra, or a byte was changed.
    """
    raw = read_strict(folder / BUNDLE_FILE, _SCHEMA)
    contracts = {
        name: PinnedContract(**{**pinned, "data": DataKind(pinned["data"])})
        for name, pinned in raw["contracts"].items()
    }
    values = {item.name: raw[item.name] for item in fields(Bundle)}
    values |= {
        "contracts": contracts,
        "conditions": tuple(raw["conditions"]),
        "controller": AdministrativeBody(raw["controller"]),
        "privacy_officer": PrivacyOfficer(raw["privacy_officer"]),
        "end_date": date.fromisoformat(raw["end_date"]),
    }
    bundle = Bundle(**values)
    if bundle.to_mapping() != raw:
        raise ApprovalError("approval.file-edited", file=BUNDLE_FILE)
    return bundle


def write_bundle(folder: Path, bundle: Bundle) -> None:
    """Write ``bundle.json`` whole.

    Raises:
        SourceError: The disk let us down.
    """
    write_strict(folder / BUNDLE_FILE, bundle.to_mapping())


def check_same(signed: Bundle, now: Bundle) -> None:
    """Check that what was signed is what stands there now.

    Raises:
        ApprovalError: Something changed after signing; the code says what.
    """
    if signed.plan_sha256 != now.plan_sha256 or signed.project != now.project:
        raise ApprovalError("approval.plan-changed", project=now.project)
    for name in sorted(signed.contracts.keys() | now.contracts.keys()):
        before, after = signed.contracts.get(name), now.contracts.get(name)
        if before is None or after is None or before.sha256 != after.sha256:
            raise ApprovalError("approval.contract-changed", dataset=name)
    for key in sorted(signed.accountability.keys() | now.accountability.keys()):
        if signed.accountability.get(key) != now.accountability.get(key):
            raise ApprovalError("approval.accountability-changed", document=key)
    if signed.rule_set_hash != now.rule_set_hash:
        raise ApprovalError("approval.rules-changed", project=now.project)
    outcome = (signed.outcome, signed.conditions, signed.lane)
    if outcome != (now.outcome, now.conditions, now.lane):
        raise ApprovalError("approval.outcome-changed", project=now.project)
    if signed != now:
        raise ApprovalError("approval.bundle-changed", project=now.project)


def _contract(name: str, contracts: Mapping[str, Contract]) -> Contract:
    if name not in contracts:
        raise ApprovalError("approval.no-contract", dataset=name)
    return contracts[name]


def _pinned(contract: Contract) -> PinnedContract:
    areas = contract.privacy.areas
    return PinnedContract(
        version=contract.version,
        sha256=contract.sha256,
        areas_sha256=None if areas is None else areas.sha256,
        department=contract.department,
        data=contract.privacy.data,
    )
