"""Standing facts as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from grondslag.canonical import Document
from grondslag.vocabulary import TransferSafeguard, Trilean


class AgreementType(StrEnum):
    """What kind of agreement it is.

    Source:
        GDPR art. 28(3) (processing), art. 26 (joint controllers). An agreement to share data is no
        legal basis by itself: each party needs its own.
    """

    PROCESSING = "processing"
    JOINT = "joint"
    DATA_SHARING = "data_sharing"


class ProcessingTerm(StrEnum):
    """What a processing agreement must hold, point by point.

    Source:
        GDPR art. 28(3)(a) to (h).
    """

    DOCUMENTED_INSTRUCTIONS = "documented_instructions"
    CONFIDENTIALITY = "confidentiality"
    SECURITY = "security"
    SUB_PROCESSORS = "sub_processors"
    DATA_SUBJECT_RIGHTS = "data_subject_rights"
    ASSISTANCE = "assistance"
    RETURN_OR_DELETION = "return_or_deletion"
    AUDITS = "audits"


@dataclass(frozen=True, slots=True)
class PartyGround:
    """The own legal basis of one party to an agreement."""

    party: str
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class SubProcessor:
    """Who a processor engages, and where (GDPR art. 28(2) and (4))."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """What protects data in a country outside the EEA.

    Args:
        country: ISO 3166 code of two letters.
        safeguard: What protects it there.
        assessed: Whether somebody looked at the law over there, and found it no obstacle.
    """

    country: str
    safeguard: TransferSafeguard
    assessed: Trilean


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with another organisation.

    Args:
        key: By which plans call it.
        kind: Processing, joint controllers or data sharing.
        title: What people call it.
        parties: Names of the organisations that signed.
        signed: The day the last of them signed.
        valid_until: The last day it binds.
        datasets: Which datasets it covers.
        purposes: For which purposes.
        terms: For a processing agreement: per point of art. 28(3) whether it is there.
        rights_arranged: For joint controllers: whether it says who does what for data subjects.
        grounds: Per party its own legal basis.
        partnership: Which partnership named by the WGS; empty when it is none of those.
        sha256: Hash over the canonical content.
        document: As read, for lines in messages.
        own_purposes: For a processor: whether it also uses the data for purposes of its own.
        sub_processors: Who the processor engages.
        transfers: What protects data outside the EEA.
    """

    key: str
    kind: AgreementType
    title: str
    parties: tuple[str, ...]
    signed: date
    valid_until: date
    datasets: tuple[str, ...]
    purposes: tuple[str, ...]
    terms: Mapping[ProcessingTerm, Trilean]
    rights_arranged: Trilean
    grounds: tuple[PartyGround, ...]
    partnership: str
    sha256: str
    document: Document = field(repr=False, compare=False)
    own_purposes: Trilean = Trilean.NO
    sub_processors: tuple[SubProcessor, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    @property
    def missing_terms(self) -> tuple[ProcessingTerm, ...]:
        """Points of art. 28(3) that are not there, or of which nobody knows."""
        return tuple(term for term in ProcessingTerm if self.terms.get(term) is not Trilean.YES)

    def is_valid(self, day: date) -> bool:
        """Whether it binds on a day."""
        return self.signed <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that an assessment promises."""

    what: str
    done: Trilean


@dataclass(frozen=True, slots=True)
class ImpactAssessment:
    """A data protection impact assessment (DPIA).

    Args:
        key: By which plans call it.
        title: What people call it.
        dated: When it was made.
        concluded: Whether it is finished and adopted.
        officer_advice: The day the data protection officer gave advice; None when not yet.
        high_risk_left: Whether a high risk remains after the measures.
        human_intervention: Whether it settles that a person looks at every decision about someone.
        measures: What was promised.
        review_date: When it must be looked at again.
        datasets: Which datasets it covers.
        purposes: For which purposes.
        sha256: Hash over the canonical content.
        document: As read, for lines in messages.

    Source:
        GDPR arts. 35(1), 35(2), 35(7), 35(11) and 36(1); UAVG art. 40(2).
    """

    key: str
    title: str
    dated: date
    concluded: Trilean
    officer_advice: date | None
    high_risk_left: Trilean
    human_intervention: Trilean
    measures: tuple[Measure, ...]
    review_date: date
    datasets: tuple[str, ...]
    purposes: tuple[str, ...]
    sha256: str
    document: Document = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Accountability:
    """All standing facts of a project, by their keys."""

    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    assessments: Mapping[str, ImpactAssessment] = field(default_factory=dict)

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of every document, by its key."""
        hashes = {item.key: item.sha256 for item in self.agreements.values()}
        hashes |= {item.key: item.sha256 for item in self.assessments.values()}
        return dict(sorted(hashes.items()))
