"""What all records of one delivery share."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from grondslag.canonical.bytes import canonical_bytes
from grondslag.errors import InputError
from grondslag.keys import derive, person_token, person_tokens

_DELIVERY = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_PURPOSE = "processing-log"
_KINDS = ("BSN", "personeelsnummer")


class Status(StrEnum):
    """How the processing ended, in the words of the standard."""

    UNSET = "Unset"
    OK = "Ok"
    ERROR = "Error"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One delivery, as the log tells it.

    Args:
        delivery_id: Small letters, digits, dot, dash and underscore; names the file.
        trace_id: 16 bytes, not all zero.
        name: The action in plain words.
        processing_activity_id: Absolute URI of this version in the record of processing.
        data_subject_id_type: What a person was known by: ``BSN``, ``personeelsnummer`` or a URI.
        start: When it began; its year says which log key is used.
        end: When it ended.
        purpose: For lookup only: the standard keeps it in the record of processing.
        legal_basis: Idem, with article.
        status: How it ended.
        retain_until: Until when this log must be kept: 20 years for the BRP.
        parent_span_id: The step around it, 8 bytes, when there is one.

    Raises:
        InputError: A part is missing or does not have the form it should have.

    Source:
        Logboek Dataverwerkingen 0.8, interface and core attributes; W3C Trace Context.
    """

    delivery_id: str
    trace_id: bytes
    name: str
    processing_activity_id: str
    data_subject_id_type: str
    start: datetime
    end: datetime
    purpose: str
    legal_basis: str
    status: Status
    retain_until: date
    parent_span_id: bytes | None = None

    def __post_init__(self) -> None:
        span = self.parent_span_id
        zoned = self.start.tzinfo is not None and self.end.tzinfo is not None
        fits = {
            "delivery_id": bool(_DELIVERY.fullmatch(self.delivery_id)),
            "trace_id": len(self.trace_id) == 16 and any(self.trace_id),
            "parent_span_id": span is None or (len(span) == 8 and any(span)),
            "name": bool(self.name.strip()),
            "purpose": bool(self.purpose.strip()),
            "legal_basis": bool(self.legal_basis.strip()),
            "processing_activity_id": bool(_URI.fullmatch(self.processing_activity_id)),
            "data_subject_id_type": self.data_subject_id_type in _KINDS
            or bool(_URI.fullmatch(self.data_subject_id_type)),
            "start": zoned and self.start >= _EPOCH,
            "end": zoned and self.end >= self.start,
            "retain_until": self.retain_until > self.start.date(),
        }
        for part, is_right in fits.items():
            if not is_right:
                raise InputError("processing_log.part-not-allowed", part=part)

    @property
    def year(self) -> int:
        """The year whose log key is used, in UTC."""
        return self.start.astimezone(UTC).year

    @property
    def start_ms(self) -> int:
        """Milliseconds since the Unix epoch."""
        return (self.start - _EPOCH) // timedelta(milliseconds=1)

    @property
    def end_ms(self) -> int:
        """Milliseconds since the Unix epoch."""
        return (self.end - _EPOCH) // timedelta(milliseconds=1)

    def pseudonym(self, identifier: str, log_key: bytes) -> bytes:
        """The log pseudonym of one person in this delivery: 16 bytes.

        Args:
            identifier: Exactly as it was in the source.
            log_key: Of the year of this entry.

        Raises:
            InputError: The identifier is no valid text.
        """
        return person_token(identifier, self._key(log_key))

    def pseudonyms(self, identifiers: list[str], log_key: bytes) -> list[bytes]:
        """The log pseudonyms of many persons; see `pseudonym`.

        Raises:
            InputError: An identifier is missing, or no valid text.
        """
        found = person_tokens(identifiers, self._key(log_key))
        tokens = [token for token in found if token is not None]
        if len(tokens) != len(found):
            raise InputError("processing_log.no-identifier")
        return tokens

    def to_json(self) -> bytes:
        """As it stands in the metadata of its file."""
        return canonical_bytes(
            {
                "delivery_id": self.delivery_id,
                "trace_id": self.trace_id.hex(),
                "name": self.name,
                "processing_activity_id": self.processing_activity_id,
                "data_subject_id_type": self.data_subject_id_type,
                "start_ms": self.start_ms,
                "end_ms": self.end_ms,
                "purpose": self.purpose,
                "legal_basis": self.legal_basis,
                "status": self.status.value,
                "retain_until": self.retain_until.isoformat(),
                "parent_span_id": self.parent_span_id.hex() if self.parent_span_id else None,
            }
        )

    @classmethod
    def from_json(cls, content: bytes) -> "LogEntry":
        """Read it back from the metadata of a file.

        Raises:
            ValueError: This is no entry; `KeyError` and `TypeError` mean the same.
            InputError: It is one, with a part of the wrong form.
        """
        found: dict[str, Any] = json.loads(content)
        span = found.pop("parent_span_id")
        return cls(
            trace_id=bytes.fromhex(found.pop("trace_id")),
            start=_EPOCH + timedelta(milliseconds=found.pop("start_ms")),
            end=_EPOCH + timedelta(milliseconds=found.pop("end_ms")),
            status=Status(found.pop("status")),
            retain_until=date.fromisoformat(found.pop("retain_until")),
            parent_span_id=None if span is None else bytes.fromhex(span),
            **found,
        )

    def _key(self, log_key: bytes) -> bytes:
        return derive(log_key, purpose=_KEY_PURPOSE, context=self.delivery_id)
