"""What stewards agreed, taken over in a contract by its owner: one click, a new version."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from grondslag.canonical import Path as Place
from grondslag.canonical import sha256_hex
from grondslag.contracts import Contract
from grondslag.errors import InputError
from grondslag_portal.catalogue.editing import with_values
from grondslag_portal.catalogue.models import Dataset, Proposal
from grondslag_portal.catalogue.selectors import contract_in, current_version
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.catalogue.terms import settled_for
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

_LAST_NUMBER = re.compile(r"(\d+)(?!.*\d)")


@dataclass(frozen=True, slots=True)
class Agreed:
    """A definition that waits until the owner of a dataset takes it over.

    Args:
        proposal: What was agreed, and by whom.
        column: What people call the column.
        now: What the contract says today.
    """

    proposal: Proposal
    column: str
    now: str


def waiting_in(dataset: Dataset, contract: Contract, settled: Iterable[Proposal]) -> list[Agreed]:
    """What was agreed about a dataset and does not stand in its contract; the newest of each.

    Args:
        dataset: Which.
        contract: As it is now.
        settled: What both sides agreed about it, newest first.
    """
    columns = {column.name: column for column in contract.columns}
    found = []
    seen = set()
    for one in settled:
        side = _side(one, dataset)
        column = columns.get(getattr(one, f"{side}_column"))
        if one.place in seen:
            continue
        seen.add(one.place)
        if column is not None and one.definition not in ("", column.definition):
            found.append(Agreed(one, column.title, column.definition))
    return found


def waiting_for(person: Person) -> QuerySet[Proposal]:
    """What was agreed and waits until somebody takes it over as an owner; the newest of each."""
    grants = [grant for grant in person.grants_today() if grant.role == Role.OWNER]
    agreed = Proposal.objects.exclude(first_by="").exclude(second_by="")
    newer = agreed.filter(place=OuterRef("place"), pk__gt=OuterRef("pk"))
    found = agreed.exclude(definition="").exclude(Exists(newer)).select_related("first", "second")
    whose = {grant.department_id for grant in grants}
    if None in whose:
        return found.filter(Q(first_version=None) | Q(second_version=None))
    return found.filter(
        Q(first__department__in=whose, first_version=None)
        | Q(second__department__in=whose, second_version=None)
    )


def take_over(proposal: Proposal, dataset: Dataset, *, by: Person) -> Dataset:
    """Write an agreed definition in the contract of a dataset, as its owner.

    The contract gets a new version; every other sign of it stays.

    Raises:
        InputError: It stands there already, or must be written by hand.
    """
    with transaction.atomic():
        locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
        version = current_version(dataset)
        contract = contract_in(version)
        waits = waiting_in(dataset, contract, settled_for(dataset))
        if locked.pk not in [one.proposal.pk for one in waits]:
            raise InputError("catalogue.nothing-to-take-over", term=locked.term)
        column = getattr(locked, f"{_side(locked, dataset)}_column")
        values = {
            _place_of(contract, column): locked.definition,
            ("version",): _LAST_NUMBER.sub(_one_more, contract.version),
        }
        text = with_values(contract.document, values)
        kept = keep_contract(
            text.encode(), department=dataset.department, dataset=dataset, by=by.name,
            seen=version.number,
        )  # fmt: skip
        engine.installation().record(
            by.name, "catalogue.settling-taken-over", dataset.key,
            sha256=sha256_hex(locked.definition.encode()), term=locked.term,
            agreed_by=f"{locked.first_by}, {locked.second_by}",
        )  # fmt: skip
    return kept


def _side(proposal: Proposal, dataset: Dataset) -> str:
    return "first" if proposal.first_id == dataset.pk else "second"


def _place_of(contract: Contract, column: str) -> Place:
    properties = contract.document.content["schema"][0]["properties"]
    at = next(at for at, found in enumerate(properties) if found["name"] == column)
    return ("schema", 0, "properties", at, "description")


def _one_more(last: re.Match[str]) -> str:
    return str(int(last.group()) + 1)
