"""Checks on an analysis before anybody believes it: what is tempting, wrong, and so refused.

Each guard knows for which questions it stands, looks at the situation, and says what is the matter
in one or two sentences. A refusal ends the analysis; a warning goes along with the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from grondslag.analysis.breaks import Break, BreakKind
from grondslag.analysis.causal_words import causal_words
from grondslag.analysis.comparing import LEAST_EXPECTED
from grondslag.analysis.result import Note
from grondslag.errors import InputError


class Severity(StrEnum):
    """What a guard does."""

    REFUSE = "refuse"
    WARN = "warn"


class Chosen(StrEnum):
    """Why these sites got a measure."""

    FOR_THEIR_COUNTS = "for_their_counts"
    OTHERWISE = "otherwise"
    NOT_SAID = "not_said"


class BeforeAfter(StrEnum):
    """What the years after are set against."""

    YEARS_BEFORE = "years_before"
    OTHER_SITES = "other_sites"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Situation:
    """What an analysis does, as far as the guards ask. What is left out does not happen.

    Args:
        question: Which question is put, as a plan names it.
        expected: Fewest events to be expected of an area or site of which a ratio is shown.
        chosen: Why sites got the measure; None when the question is about no measure.
        set_against: With what the years after are compared.
        texts: Text per field of the plan or the decision, that people will read.
        exposure: What counts are set against: ``residents``, ``passers-by``, ``traffic``.
        visited: Names of areas to which many people come who do not live there.
        trend: Whether years are compared with each other.
        alike: Whether a comparison group that is put down in the same way changed along.
        breaks: What changed in the period.
        compared: How many comparisons were made.
        corrected: Whether the number of comparisons was allowed for.
        ranked: Whether areas are put in order.
        rank_intervals: Whether each place in that order has its interval.
    """

    question: str
    expected: float | None = None
    chosen: Chosen | None = None
    set_against: BeforeAfter | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    exposure: str = ""
    visited: Sequence[str] = ()
    trend: bool = False
    alike: bool = False
    breaks: Sequence[Break] = ()
    compared: int = 0
    corrected: bool = False
    ranked: bool = False
    rank_intervals: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a guard found.

    Args:
        guard: Its key.
        severity: Whether the analysis stops.
        note: What is the matter, and what to do.
    """

    guard: str
    severity: Severity
    note: Note


@dataclass(frozen=True, slots=True)
class Guard:
    """One check.

    Args:
        key: Short name.
        questions: The questions for which it stands; empty for all.
        look: Finds what is the matter in a situation.
        source: Why: paper, with DOI.
    """

    key: str
    questions: tuple[str, ...]
    look: Callable[[Situation], Sequence[tuple[Severity, Note]]]
    source: str


def guards_for(question: str) -> tuple[Guard, ...]:
    """The guards that stand for a question.

    Args:
        question: As a plan names it.
    """
    return tuple(one for one in GUARDS if not one.questions or question in one.questions)


def guarded(situation: Situation) -> tuple[Finding, ...]:
    """Everything that the guards of its question find in a situation, refusals first."""
    found = [
        Finding(guard.key, severity, note)
        for guard in guards_for(situation.question)
        for severity, note in guard.look(situation)
    ]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.REFUSE))


def notes_or_refusal(situation: Situation) -> tuple[Note, ...]:
    """The warnings of the guards, to go along with the answer.

    Raises:
        InputError: A guard refuses: with its code, and what is the matter.
    """
    found = guarded(situation)
    for one in found:
        if one.severity is Severity.REFUSE:
            raise InputError(one.note.code, **one.note.fields)
    return tuple(one.note for one in found)


_Found = Sequence[tuple[Severity, Note]]
_WITHIN = {
    BreakKind.REGISTRATION: "analysis.guard-break-registration",
    BreakKind.BORDERS: "analysis.guard-break-borders",
    BreakKind.DEFINITION: "analysis.guard-break-definition",
    BreakKind.COVID: "analysis.guard-break-covid",
    BreakKind.UNTOLD: "analysis.guard-break-untold",
}
_BRIDGED = {
    BreakKind.REGISTRATION: "analysis.guard-break-registration-trend",
    BreakKind.DEFINITION: "analysis.guard-break-definition-trend",
    BreakKind.BORDERS: "analysis.guard-break-borders-trend",
}
"""The corona years pass, so a comparison with other places can take them out: a warning only."""
_ALONG = {
    BreakKind.REGISTRATION: "analysis.guard-break-registration-alike",
    BreakKind.DEFINITION: "analysis.guard-break-definition-alike",
}
"""A group that is put down in the same way changes along; a place with other borders is another."""


