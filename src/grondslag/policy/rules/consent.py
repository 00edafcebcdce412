"""Consent: free, apart, provable, as easily taken back as given; for children the parents decide.

A municipality rarely rests on consent: who depends on it can hardly say no (recital 43).
"""

from collections.abc import Iterator

from grondslag.law import STATUTES, cited
from grondslag.plan import Consent
from grondslag.policy.asked import personal_needs
from grondslag.policy.model import Case, Fault, asks, refuses, rule, waits
from grondslag.policy.people import AskOfficer, AskOwner, GiveReason, NameGround
from grondslag.policy.words import has_filler
from grondslag.vocabulary import (
    Domain,
    FurtherUseRoute,
    GdprBasis,
    PersonalDataCategory,
    Trilean,
)

AVG, UAVG = STATUTES["AVG"], STATUTES["UAVG"]

_WHERE = ("consent",)
_EXPLICIT = {
    (PersonalDataCategory.SPECIAL, "22", 2, "a"),
    (PersonalDataCategory.CRIMINAL, "32", None, "a"),
}
"""The exceptions of the UAVG that are consent."""

_DEPENDENT = frozenset({Domain.CARE, Domain.EMPLOYEES, Domain.INCOME, Domain.WORK, Domain.YOUTH})
"""Domains in which people depend on the municipality for care, income or work."""


def rests_on_consent(case: Case) -> bool:
    """Whether any part of the plan rests on consent: its basis, a further use, an exception."""
    if not personal_needs(case):
        return False
    plan = case.plan
    return (
        plan.legal_basis.gdpr is GdprBasis.CONSENT
        or any(use.route is FurtherUseRoute.CONSENT for use in plan.further_uses)
        or any(
            (found := cited(UAVG, ground.exception)) is not None
            and (ground.category, found.article, found.paragraph, found.point) in _EXPLICIT
            for ground in plan.special_grounds
        )
    )


def _asked(case: Case) -> Consent | None:
    """How consent was asked, where the plan rests on it and says so."""
    return case.plan.consent if rests_on_consent(case) else None


@rule("consent.is-free", AVG.article("7", 4), AVG.article("6", 1, "a"))
def consent_is_free(case: Case) -> Iterator[Fault]:
    """Consent counts only where who says no notices nothing of it."""
    if not rests_on_consent(case):
        return
    consent = case.plan.consent
    if consent is None:
        code = "policy.consent.is-free.not-told"
        yield refuses(code, ("legal_basis",), GiveReason(), NameGround())
    elif consent.without_disadvantage is not Trilean.YES:
        code = "policy.consent.is-free.disadvantage"
        yield refuses(code, (*_WHERE, "without_disadvantage"), NameGround())
    else:
        for at in personal_needs(case):
            contract = case.contracts.get(case.plan.data[at].dataset)
            if contract is None or contract.privacy.domain in _DEPENDENT:
                dataset = case.plan.data[at].dataset
                code = "policy.consent.is-free.dependent"
                yield asks(code, _WHERE, AskOfficer(), NameGround(), dataset=dataset)


@rule("consent.is-asked-apart", AVG.article("7", 2))
def consent_is_asked_apart(case: Case) -> Iterator[Fault]:
    """Consent is asked apart from other matters."""
    consent = _asked(case)
    if consent is not None and consent.separate is not Trilean.YES:
        code = "policy.consent.is-asked-apart.together"
        yield waits(code, (*_WHERE, "separate"), GiveReason(), NameGround())


@rule("consent.can-be-shown-and-taken-back", AVG.article("7", 1), AVG.article("7", 3))
def consent_can_be_shown_and_taken_back(case: Case) -> Iterator[Fault]:
    """The municipality can show who consented, and taking it back is as easy as giving it."""
    consent = _asked(case)
    if consent is None:
        return
    if not consent.proof or has_filler(consent.proof):
        yield waits("policy.consent.can-be-shown-and-taken-back.proof", _WHERE, GiveReason())
    if not consent.withdrawal or has_filler(consent.withdrawal):
        yield waits("policy.consent.can-be-shown-and-taken-back.withdrawal", _WHERE, GiveReason())


@rule("consent.of-a-child-is-the-parents", AVG.article("8", 1), UAVG.article("5", 1))
def consent_of_a_child_is_the_parents(case: Case) -> Iterator[Fault]:
    """For who is under sixteen, consent is given by the one who represents the child."""
    consent = _asked(case)
    if consent is None or consent.representative is Trilean.YES:
        return
    for at in personal_needs(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        subjects = () if contract is None else contract.privacy.data_subjects
        where = ("data", at, "dataset")
        if not subjects:
            code = "policy.consent.of-a-child-is-the-parents.unknown"
            yield refuses(code, where, AskOwner(dataset), NameGround(), dataset=dataset)
        elif "children" in subjects:
            code = "policy.consent.of-a-child-is-the-parents.child"
            yield refuses(code, where, GiveReason(), NameGround(), dataset=dataset)
