"""The smallest set of changes that makes a plan lawful: not "no" but "yes, if".

A best-first search (A*) over the remedies of the findings, cheapest total first. At each step the
first finding that a change of the plan can take away is taken, and every change about the same
part of the plan is tried; each result is checked against all rules again, so that nothing is
proposed that a further rule refuses. What only people can do is listed beside it. The estimate of
what is still to come never exceeds it, so the first plan that passes is the cheapest. The search
is bounded: beyond the bound the cheapest remedy is taken each time, and the proposal says so.

Source:
    Hart, Nilsson, Raphael (1968), doi:10.1109/TSSC.1968.300136.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from grondslag.errors import InputError
from grondslag.policy.changes import Change, apply_changes, try_change, try_changes
from grondslag.policy.checking import check
from grondslag.policy.edits import ChangeOutput, Coarsen, DropColumn, DropDataset, DropLink
from grondslag.policy.model import Case, Finding, Severity, Verdict

MOST_PLANS = 120
"""So many plans are looked at before the search settles for a good answer."""

PLANS_FOR_ALTERNATIVES = 40
"""So many more, once the smallest is found, to find others."""

MOST_ALTERNATIVES = 2


@dataclass(frozen=True, slots=True)
class Option:
    """One way to make a plan lawful.

    Args:
        changes: What to change in the plan, in this order; empty when it is lawful already.
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
    """The smallest set of changes of the plan after which only people's work is left, if any.

    First only findings without a change of the plan are left to people. When that leads nowhere,
    such as a dataset that the question itself rests on, others may be left to people as well.

    Args:
        case: The plan and what it is judged by.

    Returns:
        None when nothing we know of makes it lawful, such as a plan whose own answer is no.
    """
    for leaving in (False, True):
        found = _search(case, leaving=leaving)
        if found is not None:
            return found
    return None


_Left = frozenset[tuple[object, ...]]
"""Findings left to people, by what they say."""


@dataclass(order=True, slots=True)
class _Step:
    """A change to be tried on an option, or an option as it is; made only when its turn comes."""

    estimate: int
    number: int
    option: Option = field(compare=False)
    change: Change | None = field(compare=False)
    left: _Left = field(compare=False)


def _search(case: Case, *, leaving: bool) -> Proposal | None:
    numbers = count()
    first = Option((), (), 0, case, check(case))
    waiting = [_Step(0, next(numbers), first, None, frozenset())]
    seen: set[tuple[str, _Left]] = set()
    found: list[Option] = []
    bound = MOST_PLANS
    while waiting and len(seen) < bound and len(found) <= MOST_ALTERNATIVES:
        step = heapq.heappop(waiting)
        option = step.option if step.change is None else _made(step.option, step.change)
        if option is None or (option.case.plan.sha256, step.left) in seen:
            continue
        seen.add((option.case.plan.sha256, step.left))
        open_findings = _open(option, step.left)
        if not open_findings:
            same = any(_parts(known) <= _parts(option) for known in found)
            finished = None if same else _finished(option, case)
            if finished is not None and all(
                set(known.changes) != set(finished.changes) for known in found
            ):
                bound = min(bound, len(seen) + PLANS_FOR_ALTERNATIVES)
                found.append(finished)
            continue
        for further in _further(option, step.left, open_findings, leaving=leaving):
            further.number = next(numbers)
            heapq.heappush(waiting, further)
    if found:
        found.sort(key=lambda option: option.cost)  # what was in vain is out, and costs no more
        return Proposal(found[0], tuple(found[1:]), is_smallest=True)
    settled = _settle(first, case, leaving=leaving) if waiting else None
    return None if settled is None else Proposal(settled, (), is_smallest=False)


def _open(option: Option, left: _Left) -> list[Finding]:
    """The findings that a change of the plan can take away and that must go."""
    return [
        finding
        for finding in option.verdict.findings
        if finding.severity in (Severity.REFUSES, Severity.WAITS)
        and finding.automatic_remedies
        and finding.key not in left
    ]


def _parts(option: Option) -> frozenset[tuple[str, frozenset[str], str]]:
    """What kinds of change an option makes where: another degree of the same is no other way."""
    return frozenset(
        (type(change).__name__, change.datasets, getattr(change, "column", ""))
        for change in option.changes
    )


def _finished(option: Option, case: Case) -> Option | None:
    """The option written out, with what people must do; None when a refusal has no remedy."""
    option = _without_vain(option, case)
    written = replace(case, plan=apply_changes(case.plan, option.changes))
    verdict = check(written)
    refusals = verdict.with_severity(Severity.REFUSES)
    if not all(_by_people(finding) for finding in refusals):
        return None
    people = {_by_people(finding)[0] for finding in refusals}
    by_people = tuple(sorted(people, key=lambda item: item.order))
    return replace(option, case=written, verdict=verdict, by_people=by_people)


def _without_vain(option: Option, case: Case) -> Option:
    """The option without changes that a later one undid, such as an end date that comes earlier."""
    whole = try_changes(case.plan, option.changes).sha256
    for change in option.changes:
        fewer = tuple(one for one in option.changes if one is not change)
        try:
            same = try_changes(case.plan, fewer).sha256 == whole
        except InputError:
            continue  # a later change rests on it
        if same:
            option = replace(option, changes=fewer, cost=option.cost - change.cost)
    return option


