"""The parts of the page that belong to one question: what its answer has and another has not."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from grondslag.report.choosing import choice_parts
from grondslag.report.measures import measure_parts
from grondslag.report.model import ReportInput
from grondslag.report.months import month_parts
from grondslag.report.neighbourhoods import group_parts, level_parts, year_parts
from grondslag.report.neighbourhoods_funnel import funnel_parts
from grondslag.report.neighbourhoods_survey import survey_parts
from grondslag.report.part import Part
from grondslag.report.together import together_parts
from grondslag.report.traffic import claim_parts, speed_parts, where_parts
from grondslag.report.words import Voice

_Make = Callable[[ReportInput, Voice], Iterable[Part]]

_PARTS: Mapping[str, tuple[_Make, ...]] = MappingProxyType(
    {
        "area_comparison": (claim_parts, speed_parts, where_parts, together_parts, choice_parts),
        "before_after": (measure_parts, month_parts),
        "neighbourhoods": (
            level_parts,
            together_parts,
            survey_parts,
            group_parts,
            funnel_parts,
            year_parts,
        ),
    }
)


def parts_of(given: ReportInput, voice: Voice) -> list[Part]:
    """The parts of the question that was put, in the order in which somebody reads.

    Args:
        given: The report.
        voice: The language.
    """
    return [part for make in _PARTS[given.facts.question] for part in make(given, voice)]
