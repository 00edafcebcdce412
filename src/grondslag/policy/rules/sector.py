"""Records about people in care, youth care, income, school, order: opened by the sector's own law.

Counts need no more than the other rules ask: each of these laws leaves what points at nobody free.
Records do, and the general task of a municipality is not enough for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grondslag.law import STATUTES, Provision
from grondslag.policy.asked import personal_needs
from grondslag.policy.edits import ChangeOutput, DropDataset
from grondslag.policy.model import Case, Fault, refuses, rule
from grondslag.policy.people import NameGround
from grondslag.vocabulary import Domain, OutputStep

BW7 = STATUTES["BW 7"]
YOUTH, WMO, WORK = STATUTES["Jeugdwet"], STATUTES["Wmo 2015"], STATUTES["Participatiewet"]
SUWI, DEBT, SCHOOL = STATUTES["SUWI"], STATUTES["Schuldhulpwet"], STATUTES["Leerplichtwet"]
TOWN, WGS = STATUTES["Gemeentewet"], STATUTES["WGS"]

_IDENTIFIED, _PSEUDONYMOUS, _ANONYMOUS = (
    OutputStep.IDENTIFIED,
    OutputStep.PSEUDONYMOUS,
    OutputStep.ANONYMOUS,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """An article that opens records of a field of work.

    Args:
        provision: The article; any of its paragraphs.
        highest: How far up the ladder of outputs it reaches.
    """

    provision: Provision
    highest: OutputStep


def _all(statute: str, *articles: str, up_to: OutputStep) -> tuple[Opening, ...]:
    return tuple(Opening(STATUTES[statute].article(number), up_to) for number in articles)


_HOUSES = (Opening(WGS.article("2.25"), _IDENTIFIED),)
_CENTRES = (Opening(WGS.article("2.17"), _IDENTIFIED), Opening(WGS.article("2.19"), _IDENTIFIED))
_INCOME = (
    *_all("Participatiewet", "7", "7a", "8", "8a", "10", "64", "67", up_to=_IDENTIFIED),
    *_all("Participatiewet", "65", up_to=_PSEUDONYMOUS),
    *_all("SUWI", "62", "64", up_to=_IDENTIFIED),
    *_all("Schuldhulpwet", "3", "8", "8a", "8b", "8d", up_to=_IDENTIFIED),
    *_CENTRES,
)

OPENINGS: Mapping[Domain, tuple[Opening, ...]] = {
    Domain.YOUTH: (
        *_all("Jeugdwet", "7.4.0", up_to=_IDENTIFIED),
        *_all("Jeugdwet", "7.4.1", "7.4.4", up_to=_PSEUDONYMOUS),
        *_all("Jeugdwet", "7.3.12", up_to=_ANONYMOUS),
        *_all("Schuldhulpwet", "8d", up_to=_IDENTIFIED),
        *_HOUSES,
    ),
    Domain.CARE: (
        *_all("Wmo 2015", "2.5.1", "5.1.1", up_to=_IDENTIFIED),
        *_all("Schuldhulpwet", "8d", up_to=_IDENTIFIED),
        *_all("BW 7", "458", up_to=_ANONYMOUS),
        *_HOUSES,
    ),
    Domain.INCOME: _INCOME,
    Domain.WORK: _INCOME,
    Domain.EDUCATION: _all("Leerplichtwet", "18", "19", "22", up_to=_IDENTIFIED),
    Domain.PUBLIC_ORDER: (
        *_all("Gemeentewet", "172", "172a", "174", "174a", "175", up_to=_IDENTIFIED),
        *_CENTRES,
        *_HOUSES,
    ),
}
"""Per field of work the articles that open its records; what is not here opens none."""


@rule(
    "youth.records-rest-on-its-act",
    YOUTH.article("7.3.11", 1),
    YOUTH.article("7.3.12", 1),
    YOUTH.article("7.4.0", 1),
    YOUTH.article("7.4.1", 2),
    YOUTH.article("7.4.4", 1),
)
def youth_records(case: Case) -> Iterator[Fault]:
    """Records of children in care are opened by the youth act: for help and payment, or policy."""
    yield from _records(
        case,
        Domain.YOUTH,
        none="policy.youth.records-rest-on-its-act.none",
        step="policy.youth.records-rest-on-its-act.step",
    )


@rule("care.records-rest-on-its-act", WMO.article("2.5.1", 1), WMO.article("5.1.1", 1))
def care_records(case: Case) -> Iterator[Fault]:
    """Records of people with support are opened by the act on social support."""
    yield from _records(
        case,
        Domain.CARE,
        none="policy.care.records-rest-on-its-act.none",
        step="policy.care.records-rest-on-its-act.step",
    )


@rule(
    "income.records-rest-on-their-acts",
    WORK.article("65", 1),
    WORK.article("65", 3),
    SUWI.article("62", 1),
    SUWI.article("74", 1),
    DEBT.article("8a"),
    DEBT.article("8b", 1),
)
def income_records(case: Case) -> Iterator[Fault]:
    """Records of benefits, work and debts are opened by the acts on work, income and debts."""
    for domain in (Domain.INCOME, Domain.WORK):
        yield from _records(
            case,
            domain,
            none="policy.income.records-rest-on-their-acts.none",
            step="policy.income.records-rest-on-their-acts.step",
        )


@rule(
    "education.records-rest-on-its-act",
    SCHOOL.article("18", 3),
    SCHOOL.article("19"),
    SCHOOL.article("22", 1),
)
def education_records(case: Case) -> Iterator[Fault]:
    """Records of pupils are opened by the act on compulsory education."""
    yield from _records(
        case,
        Domain.EDUCATION,
        none="policy.education.records-rest-on-its-act.none",
    )


@rule("order.records-rest-on-the-mayor", TOWN.article("172", 1), TOWN.article("172", 3))
def order_records(case: Case) -> Iterator[Fault]:
    """Records about people and public order are the mayor's, or of a partnership of the WGS."""
    yield from _records(
        case,
        Domain.PUBLIC_ORDER,
        none="policy.order.records-rest-on-the-mayor.none",
    )


