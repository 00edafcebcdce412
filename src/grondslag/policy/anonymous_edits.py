"""The changes to a wish for anonymous records that the engine can make by itself."""

from dataclasses import dataclass
from typing import ClassVar

from grondslag.policy.changes import Content, unfit
from grondslag.policy.edits import OnDataset

_SECTION = "anonymous"


@dataclass(frozen=True, slots=True)
class LeaveOutLess(OnDataset):
    """Leave out a smaller share of the rows."""

    says: ClassVar[str] = "policy.change.leave-out-less"
    costs: ClassVar[str] = "policy.cost.leave-out-less"
    percent: int

    @property
    def cost(self) -> int:
        """1: rows stay in, values become coarser."""
        return 1

    def edit(self, content: Content) -> None:
        """Write the smaller share."""
        section = self.need(content).get(_SECTION)
        if not section or section.get("suppression", 0) * 100 <= self.percent:
            raise unfit(self)
        section["suppression"] = self.percent / 100


@dataclass(frozen=True, slots=True)
class AskLargerGroups(OnDataset):
    """Let more people look alike."""

    says: ClassVar[str] = "policy.change.larger-groups"
    costs: ClassVar[str] = "policy.cost.larger-groups"
    k: int

    @property
    def cost(self) -> int:
        """1: values become coarser."""
        return 1

    def edit(self, content: Content) -> None:
        """Write how many."""
        section = self.need(content).setdefault(_SECTION, {})
        if section.get("k", 0) >= self.k:
            raise unfit(self)
        section["k"] = self.k


@dataclass(frozen=True, slots=True)
class MoveWishes(OnDataset):
    """Say how records become anonymous at the dataset that the others are added to."""

    says: ClassVar[str] = "policy.change.move-wishes"
    costs: ClassVar[str] = "policy.cost.move-wishes"
    to: str

    @property
    def datasets(self) -> frozenset[str]:
        """Both datasets."""
        return frozenset({self.dataset, self.to})

    @property
    def cost(self) -> int:
        """1: nothing that was promised is lost."""
        return 1

    def edit(self, content: Content) -> None:
        """Put them together: of two wishes the one that protects more."""
        moved = self.need(content).pop(_SECTION, None)
        if moved is None:
            raise unfit(self)
        other = MoveWishes(self.to, self.to).need(content)
        whole = other.setdefault(_SECTION, {})
        if "k" in moved:
            whole["k"] = max(moved["k"], whole.get("k", 0))
        whole["suppression"] = min(moved.get("suppression", 0), whole.get("suppression", 0))
        for name in ("models", "unprotected"):
            if name in moved:
                whole[name] = [*whole.get(name, ()), *moved[name]]
        if "weights" in moved:
            whole["weights"] = moved["weights"] | whole.get("weights", {})
