"""An installation: the place outside every project where keys, logs and the root key stand.

``installation.yaml`` pins the municipality's root public key: whoever can change that file decides
who may sign, so the whole folder is for its owner only.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval.settings import SETTINGS_SCHEMA, Settings
from grondslag.approval.statements import KEY, NAME, TIME, closed_object
from grondslag.audit import AuditLog, AuditRecord, AuditStore, FileStore, send_newest
from grondslag.audit.journal import Journal
from grondslag.canonical import check_schema, read_document, to_yaml, write_text
from grondslag.clock import Clock, timestamp
from grondslag.errors import InputError, IntegrityError, SourceError
from grondslag.keys import KeyKind, PublicIdentity, Vault, fingerprint_of, public_key_of

_FILE = "installation.yaml"
_PROJECT_MARK = "plan.yaml"
_MACHINE = "installation"
_IDENTITY = {"public_key": KEY, "fingerprint": {"type": "string", "minLength": 64}}
_SCHEMA: Mapping[str, Any] = closed_object(
    {
        "installation": {"const": "grondslag/1"},
        "example": {"type": "boolean"},
        "created": TIME,
        "root": closed_object({"name": NAME, **_IDENTITY}),
        "machine": closed_object(_IDENTITY),
        "witness": {"type": ["string", "null"]},
        "settings": SETTINGS_SCHEMA,
    }
)


@dataclass(frozen=True, slots=True)
class Installation:
    """An opened installation.

    Args:
        home: Its folder.
        root: The municipality's root key, public half; the anchor of all trust.
        example: Whether it is made for an example: only made-up or open data.
        settings: What the municipality decided.
        machine_public_key: Key that signs the heads of the audit chain, base64.
        witness: The file outside the store that keeps the chain's heads; None without one.
        vault: Keys of projects, deliveries and logs.
        chain: Where the audit chain stands: a folder of files, or a table of the portal.
        audit: The pen of that chain.
    """

    home: Path
    root: PublicIdentity
    example: bool
    settings: Settings
    machine_public_key: str
    witness: Path | None
    vault: Vault = field(repr=False)
    chain: AuditStore = field(repr=False)
    audit: AuditLog = field(repr=False)

    @property
    def root_public_key(self) -> str:
        """The pinned key, base64."""
        return self.root.public_key

    @property
    def processing_log(self) -> Path:
        """Folder of the processing log."""
        return self.home / "processing_log"

    @property
    def ledger(self) -> Path:
        """Folder of the ledger of releases."""
        return self.home / "ledger"

    @property
    def audit_folder(self) -> Path:
        """Folder of the audit chain, for `FileStore`."""
        return self.home / "audit"

    @property
    def authorities_file(self) -> Path:
        """The signed list of who may sign what."""
        return self.home / "authorities.yaml"

    @property
    def revocations_file(self) -> Path:
        """The signed list of what was revoked."""
        return self.home / "revocations.yaml"

    def consent_file(self, dataset: str) -> Path:
        """The owner's standing consent for a dataset."""
        return self.home / "consents" / f"{dataset}.json"

    def grant_file(self, dataset: str) -> Path:
        """The owner's leave for someone else to check a dataset."""
        return self.home / "checks" / f"{dataset}.json"

    def advice_file(self, project: str) -> Path:
        """The copy of an advice, so that it does not vanish from a project unseen."""
        return self.home / "advices" / f"{project}.json"

    @property
    def seen_file(self) -> Path:
        """The highest numbers seen of authorities and revocations."""
        return self.home / "seen.json"

    def machine_key(self) -> Ed25519PrivateKey:
        """The key of this installation: for heads and proofs, never for an approval.

        Raises:
            IntegrityError: It is damaged.
        """
        return _machine_key(self.vault)

    def record(self, actor: str, action: str, about: str, **details: str | int) -> AuditRecord:
        """Add to the audit chain that something was done.

        Raises:
            IntegrityError: The chain's end is damaged, or the clock was set back.
            SourceError: The disk let us down.
        """
        return self.audit.append(
            actor=actor, action=action, object=about, result="ok", details=details
        )

    def send_heads(self, *, language: str) -> Sequence[SourceError]:
        """Send the newest head of the audit chain along every way that has not had it.

        Returns:
            What did not arrive, and why; it goes again at the next call.

        Raises:
            IntegrityError: The chain's end is damaged.
            SourceError: The disk let us down.
        """
        sent = Journal(self.home / "heads-sent.jsonl")
        head = self.audit.head()
        return send_newest(head, self.settings.heads_to, sent=sent, language=language)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time to the lists of this installation.

        Raises:
            SourceError: The folder cannot be written.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        try:
            descriptor = os.open(self.home / ".lock", flags, 0o600)
        except OSError as error:
            raise SourceError("approval.cannot-lock", folder=str(self.home)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def create_installation(  # noqa: PLR0913 - all but the folder are given by name
    home: Path,
    *,
    root: PublicIdentity,
    clock: Clock,
    example: bool,
    witness: Path | None,
    settings: Settings,
    chain: AuditStore | None = None,
) -> Installation:
    """Make an installation: its folder, its machine key, its first audit record.

    Args:
        home: Its folder, outside every project; made when absent.
        root: The municipality's root key, public half.
        clock: Tells when it was made.
        example: Whether it may only use made-up or open data.
        witness: A file on another disk or machine that keeps the heads of the audit chain.
        settings: What the municipality decided.
        chain: Where its audit chain stands; files in its folder when left out.

    Raises:
        InputError: There is one already, or the place lies inside a project.
        SourceError: The disk let us down.
    """
    home = home.absolute()
    _check_outside_projects(home)
    if (home / _FILE).exists():
        raise InputError("approval.home-exists", folder=str(home))
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
    except OSError as error:
        raise SourceError("approval.cannot-lock", folder=str(home)) from error
    vault = Vault(home / "vault")
    if not vault.has(KeyKind.MACHINE, _MACHINE):
        vault.create(KeyKind.MACHINE, _MACHINE)
    machine = public_key_of(_machine_key(vault))
    content = {
        "installation": "grondslag/1",
        "example": example,
        "created": timestamp(clock),
        "root": {
            "name": root.name,
            "public_key": root.public_key,
            "fingerprint": root.fingerprint,
        },
        "machine": {"public_key": machine, "fingerprint": fingerprint_of(machine)},
        "witness": None if witness is None else str(witness.absolute()),
        "settings": settings.to_mapping(),
    }
    write_text(home / _FILE, to_yaml(content), mode=0o600)
    made = open_installation(home, clock=clock, chain=chain)
    made.record("grondslag", "installation.created", str(home), root=root.fingerprint)
    return made


def open_installation(home: Path, *, clock: Clock, chain: AuditStore | None = None) -> Installation:
    """Open an installation.

    Args:
        home: Its folder.
        clock: Tells the time of audit records.
        chain: Where its audit chain stands; files in its folder when left out.

    Raises:
        InputError: There is none, its file is at fault, or it lies inside a project.
        IntegrityError: A key in the file does not fit its fingerprint, or the machine key is not
            the one of this installation.
    """
    home = home.absolute()
    _check_outside_projects(home)
    if not (home / _FILE).is_file():
        raise InputError("approval.no-installation", folder=str(home))
    document = read_document(home / _FILE)
    check_schema(document, _SCHEMA)
    raw = document.content
    root = PublicIdentity(raw["root"]["name"], raw["root"]["public_key"])
    vault = Vault(home / "vault")
    machine = _machine_key(vault)
    if root.fingerprint != raw["root"]["fingerprint"]:
        raise IntegrityError("approval.root-does-not-fit", file=document.file)
    if public_key_of(machine) != raw["machine"]["public_key"]:
        raise IntegrityError("approval.machine-does-not-fit", file=document.file)
    witness = None if raw["witness"] is None else Path(raw["witness"])
    store = FileStore(home / "audit") if chain is None else chain
    return Installation(
        home=home,
        root=root,
        example=raw["example"],
        settings=Settings.from_mapping(raw["settings"]),
        machine_public_key=raw["machine"]["public_key"],
        witness=witness,
        vault=vault,
        chain=store,
        audit=AuditLog(store, signer=machine, clock=clock, witness=witness),
    )


def _machine_key(vault: Vault) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(vault.read(KeyKind.MACHINE, _MACHINE))


def _check_outside_projects(home: Path) -> None:
    """Look at the path as written and at the path with its links followed."""
    for form in (home, home.resolve()):
        for folder in (form, *form.parents):
            if (folder / _PROJECT_MARK).exists():
                raise InputError(
                    "approval.home-inside-project", folder=str(home), project=str(folder)
                )
