"""By which method each published number was computed, and by which version of the program.

A number without this can't be repeated, and so can't be trusted. It is kept per table and per
number, because the same name means another thing in another table: a ratio of counts here, an
estimate drawn to its like there. A number that is not listed is a mistake of ours.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import grondslag
from grondslag.analysis.speed_and_crashes import METHOD as ASSOCIATED
from grondslag.analysis.speed_change import FIGURE as SPEED_CHANGE
from grondslag.analysis.speed_change import speed_method
from grondslag.analysis.speeding import METHODS as SPEEDS
from grondslag.release import Figure

VERSION = f"Grondslag {grondslag.__version__}"
"""What an answer is computed with; sealed in it, whatever version later writes its report."""
COUNTED = "counted in full, without a sample"
"""Of a count that is no estimate: it has no interval, and needs none."""
_WITH_LIMITS = "counted in full, limits by chance: exact Poisson interval (Garwood 1936)"
_SHARE = "share of all rows"
_BH = "Benjamini-Hochberg at 5 percent, once for an area asked about beforehand"
_AGAINST_REST = {
    "rate": "count over exposure, exact Poisson interval (Garwood 1936), exposure taken as known",
    "expected": "rate of all other areas, times the exposure of the area",
    "ratio": (
        "conditional binomial, exact limits (Clopper-Pearson), counts divided by the dispersion "
        "from winsorised z-scores (Spiegelhalter 2005) of areas not asked about"
    ),
    "certainty": "posterior of the conditional binomial, Jeffreys prior",
    "stands": _BH,
}
_FAIR = {
    "expected": "indirect standardisation, rates of the whole town (Breslow and Day 1987)",
    "ratio": "gamma-Poisson empirical Bayes (Hauer et al. 2002), spread between areas by moments",
    "certainty": "posterior of the gamma-Poisson: at least 10 percent more",
    "stands": (
        "funnel widened by the spread between areas (Spiegelhalter 2005), one-sided, "
        "Benjamini-Hochberg at 5 percent, once for an area asked about beforehand"
    ),
}
_PER_KIND: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "residents": _AGAINST_REST,
        "traffic": _AGAINST_REST,
        "alike": {
            "expected": "negative-binomial safety performance function on traffic and length",
            "ratio": "empirical Bayes on that function (Hauer et al. 2002), gamma limits",
            "certainty": "posterior of that empirical Bayes",
            "stands": "direct posterior at 5 percent (Newton 2004)",
        },
        "speeds": {
            "above": SPEEDS["speed"],
            "v85": SPEEDS["speed"],
            "certainty": SPEEDS["speeding"],
            "stands": SPEEDS["several_streets"],
        },
        "speed-and-crashes": {"ratio": ASSOCIATED},
        "fair": _FAIR,
        "plain": {**_FAIR, "expected": "rate of the whole town, everybody as one group"},
        "survey": {
            "count": "answers, as the office of the survey publishes them",
            "direct": "as the office of the survey publishes it, normal interval",
            "estimate": "area model of Fay and Herriot (1979), error of Prasad and Rao (1990)",
            "certainty": "normal, from that estimate and its error: at least 10 percent more",
            "stands": _BH,
        },
        "sites": {
            "naive": "ratio of two Poisson counts, conditional binomial",
            "beside": (
                "ratio of ratios with the other places, log-normal, over-dispersion of their "
                "changes"
            ),
            "expected": "empirical Bayes before, times the trend of the other places (Hauer 1997)",
            "ratio": "empirical-Bayes before-after (Hauer 1997), trend of the other places",
            "certainty": "normal, from that ratio and its error",
            "stands": "one comparison, chosen beforehand",
        },
        SPEED_CHANGE: {
            "v85": "mean over streets, clustered by street, of one street over its weeks",
            "stands": "one comparison, chosen beforehand",
        },
    }
)
ON_THE_PAGE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "area_comparison": {
            "together": "circular scan statistic (Kulldorff 1997), 999 maps as dispersed as this",
            "places": "ranks of estimates (Goldstein and Spiegelhalter 1996)",
            "power": "square-root test of two Poisson counts, two-sided at 5 percent",
            "weeks": "power of Student's t with the degrees of freedom of Welch (1947), 80 percent",
        },
        "before_after": {
            "months": "individuals chart (XmR), counts over their seasonal factors",
            "step": "quasi-Poisson interrupted time series, season and trend, Newey-West",
        },
        "neighbourhoods": {
            "together": "circular scan statistic (Kulldorff 1997), 999 maps as dispersed as this",
            "funnel": "additive over-dispersion, winsorised scores (Spiegelhalter 2005)",
        },
    }
)
"""Per question what the page computes from released figures alone, and how."""
_LIMITS = ("_low", "_high", "_elsewhere")


def stem_of(number: str) -> str:
    """A number without its limits: ``ratio`` for ``ratio_low``, ``count`` for ``low``.

    Args:
        number: Name of a number of a released cell.
    """
    for ending in _LIMITS:
        number = number.removesuffix(ending)
    return "count" if number in ("low", "high") else number


def computed_by(figures: Iterable[Figure]) -> dict[str, dict[str, str]]:
    """Per table and number the method that computed it.

    Args:
        figures: Of one answer, before the gate.
    """
    return {figure.id: _of(figure) for figure in figures}


def _of(figure: Figure) -> dict[str, str]:
    numbers = {name for cell in figure.cells for name in cell.derived}
    listed = {
        "count": _WITH_LIMITS if "low" in numbers else COUNTED,
        "share": _SHARE,
        **_PER_KIND.get(_kind(figure.id), {}),
    }
    if figure.id == SPEED_CHANGE:
        listed |= dict.fromkeys(("change", "certainty"), speed_method(figure))
    return {stem: listed[stem] for stem in sorted({"count", *map(stem_of, numbers)})}


def _kind(name: str) -> str:
    """What a table is of: its whole name, or what stands after its level."""
    return name if name in _PER_KIND else name.rpartition("-")[2]
