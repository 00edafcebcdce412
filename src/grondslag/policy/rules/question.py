"""The four questions: what is decided, and do we do this at all?"""

from collections.abc import Iterator

from grondslag.law import STATUTES
from grondslag.policy.asked import is_personal
from grondslag.policy.model import Case, Fault, asks, refuses, rule, waits
from grondslag.policy.people import GiveReason, TakeAlternative
from grondslag.policy.words import has_filler, is_decision, plain
from grondslag.vocabulary import AlternativeVerdict, AlternativeWay, Proceed

AVG = STATUTES["AVG"]

_DECISION = ("question", "decision")
_PROCEED = ("question", "proceed")


@rule("question.decision-is-real", AVG.article("5", 1, "b"))
def decision_is_real(case: Case) -> Iterator[Fault]:
    """Data is collected for a decision that is named; wanting more insight is no decision."""
    if not is_decision(case.plan.question.decision.what):
        where = (*_DECISION, "what")
        yield waits("policy.question.decision-is-real.no-decision", where, GiveReason())


@rule("question.answers-can-differ", AVG.article("5", 1, "c"))
def answers_can_differ(case: Case) -> Iterator[Fault]:
    """What happens when the answer is yes differs from what happens when it is no."""
    decision = case.plan.question.decision
    if plain(decision.if_yes) == plain(decision.if_no):
        where = (*_DECISION, "if_no")
        yield waits("policy.question.answers-can-differ.same", where, GiveReason())


@rule("question.we-do-this")
def we_do_this(case: Case) -> Iterator[Fault]:
    """The fourth question is answered with go, or with conditions that are named."""
    question = case.plan.question
    if question.proceed is Proceed.NO:
        yield refuses("policy.question.we-do-this.no", _PROCEED)
    elif question.proceed is Proceed.NOT_YET:
        yield waits("policy.question.we-do-this.not-yet", _PROCEED, GiveReason())
    elif question.proceed is Proceed.GO_IF and not question.conditions:
        yield waits("policy.question.we-do-this.no-conditions", _PROCEED, GiveReason())
    elif question.proceed is Proceed.GO_IF:
        for at, condition in enumerate(question.conditions):
            where = (*_PROCEED, "conditions", at)
            yield asks("policy.question.we-do-this.condition", where, condition=condition)


@rule("question.plan-is-dated")
def plan_is_dated(case: Case) -> Iterator[Fault]:
    """The day of the plan, whose law judges it, is not in the future."""
    if case.plan.dated > case.day:
        where = ("date",)
        yield waits("policy.question.plan-is-dated.future", where, GiveReason(), day=case.day)


@rule("alternatives.all-weighed", AVG.article("5", 1, "c"), AVG.article("25", 1))
def all_alternatives_weighed(case: Case) -> Iterator[Fault]:
    """Personal data is used only after all eight ways without it were weighed."""
    if not is_personal(case):
        return
    weighed = {
        item.way
        for item in case.plan.alternatives
        if item.verdict is not AlternativeVerdict.UNCLEAR and not has_filler(item.reason)
    }
    missing = [way for way in AlternativeWay if way not in weighed]
    if missing:
        yield refuses(
            "policy.alternatives.all-weighed.missing",
            ("alternatives",),
            GiveReason(),
            count=len(missing),
        )


@rule("alternatives.one-that-works-goes-first", AVG.article("5", 1, "c"), AVG.article("25", 1))
def one_that_works_goes_first(case: Case) -> Iterator[Fault]:
    """When a way without personal data works, no personal data is used."""
    if not is_personal(case):
        return
    for at, item in enumerate(case.plan.alternatives):
        if item.verdict is AlternativeVerdict.WORKS:
            yield refuses(
                "policy.alternatives.one-that-works-goes-first.works",
                ("alternatives", at),
                TakeAlternative(item.way),
                number=at + 1,
            )
