"""How a project is kept in hand: who gets in, when it stops, when somebody looks back."""

from collections.abc import Iterator

from grondslag.law import STATUTES
from grondslag.policy.asked import is_personal
from grondslag.policy.model import Case, Fault, refuses, rule, waits
from grondslag.policy.people import GiveReason, LimitAccess
from grondslag.policy.words import has_filler, names_everyone

AVG = STATUTES["AVG"]


@rule("access.is-limited", AVG.article("25", 2), AVG.article("5", 1, "f"))
def access_is_limited(case: Case) -> Iterator[Fault]:
    """To personal data only people or teams get in that are named, each with a reason."""
    if not is_personal(case):
        return
    for at, access in enumerate(case.plan.access):
        if names_everyone(access.who) or has_filler(access.why):
            code = "policy.access.is-limited.everyone"
            yield refuses(code, ("access", at), LimitAccess(), who=access.who)


@rule("review.stop-is-agreed")
def stop_is_agreed(case: Case) -> Iterator[Fault]:
    """When to stop is agreed beforehand, in words that can come true."""
    if has_filler(case.plan.stop_criterion):
        yield waits("policy.review.stop-is-agreed.none", ("stop_criterion",), GiveReason())


@rule("review.comes-after-the-decision")
def review_comes_after_the_decision(case: Case) -> Iterator[Fault]:
    """Whether it worked is looked at after the decision, not before."""
    needed, review = case.plan.question.decision.needed_by, case.plan.review_date
    if review <= needed:
        yield waits(
            "policy.review.comes-after-the-decision.before",
            ("review_date",),
            GiveReason(),
            review=review,
            needed=needed,
        )
