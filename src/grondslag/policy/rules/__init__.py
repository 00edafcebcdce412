"""All rules, one module per theme of the law, in the order in which a report shows them."""

from grondslag.policy.model import Rule
from grondslag.policy.rules import purpose, question

RULES: tuple[Rule, ...] = (
    question.decision_is_real,
    question.answers_can_differ,
    question.we_do_this,
    question.plan_is_dated,
    question.all_alternatives_weighed,
    question.one_that_works_goes_first,
    purpose.owner_keeps_it_for_this,
)
"""Every rule. The order decides how a report shows them, never what they find."""
