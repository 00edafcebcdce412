"""What the rules say of a plan, told in words: findings, what can be done, the smallest change."""

from typing import Any

from grondslag.cli.output import Output
from grondslag.policy import (
    Case,
    Change,
    Finding,
    Option,
    Outcome,
    Proposal,
    Severity,
    Verdict,
    describe_change,
    describe_cost,
    describe_finding,
    describe_outcome,
    describe_sources,
    propose,
)

_HEADINGS = {
    Outcome.GO: "cli.outcome-go",
    Outcome.GO_IF: "cli.outcome-go-if",
    Outcome.NOT_YET: "cli.outcome-not-yet",
    Outcome.NO: "cli.outcome-no",
}
_WEIGHTS = {
    Severity.REFUSES: "cli.weight-refuses",
    Severity.WAITS: "cli.weight-waits",
    Severity.ASKS: "cli.weight-asks",
    Severity.NOTES: "cli.weight-notes",
}
_STYLES = {Severity.REFUSES: "red", Severity.WAITS: "yellow", Severity.ASKS: "yellow"}
_MOST_REMEDIES = 3


def tell_verdict(
    output: Output, case: Case, verdict: Verdict, *, briefly: bool = False
) -> Proposal | None:
    """Tell what the rules say, and when it is no or not yet: what would make it lawful.

    Args:
        output: Where it is told.
        case: What was judged.
        verdict: What the rules said of it.
        briefly: Only the findings that decide, and only the smallest change.

    Returns:
        The smallest set of changes; None when none is needed or found.
    """
    output.heading(_HEADINGS[verdict.outcome], count=_open_points(verdict))
    told = [item for item in verdict.findings if not briefly or _decides(item, verdict)]
    for finding in told:
        _tell_finding(output, case, finding, remedies=1 if briefly else _MOST_REMEDIES)
    if len(told) < len(verdict.findings):
        output.text("")
        output.say("cli.more-findings", count=len(verdict.findings) - len(told))
    if verdict.outcome in (Outcome.GO, Outcome.GO_IF):
        return None
    proposal = propose(case)
    _tell_proposal(output, proposal, alternatives=not briefly)
    return proposal


def verdict_mapping(output: Output, verdict: Verdict, proposal: Proposal | None) -> dict[str, Any]:
    """The same for programs."""
    return {
        "outcome": str(verdict.outcome),
        "findings": [_finding_mapping(output, finding) for finding in verdict.findings],
        "proposal": None if proposal is None else _option_mapping(output, proposal.best),
        "alternatives": []
        if proposal is None
        else [_option_mapping(output, option) for option in proposal.alternatives],
    }


def _option_mapping(output: Output, option: Option) -> dict[str, Any]:
    return {
        "cost": option.cost,
        "outcome": str(option.verdict.outcome),
        "changes": [_change_mapping(output, change) for change in option.changes],
        "by_people": [_change_mapping(output, change) for change in option.by_people],
    }


def _open_points(verdict: Verdict) -> int:
    return len([item for item in verdict.findings if item.severity is not Severity.NOTES])


def _decides(finding: Finding, verdict: Verdict) -> bool:
    """Whether a finding is why the outcome is what it is."""
    return finding.severity.outcome is verdict.outcome and finding.severity is not Severity.NOTES


def _tell_finding(output: Output, case: Case, finding: Finding, *, remedies: int) -> None:
    output.text("")
    output.say(
        "cli.finding",
        style=_STYLES.get(finding.severity, ""),
        weight=output.words(_WEIGHTS[finding.severity]),
        file=case.plan.document.file,
        line=finding.line,
    )
    output.text("  " + describe_finding(finding, language=output.language))
    for source in describe_sources(finding.provisions, language=output.language):
        output.text("  " + output.words("cli.finding-law", source=source))
    shown = finding.remedies[:remedies]
    if shown:
        output.text("  " + output.words("cli.what-can-be-done"))
    for change in shown:
        output.text("  - " + describe_change(change, language=output.language))


def _tell_proposal(output: Output, proposal: Proposal | None, *, alternatives: bool) -> None:
    if proposal is None:
        output.heading("cli.no-proposal")
        return
    smallest = "cli.smallest-change" if proposal.is_smallest else "cli.small-change"
    output.heading(smallest, cost=proposal.best.cost)
    _tell_option(output, proposal.best)
    for number, other in enumerate(proposal.alternatives if alternatives else (), start=1):
        output.heading("cli.other-way", number=number, cost=other.cost)
        _tell_option(output, other)


def _tell_option(output: Output, option: Option) -> None:
    for change in (*option.changes, *option.by_people):
        said = describe_change(change, language=output.language)
        cost = describe_cost(change, language=output.language)
        mark = "cli.change" if change.is_automatic else "cli.change-by-people"
        output.text("- " + output.words(mark, change=said, cost=cost))
    outcome = describe_outcome(option.verdict.outcome, language=output.language)
    output.say("cli.then-outcome", outcome=outcome)


def _finding_mapping(output: Output, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "line": finding.line,
        "where": list(finding.where),
        "says": describe_finding(finding, language=output.language),
        "provisions": [
            {"provision": str(item), "url": item.url, "read": item.statute.version_read}
            for item in finding.provisions
        ],
        "remedies": [_change_mapping(output, change) for change in finding.remedies],
    }


def _change_mapping(output: Output, change: Change) -> dict[str, Any]:
    return {
        "says": describe_change(change, language=output.language),
        "cost": change.cost,
        "automatic": change.is_automatic,
    }
