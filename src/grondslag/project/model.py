"""The words for a project's state: steps, statuses, who is waited for, what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from grondslag.wording import Word, sentence


class Step(StrEnum):
    """The steps of the road, in order."""

    QUESTION = "question"
    GROUND = "ground"
    DATA = "data"
    APPROVAL = "approval"
    DELIVERY = "delivery"
    INSIGHT = "insight"
    DECISION = "decision"
    REVIEW = "review"

    @property
    def word(self) -> Word:
        """What people call it."""
        return Word(_STEPS[self])


class Status(StrEnum):
    """How far a step is: six, no more."""

    NOT_STARTED = "not_started"
    BUSY = "busy"
    DONE = "done"
    CANNOT_YET = "cannot_yet"
    WAITING = "waiting"
    WRONG = "wrong"

    @property
    def word(self) -> Word:
        """What people call it."""
        return Word(_STATUSES[self])


_STEPS = {
    Step.QUESTION: "project.step-question",
    Step.GROUND: "project.step-ground",
    Step.DATA: "project.step-data",
    Step.APPROVAL: "project.step-approval",
    Step.DELIVERY: "project.step-delivery",
    Step.INSIGHT: "project.step-insight",
    Step.DECISION: "project.step-decision",
    Step.REVIEW: "project.step-review",
}
_STATUSES = {
    Status.NOT_STARTED: "project.status-not-started",
    Status.BUSY: "project.status-busy",
    Status.DONE: "project.status-done",
    Status.CANNOT_YET: "project.status-cannot-yet",
    Status.WAITING: "project.status-waiting",
    Status.WRONG: "project.status-wrong",
}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence: its code and its facts.

    Args:
        code: Under which the sentence stands.
        fields: Facts for it.
    """

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str = "nl") -> str:
        """The sentence itself."""
        return sentence(self.code, language=language, **self.fields)


def saying(code: str, /, **fields: object) -> Saying:
    """A sentence with its facts."""
    return Saying(code, fields)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is waited for.

    Args:
        role: In which role.
        about: The department, for an owner; the body, for a decider; empty for others.
        dataset: Of which dataset, for an owner.
        since: Since when; None when no document says.
    """

    role: Word
    about: str = ""
    dataset: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class StepState:
    """How one step stands.

    Args:
        step: Which.
        status: How far.
        said: What there is to say about it, in one sentence.
        waiting: For whom, when the status is waiting.
        following: What to do now; None when there is nothing to do here.
    """

    step: Step
    status: Status
    said: Saying
    waiting: tuple[Waiting, ...] = ()
    following: Saying | None = None