def _too_few_expected(situation: Situation) -> _Found:
    if situation.expected is None or situation.expected >= LEAST_EXPECTED:
        return ()
    fields = {"least": round(LEAST_EXPECTED)}
    return ((Severity.REFUSE, Note("analysis.guard-too-few-expected", fields)),)


def _chosen_for_counts(situation: Situation) -> _Found:
    if situation.chosen is None or situation.set_against is BeforeAfter.EXPECTED:
        return ()
    if situation.chosen is Chosen.NOT_SAID:
        return ((Severity.REFUSE, Note("analysis.guard-chosen-not-said")),)
    if situation.chosen is Chosen.OTHERWISE:
        return ()
    if situation.set_against is BeforeAfter.OTHER_SITES:
        return ((Severity.REFUSE, Note("analysis.guard-other-sites")),)
    return ((Severity.REFUSE, Note("analysis.guard-chosen-for-counts")),)


def _causal_wording(situation: Situation) -> _Found:
    if situation.question == "before_after":
        return ()  # the one question that is made to find out what a measure did
    return [
        (Severity.WARN, Note("analysis.guard-causal-word", {"field": name, "word": word}))
        for name, text in situation.texts.items()
        for word in causal_words(text)[:1]
    ]


def _wrong_denominator(situation: Situation) -> _Found:
    if situation.exposure != "residents" or not situation.visited:
        return ()
    fields = {"names": list(situation.visited)}
    return ((Severity.WARN, Note("analysis.guard-wrong-denominator", fields)),)


def _over_a_break(situation: Situation) -> _Found:
    found = []
    for one in situation.breaks:
        along = _ALONG.get(one.kind) if situation.trend and situation.alike else None
        bridged = _BRIDGED.get(one.kind) if situation.trend and not along else None
        severity = Severity.REFUSE if bridged else Severity.WARN
        found.append((severity, Note(along or bridged or _WITHIN[one.kind], one.fields)))
    return found


def _number_of_tests(situation: Situation) -> _Found:
    if situation.compared < 2:
        return ()
    fields = {"compared": situation.compared}
    if not situation.corrected:
        return ((Severity.REFUSE, Note("analysis.guard-not-corrected", fields)),)
    return ((Severity.WARN, Note("analysis.guard-several-compared", fields)),)


def _league_table(situation: Situation) -> _Found:
    if not situation.ranked or situation.rank_intervals:
        return ()
    return ((Severity.REFUSE, Note("analysis.guard-league-table")),)


GUARDS: tuple[Guard, ...] = (
    Guard(
        "too-few-expected",
        (),
        _too_few_expected,
        "Garwood (1936), doi:10.1093/biomet/28.3-4.437: three events may be one or nine",
    ),
    Guard(
        "chosen-for-counts",
        ("before_after",),
        _chosen_for_counts,
        "Hauer (1997), Observational before-after studies in road safety",
    ),
    Guard(
        "causal-wording",
        (),
        _causal_wording,
        "Robinson (1950), Ecological correlations and the behavior of individuals, "
        "doi:10.2307/2087176",
    ),
    # Of an area comparison of crashes the statement "per resident" already says so.
    Guard(
        "wrong-denominator",
        ("neighbourhoods", "before_after"),
        _wrong_denominator,
        "Boggs (1965), Urban crime patterns",
    ),
    Guard(
        "trend-over-a-break",
        (),
        _over_a_break,
        "Campbell (1969), Reforms as experiments, doi:10.1037/h0027982: instrumentation",
    ),
    Guard(
        "number-of-tests",
        (),
        _number_of_tests,
        "Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x",
    ),
    Guard(
        "league-table",
        (),
        _league_table,
        "Goldstein and Spiegelhalter (1996), League tables and their limitations, "
        "doi:10.2307/2983325",
    ),
)
"""Every guard, in the order in which they look."""
