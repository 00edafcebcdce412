"""Made-up approvers for an example: keys that live in memory and nowhere else.

An example shows the whole road, so somebody must sign. These keys are made afresh each time, under
a root key marked as an example: with it nothing but made-up or open data can be opened, and every
proof and report carries the mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import (
    Installation,
    Settings,
    Signer,
    accept_authorities,
    create_installation,
    issue_revocations,
    sign_authorities,
)
from grondslag.canonical import to_yaml, write_json, write_text
from grondslag.clock import Clock, timestamp, today
from grondslag.contracts import Contract
from grondslag.keys import PublicIdentity, public_key_of
from grondslag.vocabulary import AdministrativeBody, SigningRole

_NAMES: Mapping[SigningRole, str] = {
    SigningRole.PRIVACY_OFFICER: "privacy officer (voorbeeld)",
    SigningRole.DECIDER: "beslisser (voorbeeld)",
    SigningRole.RELEASER: "vrijgever (voorbeeld)",
    SigningRole.REVOKER: "beheerder intrekkingen (voorbeeld)",
    SigningRole.DATA_PROTECTION_OFFICER: "FG (voorbeeld)",
}


@dataclass(frozen=True, slots=True)
class Players:
    """An installation made for an example, and who plays in it.

    Args:
        installation: Where keys and logs stand.
        signers: Per role who signs; owners are in *owners*.
        owners: Per department its owner.
        names: Per role the name in the authorities.
    """

    installation: Installation
    signers: Mapping[SigningRole, Signer]
    owners: Mapping[str, Signer]
    names: Mapping[SigningRole, str]

    def owner_of(self, contract: Contract) -> Signer:
        """Who signs for a dataset."""
        return self.owners[contract.department]


def make_players(
    home: Path,
    *,
    municipality: str,
    contracts: Iterable[Contract],
    body: AdministrativeBody,
    mandate: str,
    clock: Clock,
) -> Players:
    """Make an installation for an example, with keys, authorities and a list of revocations.

    Args:
        home: The installation's folder.
        municipality: Of which municipality.
        contracts: Their departments get an owner each.
        body: The body for which the decider decides.
        mandate: The mandate of that decider, as the plan names it.
        clock: Tells the day.

    Raises:
        InputError: There is an installation already.
        SourceError: The disk let us down.
    """
    day = today(clock)
    root = Ed25519PrivateKey.generate()
    identity = PublicIdentity("hoofdsleutel (voorbeeld)", public_key_of(root))
    installation = create_installation(
        home,
        root=identity,
        clock=clock,
        example=True,
        witness=home.parent / f"{home.name}-witness.jsonl",
        settings=Settings.usual(day),
    )
    _publish(home.parent / "root.pub", identity, clock)
    departments = sorted({contract.department for contract in contracts})
    owners = {department: Signer(Ed25519PrivateKey.generate()) for department in departments}
    signers = {role: Signer(Ed25519PrivateKey.generate()) for role in _NAMES}
    entries = [
        _entry(f"eigenaar {department} (voorbeeld)", signer, SigningRole.OWNER, day)
        | {"departments": [department]}
        for department, signer in owners.items()
    ]
    for role, signer in signers.items():
        entry = _entry(_NAMES[role], signer, role, day)
        if role is SigningRole.DECIDER:
            entry |= {"bodies": [body.value], "mandate": mandate}
        entries.append(entry)
    draft = home / "authorities-draft.yaml"
    content = {
        "authorities": "grondslag/1",
        "municipality": municipality,
        "example": True,
        "number": 1,
        "issued": day.isoformat(),
        "machines": [installation.machine_public_key],
        "entries": entries,
    }
    write_text(draft, to_yaml(content))
    sign_authorities(draft, root)
    accept_authorities(installation, draft, actor="hoofdsleutel (voorbeeld)")
    draft.unlink()
    issue_revocations(installation, signer=signers[SigningRole.REVOKER], clock=clock)
    return Players(installation, signers, owners, _NAMES)


def _entry(name: str, signer: Signer, role: SigningRole, day: date) -> dict[str, object]:
    return {
        "subject": name,
        "public_key": signer.public_key,
        "roles": [role.value],
        "departments": ["*"],
        "mandate": "",
        "from": day.isoformat(),
        "until": (day + timedelta(days=730)).isoformat(),
    }


def _publish(path: Path, identity: PublicIdentity, clock: Clock) -> None:
    """Write the root key's public half, the way `identity new` does, for `verify`."""
    write_json(
        path,
        {
            "name": identity.name,
            "public_key": identity.public_key,
            "fingerprint": identity.fingerprint,
            "created": timestamp(clock),
        },
    )
