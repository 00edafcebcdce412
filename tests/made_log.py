"""Made-up log entries and keys for the processing log's tests."""

from datetime import UTC, date, datetime

from grondslag.processing_log import LogEntry, Status

KEYS = {2026: b"k" * 32, 2027: b"K" * 32}


def log_entry(**changes) -> LogEntry:
    """The smallest valid entry, with changes."""
    parts = {
        "delivery_id": "d-1",
        "trace_id": bytes(range(16)),
        "name": "Counting residents per district",
        "processing_activity_id": "https://voorbeeldstad.example/register/7/versions/2",
        "data_subject_id_type": "BSN",
        "start": datetime(2027, 3, 3, 9, 0, 0, 123456, tzinfo=UTC),
        "end": datetime(2027, 3, 3, 9, 1, tzinfo=UTC),
        "purpose": "Traffic safety",
        "legal_basis": "GDPR art. 6(1)(e)",
        "status": Status.OK,
        "retain_until": date(2047, 3, 3),
    }
    return LogEntry(**{**parts, **changes})
