"""The changes of a plan document that the engine can make by itself, each with its cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from grondslag.policy.changes import Change, Content, unfit
from grondslag.vocabulary import Form, OutputStep
from grondslag.wording import Word


@dataclass(frozen=True, slots=True)
class OnDataset(Change):
    """A change to what is asked of one dataset."""

    dataset: str

    @property
    def datasets(self) -> frozenset[str]:
        """The datasets it is about."""
        return frozenset({self.dataset})

    def need(self, content: Content) -> Content:
        """The part of the plan about this dataset."""
        for need in content["data"]:
            if need["dataset"] == self.dataset:
                found: Content = need
                return found
        raise unfit(self)


@dataclass(frozen=True, slots=True)
class DropColumn(OnDataset):
    """Leave a column out."""

    says: ClassVar[str] = "policy.change.drop-column"
    costs: ClassVar[str] = "policy.cost.drop-column"
    column: str

    @property
    def cost(self) -> int:
        """4: a question less can be answered."""
        return 4

    def edit(self, content: Content) -> None:
        """Take the column out, and what the analysis does with it."""
        need = self.need(content)
        left = [item for item in need["columns"] if item["name"] != self.column]
        if not left or len(left) == len(need["columns"]):
            raise unfit(self)
        need["columns"] = left
        analysis = content.get("analysis")
        if analysis and analysis["dataset"] == self.dataset:
            if analysis["area"] == self.column:
                raise unfit(self)
            for part in ("severity", "period"):
                if analysis.get(part) == self.column:
                    del analysis[part]


@dataclass(frozen=True, slots=True)
class Coarsen(OnDataset):
    """Deliver a column in a coarser form."""

    says: ClassVar[str] = "policy.change.coarsen"
    costs: ClassVar[str] = "policy.cost.coarsen"
    column: str
    form: Form
    steps: int

    @property
    def cost(self) -> int:
        """1 per step in the owner's list, at most 3: still more than the column less."""
        return min(self.steps, 3)

    def edit(self, content: Content) -> None:
        """Write the other form."""
        for item in self.need(content)["columns"]:
            if item["name"] == self.column and item["form"] != str(self.form):
                item["form"] = str(self.form)
                return
        raise unfit(self)


@dataclass(frozen=True, slots=True)
class DropDataset(OnDataset):
    """Leave a whole dataset out."""

    says: ClassVar[str] = "policy.change.drop-dataset"
    costs: ClassVar[str] = "policy.cost.drop-dataset"

    @property
    def cost(self) -> int:
        """20: a whole source of the answer less."""
        return 20

    def edit(self, content: Content) -> None:
        """Take out the dataset, with links, grounds and denominators that rest on it."""
        self.need(content)
        content["data"] = [item for item in content["data"] if item["dataset"] != self.dataset]
        analysis = content.get("analysis")
        if not content["data"] or (analysis and analysis["dataset"] == self.dataset):
            raise unfit(self)
        content["links"] = [
            link
            for link in content.get("links", ())
            if self.dataset not in (link["left"], link["right"])
        ]
        for part in ("special_grounds", "further_use"):
            if part in content:
                content[part] = [item for item in content[part] if item["dataset"] != self.dataset]
        for part in ("residents", "traffic", "length", "map"):
            if analysis and analysis.get(part, {}).get("dataset") == self.dataset:
                del analysis[part]
        fair = analysis.get("fair") if analysis else None
        if fair and self.dataset in (
            fair["population"]["dataset"],
            fair.get("whole", {}).get("dataset"),
        ):
            raise unfit(self)  # without these nothing is compared fairly
        if fair and fair.get("survey", {}).get("dataset") == self.dataset:
            del fair["survey"]


@dataclass(frozen=True, slots=True)
class DropLink(Change):
    """Leave a link between two datasets out."""

    says: ClassVar[str] = "policy.change.drop-link"
    costs: ClassVar[str] = "policy.cost.drop-link"
    left: str
    right: str

    @property
    def cost(self) -> int:
        """12: the two can only be compared per group."""
        return 12

    @property
    def datasets(self) -> frozenset[str]:
        """The two datasets."""
        return frozenset({self.left, self.right})

    def edit(self, content: Content) -> None:
        """Take the link out."""
        links = content.get("links", [])
        left = [item for item in links if (item["left"], item["right"]) != (self.left, self.right)]
        if len(left) == len(links):
            raise unfit(self)
        content["links"] = left


@dataclass(frozen=True, slots=True)
class ShortenLink(Change):
    """Let a link end no later than the plan."""

    says: ClassVar[str] = "policy.change.shorten-link"
    costs: ClassVar[str] = "policy.cost.shorten"
    left: str
    right: str
    until: date

    @property
    def cost(self) -> int:
        """1: nothing of the answer is lost."""
        return 1

    @property
    def datasets(self) -> frozenset[str]:
        """The two datasets."""
        return frozenset({self.left, self.right})

    def edit(self, content: Content) -> None:
        """Write the earlier day."""
        for item in content.get("links", ()):
            if (item["left"], item["right"]) == (self.left, self.right):
                item["until"] = self.until.isoformat()
                return
        raise unfit(self)


