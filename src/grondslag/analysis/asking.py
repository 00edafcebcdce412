"""Which question a plan puts, who answers it, and what may be said of the answer.

A new question is one entry here, one name in the plan's schema, and its parts of the report page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from grondslag.analysis.area_comparison import area_comparison
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.fair_statements import fair_statements
from grondslag.analysis.measure_effect import measure_effect
from grondslag.analysis.measure_statements import measure_statements
from grondslag.analysis.neighbourhoods import neighbourhoods
from grondslag.analysis.result import AnalysisResult, Facts
from grondslag.analysis.statements import Statements
from grondslag.analysis.traffic_statements import traffic_statements
from grondslag.errors import InputError
from grondslag.release import Profile, ReleasedFigure


class _Answers(Protocol):
    def __call__(
        self, delivered: DeliveredData, *, profile: Profile | None = None
    ) -> AnalysisResult: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: from a delivery to an answer, and from released figures to sentences."""

    answer: _Answers
    say: Callable[[Facts, Sequence[ReleasedFigure]], Statements]


_QUESTIONS: Mapping[str, _Asked] = MappingProxyType(
    {
        "area_comparison": _Asked(area_comparison, traffic_statements),
        "before_after": _Asked(measure_effect, measure_statements),
        "neighbourhoods": _Asked(neighbourhoods, fair_statements),
    }
)

QUESTIONS = tuple(_QUESTIONS)
"""The questions that can be put, as a plan names them."""


def ask(delivered: DeliveredData, *, profile: Profile | None = None) -> AnalysisResult:
    """Put the plan's own question to its delivery.

    Args:
        delivered: An opened delivery.
        profile: For which audience the answer is meant. Left out: the open profile as it held on
            the day of the plan.

    Raises:
        InputError: The plan puts no question, does not ask for a column that it needs, or a guard
            refuses.
    """
    analysis = delivered.plan.analysis
    if analysis is None:
        raise InputError("analysis.no-question")
    return _QUESTIONS[analysis.question].answer(delivered, profile=profile)


def told(facts: Facts, released: Sequence[ReleasedFigure]) -> Statements:
    """Everything that may be said of an answer, from what was released.

    Args:
        facts: Of the analysis: they know the question.
        released: Its figures, after the gate.
    """
    return _QUESTIONS[facts.question].say(facts, released)
