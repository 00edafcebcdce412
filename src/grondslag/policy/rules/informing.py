"""Transparency: people hear of a use of their data before it begins, or an exception holds."""

from collections.abc import Iterator

from grondslag.accountability import AgreementType
from grondslag.contracts import Contract
from grondslag.law import STATUTES
from grondslag.plan import Informing
from grondslag.policy.asked import personal_needs
from grondslag.policy.model import Case, Fault, asks, rule, waits
from grondslag.policy.people import AskOwner, GiveReason, NameGround, TellPeople
from grondslag.policy.rules.purpose import further_needs
from grondslag.policy.words import is_reason
from grondslag.vocabulary import CollectedFrom, InformingWay, PartyRole, Secrecy

AVG = STATUTES["AVG"]

_WHERE = ("informing",)
_TELLS = (InformingWay.PERSONAL, InformingWay.PUBLIC)
_EXCEPTIONS = (InformingWay.DISPROPORTIONATE, InformingWay.PRESCRIBED, InformingWay.SECRET)


def brought_needs(case: Case) -> Iterator[tuple[int, Contract]]:
    """The places in the plan that ask personal data a partner brings, with its contract."""
    brought = {
        dataset
        for party in case.plan.parties
        if party.role is PartyRole.PARTNER
        and (agreement := case.accountability.agreements.get(party.agreement)) is not None
        and agreement.kind is AgreementType.DATA_SHARING
        for dataset in agreement.datasets
    }
    for at in personal_needs(case):
        contract = case.contracts.get(case.plan.data[at].dataset)
        if contract is not None and contract.name in brought:
            yield at, contract


def _needs(case: Case) -> Iterator[tuple[int, Contract]]:
    """Every place of which people must hear something new."""
    seen: set[int] = set()
    for at, contract in (*further_needs(case), *brought_needs(case)):
        if at not in seen:
            seen.add(at)
            yield at, contract


@rule("informing.before-another-purpose", AVG.article("13", 3), AVG.article("14", 4))
def before_another_purpose(case: Case) -> Iterator[Fault]:
    """People hear beforehand that their data serves another purpose."""
    for at, contract in further_needs(case):
        if case.plan.informing is None:
            code = "policy.informing.before-another-purpose.none"
            where = ("data", at, "dataset")
            yield waits(code, where, TellPeople(), dataset=contract.name)


@rule("informing.about-what-others-bring", AVG.article("14", 1), AVG.article("14", 3))
def about_what_others_bring(case: Case) -> Iterator[Fault]:
    """People hear within a month that the municipality got their data from somebody else."""
    for at, contract in brought_needs(case):
        if case.plan.informing is None:
            code = "policy.informing.about-what-others-bring.none"
            where = ("data", at, "dataset")
            yield waits(code, where, TellPeople(), dataset=contract.name)


@rule("informing.can-be-found", AVG.article("12", 1), AVG.article("5", 1, "a"))
def informing_can_be_found(case: Case) -> Iterator[Fault]:
    """Where people read it is written down; that they know it already has a reason."""
    informing = case.plan.informing
    if informing is None or not any(True for _ in _needs(case)):
        return
    if informing.way in _TELLS and not _is_reason(case, informing.where):
        yield asks("policy.informing.can-be-found.nowhere", _WHERE, TellPeople())
    if informing.way is InformingWay.KNOWN and not _is_reason(case, informing.reason):
        yield waits("policy.informing.can-be-found.known-why", _WHERE, GiveReason(), TellPeople())


@rule("informing.exception-holds", AVG.article("13", 4), AVG.article("14", 5))
def exception_holds(case: Case) -> Iterator[Fault]:
    """People are not told only under an exception, and only where others brought their data."""
    informing = case.plan.informing
    if informing is None or informing.way not in _EXCEPTIONS:
        return
    for at, contract in _needs(case):
        where = ("data", at, "dataset")
        source = contract.privacy.collected_from
        if source is CollectedFrom.OTHERS:
            yield from _condition(case, contract, informing)
        elif source is None:
            code = "policy.informing.exception-holds.unknown-source"
            yield waits(code, where, AskOwner(contract.name), TellPeople(), dataset=contract.name)
        else:
            code = "policy.informing.exception-holds.from-people"
            yield waits(code, where, TellPeople(), dataset=contract.name)


def _condition(case: Case, contract: Contract, informing: Informing) -> Iterator[Fault]:
    """What the exception asks itself (GDPR art. 14(5)(b), (c), (d))."""
    facts = {"dataset": contract.name}
    if informing.way is InformingWay.DISPROPORTIONATE:
        texts = (informing.reason, informing.where)
        if not all(_is_reason(case, text) for text in texts):
            code = "policy.informing.exception-holds.disproportionate"
            yield waits(code, _WHERE, GiveReason(), TellPeople(), **facts)
    elif informing.way is InformingWay.PRESCRIBED:
        if case.parameters.provision(informing.law, informing.article) is None:
            code = "policy.informing.exception-holds.unread"
            yield waits(code, _WHERE, NameGround(), TellPeople(), **facts)
    elif contract.privacy.secrecy is Secrecy.NONE:
        code = "policy.informing.exception-holds.no-secrecy"
        yield waits(code, _WHERE, TellPeople(), **facts)


def _is_reason(case: Case, text: str) -> bool:
    return is_reason(text, case.parameters.value("shortest_reason", case.day))
