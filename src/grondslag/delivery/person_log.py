"""One record per person in the processing log, before anybody can see the delivery."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.approval import Installation
from grondslag.clock import Clock, timestamp, today
from grondslag.delivery.judging import JudgedProject
from grondslag.delivery.lasting import log_key
from grondslag.delivery.planning import months_before
from grondslag.errors import IntegrityError
from grondslag.processing_log import LogEntry, LogFile, Status, write_log
from grondslag.vocabulary import Domain

_LOG_YEARS_BRP = 20  # Wet BRP art. 3.11
_KNOWN_KEYS = {"bsn": "BSN", "personeelsnummer": "personeelsnummer"}
_LOG_YEARS = 5  # our choice: a claim for damages under GDPR art. 82 expires after five years


def distinct_persons(everyone: Sequence[pa.Array]) -> pa.Array:
    """The persons of all tables together, each once."""
    return pc.unique(pa.chunked_array(everyone, pa.string()))


def log_persons(
    persons: pa.Array,
    judged: JudgedProject,
    installation: Installation,
    *,
    delivery: str,
    started: str,
    clock: Clock,
) -> LogFile:
    """Write the log of one delivery.

    Args:
        persons: Who was in it, as the source writes them; each once.
        judged: The project.
        installation: Where the log and its keys stand.
        delivery: Its name.
        started: When it began.
        clock: Tells when it ended.

    Raises:
        IntegrityError: The clock was set back meanwhile.
    """
    if timestamp(clock) < started:
        raise IntegrityError("delivery.clock-set-back", now=timestamp(clock), last=started)
    plan = judged.plan
    entry = LogEntry(
        delivery_id=delivery,
        trace_id=secrets.token_bytes(16),
        name=plan.title,
        processing_activity_id=_activity(judged),
        data_subject_id_type=_person_type(judged),
        start=datetime.fromisoformat(started),
        end=clock.now(),
        purpose=plan.purpose_text,
        legal_basis=f"AVG art. {plan.legal_basis.gdpr}; {plan.legal_basis.law} "
        f"art. {plan.legal_basis.article}",
        status=Status.OK,
        retain_until=_log_until(judged, today(clock)),
    )
    return write_log(
        installation.processing_log,
        entry=entry,
        identifiers=persons.to_pylist(),
        log_key=log_key(installation, entry.year),
    )


def _log_until(judged: JudgedProject, day: date) -> date:
    """Until when the log is kept: 20 years where the BRP was used (Wet BRP art. 3.11)."""
    domains = {contract.privacy.domain for contract in judged.contracts.values()}
    years = _LOG_YEARS_BRP if Domain.BRP in domains else _LOG_YEARS
    return months_before(day, -12 * years)


def _person_type(judged: JudgedProject) -> str:
    """What kind of number the persons are known by: ``BSN``, that of the staff register, or a URN.

    The register of kinds is the log's; a key it does not know is named by its column.
    """
    keys = {
        contract.privacy.person_key
        for contract in judged.contracts.values()
        if contract.privacy.person_key
    }
    if len(keys) == 1 and keys <= set(_KNOWN_KEYS):
        return _KNOWN_KEYS[keys.pop()]
    return f"urn:grondslag:person-key:{'+'.join(sorted(keys))}"


def _activity(judged: JudgedProject) -> str:
    """The register's address of this processing: of the first contract that names one."""
    named = (contract.privacy.processing_activity for contract in judged.contracts.values())
    return next((name for name in named if name), f"urn:grondslag:project:{judged.plan.id}")
