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


@dataclass(frozen=True, slots=True)
class AskPopulation(OnDataset):
    """Ask a population as counts of persons, in the columns and forms of what stands beside it.

    Args:
        dataset: Of the population.
        of: The dataset that becomes anonymous beside it.
        columns: Which of its columns an outsider may know.
    """

    says: ClassVar[str] = "policy.change.ask-population"
    costs: ClassVar[str] = "policy.cost.ask-population"
    of: str
    columns: tuple[str, ...]

    @property
    def datasets(self) -> frozenset[str]:
        """Both datasets."""
        return frozenset({self.dataset, self.of})

    @property
    def cost(self) -> int:
        """1: a table of counts more, and no answer less."""
        return 1

    def edit(self, content: Content) -> None:
        """Ask it as it must be; for the reason why the others ask those columns."""
        beside = AskPopulation(self.of, self.dataset, self.columns).need(content)
        asked = {one["name"]: one for one in beside["columns"] if one["name"] in self.columns}
        found = next((one for one in content["data"] if one["dataset"] == self.dataset), None)
        if found is None:
            found = {"dataset": self.dataset, "columns": []}
            content["data"].append(found)
        others = [one for one in found["columns"] if one["name"] not in asked]
        found["columns"] = [*others, *(dict(one) for one in asked.values())]
        found |= {"output": "aggregate", "count": "persons"}
        found.pop(_SECTION, None)


@dataclass(frozen=True, slots=True)
class DropPopulation(OnDataset):
    """Promise nothing beside a population that is not there."""

    says: ClassVar[str] = "policy.change.drop-population"
    costs: ClassVar[str] = "policy.cost.drop-population"
    population: str

    @property
    def cost(self) -> int:
        """4: nobody then knows the chance of an outsider."""
        return 4

    def edit(self, content: Content) -> None:
        """Take those promises out."""
        section = self.need(content).get(_SECTION) or {}
        models = section.get("models", [])
        left = [one for one in models if self.population not in _populations(one)]
        if len(left) == len(models):
            raise unfit(self)
        section["models"] = left


def _populations(model: Content) -> list[str]:
    return [fields["population"] for fields in model.values() if "population" in fields]