@dataclass(frozen=True, slots=True)
class ChangeOutput(Change):
    """Deliver on a lower step of the ladder: one dataset, or (``None``) the plan as a whole."""

    says: ClassVar[str] = "policy.change.output"
    costs: ClassVar[str] = "policy.cost.output"
    dataset: str | None
    step: OutputStep
    steps: int

    @property
    def code(self) -> str:
        """The sentence that says what changes."""
        return "policy.change.output-of-all" if self.dataset is None else self.says

    @property
    def cost(self) -> int:
        """5 per step."""
        return 5 * self.steps

    @property
    def datasets(self) -> frozenset[str]:
        """The dataset, or the whole plan."""
        return frozenset() if self.dataset is None else frozenset({self.dataset})

    def edit(self, content: Content) -> None:
        """Write the step; for the plan as a whole nothing stays above it."""
        needs = [item for item in content["data"] if self.dataset in (None, item["dataset"])]
        if not needs:
            raise unfit(self)
        for need in needs:
            if self.dataset is not None or OutputStep(need["output"]).height > self.step.height:
                need["output"] = str(self.step)
        if self.dataset is None:
            output = content["output"]
            output["step"] = str(self.step)
            output["reasons"] = {
                step: reason
                for step, reason in output["reasons"].items()
                if OutputStep(step).height <= self.step.height
            }


@dataclass(frozen=True, slots=True)
class ChangeCount(OnDataset):
    """Count something else: ``persons`` or ``rows``."""

    says: ClassVar[str] = "policy.change.count"
    costs: ClassVar[str] = "policy.cost.count"
    count: str

    @property
    def cost(self) -> int:
        """1: the table stays, its numbers mean something else."""
        return 1

    @property
    def fields(self) -> Mapping[str, object]:
        """The dataset, and in words what is counted."""
        counted = Word("policy.count.persons" if self.count == "persons" else "policy.count.rows")
        return {"dataset": self.dataset, "count": counted}

    def edit(self, content: Content) -> None:
        """Write what is counted."""
        self.need(content)["count"] = self.count


@dataclass(frozen=True, slots=True)
class ShortenPeriod(OnDataset):
    """Ask rows of a shorter period."""

    says: ClassVar[str] = "policy.change.shorten-period"
    costs: ClassVar[str] = "policy.cost.shorten-period"
    start: date
    end: date

    @property
    def cost(self) -> int:
        """2: older or newer rows stay out."""
        return 2

    def edit(self, content: Content) -> None:
        """Write the two days."""
        period = self.need(content).get("rows", {}).get("period")
        if not period:
            raise unfit(self)
        period["from"], period["until"] = self.start.isoformat(), self.end.isoformat()


@dataclass(frozen=True, slots=True)
class ShortenEnd(Change):
    """Let access end sooner; repetition and links never outlive it."""

    says: ClassVar[str] = "policy.change.shorten-end"
    costs: ClassVar[str] = "policy.cost.shorten"
    until: date

    @property
    def cost(self) -> int:
        """1: nothing of the answer is lost, it must be given sooner."""
        return 1

    def edit(self, content: Content) -> None:
        """Write the earlier day everywhere."""
        day = self.until.isoformat()
        if content["end_date"] <= day:
            raise unfit(self)
        content["end_date"] = day
        ends = [*content.get("links", ()), content["rhythm"]]
        for item in ends:
            if item.get("until", "") > day:
                item["until"] = day


@dataclass(frozen=True, slots=True)
class ShortenRhythm(Change):
    """Let repetition end no later than the plan."""

    says: ClassVar[str] = "policy.change.shorten-rhythm"
    costs: ClassVar[str] = "policy.cost.shorten"
    until: date

    @property
    def cost(self) -> int:
        """1: nothing of this answer is lost."""
        return 1

    def edit(self, content: Content) -> None:
        """Write the earlier day."""
        content["rhythm"]["until"] = self.until.isoformat()


@dataclass(frozen=True, slots=True)
class DropParty(Change):
    """Leave another organisation out."""

    says: ClassVar[str] = "policy.change.drop-party"
    costs: ClassVar[str] = "policy.cost.drop-party"
    party: str

    @property
    def cost(self) -> int:
        """6: the answer stays, somebody does not get it."""
        return 6

    def edit(self, content: Content) -> None:
        """Take the organisation out."""
        parties = content.get("parties", [])
        left = [item for item in parties if item["name"] != self.party]
        if len(left) == len(parties):
            raise unfit(self)
        content["parties"] = left
