"""A project plan as values. One document; everything a project may do follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from grondslag.canonical import Document
from grondslag.contracts import LegalBasis
from grondslag.plan.anonymity import Anonymity
from grondslag.plan.answers import Automation, Consent, FurtherUse, Informing, SetAside
from grondslag.plan.fairness import Fairness
from grondslag.plan.sector_answers import Algorithm, WorksCouncil
from grondslag.plan.traffic import MonthlyCounts, PossibleMeasure, SpeedMeasurements, TakenMeasure
from grondslag.vocabulary import (
    AdministrativeBody,
    AlternativeVerdict,
    AlternativeWay,
    Form,
    OutputStep,
    PartyRole,
    PersonalDataCategory,
    Proceed,
    RhythmKind,
    Trilean,
)


@dataclass(frozen=True, slots=True)
class DecisionAhead:
    """The decision that hangs on the answer: the third question.

    Args:
        what: What is decided.
        if_yes: What happens when the answer is yes.
        if_no: What happens when it is no.
        body: The body that decides.
        mandate: Under which mandate someone decides for that body; empty when it decides itself.
        needed_by: The day it is needed.
    """

    what: str
    if_yes: str
    if_no: str
    body: AdministrativeBody
    mandate: str
    needed_by: date


@dataclass(frozen=True, slots=True)
class Question:
    """The four critical questions with their answers."""

    problem: str
    know: str
    decision: DecisionAhead
    proceed: Proceed
    proceed_reason: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way without personal data, and whether it works."""

    way: AlternativeWay
    verdict: AlternativeVerdict
    reason: str


