"""The smallest set of changes that makes a plan lawful: not "no" but "yes, if".

A best-first search over the remedies of the findings, cheapest total first. At each step the first
finding that must go is taken, and every change that is about the same part of the plan is tried;
each result is checked against all rules again, so that nothing is proposed that a further rule
refuses. Plans reached in two ways are looked at once. The search is bounded: beyond the bound the
cheapest remedy is taken each time, and the proposal says that it may not be the smallest.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from grondslag.errors import InputError
from grondslag.policy.changes import Change, apply_change
from grondslag.policy.checking import check
from grondslag.policy.edits import DropColumn, DropDataset, DropLink
from grondslag.policy.model import Case, Finding, Severity, Verdict

MOST_PLANS = 250
"""So many plans are looked at before the search settles for a good answer."""

MOST_ALTERNATIVES = 2


@dataclass(frozen=True, slots=True)
class Option:
    """One way to make a plan lawful.

    Args:
        changes: What to change in the plan; may be empty when it is lawful already.
        by_people: What only people can do, and must, for it to be lawful.
        cost: What that costs the answer, for ordering only.
        case: The case with the changes made.
        verdict: What the rules then say.
    """

    changes: tuple[Change, ...]
    by_people: tuple[Change, ...]
    cost: int
    case: Case = field(repr=False)
    verdict: Verdict = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The smallest way found, and up to two others.

    Args:
        best: The cheapest.
        alternatives: Others, each cheapest but for those before it.
        is_smallest: Whether the search was complete, so that nothing cheaper exists.
    """

    best: Option
    alternatives: tuple[Option, ...]
    is_smallest: bool

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the best way."""
        return self.best.changes

    @property
    def cost(self) -> int:
        """The cost of the best way."""
        return self.best.cost

    @property
    def verdict(self) -> Verdict:
        """What the rules say after the best way."""
        return self.best.verdict

    @property
    def conditions(self) -> tuple[Finding, ...]:
        """What people must still see to after the best way."""
        return self.best.verdict.conditions


def propose(case: Case) -> Proposal | None:
    """The smallest set of changes after which no rule refuses the plan.

    First with changes of the plan alone; when there are none, with what people must do as well.
    A finding that waits for a fact is changed only where a change of the plan takes it away.

    Args:
        case: The plan and what it is judged by.

    Returns:
        None when nothing we know of makes it lawful, such as a plan whose own answer is no.
    """
    for with_people in (False, True):
        found = _search(case, with_people=with_people)
        if found is not None:
            return found
    return None


@dataclass(order=True, slots=True)
class _Step:
    """A plan on the way: what was changed so far, and which findings are left to people."""

    cost: int
    number: int
    option: Option = field(compare=False)
    left: frozenset[tuple[object, ...]] = field(compare=False)


def _search(case: Case, *, with_people: bool) -> Proposal | None:
    numbers = count()
    first = Option((), (), 0, case, check(case))
    waiting = [_Step(0, next(numbers), first, frozenset())]
    seen: set[tuple[str, frozenset[tuple[object, ...]]]] = set()
    found: list[Option] = []
    while waiting and len(seen) < MOST_PLANS and len(found) <= MOST_ALTERNATIVES:
        step = heapq.heappop(waiting)
        key = (step.option.case.plan.sha256, step.left)
        if key in seen:
            continue
        seen.add(key)
        open_findings = _open(step)
        if not open_findings:
            if not any(set(known.changes) <= set(step.option.changes) for known in found):
                found.append(step.option)
            continue
        for further in _further(step, open_findings, with_people=with_people):
            further.number = next(numbers)
            heapq.heappush(waiting, further)
    if found:
        return Proposal(found[0], tuple(found[1:]), is_smallest=True)
    if not waiting:
        return None
    settled = _settle(first, with_people=with_people)
    return None if settled is None else Proposal(settled, (), is_smallest=False)


def _open(step: _Step) -> list[Finding]:
    """The findings that must go: refusals, and waits that a change of the plan takes away."""
    return [
        finding
        for finding in step.option.verdict.findings
        if finding.order not in step.left
        and (
            finding.severity is Severity.REFUSES
            or (finding.severity is Severity.WAITS and finding.automatic_remedies)
        )
    ]


def _further(step: _Step, open_findings: list[Finding], *, with_people: bool) -> Iterator[_Step]:
    """Every step that may take the first open finding away."""
    finding = open_findings[0]
    for change in _about(finding, open_findings):
        made = _made(step.option, change)
        if made is not None:
            yield _Step(made.cost, 0, made, step.left)
    by_people = [change for change in finding.remedies if not change.is_automatic]
    if with_people and by_people:
        change = min(by_people, key=lambda item: item.order)
        cost = step.cost + (0 if change in step.option.by_people else change.cost)
        people = tuple(sorted({*step.option.by_people, change}, key=lambda item: item.order))
        option = replace(step.option, by_people=people, cost=cost)
        yield _Step(cost, 0, option, step.left | {finding.order})


def _about(finding: Finding, open_findings: list[Finding]) -> list[Change]:
    """The finding's own remedies, and every other known change about the same part of the plan."""
    own = set(finding.automatic_remedies)
    datasets = frozenset().union(*(change.datasets for change in finding.remedies))
    changes = set(own)
    for other in open_findings:
        for change in other.automatic_remedies:
            if not change.datasets or not datasets or change.datasets & datasets:
                changes.add(change)
    changes |= {DropDataset(name) for name in datasets}
    return sorted(changes, key=lambda change: change.order)


def _made(option: Option, change: Change) -> Option | None:
    """The option with one more change; None when it does not fit the plan, or changes nothing."""
    if change in option.changes or _is_vain(change, option.changes):
        return None
    try:
        plan = apply_change(option.case.plan, change)
    except InputError:
        return None
    case = replace(option.case, plan=plan)
    changes = tuple(sorted((*option.changes, change), key=lambda item: item.order))
    return Option(changes, option.by_people, option.cost + change.cost, case, check(case))


def _is_vain(change: Change, made: tuple[Change, ...]) -> bool:
    """Whether a bigger change already took along what this one is about."""
    gone = {item.dataset for item in made if isinstance(item, DropDataset)}
    columns = {(item.dataset, item.column) for item in made if isinstance(item, DropColumn)}
    column = (getattr(change, "dataset", ""), getattr(change, "column", ""))
    return bool(change.datasets & gone) or (column in columns and not isinstance(change, DropLink))


def _settle(option: Option, *, with_people: bool) -> Option | None:
    """Take the cheapest remedy of the first open finding, until none is open."""
    step = _Step(0, 0, option, frozenset())
    for _ in range(MOST_PLANS):
        open_findings = _open(step)
        if not open_findings:
            return step.option
        further = list(_further(step, open_findings, with_people=with_people))
        better = [
            item
            for item in further
            if open_findings[0].order not in {finding.order for finding in _open(item)}
        ]
        if not better:
            return None
        step = min(better, key=lambda item: item.cost)
    return None
