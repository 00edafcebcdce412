"""The budget for counts with noise: what was spent, per dataset, in a book that only grows.

Every question about a dataset that is answered with noise tells a little about each person in it,
and these little bits add up. So each answer is paid for from one budget per dataset, over all
tables, projects and users. What is spent is on disk and in the audit chain before any number is
drawn; a book that says less than the chain is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from grondslag.approval import Installation, PrivacyBudget
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import Clock, timestamp, today
from grondslag.errors import DisclosureRefusedError, IntegrityError
from grondslag.release.chained import add_line, chained_lines
from grondslag.release.noise import Noise, in_costs, in_epsilon

_SPENT = "privacy.spent"


@dataclass(frozen=True, slots=True)
class Spend:
    """One question that was paid for.

    Args:
        number: From 1, per dataset.
        at: When (RFC 3339).
        question: Hash of what was asked; the same question is paid for once.
        epsilon: As asked.
        one_in: See `Noise`.
        cost: Charged: epsilon, or rho of zCDP when *one_in* is not 0.
    """

    number: int
    at: str
    question: str
    epsilon: Fraction
    one_in: int
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Balance:
    """What a dataset has left.

    Args:
        total: The budget, as epsilon.
        left: Which epsilon can still be asked for.
        renews: First day of the next period; None when it never renews.
        rest: What is left in the unit in which costs are added.
    """

    total: Fraction
    left: Fraction
    renews: date | None
    rest: Fraction


def balance(installation: Installation, dataset: str, *, clock: Clock) -> Balance:
    """What is left of a dataset's budget today.

    Raises:
        ApprovalError: The municipality set no budget.
        IntegrityError: The book is damaged, or says less than the audit chain.
    """
    spends = spends_of(installation, dataset)
    _missing_in_chain(installation, dataset, spends)
    budget = installation.settings.privacy_budget_on(today(clock))
    return _balance(budget, dataset, spends, today(clock))


def spends_of(installation: Installation, dataset: str) -> tuple[Spend, ...]:
    """Everything spent on a dataset, oldest first.

    Raises:
        IntegrityError: A line of the book was changed, left out or put elsewhere.
    """
    return tuple(_spend(line) for line in chained_lines(_book(installation, dataset)))


def charge(  # each is a fact of the line
    installation: Installation,
    noise: Noise,
    *,
    dataset: str,
    question: str,
    project: str,
    clock: Clock,
) -> None:
    """Pay for a question; call it within the ledger's lock, before any noise is drawn.

    A question that was paid for is not paid for again: its answer never got out.

    Raises:
        ApprovalError: The municipality set no budget.
        DisclosureRefusedError: Too little is left; refused questions are in the audit chain too.
        IntegrityError: The book is damaged, or says less than the audit chain.
        SourceError: It cannot be written.
    """
    spends = spends_of(installation, dataset)
    for spend in _missing_in_chain(installation, dataset, spends):
        _record(installation, dataset, spend)  # killed between book and chain
    if any(spend.question == question for spend in spends):
        return
    budget = installation.settings.privacy_budget_on(today(clock))
    found = _balance(budget, dataset, spends, today(clock))
    if noise.cost > found.rest:
        refusal = _refusal(found, dataset)
        installation.audit.append(actor=project, action=_SPENT, object=dataset, result=refusal.code)
        raise refusal
    content = {
        "at": timestamp(clock),
        "dataset": dataset,
        "project": project,
        "question": question,
        "epsilon": str(noise.epsilon),
        "one_in": noise.one_in,
        "cells_per_person": noise.cells_per_person,
        "cost": str(noise.cost),
    }
    line = add_line(_book(installation, dataset), content)
    _record(installation, dataset, _spend(line))


def _balance(budget: PrivacyBudget, dataset: str, spends: tuple[Spend, ...], day: date) -> Balance:
    yearly = budget.renews == "yearly"
    counted = [one for one in spends if not yearly or one.at[:4] == f"{day.year:04d}"]
    spent = sum((_cost(one, budget, dataset) for one in counted), Fraction(0))
    rest = in_costs(budget.epsilon, one_in=budget.one_in) - spent
    left = in_epsilon(max(rest, Fraction(0)), one_in=budget.one_in)
    renews = date(day.year + 1, 1, 1) if yearly else None
    return Balance(budget.epsilon, left, renews, rest)


def _cost(spend: Spend, budget: PrivacyBudget, dataset: str) -> Fraction:
    """What a question costs in today's unit, also when it was asked under another budget.

    Source:
        An epsilon is at most a rho of half its square: Bun and Steinke, 2016, proposition 1.4.
    """
    if bool(spend.one_in) == bool(budget.one_in):
        return spend.cost
    if budget.one_in:
        return spend.epsilon**2 / 2
    raise DisclosureRefusedError("release.budget-of-another-kind", dataset=dataset)


def _refusal(found: Balance, dataset: str) -> DisclosureRefusedError:
    facts: dict[str, object] = {
        "dataset": dataset,
        "left": float(found.left),
        "total": float(found.total),
    }
    if found.renews is None:
        return DisclosureRefusedError("release.budget-spent-for-good", **facts)
    return DisclosureRefusedError("release.budget-spent", renews=found.renews, **facts)


def _missing_in_chain(
    installation: Installation, dataset: str, spends: tuple[Spend, ...]
) -> tuple[Spend, ...]:
    """What stands in the book and not yet in the chain; the other way round is a fault."""
    records = installation.chain.records(actions=(_SPENT,))
    audited = [
        record.details["question"]
        for record in records
        if record.object == dataset and record.result == "ok"
    ]
    if audited != [spend.question for spend in spends[: len(audited)]]:
        raise IntegrityError("release.budget-put-back", dataset=dataset)
    return spends[len(audited) :]


def _record(installation: Installation, dataset: str, spend: Spend) -> None:
    installation.record(
        "grondslag", _SPENT, dataset, question=spend.question, epsilon=f"{float(spend.epsilon):g}"
    )


def _book(installation: Installation, dataset: str) -> Path:
    # A hash, so that no name of a dataset can point outside the folder.
    name = sha256_hex(canonical_bytes(["privacy budget", dataset]))[:32]
    return installation.ledger / f"budget-{name}.jsonl"


def _spend(line: Mapping[str, Any]) -> Spend:
    return Spend(
        number=line["number"],
        at=line["at"],
        question=line["question"],
        epsilon=Fraction(line["epsilon"]),
        one_in=line["one_in"],
        cost=Fraction(line["cost"]),
    )
