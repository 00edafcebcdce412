"""The proof beside a manifest: the installation's signature over its hash and the chain's head."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.audit import SignedHead
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.errors import GrondslagError, IntegrityError
from grondslag.keys import fingerprint_of, is_signature


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof whose signature holds; whether its machine may be believed is another question.

    Args:
        head: Head of the audit chain in which the delivery stands.
        machine: Public key of the installation that signed, base64.
    """

    head: SignedHead
    machine: str


def checked_proof(folder: Path, manifest: Mapping[str, Any]) -> Proof:
    """The proof of a delivery.

    Args:
        folder: The delivery's own folder.
        manifest: Its manifest.

    Raises:
        IntegrityError: The proof is damaged, or is not over this manifest.
    """
    try:
        content = json.loads((folder / "proof.json").read_bytes())
        signature = str(content.pop("signature"))
        proof = Proof(SignedHead.from_mapping(content["head"]), str(content["machine"]))
        whole = (
            content["manifest_sha256"] == sha256_hex(canonical_bytes(dict(manifest)))
            and content["delivery"] == folder.name
            and proof.head.key == fingerprint_of(proof.machine)
            and proof.head.is_signed_by(proof.machine)
            and is_signature(proof.machine, signature, canonical_bytes(content))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, GrondslagError) as error:
        raise IntegrityError("delivery.proof-changed", folder=folder.name) from error
    if not whole:
        raise IntegrityError("delivery.proof-changed", folder=folder.name)
    return proof
