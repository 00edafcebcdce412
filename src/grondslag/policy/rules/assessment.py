"""The impact assessment (DPIA): when it is needed, and what must come out of it."""

from collections.abc import Iterator, Mapping

from grondslag.accountability import ImpactAssessment
from grondslag.law import STATUTES
from grondslag.policy.asked import is_personal, personal_needs
from grondslag.policy.model import Case, Fault, asks, notes, rule, waits
from grondslag.policy.people import AskOfficer, AskSupervisor, DoAssessment, GiveReason
from grondslag.policy.prescanning import Need, prescan
from grondslag.vocabulary import Trilean
from grondslag.wording import Word

AVG = STATUTES["AVG"]

_WHERE = ("assessment",)
_SIGNS: Mapping[str, Word] = {
    "automated_decision": Word("policy.sign.automated-decision"),
    "biometric": Word("policy.sign.biometric"),
    "combined_datasets": Word("policy.sign.combined-datasets"),
    "employee_monitoring": Word("policy.sign.employee-monitoring"),
    "financial_situation": Word("policy.sign.financial-situation"),
    "genetic": Word("policy.sign.genetic"),
    "health": Word("policy.sign.health"),
    "partnership": Word("policy.sign.partnership"),
    "sensitive_data": Word("policy.sign.sensitive-data"),
    "vulnerable_people": Word("policy.sign.vulnerable-people"),
}
"""The signs that can follow from a plan itself."""


def is_required(case: Case) -> bool:
    """Whether an assessment is required: unanswered questions and unknown settings count as yes.

    Source:
        GDPR art. 35(1) and (4), by the decision rule of the national pre-scan: a new law, one item
        of the supervisor's list, or two of the European criteria.
    """
    return prescan(case).need in (Need.REQUIRED, Need.UNKNOWN)


def _document(case: Case) -> ImpactAssessment | None:
    answered = case.plan.assessment
    return None if answered is None else case.accountability.assessments.get(answered.document)


@rule("assessment.question-is-answered", AVG.article("35", 1))
def question_is_answered(case: Case) -> Iterator[Fault]:
    """With personal data, the questions behind "is an impact assessment needed?" are answered."""
    if is_personal(case) and case.plan.assessment is None:
        yield waits("policy.assessment.question-is-answered.none", _WHERE, GiveReason())


@rule("assessment.answers-follow-the-plan", AVG.article("35", 1), AVG.article("35", 4))
def answers_follow_the_plan(case: Case) -> Iterator[Fault]:
    """A sign of a high risk that follows from the plan itself counts, ticked or not."""
    unanswered = prescan(case).unanswered
    if case.plan.assessment is not None and unanswered:
        yield notes(
            "policy.assessment.answers-follow-the-plan.added",
            _WHERE,
            signs=[_SIGNS[sign] for sign in sorted(unanswered)],
        )


@rule("assessment.is-made-when-required", AVG.article("35", 1), AVG.article("35", 4))
def is_made_when_required(case: Case) -> Iterator[Fault]:
    """Where it is required, an impact assessment of this use is finished and still up to date."""
    need = prescan(case).need
    if need is Need.ADVISED:
        yield notes("policy.assessment.is-made-when-required.advised", _WHERE, DoAssessment())
    if need is not Need.REQUIRED:
        return  # where nobody knows yet, another rule waits for the answers
    document = _document(case)
    asked = {case.plan.data[at].dataset for at in personal_needs(case)}
    if document is None:
        yield waits("policy.assessment.is-made-when-required.none", _WHERE, DoAssessment())
        return
    where = (*_WHERE, "document")
    if document.concluded is not Trilean.YES:
        yield waits("policy.assessment.is-made-when-required.unfinished", where, DoAssessment())
    if not asked <= set(document.datasets) or case.plan.purpose not in document.purposes:
        yield waits("policy.assessment.is-made-when-required.covers-less", where, DoAssessment())
    if document.review_date < case.day:
        yield waits(
            "policy.assessment.is-made-when-required.review",
            where,
            DoAssessment(),
            day=document.review_date,
        )


@rule("assessment.officer-was-heard", AVG.article("35", 2))
def officer_was_heard(case: Case) -> Iterator[Fault]:
    """The data protection officer gave advice on a required impact assessment."""
    document = _document(case)
    if is_required(case) and document is not None and document.officer_advice is None:
        where = (*_WHERE, "document")
        yield waits("policy.assessment.officer-was-heard.no-advice", where, AskOfficer())


@rule("assessment.no-high-risk-is-left", AVG.article("36", 1))
def no_high_risk_is_left(case: Case) -> Iterator[Fault]:
    """While a high risk remains, the supervisor is consulted first; unclear counts as yes."""
    answered, document = case.plan.assessment, _document(case)
    if not is_personal(case) or answered is None:
        return  # without answers another rule waits
    risks = [answered.high_risk_left, *(() if document is None else (document.high_risk_left,))]
    if any(risk is not Trilean.NO for risk in risks):
        where = (*_WHERE, "high_risk_left")
        code = "policy.assessment.no-high-risk-is-left.risk"
        yield waits(code, where, DoAssessment(), AskSupervisor())


@rule("assessment.measures-are-taken", AVG.article("35", 7, "d"))
def measures_are_taken(case: Case) -> Iterator[Fault]:
    """What a required impact assessment promises is done before access opens."""
    document = _document(case)
    if document is None or not is_required(case):
        return
    for measure in document.measures:
        if measure.done is not Trilean.YES:
            where = (*_WHERE, "document")
            code = "policy.assessment.measures-are-taken.open"
            yield asks(code, where, DoAssessment(), measure=measure.what)
