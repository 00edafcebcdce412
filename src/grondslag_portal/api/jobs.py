"""Verifying the audit chain as long work: it grows with the years, a request does not wait."""

from collections.abc import Mapping
from typing import Any

from grondslag.audit import verify_chain
from grondslag.errors import IntegrityError
from grondslag.wording import LANGUAGES, sentence
from grondslag_portal.shared.engine import installation
from grondslag_portal.tasks.jobs import Assignment, job

VERIFY = "api.verify-audit"
CHAIN = "audit"
"""What the run is about: there is one chain."""


@job(VERIFY)
def verify_audit(assignment: Assignment) -> Mapping[str, Any]:
    """Look at the audit chain from its first record to its last; a broken one is a result too."""
    assignment.tell("api.step-verify")
    home = installation()
    try:
        report = verify_chain(
            home.chain, public_key=home.machine_public_key, heads=[], witness=home.witness
        )
    except IntegrityError as error:
        said = {one: sentence(error.code, language=one, **error.fields) for one in LANGUAGES}
        return {"whole": False, "records": None, "said": said}
    said = {
        one: sentence("cli.audit-whole", language=one, count=report.records) for one in LANGUAGES
    }
    return {"whole": True, "records": report.records, "said": said}
