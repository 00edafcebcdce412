"""The list of who may sign: a draft out of the roles, and the signed list that comes back.

The portal cannot sign it: the root key is of the municipality and never here. The draft names the
portal's key as a witness, so that a signature from here counts for the person and shows as such.
"""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from grondslag.approval import Authorities, Installation, accept_authorities
from grondslag.approval.registers import current_authorities
from grondslag.approval.statements import same_person
from grondslag.canonical import to_yaml, write_bytes
from grondslag.errors import ApprovalError, InputError
from grondslag.vocabulary import AdministrativeBody, SigningRole
from grondslag_portal.organisations.models import RoleGrant
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

LARGEST = 2 << 20
"""Bytes of a signed list; ten thousand entries fit."""
_SIGNS = {
    Role.OWNER: SigningRole.OWNER,
    Role.PRIVACY_OFFICER: SigningRole.PRIVACY_OFFICER,
    Role.DECIDER: SigningRole.DECIDER,
    Role.RELEASER: SigningRole.RELEASER,
    Role.DATA_PROTECTION_OFFICER: SigningRole.DATA_PROTECTION_OFFICER,
}
_TERM = timedelta(days=365)


def list_in_force(home: Installation) -> Authorities | None:
    """The list that counts now; None when there is none yet.

    Raises:
        ApprovalError: What stands there is no list that the root key signed.
    """
    return current_authorities(home) if home.authorities_file.is_file() else None


def draft_of_authorities() -> bytes:
    """The list as the roles of today would make it, for the holder of the root key to check.

    Of a decider the bodies and the mandate come from the list in force; for a new one they are the
    executive and empty, and the holder fills them in. Entries with keys of people's own stay.

    Raises:
        ApprovalError: Nobody has a role to sign in.
    """
    home = engine.installation()
    now = list_in_force(home)
    own = [] if now is None else [raw for raw in now.document["entries"] if not raw.get("witness")]
    entries = [*own, *(_entry(grant, now) for grant in _signing_grants())]
    if not entries:
        raise ApprovalError("organisations.authorities-nobody")
    content = {
        "authorities": "grondslag/1",
        "municipality": now.municipality if now else settings.MUNICIPALITY,
        "example": home.example,
        "number": now.number + 1 if now else 1,
        "issued": engine.today().isoformat(),
        "machines": sorted({home.machine_public_key, *(now.machines if now else ())}),
        "entries": entries,
    }
    return to_yaml(content).encode("utf-8")


def bring_authorities(content: bytes, *, by: str) -> Authorities:
    """Bring the signed list in; the engine checks it and records it.

    Args:
        content: The file.
        by: Who brings it.

    Raises:
        InputError: It is too large, or no such list.
        ApprovalError: The root key did not sign it, or a newer one was seen.
    """
    if len(content) > LARGEST:
        raise InputError("organisations.authorities-too-large")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "authorities.yaml"
        write_bytes(path, content)
        return accept_authorities(engine.installation(), path, actor=by)


def _signing_grants() -> list[RoleGrant]:
    found = RoleGrant.in_term(engine.today()).filter(
        role__in=[role.value for role in _SIGNS], person__is_active=True
    )
    return list(found.select_related("person", "department").order_by("person__name", "role", "pk"))


def _entry(grant: RoleGrant, now: Authorities | None) -> dict[str, Any]:
    role = _SIGNS[Role(grant.role)]
    day = engine.today()
    entry: dict[str, Any] = {
        "subject": grant.person.name,
        "public_key": engine.witness_public_key(),
        "witness": True,
        "roles": [role.value],
        "departments": [grant.department.name if grant.department else "*"],
        "mandate": "",
        "from": grant.start.isoformat(),
        "until": (grant.end or day + _TERM).isoformat(),
    }
    if role is SigningRole.DECIDER:
        entry["bodies"], entry["mandate"] = _decides(grant.person.name, now)
    return entry


def _decides(name: str, now: Authorities | None) -> tuple[list[str], str]:
    for entry in now.entries if now else ():
        if same_person(entry.subject, name) and SigningRole.DECIDER in entry.roles:
            return sorted(body.value for body in entry.bodies), entry.mandate
    return [AdministrativeBody.EXECUTIVE_BOARD.value], ""
