"""The documents of a project as far as they can be read: a fault is a sentence, never an error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from grondslag.accountability import Accountability, read_accountability
from grondslag.clock import Clock, today
from grondslag.contracts import Contract, read_contracts
from grondslag.delivery import ReadProject, read_project
from grondslag.errors import GrondslagError
from grondslag.plan import Plan, read_plan
from grondslag.policy import (
    Case,
    Finding,
    Outcome,
    Parameters,
    Severity,
    check,
    default_parameters,
    parameters_of,
)
from grondslag.project.model import Saying, Step, saying
from grondslag.vocabulary import Proceed

T = TypeVar("T")

_QUESTION = {"question", "alternatives", "date", "stop_criterion", "review_date", "guide"}
_DATA = {"data", "output", "access", "rhythm", "end_date", "analysis"}
"""Parts of a plan by the step they belong to; the rest is about the ground."""


def attempt(read: Callable[[], T]) -> T | Saying:
    """What *read* gives, or the sentence that says why it can't."""
    try:
        return read()
    except GrondslagError as error:
        return Saying(error.code, error.fields)
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else "?"
        return saying("project.cannot-read", file=name)


@dataclass(frozen=True, slots=True)
class Documents:
    """A project as it could be read.

    Args:
        folder: The project's folder.
        day: Today.
        plan: The plan, or what is wrong with it.
        contracts: Its contracts, or what is wrong with them.
        accountability: Its standing facts, or what is wrong with them.
        findings: What the rules say of what could be read.
        outcome: What they come to; None when something could not be read.
        read: The whole project as it was judged; None when something could not be read.
    """

    folder: Path
    day: date
    plan: Plan | Saying
    contracts: Mapping[str, Contract] | Saying
    accountability: Accountability | Saying
    findings: tuple[Finding, ...]
    outcome: Outcome | None
    read: ReadProject | None

    @property
    def is_no_go(self) -> bool:
        """Whether the four questions ended in a no: kept as knowledge, and the data stay closed."""
        return isinstance(self.plan, Plan) and self.plan.question.proceed is Proceed.NO

    @property
    def is_ended(self) -> bool:
        """Whether the plan's end date has passed."""
        return isinstance(self.plan, Plan) and self.plan.end_date < self.day

    def open_points(self, step: Step) -> tuple[Finding, ...]:
        """What stands in the way at a step: what is refused and what is waited for."""
        return tuple(
            finding
            for finding in self.findings
            if finding.severity in (Severity.REFUSES, Severity.WAITS) and step_of(finding) is step
        )


def read_documents(folder: Path, *, clock: Clock) -> Documents:
    """Read what can be read.

    Args:
        folder: The project's folder.
        clock: Tells the day.
    """
    day = today(clock)
    read = attempt(lambda: read_project(folder, clock=clock))
    if isinstance(read, ReadProject):
        case, verdict = read.case, read.verdict
        return Documents(
            folder,
            day,
            case.plan,
            case.contracts,
            case.accountability,
            verdict.findings,
            verdict.outcome,
            read,
        )
    plan = attempt(lambda: read_plan(folder / "plan.yaml"))
    contracts = attempt(lambda: read_contracts(folder / "contracts"))
    facts = attempt(lambda: read_accountability(folder / "accountability"))
    settings = attempt(lambda: parameters_of(folder))
    if isinstance(settings, Saying) and not isinstance(facts, Saying):
        facts = settings  # told where the facts are: without its settings no project goes on
    findings = (
        _findings_of_part(plan, contracts, facts, day, settings) if isinstance(plan, Plan) else ()
    )
    return Documents(folder, day, plan, contracts, facts, findings, None, None)


def _findings_of_part(
    plan: Plan,
    contracts: Mapping[str, Contract] | Saying,
    accountability: Accountability | Saying,
    day: date,
    settings: Parameters | Saying,
) -> tuple[Finding, ...]:
    """What the rules say when a document is missing: what is not known never passes."""
    case = Case(
        plan,
        {} if isinstance(contracts, Saying) else contracts,
        Accountability() if isinstance(accountability, Saying) else accountability,
        day,
        default_parameters() if isinstance(settings, Saying) else settings,
    )
    return check(case).findings


def step_of(finding: Finding) -> Step:
    """The step of the road that a finding belongs to, by the part of the plan it is about."""
    part = finding.where[0] if finding.where else ""
    if part in _QUESTION:
        return Step.QUESTION
    return Step.DATA if part in _DATA else Step.GROUND
