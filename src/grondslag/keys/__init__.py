"""Keys: made, kept, derived, used and destroyed, always outside the data.

    storage     where a key may stand, and writing a secret exactly once
    vault       project, delivery and log keys in files; destruction leaves a tombstone
    derivation  one key per purpose and context out of a kept key
    tokens      a person as 16 bytes under a key
    identity    a person's own signing key under a passphrase; signatures

May import canonical, wording, clock and errors. A key is never in a `repr`, a message, an
exception or a log; it never enters SQL. Destroying a project key is the erasure of linkability.
"""

from grondslag.keys.derivation import derive
from grondslag.keys.identity import (
    PublicIdentity,
    create_identity,
    fingerprint_of,
    is_signature,
    load_private,
    load_public,
    public_key_of,
    sign,
)
from grondslag.keys.tokens import person_token, person_tokens
from grondslag.keys.vault import Destruction, KeyKind, Vault

__all__ = [
    "Destruction",
    "KeyKind",
    "PublicIdentity",
    "Vault",
    "create_identity",
    "derive",
    "fingerprint_of",
    "is_signature",
    "load_private",
    "load_public",
    "person_token",
    "person_tokens",
    "public_key_of",
    "sign",
]
