"""Storage limitation: data has a term, access has an end, repetition too."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from grondslag.law import STATUTES
from grondslag.policy.asked import is_personal, personal_needs
from grondslag.policy.edits import DropDataset, ShortenEnd, ShortenRhythm
from grondslag.policy.model import Case, Fault, refuses, rule
from grondslag.policy.people import AskOwner, GiveReason

AVG = STATUTES["AVG"]


@rule("retention.owner-set-a-term", AVG.article("5", 1, "e"))
def owner_set_a_term(case: Case) -> Iterator[Fault]:
    """Personal data comes from a dataset whose owner says how long rows are kept."""
    for at in personal_needs(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        if contract is not None and contract.retention is None:
            yield refuses(
                "policy.retention.owner-set-a-term.none",
                ("data", at, "dataset"),
                AskOwner(dataset),
                DropDataset(dataset),
                dataset=dataset,
            )


@rule("retention.access-ends", AVG.article("5", 1, "e"))
def access_ends(case: Case) -> Iterator[Fault]:
    """Access ends on a day that is still to come, and for personal data not too far ahead."""
    end = case.plan.end_date
    if end < case.day:
        yield refuses("policy.retention.access-ends.past", ("end_date",), GiveReason(), end=end)
    months = case.parameters.value("longest_access_months", case.day)
    if months is None or not is_personal(case):
        return  # a setting without a value, another rule refuses
    latest = _later(case.plan.dated, months)
    if end > latest:
        yield refuses(
            "policy.retention.access-ends.too-far",
            ("end_date",),
            ShortenEnd(latest),
            end=end,
            latest=latest,
            months=months,
        )


@rule("retention.repetition-ends", AVG.article("5", 1, "e"))
def repetition_ends(case: Case) -> Iterator[Fault]:
    """A plan that repeats stops repeating no later than its access ends."""
    until, end = case.plan.rhythm_until, case.plan.end_date
    if until is not None and until > end:
        yield refuses(
            "policy.retention.repetition-ends.later",
            ("rhythm",),
            ShortenRhythm(end),
            until=until,
            end=end,
        )


def _later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
