"""How well the data of a dataset keep their contract: measured under the leave of the owner.

The engine opens data for an owner, or for whom an owner gave leave. Here that is the portal: it
reads a file, counts, and keeps the counts as the engine rounds them for others than the owner.
Never a value of a row.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from grondslag.approval import check_mandate, grant_check
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Contract
from grondslag.errors import ApprovalError, GrondslagError, InputError, SourceError
from grondslag.keys import PublicIdentity
from grondslag.quality import Fault, QualityReport, check_contract
from grondslag.sources import locate
from grondslag_portal.catalogue.models import ContractVersion, Dataset, Measurement
from grondslag_portal.catalogue.places import contracts_folder, file_of
from grondslag_portal.catalogue.selectors import contract_in, current_version
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine
from grondslag_portal.tasks.chores import daily
from grondslag_portal.tasks.jobs import Assignment, job
from grondslag_portal.tasks.services import begin_run

MEASURE = "catalogue.measure"
_PORTAL = "portaal"
_LEAVE = timedelta(days=365)
_APART = timedelta(days=7)
_SERVER = "postgres"
_log = logging.getLogger(__name__)


def allow_measuring(dataset: Dataset, *, by: Person, stepped_up: datetime) -> None:
    """Give the portal leave to measure a dataset for a year, as its owner; it begins at once.

    Args:
        dataset: Of the owner's department.
        by: The owner.
        stepped_up: When they showed anew who they are.

    Raises:
        ApprovalError: The list of who may sign does not know them as its owner.
    """
    _grant(dataset, by=by, stepped_up=stepped_up, days=_LEAVE)
    begin_run(MEASURE, about=dataset.key, by=by)


def stop_measuring(dataset: Dataset, *, by: Person, stepped_up: datetime) -> None:
    """Take that leave back; what was measured stays.

    Raises:
        ApprovalError: The list of who may sign does not know them as its owner.
    """
    _grant(dataset, by=by, stepped_up=stepped_up, days=timedelta(days=-1))


def measure(dataset: Dataset) -> Measurement:
    """Hold the data against the newest contract, and keep the counts.

    What cannot be read is kept too, with the code of the reason.

    Raises:
        ApprovalError: The leave is over, or lists of who may sign are too old to trust.
    """
    version = current_version(dataset)
    found = Measurement(dataset=dataset, version=version.number, at=engine.clock().now())
    try:
        report = _report(version)
    except (InputError, SourceError) as error:
        found.refused = error.code[:60]
    else:
        if not dataset.personal:
            found.rows, found.is_about = report.rows.number, report.rows.is_about
        found.faults = [_as_index(fault) for fault in report.faults]
    with transaction.atomic():
        found.save()
        engine.installation().record(
            _PORTAL, "catalogue.measured", dataset.key, sha256=version.sha256,
            faults=sha256_hex(canonical_bytes(found.faults)), refused=found.refused or "no",
        )  # fmt: skip
    return found


def measure_read(keys: Iterable[str]) -> list[Measurement]:
    """Measure what a delivery has just read, as far as owners gave leave; once a day is enough."""
    wanted = _with_leave().filter(key__in=list(keys))
    return _measured(wanted.exclude(measurements__at__gte=_midnight()))


def measure_files() -> list[Measurement]:
    """Measure every file with leave that was not measured today; never a database server."""
    return _measured_since(_midnight())


@daily("catalogue.measure")
def measure_weekly() -> None:
    """Measure the files that were not measured for a week."""
    _measured_since(engine.clock().now() - _APART)


@job(MEASURE)
def measure_dataset(assignment: Assignment) -> Mapping[str, Any]:
    """Measure one dataset, because its owner asked."""
    assignment.tell("catalogue.step-measure", assignment.run.about)
    found = measure(Dataset.objects.get(key=assignment.run.about))
    return {"measurement": found.pk}


def _measured_since(moment: datetime) -> list[Measurement]:
    wanted = list(_with_leave().exclude(measurements__at__gte=moment))
    return _measured(dataset for dataset in wanted if _is_file(dataset))


def _measured(wanted: Iterable[Dataset]) -> list[Measurement]:
    """What could be measured; a leave that does not hold today says nothing of the data."""
    found = []
    for dataset in wanted:
        try:
            found.append(measure(dataset))
        except ApprovalError as error:
            _log.warning("measuring %s: %s", dataset.key, error.code)
    return found


def _with_leave() -> QuerySet[Dataset]:
    return Dataset.objects.filter(measured_until__gte=engine.today())


def _is_file(dataset: Dataset) -> bool:
    try:
        return contract_in(current_version(dataset)).server.kind != _SERVER
    except GrondslagError:
        return True  # that it cannot be read is what must be told


def _midnight() -> datetime:
    return engine.clock().now().replace(hour=0, minute=0, second=0, microsecond=0)


def _grant(dataset: Dataset, *, by: Person, stepped_up: datetime, days: timedelta) -> None:
    until = engine.today() + days
    with transaction.atomic():
        locked = Dataset.objects.select_for_update().get(pk=dataset.pk)
        locked.measured_until = until
        locked.save(update_fields=["measured_until"])
        grant_check(
            engine.installation(), contract_in(current_version(locked)),
            PublicIdentity(_PORTAL, engine.witness_public_key()), until=until,
            signer=engine.signer_for(by.name, stepped_up=stepped_up), clock=engine.clock(),
        )  # fmt: skip


def _report(version: ContractVersion) -> QualityReport:
    contract: Contract = contract_in(version)
    mandate = check_mandate(
        engine.installation(), contract, signer=engine.signer_for(_PORTAL), clock=engine.clock()
    )
    place = locate(contract, contracts_folder(), instead=file_of(contract))
    return check_contract(mandate, contract, place, clock=engine.clock())


def _as_index(fault: Fault) -> dict[str, Any]:
    return {
        "kind": str(fault.kind),
        "column": fault.column,
        "count": fault.count.number,
        "is_about": fault.count.is_about,
        "line": fault.line,
        "type": str(fault.type or ""),
        "pattern": str(fault.pattern or ""),
    }
