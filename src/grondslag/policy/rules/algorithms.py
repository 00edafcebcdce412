"""Algorithms: what one is for is told, what is forbidden is refused, the rest can be found.

Article 5 and parts of 26 and 49 of the AI Act were read as published in 2024. Annex III, which says
what is high-risk, and the regulation of 2026 that moved the days were not: which uses count as
high-risk stands in `HIGH_RISK` from secondary sources, and the day is a dated setting.
"""

from collections.abc import Iterator
from datetime import date

from grondslag.law import STATUTES
from grondslag.policy.asked import is_personal
from grondslag.policy.model import Case, Fault, asks, notes, refuses, rule, waits
from grondslag.policy.people import GiveReason, LetPersonDecide, RegisterAlgorithm
from grondslag.vocabulary import AlgorithmUse, Trilean
from grondslag.wording import Word

AI, AVG = STATUTES["AI-verordening"], STATUTES["AVG"]

_WHERE = ("algorithm",)
_JUDGING = frozenset({"profiling", "fraud_detection", "credit_score", "behaviour_influence"})
_SCORING = frozenset({"scoring", "automated_decision"})

PROHIBITED = frozenset(
    {
        AlgorithmUse.MANIPULATION,
        AlgorithmUse.SOCIAL_SCORE,
        AlgorithmUse.CRIME_PREDICTION,
        AlgorithmUse.FACE_SCRAPING,
        AlgorithmUse.EMOTION_AT_WORK,
        AlgorithmUse.BIOMETRIC_SORTING,
        AlgorithmUse.LIVE_RECOGNITION,
    }
)
"""AI Act art. 5(1)(a) to (h), as far as a municipality could come near them."""

HIGH_RISK = frozenset(
    {
        AlgorithmUse.BENEFITS,
        AlgorithmUse.EMPLOYMENT,
        AlgorithmUse.EDUCATION,
        AlgorithmUse.EMERGENCY,
    }
)
"""AI Act Annex III, points 3, 4, 5(a) and 5(d); from secondary sources, not read."""

HIGH_RISK_DAY = "ai_high_risk_duties"
"""The dated setting from which the duties of who uses a high-risk system apply."""


@rule("algorithms.use-is-told", AVG.article("22", 1), AVG.article("13", 2, "f"))
def use_is_told(case: Case) -> Iterator[Fault]:
    """Where people are judged one by one, the plan says what a program is used for."""
    if not is_personal(case) or not _judges(case):
        return
    told = case.plan.algorithm
    if told is None or told.use is AlgorithmUse.UNCLEAR:
        yield refuses("policy.algorithms.use-is-told.none", _WHERE, GiveReason())


def _judges(case: Case) -> bool:
    answered = case.plan.assessment
    items = set() if answered is None else set(answered.list_items)
    met = set() if answered is None else set(answered.criteria)
    return (
        case.plan.individual_decision is not Trilean.NO
        or bool(items & _JUDGING)
        or bool(met & _SCORING)
    )


@rule(
    "algorithms.forbidden-is-forbidden",
    AI.article("5", 1, "c"),
    AI.article("5", 1, "d"),
    AI.article("5", 1, "e"),
    AI.article("5", 1, "f"),
    AI.article("5", 1, "g"),
    AI.article("5", 1, "h"),
    valid_from=date(2025, 2, 2),
)
def forbidden_is_forbidden(case: Case) -> Iterator[Fault]:
    """What article 5 of the AI Act forbids is not done; there is no way around it."""
    told = case.plan.algorithm
    if told is not None and told.use in PROHIBITED and told.learning is not Trilean.NO:
        use = Word(f"policy.algorithm.{told.use}")
        yield refuses("policy.algorithms.forbidden-is-forbidden.use", (*_WHERE, "use"), use=use)


@rule("algorithms.high-risk-is-registered", AI.article("26", 8), AI.article("49", 3))
def high_risk_is_registered(case: Case) -> Iterator[Fault]:
    """Once the duties apply, a high-risk AI system is used only when its use is registered."""
    told = case.plan.algorithm
    if told is None or not _is_high_risk(case):
        return
    day = case.parameters.day_of(HIGH_RISK_DAY, case.day)
    if not _duties_apply(case):
        if day is not None and day <= case.plan.end_date:
            yield notes("policy.algorithms.high-risk-is-registered.ahead", _WHERE, day=day)
    elif told.european is not Trilean.YES:
        code = "policy.algorithms.high-risk-is-registered.none"
        yield waits(code, (*_WHERE, "european"), RegisterAlgorithm(), LetPersonDecide())


@rule("algorithms.people-are-told", AI.article("26", 7), AI.article("26", 11))
def people_are_told(case: Case) -> Iterator[Fault]:
    """Once the duties apply, people hear that a high-risk AI system helps to decide about them."""
    told = case.plan.algorithm
    if told is None or not _is_high_risk(case) or not _duties_apply(case):
        return
    if told.told is not Trilean.YES:
        yield waits("policy.algorithms.people-are-told.none", (*_WHERE, "told"), GiveReason())


def _is_high_risk(case: Case) -> bool:
    told = case.plan.algorithm
    return told is not None and told.use in HIGH_RISK and told.learning is not Trilean.NO


def _duties_apply(case: Case) -> bool:
    """Whether the day has come; a day that nobody set has come."""
    day = case.parameters.day_of(HIGH_RISK_DAY, case.day)
    return day is None or day <= max(case.day, case.plan.dated)


@rule("algorithms.register-shows-it")
def register_shows_it(case: Case) -> Iterator[Fault]:
    """An algorithm that judges people stands in the register of algorithms."""
    told = case.plan.algorithm
    if told is not None and _judges(case) and told.registered is not Trilean.YES:
        code = "policy.algorithms.register-shows-it.not"
        yield asks(code, (*_WHERE, "registered"), RegisterAlgorithm())
