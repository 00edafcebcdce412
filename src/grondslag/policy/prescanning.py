"""Whether an impact assessment is needed, computed from plan and contracts, each sign with why.

Answers of the plan count; what follows from the plan itself counts as well, so that forgetting to
tick a box never helps. The score over ordinary and other categories that the national form adds is
left out: it is a choice of its makers, and its part about transfers has a known fault.

Source:
    GDPR art. 35(1), (3) and (4); the supervisor's list of 17; WP 248 rev.01 for the nine criteria.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grondslag.policy.asked import asked_columns, is_personal, personal_needs
from grondslag.policy.model import Case
from grondslag.vocabulary import (
    AssessmentCriterion,
    AssessmentListItem,
    Domain,
    PartyRole,
    PersonalDataCategory,
    SpecialKind,
    Trilean,
)

Criterion = AssessmentCriterion
Item = AssessmentListItem

_HEAVY = (
    PersonalDataCategory.SENSITIVE,
    PersonalDataCategory.SPECIAL,
    PersonalDataCategory.CRIMINAL,
)
"""Also data "of a highly personal nature" counts as sensitive for WP 248 rev.01."""

_VULNERABLE = frozenset({"children", "employees", "patients", "victims"})
_SYSTEMATIC = frozenset({Criterion.LARGE_SCALE, Criterion.SYSTEMATIC_MONITORING})
"""Most items of the list hold only for what is large in scale or systematic."""

_KINDS: Mapping[SpecialKind, AssessmentListItem] = {
    SpecialKind.BIOMETRIC: Item.BIOMETRIC,
    SpecialKind.GENETIC: Item.GENETIC,
    SpecialKind.HEALTH: Item.HEALTH,
}


class Need(StrEnum):
    """Whether an assessment is needed; without answers nobody knows."""

    REQUIRED = "required"
    ADVISED = "advised"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Prescan:
    """The signs of a high risk, and what they come to.

    Args:
        list_items: Items of the supervisor's list that apply.
        criteria: European criteria that are met: their number is the score.
        unanswered: What follows from the plan and was not answered.
        new_law: Whether the plan prepares a new law or by-law; unclear counts as yes.
        need: What they come to.
    """

    list_items: frozenset[AssessmentListItem]
    criteria: frozenset[AssessmentCriterion]
    unanswered: frozenset[str]
    new_law: bool
    need: Need


def prescan(case: Case) -> Prescan:
    """Compute whether an impact assessment is needed.

    Args:
        case: The plan and what it is judged by.
    """
    answered = case.plan.assessment
    ticked_items = frozenset(map(Item, () if answered is None else answered.list_items))
    ticked = frozenset(map(Criterion, () if answered is None else answered.criteria))
    criteria = ticked | frozenset(_criteria(case))
    items = ticked_items | frozenset(_items(case, criteria))
    new_law = answered is not None and answered.new_law is not Trilean.NO
    return Prescan(
        list_items=items,
        criteria=criteria,
        unanswered=frozenset(map(str, (criteria - ticked) | (items - ticked_items))),
        new_law=new_law,
        need=_need(case, len(items), len(criteria), new_law=new_law),
    )


def _need(case: Case, items: int, criteria: int, *, new_law: bool) -> Need:
    if not is_personal(case):
        return Need.NOT_NEEDED
    least_items = case.parameters.value("list_items_for_assessment", case.day)
    least = case.parameters.value("criteria_for_assessment", case.day)
    if least_items is None or least is None:
        return Need.REQUIRED  # a setting without a value, another rule refuses
    if new_law or items >= least_items or criteria >= least:
        return Need.REQUIRED
    if case.plan.assessment is None:
        return Need.UNKNOWN
    return Need.ADVISED if criteria else Need.NOT_NEEDED


def _criteria(case: Case) -> Iterator[AssessmentCriterion]:
    """The criteria that follow from the plan itself."""
    if not is_personal(case):
        return
    if case.plan.links:
        yield Criterion.COMBINED_DATASETS
    if _asks_heavy_data(case):
        yield Criterion.SENSITIVE_DATA
    contracts = [case.contracts.get(case.plan.data[at].dataset) for at in personal_needs(case)]
    if any(
        item is not None and _VULNERABLE & set(item.privacy.data_subjects) for item in contracts
    ):
        yield Criterion.VULNERABLE_PEOPLE
    automation = case.plan.automation
    if automation is not None and automation.solely is not Trilean.NO:
        yield Criterion.AUTOMATED_DECISION


def _items(case: Case, criteria: frozenset[AssessmentCriterion]) -> Iterator[AssessmentListItem]:
    """The items of the list that follow from the plan itself."""
    if not is_personal(case):
        return
    shares = any(
        party.role in (PartyRole.JOINT_CONTROLLER, PartyRole.PARTNER) for party in case.plan.parties
    )
    if shares and _asks_heavy_data(case):
        yield Item.PARTNERSHIP
    if not criteria & _SYSTEMATIC:
        return
    for asked in asked_columns(case):
        kind = None if asked.privacy is None else asked.privacy.kind
        if kind is not None and kind in _KINDS:
            yield _KINDS[kind]
    domains = {
        contract.privacy.domain
        for at in personal_needs(case)
        if (contract := case.contracts.get(case.plan.data[at].dataset)) is not None
    }
    if Domain.INCOME in domains:
        yield Item.FINANCIAL_SITUATION
    if Domain.EMPLOYEES in domains and Criterion.SYSTEMATIC_MONITORING in criteria:
        yield Item.EMPLOYEE_MONITORING


def _asks_heavy_data(case: Case) -> bool:
    entries = [asked.privacy for asked in asked_columns(case)]
    return any(entry is None or entry.category in _HEAVY for entry in entries)
