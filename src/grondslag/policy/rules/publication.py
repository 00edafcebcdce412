"""What may be public: openness is the rule, what points at a person stays closed."""

from collections.abc import Iterator

from grondslag.contracts import Contract
from grondslag.law import STATUTES, statute
from grondslag.policy.asked import asked_of, personal_needs
from grondslag.policy.edits import ChangeOutput, DropColumn, DropDataset, DropParty
from grondslag.policy.model import Case, Fault, notes, refuses, rule
from grondslag.policy.people import AskOwner
from grondslag.vocabulary import OutputStep, PartyRole, PersonalDataCategory, Secrecy

WOO, WHO, WOZ = STATUTES["Woo"], STATUTES["Who"], STATUTES["Wet WOZ"]

_CLOSED = (
    PersonalDataCategory.SPECIAL,
    PersonalDataCategory.CRIMINAL,
    PersonalDataCategory.NATIONAL_ID,
)


def _published(case: Case) -> Iterator[tuple[int, Contract]]:
    """The places in the plan whose rows leave as open data, with their contracts."""
    for at, need in enumerate(case.plan.data):
        contract = case.contracts.get(need.dataset)
        if need.output is OutputStep.OPEN and contract is not None:
            yield at, contract


@rule(
    "publication.heavy-data-stays-closed",
    WOO.article("5.1", 1, "d"),
    WOO.article("5.1", 1, "e"),
    WHO.article("2", 1, "a"),
)
def heavy_data_stays_closed(case: Case) -> Iterator[Fault]:
    """Special and criminal data and the BSN are never published; no interest weighs against it."""
    for at, _ in _published(case):
        for asked in asked_of(case, at):
            if asked.privacy is not None and asked.privacy.category in _CLOSED:
                yield refuses(
                    "policy.publication.heavy-data-stays-closed.column",
                    asked.where,
                    DropColumn(asked.dataset, asked.wanted.name),
                    dataset=asked.dataset,
                    column=asked.wanted.name,
                )


@rule("publication.owner-opens-it", WOO.article("3.1", 1), WOO.article("5.1", 2))
def owner_opens_it(case: Case) -> Iterator[Fault]:
    """Data is published once its owner weighed the interests and opened it."""
    for at, contract in _published(case):
        if contract.privacy.secrecy is not Secrecy.NONE:
            yield refuses(
                "policy.publication.owner-opens-it.secret",
                ("data", at, "output"),
                DropDataset(contract.name),
                dataset=contract.name,
            )
        elif contract.privacy.access != "open":
            # Nobody is in it, and a person lets each figure out: worth knowing, no reason to wait.
            yield notes(
                "policy.publication.owner-opens-it.closed",
                ("data", at, "output"),
                AskOwner(contract.name),
                DropDataset(contract.name),
                dataset=contract.name,
            )


@rule("publication.values-go-one-by-one", WOZ.article("40b", 2), WHO.article("2", 1, "h"))
def values_go_one_by_one(case: Case) -> Iterator[Fault]:
    """Values of homes are public one by one, at the national counter; a list of them is not."""
    for at in personal_needs(case):
        need = case.plan.data[at]
        contract = case.contracts.get(need.dataset)
        if contract is None or statute(contract.privacy.legal_basis.law) is not WOZ:
            continue
        others = [item for item in case.plan.parties if item.role is PartyRole.RECIPIENT]
        counted = need.output is OutputStep.AGGREGATE
        if counted or not (others or need.output is OutputStep.OPEN):
            continue
        steps = abs(need.output.height - OutputStep.AGGREGATE.height)
        yield refuses(
            "policy.publication.values-go-one-by-one.list",
            ("data", at, "output"),
            ChangeOutput(need.dataset, OutputStep.AGGREGATE, steps),
            *(DropParty(item.name) for item in others),
            DropDataset(need.dataset),
            dataset=need.dataset,
        )
