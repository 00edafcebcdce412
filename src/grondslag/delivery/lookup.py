"""A resident asks: in which deliveries was I, for what, and on which ground?

Source:
    GDPR art. 15(1); Wet BRP art. 3.22 (an answer within four weeks).
"""

from dataclasses import replace

from grondslag.anonymise import PatternKind, find_patterns
from grondslag.approval import Installation
from grondslag.delivery.persons import person_text
from grondslag.errors import ApprovalError, InputError
from grondslag.keys import KeyKind
from grondslag.processing_log import LookupResult, find_person

_SHORTEST_REASON = 10


def look_up(
    installation: Installation, *, identifier: str, reason: str, actor: str
) -> LookupResult:
    """Find the deliveries a person was in.

    Args:
        installation: Where logs and log keys stand.
        identifier: The person's number, with the zeros in front or without; never logged.
        reason: Why somebody looks; kept in the audit chain.
        actor: Who looks.

    Raises:
        InputError: No reason or no number, or the reason holds a number: the chain keeps it.
        IntegrityError: A log is damaged.
    """
    if len(reason.strip()) < _SHORTEST_REASON:
        raise InputError("delivery.lookup-without-reason", least=_SHORTEST_REASON)
    if not identifier.strip():
        raise InputError("delivery.lookup-without-number")
    if identifier.strip() in reason or find_patterns([reason])[PatternKind.BSN]:
        raise InputError("delivery.lookup-number-in-reason")
    installation.record(actor, "person.looked-up", "processing-log", reason=reason.strip())
    found = [
        find_person(
            installation.processing_log,
            identifier=text,
            log_key_for=lambda year: _log_key(installation, year),
        )
        for text in person_text(identifier)
    ]
    hits = {(hit.time, hit.delivery_id): hit for result in found for hit in result.hits}
    return replace(found[0], hits=tuple(hits[key] for key in sorted(hits)))


def _log_key(installation: Installation, year: int) -> bytes | None:
    """The log key of a year; None when it was destroyed or never was."""
    try:
        return installation.vault.read(KeyKind.LOG, str(year))
    except (ApprovalError, InputError):
        return None
