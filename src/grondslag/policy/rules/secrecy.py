"""Secrecy that comes along with the data: medical, police, tax."""

from collections.abc import Iterator

from grondslag.accountability import AgreementType
from grondslag.law import STATUTES, Provision, statute
from grondslag.policy.asked import AskedColumn, asked_of
from grondslag.policy.edits import ChangeCount, ChangeOutput, DropColumn, DropDataset, DropLink
from grondslag.policy.model import Case, Fault, asks, refuses, rule
from grondslag.policy.people import AddAgreement, AskOfficer, NameGround
from grondslag.vocabulary import (
    AdministrativeBody,
    IdentifierRole,
    OutputStep,
    PersonalDataCategory,
    Secrecy,
)

BW7, WPG, AWR = STATUTES["BW 7"], STATUTES["Wpg"], STATUTES["AWR"]

_PROVIDING = frozenset({"16", "18", "19", "20", "22"})
"""The articles of the Wpg under which police data reaches others; 22 only as figures."""


def _under(case: Case, secrecy: Secrecy) -> Iterator[int]:
    """The places in the plan that ask a dataset under a secrecy regime."""
    for at, need in enumerate(case.plan.data):
        contract = case.contracts.get(need.dataset)
        if contract is not None and contract.privacy.secrecy is secrecy:
            yield at


def _only_counts(case: Case, at: int, code: str) -> Iterator[Fault]:
    """Counted tables only, never joined on the person."""
    need = case.plan.data[at]
    if need.output is not OutputStep.AGGREGATE:
        steps = abs(need.output.height - OutputStep.AGGREGATE.height)
        yield refuses(
            code,
            ("data", at, "output"),
            ChangeOutput(need.dataset, OutputStep.AGGREGATE, steps),
            DropDataset(need.dataset),
            dataset=need.dataset,
        )


def _never_linked(case: Case, at: int, code: str) -> Iterator[Fault]:
    dataset = case.plan.data[at].dataset
    for n, link in enumerate(case.plan.links):
        if dataset in (link.left, link.right):
            yield refuses(code, ("links", n), DropLink(link.left, link.right), dataset=dataset)


@rule("secrecy.medical-only-counts", BW7.article("457", 1))
def medical_only_counts(case: Case) -> Iterator[Fault]:
    """Data under medical confidentiality leaves only as counts per place and period."""
    for at in _under(case, Secrecy.MEDICAL):
        need = case.plan.data[at]
        reached = _research_step(case, need.dataset)
        if reached is not OutputStep.OPEN and reached.height >= need.output.height:
            continue  # the rule below says on which conditions
        yield from _only_counts(case, at, "policy.secrecy.medical-only-counts.records")
        yield from _never_linked(case, at, "policy.secrecy.medical-only-counts.link")
        if need.count == "persons":
            yield refuses(
                "policy.secrecy.medical-only-counts.persons",
                ("data", at, "count"),
                ChangeCount(need.dataset, "rows"),
                dataset=need.dataset,
            )
        for asked in asked_of(case, at):
            if not _is_place_or_period(asked):
                yield refuses(
                    "policy.secrecy.medical-only-counts.column",
                    asked.where,
                    DropColumn(need.dataset, asked.wanted.name),
                    dataset=asked.dataset,
                    column=asked.wanted.name,
                )


@rule("secrecy.medical-research-has-conditions", BW7.article("458", 1), BW7.article("458", 2))
def medical_research_has_conditions(case: Case) -> Iterator[Fault]:
    """For research a caregiver may give records without consent, on the conditions of art. 458."""
    for at in _under(case, Secrecy.MEDICAL):
        dataset = case.plan.data[at].dataset
        if _research_step(case, dataset) is not OutputStep.OPEN:
            code = "policy.secrecy.medical-research-has-conditions.asked"
            yield asks(code, ("data", at), AddAgreement(""), AskOfficer(), dataset=dataset)
            yield from _never_linked(
                case, at, "policy.secrecy.medical-research-has-conditions.link"
            )