def _records(case: Case, domain: Domain, none: str, step: str | None = None) -> Iterator[Fault]:
    """Above counts, every dataset of a field needs an article that opens it so far.

    ``none`` is said when nothing opens it, ``step`` when something does, but not so far.
    """
    for at in personal_needs(case):
        need = case.plan.data[at]
        contract = case.contracts.get(need.dataset)
        if contract is None or contract.privacy.domain is not domain:
            continue  # without a contract another rule refuses
        if need.output.height <= OutputStep.AGGREGATE.height:
            continue
        highest = _highest(case, domain, need.dataset)
        if highest.height >= need.output.height:
            continue
        yield refuses(
            none if step is None or highest is OutputStep.AGGREGATE else step,
            ("data", at, "output"),
            ChangeOutput(need.dataset, highest, need.output.height - highest.height),
            NameGround(),
            DropDataset(need.dataset),
            dataset=need.dataset,
            step=highest,
        )


def _highest(case: Case, domain: Domain, dataset: str) -> OutputStep:
    """How far the grounds of the plan for a dataset open a field; counts when they do not."""
    grounds = tuple(grounds_for(case, dataset))
    if case.parameters.opens((domain,), grounds):
        return _IDENTIFIED
    named = {(item.statute.key, item.article) for item in grounds}
    opened = [
        opening.highest
        for opening in OPENINGS[domain]
        if (opening.provision.statute.key, opening.provision.article) in named
    ]
    return max(opened, key=lambda step: step.height, default=OutputStep.AGGREGATE)


def grounds_for(case: Case, dataset: str) -> Iterator[Provision]:
    """Every provision that the plan names for a dataset, as far as it was read.

    Its own basis; the law behind an exception, a further use or a link of that dataset.
    """
    plan = case.plan
    named = [(plan.legal_basis.law, plan.legal_basis.article)]
    named += [(item.law, item.article) for item in plan.special_grounds if item.dataset == dataset]
    named += [(item.law, item.article) for item in plan.further_uses if item.dataset == dataset]
    named += [
        (link.ground.law, link.ground.article)
        for link in plan.links
        if dataset in (link.left, link.right)
    ]
    for law, article in named:
        found = case.parameters.provision(law, article)
        if found is not None:
            yield found
