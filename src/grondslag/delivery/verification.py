"""Verify a delivery afterwards, offline: no key, no home, no engine needed.

Whoever has the project's folder and knows the fingerprint of the municipality's root key can see
that this is what was approved, by whom, under which rules; that the query follows from the
documents; and that no file was changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval import SealReport, verify_seal
from grondslag.audit import AuditStore, SignedHead, verify_chain
from grondslag.canonical import sha256_of_file
from grondslag.contracts import Contract, read_contracts
from grondslag.delivery.compile import compiled
from grondslag.delivery.manifest import plain_parameters
from grondslag.delivery.model import TablePlan
from grondslag.delivery.opening import read_manifest
from grondslag.delivery.planning import plan_query
from grondslag.delivery.proof import checked_proof
from grondslag.errors import IntegrityError
from grondslag.plan import Plan, read_plan

_FILES = ("file", "record_keys")
"""The files that a table of the manifest can have."""


@dataclass(frozen=True, slots=True)
class VerifiedDelivery:
    """What was established, in the order in which it was.

    Args:
        delivery: Name of the delivery.
        made: When it was made, as the manifest says.
        example: Whether it rests on made-up or open data and keys made for an example.
        seal: Who signed, in which role, under which mandate.
        tables: Which tables, with their number of rows.
        steps: Codes of the checks that were done.
        head: The chain's head printed in the proof.
    """

    delivery: str
    made: str
    example: bool
    seal: SealReport
    tables: tuple[tuple[str, int], ...]
    steps: tuple[str, ...]
    head: SignedHead


def verify_delivery(
    folder: Path, *, root_public_key: str, chain: AuditStore | None = None
) -> VerifiedDelivery:
    """Verify a delivery.

    Args:
        folder: The delivery's own folder, in its project.
        root_public_key: The municipality's root key, base64, known from elsewhere.
        chain: The audit chain, when it is at hand: then the delivery must stand in it.

    Raises:
        InputError: There is no delivery here.
        ApprovalError: The seal does not hold.
        IntegrityError: Something was changed; the code says what.
    """
    manifest = read_manifest(folder)
    proof = checked_proof(folder, manifest)
    project = folder.parent.parent
    seal = verify_seal(project, root_public_key=root_public_key)
    if proof.machine not in seal.machines:
        raise IntegrityError("delivery.unknown-machine", folder=folder.name)
    plan = read_plan(project / "plan.yaml")
    contracts = read_contracts(project / "contracts")
    _check_documents(manifest, plan, contracts, seal)
    _check_queries(manifest, plan, contracts)
    _check_files(folder, manifest)
    steps = ["proof", "seal", "documents", "query", "files"]
    if chain is not None:
        verify_chain(chain, public_key=proof.machine, heads=[proof.head])
        steps.append("chain")
    return VerifiedDelivery(
        delivery=folder.name,
        made=str(manifest["made"]),
        example=bool(manifest["example"]),
        seal=seal,
        tables=tuple((t["name"], int(t["file"]["rows"])) for t in manifest["tables"]),
        steps=tuple(f"delivery.verified-{step}" for step in steps),
        head=proof.head,
    )


def _check_documents(
    manifest: Any, plan: Plan, contracts: dict[str, Contract], seal: SealReport
) -> None:
    """Plan, contracts and rules are those of the seal and of the manifest."""
    bundle = seal.bundle
    if manifest["approval"]["bundle_sha256"] != bundle.sha256:
        raise IntegrityError("delivery.other-seal", delivery=manifest["delivery"])
    if not manifest["plan_sha256"] == bundle.plan_sha256 == plan.sha256:
        raise IntegrityError("delivery.plan-changed", delivery=manifest["delivery"])
    if manifest["approval"]["rule_set"] != bundle.rule_set_hash:
        raise IntegrityError("delivery.other-rules", delivery=manifest["delivery"])
    for name, pinned in bundle.contracts.items():
        said = manifest["contracts"].get(name, {}).get("sha256")
        if name not in contracts or not said == pinned.sha256 == contracts[name].sha256:
            raise IntegrityError("delivery.contract-changed", dataset=name)


def _check_queries(manifest: Any, plan: Plan, contracts: dict[str, Contract]) -> None:
    """The approval is the query: compiled again from the documents, it is what ran."""
    day = date.fromisoformat(str(manifest["made"])[:10])
    least = min((int(entry["minimum_group"]) for entry in manifest["tables"]), default=0)
    query = plan_query(plan, contracts, day=day, minimum=least)
    ran = {entry["name"]: entry["statements"] for entry in manifest["tables"]}
    if set(ran) != {table.name for table in query.tables}:
        raise IntegrityError("delivery.other-query", dataset=", ".join(sorted(ran)))
    for table in query.tables:
        if _statements(table) != ran[table.name]:
            raise IntegrityError("delivery.other-query", dataset=table.name)


def _statements(table: TablePlan) -> Sequence[dict[str, Any]]:
    return [
        {"sql": item.sql, "parameters": plain_parameters(item.parameters)}
        for item in compiled(table).in_order
    ]


def _check_files(folder: Path, manifest: Any) -> None:
    """Every file has the hash in the manifest; extra files are refused too."""
    files = [entry[kind] for entry in manifest["tables"] for kind in _FILES if kind in entry]
    known = {file["name"]: file["sha256"] for file in files}
    present = {path.name for path in folder.iterdir()} - {"manifest.json", "proof.json"}
    if present != set(known):
        raise IntegrityError("delivery.other-files", folder=folder.name)
    for name, digest in known.items():
        # A link could lead anywhere by the time somebody reads it.
        if (folder / name).is_symlink() or sha256_of_file(folder / name) != digest:
            raise IntegrityError("delivery.damaged", file=name)
