"""The words of the road: answers, outputs, verdicts."""

from enum import StrEnum


class Trilean(StrEnum):
    """Yes, no, or not known; what is not known never lets anything pass."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Proceed(StrEnum):
    """Do we do this at all? The fourth question; a *no* is a success that is kept."""

    GO = "go"
    GO_IF = "go_if"
    NOT_YET = "not_yet"
    NO = "no"


class OutputStep(StrEnum):
    """The ladder of outputs, from the safest step up; every step up needs its reason.

    Source:
        GDPR arts. 5(1)(c), 25(2) and 89(1).
    """

    OPEN = "open"
    AGGREGATE = "aggregate"
    ANONYMOUS = "anonymous"
    PSEUDONYMOUS = "pseudonymous"
    IDENTIFIED = "identified"

    @property
    def height(self) -> int:
        """How far up the ladder: 0 for open data, 4 for identified persons."""
        return list(OutputStep).index(self)


class AlternativeWay(StrEnum):
    """The eight ways to answer a question without personal data, weighed first."""

    EXISTING_FIGURES = "existing_figures"
    COUNT_ONLY = "count_only"
    AREA_FIGURES = "area_figures"
    SURVEY = "survey"
    SAMPLE = "sample"
    OWNER_COUNTS = "owner_counts"
    MADE_UP_DATA = "made_up_data"
    OBSERVE = "observe"


class AlternativeVerdict(StrEnum):
    """Whether such a way works for this question, or why not."""

    WORKS = "works"
    NO_ANSWER = "no_answer"
    TOO_LATE = "too_late"
    TOO_IMPRECISE = "too_imprecise"
    TOO_COSTLY = "too_costly"
    UNCLEAR = "unclear"


class GdprBasis(StrEnum):
    """The six legal bases.

    Source:
        GDPR art. 6(1). 6.1.f does not exist for public bodies in their tasks (last sentence).
    """

    CONSENT = "6.1.a"
    CONTRACT = "6.1.b"
    LEGAL_OBLIGATION = "6.1.c"
    VITAL_INTERESTS = "6.1.d"
    PUBLIC_TASK = "6.1.e"
    LEGITIMATE_INTERESTS = "6.1.f"


class RhythmKind(StrEnum):
    """How often the plan delivers."""

    ONCE = "once"
    MONTHLY = "monthly"
    YEARLY = "yearly"
