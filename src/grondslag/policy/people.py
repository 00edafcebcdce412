"""What only people can do to make a plan lawful: described, never done by the engine."""

from dataclasses import dataclass
from typing import ClassVar

from grondslag.errors import InputError
from grondslag.policy.changes import Change, Content
from grondslag.vocabulary import AlternativeWay


@dataclass(frozen=True, slots=True)
class ByPeople(Change):
    """A change of the facts, not of the document."""

    is_automatic: ClassVar[bool] = False
    costs: ClassVar[str] = "policy.cost.people"

    @property
    def cost(self) -> int:
        """15: nobody knows beforehand whether it is possible."""
        return 15

    def edit(self, content: Content) -> None:
        """Never done by the engine.

        Raises:
            InputError: Always.
        """
        del content
        raise InputError("policy.change-is-for-people", change=type(self).__name__)


@dataclass(frozen=True, slots=True)
class _AboutDataset(ByPeople):
    """A change of the facts about one dataset."""

    dataset: str

    @property
    def datasets(self) -> frozenset[str]:
        """The dataset."""
        return frozenset({self.dataset})


@dataclass(frozen=True, slots=True)
class AddAgreement(ByPeople):
    """Sign an agreement, or add what is missing in it."""

    says: ClassVar[str] = "policy.change.add-agreement"
    party: str

    @property
    def code(self) -> str:
        """The sentence that says what changes; without a party, the one who brings the data."""
        return self.says if self.party else "policy.change.add-agreement-first"


@dataclass(frozen=True, slots=True)
class DoAssessment(ByPeople):
    """Make, finish or renew a data protection impact assessment."""

    says: ClassVar[str] = "policy.change.do-assessment"


@dataclass(frozen=True, slots=True)
class AskOfficer(ByPeople):
    """Ask the data protection officer for advice."""

    says: ClassVar[str] = "policy.change.ask-officer"


@dataclass(frozen=True, slots=True)
class AskSupervisor(ByPeople):
    """Consult the supervisory authority first."""

    says: ClassVar[str] = "policy.change.ask-supervisor"


@dataclass(frozen=True, slots=True)
class NameGround(ByPeople):
    """Name a law and article that carry this."""

    says: ClassVar[str] = "policy.change.name-ground"


@dataclass(frozen=True, slots=True)
class NameBody(ByPeople):
    """Name the body that bears the task, or its mandate."""

    says: ClassVar[str] = "policy.change.name-body"


@dataclass(frozen=True, slots=True)
class GiveReason(ByPeople):
    """Write down a real reason or a real answer."""

    says: ClassVar[str] = "policy.change.give-reason"


@dataclass(frozen=True, slots=True)
class AskOwner(_AboutDataset):
    """Ask the owner of a dataset to complete or change its contract."""

    says: ClassVar[str] = "policy.change.ask-owner"


@dataclass(frozen=True, slots=True)
class WeighPurpose(_AboutDataset):
    """Weigh the five factors of a further purpose, each in words."""

    says: ClassVar[str] = "policy.change.weigh-purpose"


@dataclass(frozen=True, slots=True)
class TellPeople(ByPeople):
    """Tell people what happens with their data."""

    says: ClassVar[str] = "policy.change.tell-people"


@dataclass(frozen=True, slots=True)
class LetPersonDecide(ByPeople):
    """Let a person decide, with the machine as a help at most."""

    says: ClassVar[str] = "policy.change.let-person-decide"


@dataclass(frozen=True, slots=True)
class NameCountry(ByPeople):
    """Find out in which country another organisation keeps the data."""

    says: ClassVar[str] = "policy.change.name-country"
    party: str


@dataclass(frozen=True, slots=True)
class TakeAlternative(ByPeople):
    """Go the way without personal data that works."""

    says: ClassVar[str] = "policy.change.take-alternative"
    way: AlternativeWay


@dataclass(frozen=True, slots=True)
class LimitAccess(ByPeople):
    """Name the people or the team that get in."""

    says: ClassVar[str] = "policy.change.limit-access"


@dataclass(frozen=True, slots=True)
class SetParameter(ByPeople):
    """Give a setting its value."""

    says: ClassVar[str] = "policy.change.set-parameter"
    name: str


@dataclass(frozen=True, slots=True)
class CountAtSource(_AboutDataset):
    """Let what sees people count them by itself, keeping no sign of anyone."""

    says: ClassVar[str] = "policy.change.count-at-source"


@dataclass(frozen=True, slots=True)
class AskCouncil(ByPeople):
    """Ask the works council to agree, or name the arrangement that stands."""

    says: ClassVar[str] = "policy.change.ask-council"


@dataclass(frozen=True, slots=True)
class RegisterAlgorithm(ByPeople):
    """Put an algorithm in the register that shows it."""

    says: ClassVar[str] = "policy.change.register-algorithm"
