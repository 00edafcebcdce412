"""Employees: the works council agrees with how their data is used."""

from collections.abc import Iterator

from grondslag.contracts import Contract
from grondslag.law import STATUTES
from grondslag.policy.asked import personal_needs
from grondslag.policy.edits import ChangeOutput
from grondslag.policy.model import Case, Fault, asks, rule, waits
from grondslag.policy.people import AskCouncil
from grondslag.policy.words import has_filler
from grondslag.vocabulary import CouncilAnswer, Domain, OutputStep

WOR = STATUTES["WOR"]

_AGREED = (CouncilAnswer.CONSENTED, CouncilAnswer.ARRANGED)
_WATCHING = "employee_monitoring"


def _about_employees(case: Case) -> list[tuple[int, Contract]]:
    """The places in the plan that ask personal data about employees, with their contracts."""
    contracts = [
        (at, case.contracts.get(case.plan.data[at].dataset)) for at in personal_needs(case)
    ]
    return [
        (at, contract)
        for at, contract in contracts
        if contract is not None
        and (
            contract.privacy.domain is Domain.EMPLOYEES
            or "employees" in contract.privacy.data_subjects
        )
    ]


@rule(
    "employees.works-council-agreed",
    WOR.article("27", 1, "k"),
    WOR.article("27", 1, "l"),
    WOR.article("27", 3),
)
def works_council_agreed(case: Case) -> Iterator[Fault]:
    """Data of employees is used in a way the works council agreed with, or that was arranged."""
    needs = _about_employees(case)
    said = case.plan.works_council
    if not needs or (said is not None and said.answer in _AGREED and not has_filler(said.document)):
        return
    where = ("data", needs[0][0], "dataset")
    name = needs[0][1].name
    answered = case.plan.assessment
    watches = answered is None or _WATCHING in answered.list_items
    counted = all(
        case.plan.data[at].output.height <= OutputStep.AGGREGATE.height for at, _ in needs
    )
    kept_for_it = all(case.plan.purpose in contract.privacy.purposes for _, contract in needs)
    if counted and kept_for_it and not watches:
        code = "policy.employees.works-council-agreed.check"
        yield asks(code, where, AskCouncil(), dataset=name)
        return
    highest = max(case.plan.data[at].output.height for at, _ in needs)
    steps = highest - OutputStep.AGGREGATE.height
    down = (ChangeOutput(name, OutputStep.AGGREGATE, steps),) if steps > 0 else ()
    code = "policy.employees.works-council-agreed.none"
    yield waits(code, where, AskCouncil(), *down, dataset=name)