def _further(
    option: Option, left: _Left, open_findings: list[Finding], *, leaving: bool
) -> Iterator[_Step]:
    """Every step that may take the first open finding away."""
    finding = open_findings[0]
    for change in _about(finding, open_findings):
        still = [item for item in open_findings if not _reaches(change, item)]
        estimate = option.cost + change.cost + _least(still)
        yield _Step(estimate, 0, option, change, left)
    by_people = _by_people(finding)
    if leaving and by_people:
        cost = option.cost + by_people[0].cost
        estimate = cost + _least(open_findings[1:])
        yield _Step(estimate, 0, replace(option, cost=cost), None, left | {finding.key})


def _by_people(finding: Finding) -> tuple[Change, ...]:
    """What people can do about a finding."""
    return tuple(change for change in finding.remedies if not change.is_automatic)


def _about(finding: Finding, open_findings: list[Finding]) -> list[Change]:
    """The finding's own remedies, and every other known change that may reach it."""
    own = finding.automatic_remedies
    others = {
        change
        for item in open_findings
        for change in item.automatic_remedies
        if _reaches(change, finding)
    }
    whole = {DropDataset(name) for name in _datasets(finding)}
    return sorted({*own, *others, *whole}, key=lambda change: change.order)


def _reaches(change: Change, finding: Finding) -> bool:
    """Whether a change may take a finding away: its own remedy, or a wider one around it."""
    if change in finding.remedies:
        return True
    datasets = _datasets(finding)
    if isinstance(change, (ChangeOutput, DropDataset)):
        return not change.datasets or bool(change.datasets & datasets)
    if isinstance(change, (Coarsen, DropColumn)):
        return change.datasets == datasets and change.column in _columns(finding)
    return False


def _datasets(finding: Finding) -> frozenset[str]:
    """The datasets a finding is about, as its remedies say; empty when about the whole plan."""
    changes = finding.automatic_remedies
    if not all(change.datasets for change in changes):
        return frozenset()
    return frozenset().union(*(change.datasets for change in changes))


def _columns(finding: Finding) -> frozenset[str]:
    """The columns a finding is about; empty when about a whole dataset or more."""
    columns = {getattr(change, "column", None) for change in finding.automatic_remedies}
    return frozenset(name for name in columns if name is not None)


def _least(findings: list[Finding]) -> int:
    """A cost that taking these findings away surely takes.

    Per dataset the dearest of its columns added up, or the dearest finding about it as a whole,
    and never more than leaving the dataset out. Findings about several datasets or the whole plan
    count for nothing: one change may take many of them away.
    """
    columns: dict[str, dict[str, int]] = {}
    whole: dict[str, int] = {}
    for finding in findings:
        datasets, named = _datasets(finding), _columns(finding)
        if len(datasets) != 1:
            continue
        (dataset,) = datasets
        cheapest = min(change.cost for change in finding.automatic_remedies)
        if len(named) == 1:
            (name,) = named
            own = columns.setdefault(dataset, {})
            own[name] = max(own.get(name, 0), cheapest)
        else:
            whole[dataset] = max(whole.get(dataset, 0), cheapest)
    return sum(
        min(
            DropDataset(dataset).cost,
            max(sum(columns.get(dataset, {}).values()), whole.get(dataset, 0)),
        )
        for dataset in columns.keys() | whole.keys()
    )


def _made(option: Option, change: Change) -> Option | None:
    """The option with one more change; None when it does not fit the plan, or changes nothing."""
    if change in option.changes or _is_vain(change, option.changes):
        return None
    try:
        plan = try_change(option.case.plan, change)
    except InputError:
        return None
    case = replace(option.case, plan=plan)
    changes = (*option.changes, change)  # in the order in which they were made
    return Option(changes, option.by_people, option.cost + change.cost, case, check(case))


def _is_vain(change: Change, made: tuple[Change, ...]) -> bool:
    """Whether a bigger change already took along what this one is about."""
    gone = {item.dataset for item in made if isinstance(item, DropDataset)}
    columns = {(item.dataset, item.column) for item in made if isinstance(item, DropColumn)}
    column = (getattr(change, "dataset", ""), getattr(change, "column", ""))
    return bool(change.datasets & gone) or (column in columns and not isinstance(change, DropLink))


def _settle(option: Option, case: Case, *, leaving: bool) -> Option | None:
    """Take the cheapest remedy of the first open finding, until none is open."""
    left: _Left = frozenset()
    for _ in range(MOST_PLANS):
        open_findings = _open(option, left)
        if not open_findings:
            return _finished(option, case)
        steps = sorted(_further(option, left, open_findings, leaving=leaving))
        taken = next((made for step in steps if (made := _helps(step, open_findings[0]))), None)
        if taken is None:
            return None
        option, left = taken
    return None


def _helps(step: _Step, finding: Finding) -> tuple[Option, _Left] | None:
    """What comes of a step, when it takes a finding away."""
    option = step.option if step.change is None else _made(step.option, step.change)
    if option is None:
        return None
    still = {item.key for item in _open(option, step.left)}
    return None if finding.key in still else (option, step.left)
