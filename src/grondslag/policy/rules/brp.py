"""The register of residents: only for the task, only to own bodies, the secrecy mark travels."""

from collections.abc import Iterator

from grondslag.law import STATUTES
from grondslag.policy.asked import personal_needs
from grondslag.policy.edits import DropDataset, DropParty
from grondslag.policy.model import Case, Fault, refuses, rule
from grondslag.policy.people import AskOwner, NameGround
from grondslag.policy.rules.ground import PUBLIC
from grondslag.vocabulary import Domain, PartyRole

BRP = STATUTES["Wet BRP"]


def _residents(case: Case) -> Iterator[int]:
    """The places in the plan that ask personal data of the register of residents."""
    for at in personal_needs(case):
        contract = case.contracts.get(case.plan.data[at].dataset)
        if contract is not None and contract.privacy.domain is Domain.BRP:
            yield at


@rule("brp.only-for-the-task", BRP.article("3.8", 2))
def only_for_the_task(case: Case) -> Iterator[Fault]:
    """Data of residents goes to a body of the municipality only for its task in law."""
    for at in _residents(case):
        dataset = case.plan.data[at].dataset
        if case.plan.legal_basis.gdpr not in PUBLIC:
            yield refuses(
                "policy.brp.only-for-the-task.no-task",
                ("data", at, "dataset"),
                NameGround(),
                DropDataset(dataset),
                dataset=dataset,
            )


@rule("brp.stays-with-own-bodies", BRP.article("3.8", 1), BRP.article("3.9", 1))
def stays_with_own_bodies(case: Case) -> Iterator[Fault]:
    """A plan hands data of residents to no other organisation: article 3.9 has its own way."""
    if not any(True for _ in _residents(case)):
        return
    for at, party in enumerate(case.plan.parties):
        if party.role in (PartyRole.RECIPIENT, PartyRole.JOINT_CONTROLLER):
            yield refuses(
                "policy.brp.stays-with-own-bodies.others",
                ("parties", at),
                DropParty(party.name),
                *(DropDataset(case.plan.data[n].dataset) for n in _residents(case)),
                party=party.name,
            )


@rule("brp.secrecy-mark-is-known", BRP.article("3.10", 1), BRP.article("3.21", 1))
def secrecy_mark_is_known(case: Case) -> Iterator[Fault]:
    """The owner of resident data says where the secrecy mark stands and what it coarsens."""
    for at in _residents(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        if contract is not None and contract.privacy.secrecy_mark is None:
            yield refuses(
                "policy.brp.secrecy-mark-is-known.none",
                ("data", at, "dataset"),
                AskOwner(dataset),
                DropDataset(dataset),
                dataset=dataset,
            )
