"""Counts that could point at a person, opened by those who must be able to check everything.

Source:
    GDPR art. 38(2): the data protection officer has access to personal data and processing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.approval import Capacity, Installation, Signer, current_authorities
from grondslag.clock import Clock, today
from grondslag.delivery.lasting import sealed_counts_key
from grondslag.delivery.opening import read_manifest
from grondslag.delivery.sealing import open_text
from grondslag.errors import InputError
from grondslag.vocabulary import SigningRole

_SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class SmallCount:
    """A count that was sealed: of which table and protection, and how many."""

    table: str
    protection: str
    column: str
    count: int


def open_small_counts(
    folder: Path, installation: Installation, *, signer: Signer, reason: str, clock: Clock
) -> tuple[SmallCount, ...]:
    """Open the sealed counts of a delivery, as data protection officer.

    Args:
        folder: The delivery's own folder.
        installation: Where the key stands; the opening is audited there.
        signer: The officer's own key.
        reason: Why; kept in the audit chain.
        clock: Tells the day.

    Raises:
        ApprovalError: The key is not a data protection officer's.
        InputError: No reason was given.
        IntegrityError: The manifest was changed.
    """
    if len(reason.strip()) < _SHORTEST_REASON:
        raise InputError("delivery.counts-without-reason", least=_SHORTEST_REASON)
    entry = current_authorities(installation).may_sign(
        signer.public_key,
        Capacity(SigningRole.DATA_PROTECTION_OFFICER),
        today(clock),
        subject=signer.subject,
    )
    manifest = read_manifest(folder)
    installation.record(
        entry.subject, "counts.opened", str(manifest["delivery"]), reason=reason.strip()
    )
    key = sealed_counts_key(installation, str(manifest["delivery"]))
    return tuple(_opened(manifest, key))


def _opened(manifest: Mapping[str, Any], key: bytes) -> Iterator[SmallCount]:
    for table in manifest["tables"]:
        for item in table["removed"]:
            if isinstance(item["count"], Mapping):
                about = "/".join(
                    (table["name"], item["dataset"], item["protection"], item["column"])
                )
                count = int(open_text(item["count"]["sealed"], key, about=about))
                yield SmallCount(table["name"], item["protection"], item["column"], count)
