"""The owner's check mandate: does my own dataset keep its contract?

The owner checks with their own key, for one day. Somebody else checks with a grant that the owner
signed: for one contract, one key, until a date. Both are logged.
"""

from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval.authorities import Authorities, Capacity
from grondslag.approval.installation import Installation
from grondslag.approval.mandate import Checking, CheckMandate, issue_check
from grondslag.approval.registers import current_authorities, current_revocations
from grondslag.approval.revocations import Revocable
from grondslag.approval.statements import (
    DATASET,
    DATE,
    KEY,
    NAME,
    SIGNATURE,
    TEXT,
    TIME,
    Signer,
    closed_object,
    is_signed_by,
    moment,
    read_strict,
    signed,
    write_strict,
)
from grondslag.clock import Clock, timestamp, today
from grondslag.contracts import Contract
from grondslag.errors import ApprovalError
from grondslag.keys import PublicIdentity, fingerprint_of
from grondslag.vocabulary import SigningRole

_KIND = "check"
_SCHEMA = closed_object(
    {
        "dataset": DATASET,
        "contract_id": TEXT,
        "department": TEXT,
        "holder": NAME,
        "holder_key": KEY,
        "until": DATE,
        "subject": NAME,
        "public_key": KEY,
        "time": TIME,
        "signature": SIGNATURE,
    }
)


def grant_check(
    installation: Installation,
    contract: Contract,
    holder: PublicIdentity,
    *,
    until: date,
    signer: Signer,
    clock: Clock,
) -> Path:
    """Let somebody else, a steward, check a dataset until a date; as its owner.

    It is about the dataset, not about one version of its contract: checking is how a contract is
    made to fit.

    Raises:
        ApprovalError: The key is not the owner's.
    """
    authorities = current_authorities(installation)
    entry = authorities.may_sign(
        signer.public_key, _owning(contract), today(clock), subject=signer.subject
    )
    content = {
        "dataset": contract.name,
        "contract_id": contract.id,
        "department": contract.department,
        "holder": holder.name,
        "holder_key": holder.public_key,
        "until": until.isoformat(),
        "subject": entry.subject,
        "public_key": signer.public_key,
        "time": timestamp(clock),
    }
    installation.record(
        entry.subject,
        "check.granted",
        contract.name,
        holder=holder.name,
        key=holder.fingerprint,
        until=until.isoformat(),
    )
    path = installation.grant_file(contract.name)
    write_strict(path, signed(_KIND, content, signer.private))
    return path


def check_mandate(
    installation: Installation, contract: Contract, *, signer: Signer, clock: Clock
) -> CheckMandate:
    """The mandate to check a dataset: for its owner today, for others under the owner's grant.

    Args:
        installation: Its authorities, revocations and grants.
        contract: The dataset.
        signer: Who checks; their private key is proof that it is them.
        clock: Tells the day.

    Raises:
        ApprovalError: The key is neither the owner's nor granted, was revoked, or the grant is
            over.
    """
    authorities = current_authorities(installation)
    revocations = current_revocations(installation, clock=clock)
    revocations.check_not_revoked(Revocable.KEY, fingerprint_of(signer.public_key))
    day = today(clock)
    grant = _grant(installation, contract, signer.public_key)
    if grant is None:
        entry = authorities.may_sign(
            signer.public_key, _owning(contract), day, subject=signer.subject
        )
        holder, until = entry.subject, day
    else:
        _check_grant(grant, contract, authorities, day)
        revocations.check_not_revoked(Revocable.KEY, fingerprint_of(grant["public_key"]))
        holder, until = grant["holder"], date.fromisoformat(grant["until"])
    installation.record(holder, "check.opened", contract.name, until=until.isoformat())
    return issue_check(Checking(contract, holder, until, is_owner=grant is None))


def _grant(
    installation: Installation, contract: Contract, public_key: str
) -> dict[str, Any] | None:
    """The grant to this key, if there is one."""
    path = installation.grant_file(contract.name)
    if not path.exists():
        return None
    raw = read_strict(path, _SCHEMA)
    return raw if raw["holder_key"] == public_key else None


def _check_grant(
    raw: dict[str, Any], contract: Contract, authorities: Authorities, day: date
) -> None:
    """The owner gave it, is owner still, and it is about this dataset and not over."""
    file = f"{contract.name}.json"
    about = (raw["dataset"], raw["contract_id"], raw["department"])
    if not is_signed_by(raw["public_key"], _KIND, raw):
        raise ApprovalError("approval.signature-invalid", file=file)
    if about != (contract.name, contract.id, contract.department):
        raise ApprovalError("approval.grant-other-dataset", dataset=contract.name)
    for when in (moment(raw["time"], file=file).date(), day):
        authorities.check_statement(raw["public_key"], raw["subject"], _owning(contract), when)
    if date.fromisoformat(raw["until"]) < day:
        raise ApprovalError("approval.grant-over", dataset=contract.name, date=raw["until"])


def _owning(contract: Contract) -> Capacity:
    return Capacity(SigningRole.OWNER, departments=(contract.department,))
