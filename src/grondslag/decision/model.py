"""A decision with its twelve fields, and the review that fills in the eleventh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from grondslag.release import ReleasedFigure
from grondslag.vocabulary import AdministrativeBody


class OptionKind(StrEnum):
    """What kind of option it is: two are always weighed."""

    DO_NOTHING = "do_nothing"
    WITHOUT_PERSONAL_DATA = "without_personal_data"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Option:
    """A way to go, with what speaks for and against it."""

    kind: OptionKind
    name: str
    advantages: str
    drawbacks: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What people said whom it touches."""

    who: str
    said: str


class AdviceFrom(StrEnum):
    """Who advised; none of them decides."""

    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SECURITY_OFFICER = "security_officer"
    ETHICS = "ethics"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AdviceGiven:
    """An advice, whether it was followed, and why not when it was not."""

    by: AdviceFrom
    said: str
    followed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided, under which mandate, on which day."""

    body: AdministrativeBody
    by: str
    mandate: str
    day: date


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it was written down.

    Args:
        sentence: The decision in one sentence.
        question: The question it answers.
        data_say: What the data say, with range and quality, in words.
        data_do_not_say: What they do not say.
        options: At least doing nothing and doing without personal data.
        voices: What people said whom it touches.
        advices: Advice of the data protection officer, the CISO, ethics.
        decided: By whom and when.
        expected: The effect that is expected.
        stop_criterion: When to stop, set beforehand.
        check_date: When to look whether it worked.
        public: Whether it is published.
        woo_ground: The ground of the Woo when it is not.
    """

    sentence: str
    question: str
    data_say: tuple[str, ...]
    data_do_not_say: tuple[str, ...]
    options: tuple[Option, ...]
    voices: tuple[Voice, ...]
    advices: tuple[AdviceGiven, ...]
    decided: Decided
    expected: str
    stop_criterion: str
    check_date: date
    public: bool
    woo_ground: str

    @property
    def chosen(self) -> Option:
        """The option that was taken."""
        return next(option for option in self.options if option.chosen)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a decision rests on, by hash.

    Args:
        project: Key of the project.
        delivery: Id of the delivery.
        manifest_sha256: Hash over its manifest.
        analysis_sha256: Hash over the analysis.
        rule_set: Hash over the rules that judged the plan.
        plan_sha256: Hash over the plan.
        release: Id of the release.
        figures: Per released figure its hash.
    """

    project: str
    delivery: str
    manifest_sha256: str
    analysis_sha256: str
    rule_set: str
    plan_sha256: str
    release: str
    figures: tuple[tuple[str, str], ...]

    @staticmethod
    def hashes(figures: Sequence[ReleasedFigure]) -> tuple[tuple[str, str], ...]:
        """The hashes of released figures, by id."""
        return tuple((figure.id, figure.sha256) for figure in figures)

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document."""
        return {
            "project": self.project,
            "delivery": self.delivery,
            "manifest_sha256": self.manifest_sha256,
            "analysis_sha256": self.analysis_sha256,
            "rule_set": self.rule_set,
            "plan_sha256": self.plan_sha256,
            "release": self.release,
            "figures": [{"id": name, "sha256": digest} for name, digest in self.figures],
        }


class Worked(StrEnum):
    """Whether the expectation came true."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNCLEAR = "unclear"


class NextStep(StrEnum):
    """What follows: the act of plan, do, check, act."""

    KEEP = "keep"
    CHANGE = "change"
    STOP = "stop"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Review:
    """What came of a decision.

    Args:
        outcome: What happened, in words.
        worked: Whether the expectation came true.
        learned: What others can use.
        next_step: What follows.
        why: The reason for that.
        by: Who looked.
        day: When.
    """

    outcome: str
    worked: Worked
    learned: str
    next_step: NextStep
    why: str
    by: str
    day: date
