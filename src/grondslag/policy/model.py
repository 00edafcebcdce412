"""What a rule is, what it finds, and what follows from all findings together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from grondslag.accountability import Accountability
from grondslag.canonical import Path
from grondslag.contracts import Contract
from grondslag.law import Provision
from grondslag.plan import Plan
from grondslag.policy.changes import Change
from grondslag.policy.parameters import Parameters

_APPLICABLE = date(2018, 5, 25)  # GDPR art. 99(2)


class Outcome(StrEnum):
    """What the rules together say of a plan, from best to worst."""

    GO = "go"
    GO_IF = "go_if"
    NOT_YET = "not_yet"
    NO = "no"

    @property
    def rank(self) -> int:
        """0 for the best outcome, 3 for the worst."""
        return list(Outcome).index(self)


class Severity(StrEnum):
    """How much a finding weighs, from light to heavy.

    ``NOTES`` asks nothing; ``ASKS`` is a condition that a person sees to and signs for; ``WAITS``
    lacks a fact that the engine can check, such as an agreement; ``REFUSES`` is a plan that the
    rules do not allow as it stands.
    """

    NOTES = "notes"
    ASKS = "asks"
    WAITS = "waits"
    REFUSES = "refuses"

    @property
    def outcome(self) -> Outcome:
        """What one finding of this weight makes of the whole."""
        return _OUTCOMES[self]


_OUTCOMES: Mapping[Severity, Outcome] = {
    Severity.NOTES: Outcome.GO,
    Severity.ASKS: Outcome.GO_IF,
    Severity.WAITS: Outcome.NOT_YET,
    Severity.REFUSES: Outcome.NO,
}


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the rules look at: nothing else counts.

    Args:
        plan: The plan.
        contracts: Every contract we know, by name.
        accountability: Agreements and impact assessments.
        day: The day of the check.
        parameters: The dated settings.
    """

    plan: Plan
    contracts: Mapping[str, Contract]
    accountability: Accountability
    day: date
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule says of one spot in the plan.

    Args:
        code: The sentence that tells it, ``policy.<rule>.<what>``.
        severity: How much it weighs.
        where: The part of the plan it is about.
        fields: Facts for the sentence.
        remedies: Changes each of which takes it away, the lightest first.
    """

    code: str
    severity: Severity
    where: Path
    fields: Mapping[str, object]
    remedies: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the rule behind it and the line it stands on.

    Args:
        rule: Identifier of the rule.
        code: The sentence that tells it.
        severity: How much it weighs.
        where: The part of the plan it is about.
        line: The line of that part.
        provisions: The law behind it; empty for a rule of the municipality itself.
        fields: Facts for the sentence.
        remedies: Changes each of which takes it away, the lightest first.
    """

    rule: str
    code: str
    severity: Severity
    where: Path
    line: int
    provisions: tuple[Provision, ...]
    fields: Mapping[str, object]
    remedies: tuple[Change, ...]

    @property
    def automatic_remedies(self) -> tuple[Change, ...]:
        """The remedies that are a change of the plan itself."""
        return tuple(change for change in self.remedies if change.is_automatic)

    @property
    def order(self) -> tuple[object, ...]:
        """By which findings are sorted: the heaviest first, then by line."""
        weight = -list(Severity).index(self.severity)
        return (weight, self.line, tuple(map(str, self.where)), *self.key)

    @property
    def key(self) -> tuple[object, ...]:
        """What it says, wherever it stands: the same in a plan written out anew."""
        facts = tuple(f"{name}={self.fields[name]!s}" for name in sorted(self.fields))
        return (self.rule, self.code, facts)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings, and what they come to."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    def with_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one weight."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    @property
    def conditions(self) -> tuple[Finding, ...]:
        """What people must see to before access opens: what is asked and what is waited for."""
        return self.with_severity(Severity.WAITS) + self.with_severity(Severity.ASKS)


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise of law, and the function that looks whether a plan keeps it.

    Args:
        id: ``<theme>.<promise>``.
        promise: The text of the rule, in one sentence.
        provisions: The law it rests on; empty for a rule of the municipality itself.
        function: Pure: looks at the case only, says what is wrong.
        valid_from: First day it applies.
        valid_until: Last day it applies; None when it has no end.
    """

    id: str
    promise: str
    provisions: tuple[Provision, ...]
    function: Callable[[Case], Iterable[Fault]] = field(repr=False)
    valid_from: date = _APPLICABLE
    valid_until: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether every article it rests on was read."""
        return all(provision.is_confirmed for provision in self.provisions)

    def is_valid(self, day: date) -> bool:
        """Whether it applies on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def findings(self, case: Case) -> tuple[Finding, ...]:
        """What this rule finds in a case."""
        document = case.plan.document
        return tuple(
            Finding(
                rule=self.id,
                code=fault.code,
                severity=fault.severity,
                where=fault.where,
                line=document.line(fault.where),
                provisions=self.provisions,
                fields=fault.fields,
                remedies=fault.remedies,
            )
            for fault in self.function(case)
        )


def rule(
    identifier: str,
    *provisions: Provision,
    valid_from: date = _APPLICABLE,
    valid_until: date | None = None,
) -> Callable[[Callable[[Case], Iterable[Fault]]], Rule]:
    """Make a rule of a function; its docstring's first line is the text of the rule."""

    def made(function: Callable[[Case], Iterable[Fault]]) -> Rule:
        promise = (function.__doc__ or "").strip().partition("\n")[0]
        return Rule(identifier, promise, provisions, function, valid_from, valid_until)

    return made


def refuses(code: str, where: Path, *remedies: Change, **fields: object) -> Fault:
    """The plan as it stands is not allowed."""
    return Fault(code, Severity.REFUSES, where, fields, remedies)


def waits(code: str, where: Path, *remedies: Change, **fields: object) -> Fault:
    """A fact that can be checked is not there yet."""
    return Fault(code, Severity.WAITS, where, fields, remedies)


def asks(code: str, where: Path, *remedies: Change, **fields: object) -> Fault:
    """A condition that a person sees to and signs for."""
    return Fault(code, Severity.ASKS, where, fields, remedies)


def notes(code: str, where: Path, *remedies: Change, **fields: object) -> Fault:
    """Worth knowing; asks nothing."""
    return Fault(code, Severity.NOTES, where, fields, remedies)