@dataclass(frozen=True, slots=True)
class Party:
    """Another organisation in the project.

    Args:
        name: As in its agreement.
        role: What it does with the data.
        agreement: Key of the agreement; empty when there is none.
        country: Where it keeps the data, by ISO 3166 code of two letters; empty when nobody said.
    """

    name: str
    role: PartyRole
    agreement: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class WantedColumn:
    """A column the plan needs: in which form, and why."""

    name: str
    form: Form
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """Rows from one day until another, both included, on a date column."""

    column: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class AreaScope:
    """Rows in certain areas, by codes of the contract's fixed list."""

    column: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataNeed:
    """What the plan needs of one dataset.

    Args:
        dataset: Name of the contract.
        columns: Which columns, in which form.
        period: Which rows by date; None for all that retention leaves.
        area: Which rows by area; None for all.
        output: Step on the ladder for this dataset's table.
        count: For aggregates: ``persons`` (distinct) or ``rows``.
        repeats: Whether rows that equal an earlier row in every column of the source get a mark.
        anonymous: Wishes for anonymous records; None when the plan says nothing, so all is default.
    """

    dataset: str
    columns: tuple[WantedColumn, ...]
    period: Period | None
    area: AreaScope | None
    output: OutputStep
    count: str
    repeats: bool = False
    anonymous: Anonymity | None = None

    def wants(self, column: str) -> WantedColumn | None:
        """The wanted column with this name, if any."""
        return next((item for item in self.columns if item.name == column), None)


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two datasets on the person: a decision of its own.

    The columns of *right* are added to the rows of *left* where the person is the same.
    """

    left: str
    right: str
    reason: str
    ground: LegalBasis
    until: date


@dataclass(frozen=True, slots=True)
class SpecialGround:
    """The exception that allows special, criminal or BSN data from one dataset.

    Args:
        category: Which kind of data.
        dataset: From which dataset.
        exception: The article of the UAVG.
        law: The law behind it.
        article: Its article.
        public_interest: For research or statistics: which public interest it serves.
        consent_impossible: For research or statistics: why consent can't be asked.
        safeguards: For research or statistics: what keeps people from harm.
    """

    category: PersonalDataCategory
    dataset: str
    exception: str
    law: str
    article: str
    public_interest: str = ""
    consent_impossible: str = ""
    safeguards: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """Who gets in, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answers behind "is a DPIA needed?", and the document when there is one.

    Args:
        list_items: Items of the supervisor's list, by `AssessmentListItem`.
        criteria: European criteria, by `AssessmentCriterion`.
        high_risk_left: Whether a high risk remains.
        document: Key of the assessment; empty when there is none.
        new_law: Whether the plan prepares a new law or by-law about personal data.
    """

    list_items: tuple[str, ...]
    criteria: tuple[str, ...]
    high_risk_left: Trilean
    document: str
    new_law: Trilean = Trilean.NO


@dataclass(frozen=True, slots=True)
class Exposure:
    """Where a denominator stands: dataset, its area column, its value column."""

    dataset: str
    area: str
    value: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """The question put to the delivery."""

    question: str
    dataset: str
    area: str
    focus: tuple[str, ...]
    comparison: str
    severity: str
    period: str
    residents: Exposure | None
    traffic: Exposure | None
    map: Exposure | None
    length: Exposure | None = None
    speeds: SpeedMeasurements | None = None
    measures: tuple[PossibleMeasure, ...] = ()
    taken: TakenMeasure | None = None
    monthly: MonthlyCounts | None = None
    fair: Fairness | None = None


@dataclass(frozen=True, slots=True)
class GuideNote:
    """A link and note to the municipality's own guide, per step of the road."""

    step: str
    link: str
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A project plan.

    Args:
        id: Short key of the project.
        title: What people call it.
        example: Whether it only uses made-up or open data.
        dated: The law of this day judges the plan.
        applicant: Who asks; that person never approves.
        question: The four questions.
        alternatives: Ways without personal data, weighed first.
        purpose: Key of the purpose, as contracts know it.
        purpose_text: The purpose in words.
        legal_basis: With law and article.
        controller: The body that bears the task.
        municipality: Of which municipality.
        parties: Processors, partners, recipients.
        data: What is needed of which dataset.
        links: Links between datasets, each with its own ground.
        special_grounds: Exceptions for special, criminal and BSN data.
        output: The highest step on the ladder.
        output_reasons: Per step up: why.
        individual_decision: Whether a decision about one person will rest on it.
        access: Who gets in.
        rhythm: How often it delivers.
        rhythm_until: Until when it repeats.
        end_date: Access ends by itself after this day.
        stop_criterion: When to stop, set beforehand.
        review_date: When to look whether it worked.
        assessment: Answers for the DPIA test; None when nobody answered them.
        analysis: The question put to the delivery; None when there is none yet.
        guide: Notes to the municipality's own guide.
        further_uses: Per dataset kept for another purpose: why it may serve this one.
        informing: How people hear of it; None when nobody said.
        consent: How consent was asked; None when nobody said.
        automation: How far a machine decides; None when nobody said.
        set_aside: Rights left out of application; None when there are none.
        works_council: What the works council said; None when nobody said.
        algorithm: What a program works out about people; None when nobody said.
        sha256: Hash over the canonical content.
        document: As read, for lines in messages.
    """

    id: str
    title: str
    example: bool
    dated: date
    applicant: str
    question: Question
    alternatives: tuple[Alternative, ...]
    purpose: str
    purpose_text: str
    legal_basis: LegalBasis
    controller: AdministrativeBody
    municipality: str
    parties: tuple[Party, ...]
    data: tuple[DataNeed, ...]
    links: tuple[Link, ...]
    special_grounds: tuple[SpecialGround, ...]
    output: OutputStep
    output_reasons: Mapping[OutputStep, str]
    individual_decision: Trilean
    access: tuple[Access, ...]
    rhythm: RhythmKind
    rhythm_until: date | None
    end_date: date
    stop_criterion: str
    review_date: date
    assessment: Assessment | None
    analysis: Analysis | None
    guide: tuple[GuideNote, ...]
    further_uses: tuple[FurtherUse, ...]
    informing: Informing | None
    consent: Consent | None
    automation: Automation | None
    set_aside: SetAside | None
    works_council: WorksCouncil | None
    algorithm: Algorithm | None
    sha256: str
    document: Document = field(repr=False, compare=False)

    def need(self, dataset: str) -> DataNeed | None:
        """What the plan needs of a dataset, if anything."""
        return next((item for item in self.data if item.dataset == dataset), None)

    def further_use(self, dataset: str) -> FurtherUse | None:
        """Why a dataset kept for another purpose may serve this one, when somebody wrote it."""
        return next((item for item in self.further_uses if item.dataset == dataset), None)
