"""Rights of people: objection, machine decisions, rights left out of application, current data."""

from collections.abc import Iterator

from grondslag.law import STATUTES, Provision
from grondslag.policy.asked import asked_columns, is_personal, personal_needs
from grondslag.policy.model import Case, Fault, asks, notes, refuses, rule
from grondslag.policy.people import AskOfficer, AskOwner, GiveReason, LetPersonDecide, NameGround
from grondslag.policy.rules.ground import PUBLIC
from grondslag.policy.words import is_reason
from grondslag.vocabulary import GdprBasis, OutputStep, PersonalDataCategory, Trilean

AVG, UAVG = STATUTES["AVG"], STATUTES["UAVG"]

_RESEARCH = frozenset({"15", "16", "18"})
"""The articles of the GDPR that UAVG art. 44 lets a research institution leave out."""

_AUTOMATION = ("automation",)
_ASIDE = ("rights_set_aside",)


def decides_on_people(case: Case) -> bool:
    """Whether a decision about one person rests on the data, or may; a machine's counts too."""
    automation = case.plan.automation
    by_machine = automation is not None and automation.solely is Trilean.YES
    return is_personal(case) and (by_machine or case.plan.individual_decision is not Trilean.NO)


@rule("rights.objection-is-heard", AVG.article("21", 1), AVG.article("21", 6), UAVG.article("34"))
def objection_is_heard(case: Case) -> Iterator[Fault]:
    """On a public task people can object, where records of them are used; counts are statistics.

    A legal duty leaves no objection. Counts serve statistics for a task in the public interest,
    against which art. 21(6) knows no objection.
    """
    if case.plan.legal_basis.gdpr is not GdprBasis.PUBLIC_TASK:
        return
    for at in personal_needs(case):
        need = case.plan.data[at]
        contract = case.contracts.get(need.dataset)
        if contract is None or contract.privacy.objections is not None:
            continue  # without a contract another rule refuses
        where = ("data", at, "dataset")
        if decides_on_people(case) or need.output is OutputStep.IDENTIFIED:
            code = "policy.rights.objection-is-heard.nowhere"
            yield asks(code, where, AskOwner(need.dataset), dataset=need.dataset)
        elif need.output is OutputStep.PSEUDONYMOUS:
            code = "policy.rights.objection-is-heard.records"
            yield notes(code, where, AskOwner(need.dataset), dataset=need.dataset)


@rule("rights.research-exemption-is-for-institutions", UAVG.article("44"), AVG.article("89", 2))
def research_exemption_is_for_institutions(case: Case) -> Iterator[Fault]:
    """Only an institution for research or statistics leaves access and correction out.

    No general exemption for a municipality: only where a jurist of the municipality confirmed that
    article 44 covers this body's own statistical service.
    """
    aside, provision = case.plan.set_aside, _set_aside_by(case)
    if aside is None or provision is None or not _is(provision, "44"):
        return
    confirmed = case.parameters.bodies(UAVG.article("44"))
    if case.plan.controller not in confirmed or not set(aside.articles) <= _RESEARCH:
        code = "policy.rights.research-exemption-is-for-institutions.municipality"
        yield refuses(code, _ASIDE, NameGround(), AskOfficer())
    else:
        code = "policy.rights.research-exemption-is-for-institutions.confirmed"
        yield asks(code, _ASIDE, AskOfficer())


@rule("rights.limits-have-their-reason", UAVG.article("41", 1), AVG.article("23", 1))
def limits_have_their_reason(case: Case) -> Iterator[Fault]:
    """Rights are limited only under article 41 of the UAVG, where that is necessary, with why."""
    aside, provision = case.plan.set_aside, _set_aside_by(case)
    if aside is None or not is_personal(case):
        return
    if provision is None or not (_is(provision, "41") or _is(provision, "44")):
        code = "policy.rights.limits-have-their-reason.other-law"
        yield refuses(code, _ASIDE, NameGround(), law=aside.law, article=aside.article)
    elif _is(provision, "41") and not _is_reason(case, aside.reason):
        yield refuses("policy.rights.limits-have-their-reason.no-reason", _ASIDE, GiveReason())
    elif _is(provision, "41"):
        yield asks("policy.rights.limits-have-their-reason.asked", _ASIDE, AskOfficer())


def _set_aside_by(case: Case) -> Provision | None:
    aside = case.plan.set_aside
    if aside is None or not is_personal(case):
        return None
    return case.parameters.provision(aside.law, aside.article)


def _is(provision: Provision, article: str) -> bool:
    return provision.statute.key == UAVG.key and provision.article == article


def _is_reason(case: Case, text: str) -> bool:
    return is_reason(text, case.parameters.value("shortest_reason", case.day))


@rule(
    "decision.machine-decides-only-by-law",
    AVG.article("22", 2, "b"),
    AVG.article("22", 4),
    UAVG.article("40", 1),
    UAVG.article("40", 2),
)
def machine_decides_only_by_law(case: Case) -> Iterator[Fault]:
    """A machine decides about a person only by law, without a profile, with somebody to turn to."""
    automation = case.plan.automation
    if automation is None or automation.solely is not Trilean.YES or not is_personal(case):
        return
    wrong = {
        "policy.decision.machine-decides-only-by-law.profile": automation.profiling
        is not Trilean.NO,
        "policy.decision.machine-decides-only-by-law.no-task": case.plan.legal_basis.gdpr
        not in PUBLIC,
        "policy.decision.machine-decides-only-by-law.special": _asks_special(case),
        "policy.decision.machine-decides-only-by-law.measures": not _is_reason(
            case, automation.measures
        ),
    }
    for code, is_wrong in wrong.items():
        if is_wrong:
            yield refuses(code, _AUTOMATION, LetPersonDecide(), GiveReason())
    if not any(wrong.values()):
        yield asks("policy.decision.machine-decides-only-by-law.asked", _AUTOMATION, AskOfficer())


def _asks_special(case: Case) -> bool:
    entries = [asked.privacy for asked in asked_columns(case)]
    return any(entry is None or entry.category is PersonalDataCategory.SPECIAL for entry in entries)


@rule("accuracy.decision-rests-on-current-data", AVG.article("5", 1, "d"))
def decision_rests_on_current_data(case: Case) -> Iterator[Fault]:
    """Who decides about a person knows how old the data may be."""
    if not decides_on_people(case):
        return
    for at in personal_needs(case):
        contract = case.contracts.get(case.plan.data[at].dataset)
        if contract is not None and contract.freshness_days is None:
            code = "policy.accuracy.decision-rests-on-current-data.unknown"
            where = ("data", at, "dataset")
            yield asks(code, where, AskOwner(contract.name), dataset=contract.name)
