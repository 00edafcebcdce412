"""A delivery is opened only through here: seal, revocation and end date each time, and logged."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.approval import Installation, Revocable, current_revocations
from grondslag.canonical import canonical_bytes, sha256_hex, sha256_of_file
from grondslag.clock import Clock
from grondslag.contracts import Contract
from grondslag.delivery.judging import JudgedProject, judge_project
from grondslag.delivery.proof import checked_proof
from grondslag.delivery.sealing import open_text, read_table, seal_text, write_table
from grondslag.errors import ApprovalError, GrondslagError, InputError, IntegrityError
from grondslag.keys import KeyKind, derive
from grondslag.plan import Plan

_OPENED = "delivery.opened"


@dataclass(frozen=True, slots=True)
class OpenedDelivery:
    """A delivery whose seal held when it was opened.

    Args:
        id: Its name.
        folder: Where it stands.
        manifest: What was delivered and what was left out.
        manifest_sha256: Hash over the canonical manifest.
        judged: The project, its approval and its rules as they stand today.
    """

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    manifest_sha256: str
    judged: JudgedProject
    _key: bytes = field(repr=False)

    @property
    def plan(self) -> Plan:
        """The project's plan."""
        return self.judged.plan

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts of its datasets."""
        return self.judged.contracts

    @property
    def datasets(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(entry["name"] for entry in self.manifest["tables"])

    def table(self, dataset: str) -> pa.Table:
        """One delivered table.

        Raises:
            InputError: The delivery has no such table.
            IntegrityError: Its file was changed.
        """
        for entry in self.manifest["tables"]:
            if entry["name"] == dataset:
                path = self.folder / entry["file"]["name"]
                check_file(path, entry["file"]["sha256"])
                return read_table(path, self._key)
        raise InputError("delivery.no-such-table", dataset=dataset, known=self.datasets)

    def seal(self, text: str, *, about: str) -> str:
        """Seal something made from the delivery under its key, so that it dies with it."""
        return seal_text(text, self._work_key, about=about)

    def unseal(self, sealed: str, *, about: str) -> str:
        """Open what `seal` sealed.

        Raises:
            IntegrityError: It is of another delivery, about something else, or damaged.
        """
        return open_text(sealed, self._work_key, about=about)

    def keep(self, path: Path, table: pa.Table) -> int:
        """Write a table made from the delivery under its key, so that it dies with it.

        Args:
            path: A new file, outside the delivery's own folder.
            table: The rows; returns how many.

        Raises:
            SourceError: It cannot be written; nothing readable is left.
        """
        return write_table(path, table.to_reader(), self._work_key)

    def kept(self, path: Path) -> pa.Table:
        """Read back what `keep` wrote.

        Raises:
            IntegrityError: It is of another delivery, or damaged.
        """
        return read_table(path, self._work_key)

    @property
    def _work_key(self) -> bytes:
        return derive(self._key, purpose="work", context=self.id)


def open_delivery(
    folder: Path, installation: Installation, *, clock: Clock, actor: str = "grondslag"
) -> OpenedDelivery:
    """Open a delivery; a refusal is in the audit chain too, with its code.

    Args:
        folder: The delivery's own folder, ``deliveries/<id>`` of its project.
        installation: Where its key stands.
        clock: Tells the day.
        actor: Who opens it, for the audit chain.

    Raises:
        ApprovalError: It was closed or revoked, has ended, or the approval holds no more.
        PolicyRefusedError: A rule says no today.
        IntegrityError: A file was changed, or the clock was set back: then the chain takes no
            record of the refusal either.
    """
    try:
        opened = _opened(folder, installation, clock=clock)
    except GrondslagError as refusal:
        name = folder.name if folder.name.isprintable() else ""
        installation.audit.append(
            actor=actor, action=_OPENED, object=name or "?", result=refusal.code
        )
        raise
    installation.record(actor, _OPENED, opened.id)
    return opened


def _opened(folder: Path, installation: Installation, *, clock: Clock) -> OpenedDelivery:
    project = folder.parent.parent
    manifest = read_manifest(folder)
    if checked_proof(folder, manifest).machine != installation.machine_public_key:
        raise IntegrityError("delivery.unknown-machine", folder=folder.name)
    name = str(manifest["delivery"])
    if name != folder.name:
        raise IntegrityError("delivery.other-folder", folder=folder.name, delivery=name)
    if not installation.vault.has(KeyKind.DELIVERY, name):
        installation.vault.read(KeyKind.DELIVERY, name)  # says when it was closed
    judged = judge_project(project, installation, clock=clock)
    revoked = current_revocations(installation, clock=clock)
    if revoked.find(Revocable.DELIVERY, name) is not None:
        raise ApprovalError("delivery.revoked", delivery=name)
    if judged.approval.bundle.sha256 != manifest["approval"]["bundle_sha256"]:
        raise ApprovalError("delivery.other-approval", delivery=name)
    return OpenedDelivery(
        id=name,
        folder=folder,
        manifest=manifest,
        manifest_sha256=sha256_hex(canonical_bytes(dict(manifest))),
        judged=judged,
        _key=installation.vault.read(KeyKind.DELIVERY, name),
    )


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """The manifest of a delivery, held against its proof.

    Raises:
        InputError: There is no delivery in this folder.
        IntegrityError: Manifest or proof was changed.
    """
    manifest, proof = _read(folder / "manifest.json"), _read(folder / "proof.json")
    if proof is None:
        raise IntegrityError("delivery.proof-changed", folder=folder.name)
    if manifest is None or manifest.get("manifest") != "grondslag/1":
        raise IntegrityError("delivery.manifest-changed", folder=folder.name)
    if proof.get("manifest_sha256") != sha256_hex(canonical_bytes(manifest)):
        raise IntegrityError("delivery.manifest-changed", folder=folder.name)
    return manifest


def latest_delivery(project: Path) -> Path:
    """The folder of the newest delivery of a project.

    Raises:
        InputError: Nothing was delivered yet.
        IntegrityError: A manifest or proof was changed.
    """
    made = [
        (str(read_manifest(file.parent).get("made")), file.parent)
        for file in sorted((project / "deliveries").glob("*/manifest.json"))
        if not file.parent.name.startswith(".")
    ]
    if not made:
        raise InputError("delivery.none-yet", folder=str(project))
    return max(made)[1]


def _read(path: Path) -> dict[str, Any] | None:
    """What a file of a delivery says; None when it is damaged."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise InputError("delivery.no-delivery", folder=str(path.parent)) from error
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def check_file(path: Path, sha256: str) -> None:
    """Refuse a delivered file that is not, byte for byte, the one in the manifest.

    Raises:
        IntegrityError: It was changed, or is gone.
    """
    if not path.is_file() or sha256_of_file(path) != sha256:
        raise IntegrityError("delivery.damaged", file=path.name)
