"""Lawfulness: a legal basis a public body has, a law that was read, a body that bears the task."""

from collections.abc import Iterator

from grondslag.canonical import Path
from grondslag.contracts import LegalBasis
from grondslag.law import STATUTES, cited, statute
from grondslag.policy.asked import is_personal, personal_needs
from grondslag.policy.edits import DropDataset
from grondslag.policy.model import Case, Fault, asks, notes, refuses, rule, waits
from grondslag.policy.people import AskOfficer, AskOwner, GiveReason, NameBody, NameGround
from grondslag.policy.words import has_filler, repeats
from grondslag.vocabulary import GdprBasis

AVG = STATUTES["AVG"]

_BASIS = ("legal_basis",)
PUBLIC = (GdprBasis.LEGAL_OBLIGATION, GdprBasis.PUBLIC_TASK)
"""The bases on which a public body works (GDPR art. 6(1)(c) and (e))."""


@rule("ground.fits-a-public-body", AVG.article("6", 1))
def ground_fits_a_public_body(case: Case) -> Iterator[Fault]:
    """A municipality rests on a legal duty or a public task; on consent only when asked for it."""
    basis = case.plan.legal_basis.gdpr
    if not is_personal(case) or basis in PUBLIC:
        return
    where = (*_BASIS, "gdpr")
    if basis is GdprBasis.CONSENT and _all_rest_on_consent(case):
        code = "policy.ground.fits-a-public-body.consent"
        yield asks(code, where, AskOfficer(), NameGround())
        return
    code = (
        "policy.ground.fits-a-public-body.interests"
        if basis is GdprBasis.LEGITIMATE_INTERESTS
        else "policy.ground.fits-a-public-body.other"
    )
    yield refuses(code, where, NameGround(), basis=str(basis))


def _all_rest_on_consent(case: Case) -> bool:
    """Whether everyone consented to this purpose when the data was collected."""
    contracts = [case.contracts.get(case.plan.data[at].dataset) for at in personal_needs(case)]
    return all(
        contract is not None
        and contract.privacy.legal_basis.gdpr is GdprBasis.CONSENT
        and case.plan.purpose in contract.privacy.purposes
        for contract in contracts
    )


@rule("ground.law-was-read", AVG.article("6", 3))
def law_was_read(case: Case) -> Iterator[Fault]:
    """The law behind the plan is known, in force, read, and its article gives a municipal task."""
    if not is_personal(case):
        return
    basis = case.plan.legal_basis
    fields: dict[str, object] = {"law": basis.law, "article": basis.article}
    provision = case.parameters.provision(basis.law, basis.article)
    if provision is None:
        yield refuses(_unread(basis), _BASIS, NameGround(), **fields)
        return
    if not provision.statute.is_in_force(case.plan.dated):
        yield refuses("policy.ground.law-was-read.ended", _BASIS, NameGround(), **fields)
    if basis.gdpr in PUBLIC and not case.parameters.bodies(provision):
        yield refuses("policy.ground.law-was-read.no-task", _BASIS, NameGround(), **fields)


def _unread(basis: LegalBasis) -> str:
    known = statute(basis.law)
    if known is None:
        return "policy.ground.law-was-read.unknown-law"
    if cited(known, basis.article) is None:
        return "policy.ground.law-was-read.no-article"
    return "policy.ground.law-was-read.unread-article"


@rule("ground.change-of-law-is-seen", AVG.article("6", 3))
def change_of_law_is_seen(case: Case) -> Iterator[Fault]:
    """A known change of a law behind the plan, within the life of the plan, is told."""
    for where, basis in _bases(case):
        provision = case.parameters.provision(basis.law, basis.article)
        if provision is None:
            continue  # another rule refuses
        fields: dict[str, object] = {"law": basis.law, "article": basis.article}
        for change in case.parameters.changes_of(provision, case.day):
            if change.day is None:
                yield notes("policy.ground.change-of-law-is-seen.some-day", where, **fields)
            elif change.day <= case.day:
                code = "policy.ground.change-of-law-is-seen.begun"
                yield asks(code, where, AskOfficer(), day=change.day, **fields)
            elif change.day <= case.plan.end_date:
                code = "policy.ground.change-of-law-is-seen.ahead"
                yield notes(code, where, day=change.day, **fields)


def _bases(case: Case) -> Iterator[tuple[Path, LegalBasis]]:
    """What the plan and the owners of its personal data rest on."""
    if is_personal(case):
        yield _BASIS, case.plan.legal_basis
    for at in personal_needs(case):
        contract = case.contracts.get(case.plan.data[at].dataset)
        if contract is not None:
            yield ("data", at, "dataset"), contract.privacy.legal_basis


@rule("ground.owner-has-one", AVG.article("6", 1), AVG.article("6", 3))
def owner_has_a_ground(case: Case) -> Iterator[Fault]:
    """The owner keeps personal data on a law and article that were read."""
    for at in personal_needs(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        if contract is None:
            continue  # another rule refuses
        basis = contract.privacy.legal_basis
        lawful = basis.gdpr is not GdprBasis.LEGITIMATE_INTERESTS
        if lawful and case.parameters.provision(basis.law, basis.article) is not None:
            continue
        yield refuses(
            "policy.ground.owner-has-one.unread",
            ("data", at, "dataset"),
            AskOwner(dataset),
            DropDataset(dataset),
            dataset=dataset,
            law=basis.law,
            article=basis.article,
        )


@rule("ground.task-is-named", AVG.article("6", 3))
def task_is_named(case: Case) -> Iterator[Fault]:
    """The plan says which task of the municipality it serves, beyond the name of the law."""
    basis = case.plan.legal_basis
    if is_personal(case) and (
        has_filler(basis.task) or repeats(basis.task, basis.law, basis.article, "artikel lid taak")
    ):
        yield refuses("policy.ground.task-is-named.none", (*_BASIS, "task"), GiveReason())


@rule("controller.bears-the-task", AVG.article("4", 7), AVG.article("6", 3))
def controller_bears_the_task(case: Case) -> Iterator[Fault]:
    """The controller is the body to which the law gives the task."""
    if not is_personal(case):
        return
    basis = case.plan.legal_basis
    provision = case.parameters.provision(basis.law, basis.article)
    bodies = frozenset() if provision is None else case.parameters.bodies(provision)
    if bodies and case.plan.controller not in bodies:
        yield refuses(
            "policy.controller.bears-the-task.other-body",
            ("controller", "body"),
            NameBody(),
            body=str(case.plan.controller),
            known=sorted(bodies),
            law=basis.law,
            article=basis.article,
        )


@rule("controller.decider-may-decide")
def decider_may_decide(case: Case) -> Iterator[Fault]:
    """Who decides for another body than the controller names the mandate."""
    decision = case.plan.question.decision
    if decision.body is case.plan.controller:
        return
    if not decision.mandate or has_filler(decision.mandate):
        yield waits(
            "policy.controller.decider-may-decide.no-mandate",
            ("question", "decision", "decider"),
            NameBody(),
            body=str(decision.body),
            controller=str(case.plan.controller),
        )
