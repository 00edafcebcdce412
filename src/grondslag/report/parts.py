"""The parts of the page that belong to one question: what its answer has and another has not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from grondslag.report.model import ReportInput
from grondslag.report.words import Voice


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page.

    Args:
        heading: Above it.
        said: Sentences, first of all.
        body: Figures and tables under them.
    """

    heading: str
    said: tuple[str, ...]
    body: Markup


_Make = Callable[[ReportInput, Voice], Sequence[Part]]

_PARTS: Mapping[str, tuple[_Make, ...]] = MappingProxyType({"area_comparison": ()})


def parts_of(given: ReportInput, voice: Voice) -> list[Part]:
    """The parts of the question that was put, in the order in which somebody reads.

    Args:
        given: The report.
        voice: The language.
    """
    return [part for make in _PARTS[given.facts.question] for part in make(given, voice)]
