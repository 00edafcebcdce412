"""What a decider with two minutes needs: one page before a signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grondslag.contracts import Contract
from grondslag.errors import SourceError
from grondslag.plan import DataNeed, Plan
from grondslag.policy import Need, Severity
from grondslag.policy.describing import describe_finding
from grondslag.vocabulary import PersonalDataCategory, Trilean
from grondslag.wording import Word
from grondslag_portal.assessments.selectors import AdviceShown, advice_in
from grondslag_portal.projects.judging import Judged, judged
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import plan_in
from grondslag_portal.shared.words import language

_OPEN = (Severity.REFUSES, Severity.WAITS, Severity.ASKS)
WHOM = {
    "residents": "assessments.brief-residents",
    "visitors": "assessments.brief-visitors",
    "employees": "assessments.brief-employees",
    "children": "assessments.brief-children",
    "entrepreneurs": "assessments.brief-entrepreneurs",
    "patients": "assessments.brief-patients",
    "suspects": "assessments.brief-suspects",
    "victims": "assessments.brief-victims",
}
"""The kinds of people that a contract knows."""
_UNSAID = "assessments.brief-unknown"
HEAVY = {
    PersonalDataCategory.SENSITIVE: "assessments.brief-sensitive",
    PersonalDataCategory.SPECIAL: "assessments.brief-special",
    PersonalDataCategory.CRIMINAL: "assessments.brief-criminal",
    PersonalDataCategory.NATIONAL_ID: "assessments.brief-national-id",
}
"""The kinds of data that weigh heavily."""
_LEFT = {
    Trilean.YES: "assessments.brief-risk-left",
    Trilean.NO: "assessments.brief-risk-gone",
    Trilean.UNCLEAR: "assessments.brief-risk-unclear",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A dataset as a decider reads it in one line.

    Args:
        title: What people call it.
        count: How many data per row are asked.
        whom: About whom they are; empty when they are about nobody.
        heavy: Which of them weigh heavily: special, of crimes, sensitive, a national number.
        output: How they are delivered.
    """

    title: str
    count: int
    whom: tuple[Word, ...]
    heavy: tuple[Word, ...]
    output: Word


@dataclass(frozen=True, slots=True)
class Brief:
    """A project on one page.

    Args:
        question: What is asked.
        decision: What is decided with the answer.
        needed_by: When that decision is needed.
        data: Which data, of whom.
        links: How many datasets are linked to each other, in pairs.
        until: How long; then the data close by themselves.
        access: Who sees them.
        findings: What is open still, as the rules say, heaviest first.
        advice: The data protection officer's, with the answer; None without one.
        signs: The signs of a high risk.
        risk: What the signs come to, and whether an assessment says that a high risk is left.
        stop: When it is stopped.
    """

    question: str
    decision: str
    needed_by: date
    data: tuple[Asked, ...]
    links: int
    until: date
    access: tuple[str, ...]
    findings: tuple[str, ...]
    advice: AdviceShown | None
    signs: tuple[Word, ...]
    risk: tuple[Word, ...]
    stop: str


def brief_of(project: Project) -> Brief | None:
    """A project on one page, as it stands and as the rules see it today.

    None while somebody else is busy in it: a report that is being written keeps nobody from reading
    what they sign.
    """
    plan = plan_in(project)
    try:
        judgement = judged(project)
    except SourceError:
        return None
    return Brief(
        question=plan.question.know,
        decision=plan.question.decision.what,
        needed_by=plan.question.decision.needed_by,
        data=tuple(_asked(need, judgement) for need in plan.data),
        links=len(plan.links),
        until=plan.end_date,
        access=tuple(one.who for one in plan.access),
        findings=_findings(judgement),
        advice=advice_in(project),
        signs=_signs(judgement),
        risk=tuple(_risk(plan, judgement)),
        stop=plan.stop_criterion,
    )


def _asked(need: DataNeed, judgement: Judged) -> Asked:
    contract = judgement.case.contracts.get(need.dataset)
    return Asked(
        title=need.dataset if contract is None else contract.title,
        count=len(need.columns),
        whom=() if contract is None else _whom(contract),
        heavy=() if contract is None else _heavy(need, contract),
        output=Word(f"policy.step.{need.output}"),
    )


def _whom(contract: Contract) -> tuple[Word, ...]:
    if not contract.holds_personal_data:
        return ()
    said = [WHOM[kind] for kind in contract.privacy.data_subjects] or [_UNSAID]
    return tuple(Word(code) for code in said)


def _heavy(need: DataNeed, contract: Contract) -> tuple[Word, ...]:
    wanted = {column.name for column in need.columns}
    found = {
        column.privacy.category
        for column in contract.columns
        if column.name in wanted and column.privacy
    }
    return tuple(Word(code) for category, code in HEAVY.items() if category in found)


def _findings(judgement: Judged) -> tuple[str, ...]:
    found = [one for one in judgement.verdict.findings if one.severity in _OPEN]
    found.sort(key=lambda one: _OPEN.index(one.severity))
    said = (
        describe_finding(one, language=language(), contracts=judgement.case.contracts)
        for one in found
    )
    return tuple(dict.fromkeys(said))


def _signs(judgement: Judged) -> tuple[Word, ...]:
    found = judgement.prescan
    return (
        *(Word(f"policy.prescan.item-{one}") for one in sorted(found.list_items)),
        *(Word(f"policy.prescan.criterion-{one}") for one in sorted(found.criteria)),
    )


def _risk(plan: Plan, judgement: Judged) -> Iterator[Word]:
    yield {
        Need.REQUIRED: Word("projects.prescan-required"),
        Need.ADVISED: Word("projects.prescan-advised"),
        Need.NOT_NEEDED: Word("projects.prescan-not-needed"),
        Need.UNKNOWN: Word("projects.prescan-unknown"),
    }[judgement.prescan.need]
    if plan.assessment is not None and plan.assessment.document:
        yield Word(_LEFT[plan.assessment.high_risk_left])
