"""Changes that would make a plan lawful: operations on the plan document, and things people do.

**Cost** says how much of the answer is lost, for ordering only. Counting something else or ending
sooner costs 1, a shorter period 2; a coarser form 1 per step, at most 3; a column less 4; a lower
step on the ladder 5 per step; another organisation less 6; a link less 12; a dataset less 20. What
only a person can do costs 15: nobody knows beforehand whether it is possible.
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from grondslag.canonical import read_document, to_yaml
from grondslag.errors import InputError
from grondslag.plan import Plan, plan_from

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change(ABC):
    """Something that takes a finding away.

    A subclass names the sentence that says what changes, and the one that says what it costs.
    """

    is_automatic: ClassVar[bool] = True
    says: ClassVar[str] = ""
    costs: ClassVar[str] = ""

    @property
    def code(self) -> str:
        """The sentence that says what changes."""
        return self.says

    @property
    @abstractmethod
    def cost(self) -> int:
        """How much of the answer is lost; see the module."""

    @property
    def fields(self) -> Mapping[str, object]:
        """Facts for both sentences."""
        names = [name for kind in type(self).__mro__ for name in getattr(kind, "__slots__", ())]
        return {name: getattr(self, name) for name in names}

    @property
    def datasets(self) -> frozenset[str]:
        """The datasets it is about; empty when it is about the plan as a whole."""
        return frozenset()

    @property
    def order(self) -> tuple[object, ...]:
        """By which changes are sorted: the lightest first, then always the same way."""
        facts = tuple(f"{name}={value!s}" for name, value in sorted(self.fields.items()))
        return (self.cost, type(self).__name__, facts)

    @abstractmethod
    def edit(self, content: Content) -> None:
        """Make the change in the content of a plan document.

        Raises:
            InputError: The plan has no such part, or would have nothing left.
        """


def apply_change(plan: Plan, change: Change) -> Plan:
    """The plan with a change made in its document, read again from its text.

    Raises:
        InputError: Only a person can make this change, it does not fit, or what is left is no plan.
    """
    return apply_changes(plan, (change,))


def apply_changes(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with changes made one after the other, written out and read again once.

    Raises:
        InputError: Only a person can make one of them, it does not fit, or what is left is no plan.
    """
    content = _edited(plan, changes)
    return plan_from(read_document(to_yaml(content), file=plan.document.file))


def try_change(plan: Plan, change: Change) -> Plan:
    """The plan with a change made, not written out as text: quicker, its lines only near.

    Raises:
        InputError: Only a person can make this change, it does not fit, or what is left is no plan.
    """
    return try_changes(plan, (change,))


def try_changes(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with changes made one after the other, as `try_change` makes one.

    Raises:
        InputError: Only a person can make one of them, it does not fit, or what is left is no plan.
    """
    return plan_from(replace(plan.document, content=_edited(plan, changes)), has_form=True)


def _edited(plan: Plan, changes: Iterable[Change]) -> Content:
    content: Content = copy.deepcopy(plan.document.content)
    for change in changes:
        if not change.is_automatic:
            raise InputError("policy.change-is-for-people", change=type(change).__name__)
        change.edit(content)
    return content


def unfit(change: Change) -> InputError:
    """The error of a change for which a plan has no place."""
    return InputError("policy.change-does-not-fit", change=type(change).__name__)
