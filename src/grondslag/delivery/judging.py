"""A project as it stands today: read, judged by the rules, and held against its seal.

Both making and opening a delivery begin here, so that what was lawful once and is not any more
stops by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grondslag.accountability import read_accountability
from grondslag.approval import Installation, Judgement, SealedApproval, verified_approval
from grondslag.clock import Clock, today
from grondslag.contracts import Contract, read_contracts
from grondslag.errors import PolicyRefusedError
from grondslag.plan import Plan, read_plan
from grondslag.policy import (
    Case,
    Outcome,
    Severity,
    Verdict,
    check,
    is_fast_lane,
    parameters_of,
    rule_set_hash,
)


@dataclass(frozen=True, slots=True)
class ReadProject:
    """The documents of a project, and what the rules say of them today."""

    case: Case
    verdict: Verdict
    judgement: Judgement
    minimum_group: int

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.case.plan

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """Every contract in the project's folder, by name."""
        return self.case.contracts


@dataclass(frozen=True, slots=True)
class JudgedProject:
    """A project whose approval holds today."""

    plan: Plan
    contracts: Mapping[str, Contract]
    approval: SealedApproval
    rule_set_hash: str
    minimum_group: int


def read_project(project: Path, *, clock: Clock) -> ReadProject:
    """Read a project and judge it by the rules in force today.

    Args:
        project: The project's folder.
        clock: Tells the day.

    Raises:
        InputError: A document is at fault.
    """
    plan = read_plan(project / "plan.yaml")
    contracts = read_contracts(project / "contracts")
    accountability = read_accountability(project / "accountability")
    day = today(clock)
    parameters = parameters_of(project)
    minimum = parameters.value("minimum_group", day)
    if minimum is None:
        raise PolicyRefusedError("delivery.no-minimum-group", day=day)
    case = Case(plan, contracts, accountability, day, parameters)
    verdict = check(case)
    judgement = Judgement(
        outcome=str(verdict.outcome),
        rule_set_hash=rule_set_hash(day, parameters=parameters),
        lane="fast" if is_fast_lane(case) else "signed",
        accountability=accountability.hashes,
        conditions=tuple(
            sorted({finding.rule for finding in verdict.with_severity(Severity.ASKS)})
        ),
    )
    return ReadProject(case, verdict, judgement, minimum)


def judge_project(project: Path, installation: Installation, *, clock: Clock) -> JudgedProject:
    """Read a project and check that its approval holds today.

    Raises:
        InputError: A document is at fault.
        PolicyRefusedError: A rule says no today.
        ApprovalError: The approval does not hold.
    """
    read = read_project(project, clock=clock)
    if read.verdict.outcome in (Outcome.NO, Outcome.NOT_YET):
        first = read.verdict.findings[0]
        raise PolicyRefusedError(
            "delivery.not-lawful-today",
            project=read.plan.id,
            outcome=str(read.verdict.outcome),
            rule=first.rule,
            provision=", ".join(str(item) for item in first.provisions),
        )
    approval = verified_approval(project, installation, read.judgement, clock=clock)
    return JudgedProject(
        plan=approval.plan,
        contracts=approval.contracts,
        approval=approval,
        rule_set_hash=read.judgement.rule_set_hash,
        minimum_group=read.minimum_group,
    )