def _research_step(case: Case, dataset: str) -> OutputStep:
    """How far art. 458(1) reaches: (b) without traces to a person, (a) with safeguards; or not."""
    points = {
        item.point
        for item in _grounds(case, dataset)
        if item.statute is BW7 and (item.article, item.paragraph) == ("458", 1)
    }
    if "a" in points:
        return OutputStep.PSEUDONYMOUS
    return OutputStep.ANONYMOUS if "b" in points else OutputStep.OPEN


def _is_place_or_period(asked: AskedColumn) -> bool:
    """Whether a column says where or when, or a number that is about nobody."""
    privacy = asked.privacy
    if privacy is None:
        return False
    about_nobody = (privacy.category, privacy.role) == (
        PersonalDataCategory.NONE,
        IdentifierRole.NONE,
    )
    where_or_when = asked.wanted.form.name in ("area", "year", "quarter", "month")
    ordinary = privacy.category in (PersonalDataCategory.NONE, PersonalDataCategory.ORDINARY)
    return about_nobody or (where_or_when and ordinary)


@rule(
    "secrecy.police-needs-a-provision",
    WPG.article("16", 1, "b"),
    WPG.article("18", 1),
    WPG.article("19"),
    WPG.article("20", 1),
    WPG.article("22", 1),
)
def police_data_needs_a_provision(case: Case) -> Iterator[Fault]:
    """Police data leaves only as counts, under an agreement that names the article of the Wpg."""
    for at in _under(case, Secrecy.POLICE):
        need = case.plan.data[at]
        yield from _only_counts(case, at, "policy.secrecy.police-needs-a-provision.records")
        yield from _never_linked(case, at, "policy.secrecy.police-needs-a-provision.link")
        articles = [item for item in _grounds(case, need.dataset) if item.statute is WPG]
        if not any(_reaches_us(case, item) for item in articles):
            yield refuses(
                "policy.secrecy.police-needs-a-provision.none",
                ("data", at, "dataset"),
                AddAgreement(""),
                DropDataset(need.dataset),
                dataset=need.dataset,
            )


def _reaches_us(case: Case, provision: Provision) -> bool:
    """Whether the Wpg lets police data reach this controller; art. 16 names the mayor only."""
    if provision.article not in _PROVIDING:
        return False
    return provision.article != "16" or case.plan.controller is AdministrativeBody.MAYOR


@rule("secrecy.tax-needs-an-exception", AWR.article("67"))
def tax_data_needs_an_exception(case: Case) -> Iterator[Fault]:
    """Data under tax secrecy leaves only where article 67 of the AWR itself lifts the secrecy."""
    for at in _under(case, Secrecy.TAX):
        dataset = case.plan.data[at].dataset
        if not any(_lifts_tax_secrecy(item) for item in _grounds(case, dataset)):
            yield refuses(
                "policy.secrecy.tax-needs-an-exception.none",
                ("data", at, "dataset"),
                NameGround(),
                AddAgreement(""),
                DropDataset(dataset),
                dataset=dataset,
            )


def _lifts_tax_secrecy(provision: Provision) -> bool:
    """AWR art. 67(2)(a) and (b), and a dispensation under (3)."""
    lifted = (provision.paragraph, provision.point) in ((2, "a"), (2, "b"), (3, ""))
    return provision.statute is AWR and provision.article == "67" and lifted


def _grounds(case: Case, dataset: str) -> Iterator[Provision]:
    """The grounds named in agreements in force that cover a dataset for this purpose."""
    for agreement in case.accountability.agreements.values():
        covers = dataset in agreement.datasets and case.plan.purpose in agreement.purposes
        in_force = agreement.is_valid(case.day) and agreement.is_valid(case.plan.end_date)
        if agreement.kind is AgreementType.DATA_SHARING and covers and in_force:
            for ground in agreement.grounds:
                known = case.parameters.provision(ground.law, ground.article)
                if known is not None and known.statute is statute(ground.law):
                    yield known
