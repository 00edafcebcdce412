"""A survey per area: few answers say little, so an area is weighed against all others.

The maker of the survey gives weighted shares with their standard error. The area model draws an
area with few answers towards the town, as far as its own answers fall short. An area where only a
few said yes, or no, is not shown: they could be known.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from grondslag.analysis.comparing import rounded
from grondslag.analysis.standing import RELEVANT
from grondslag.errors import InputError
from grondslag.methods import area_model, discoveries, spread_between
from grondslag.plan import Survey
from grondslag.release import Cell

_FEW = 5
"""Fewer areas than this tell nothing about how much areas differ."""
_LIKELY_CHANCE = 0.05
_ORDINARY = 1.96
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What a survey says of one area.

    Args:
        respondents: How many people answered.
        share: Weighted share of them, in percent.
        error: Standard error of that share, in percentage points.
    """

    respondents: int
    share: float
    error: float


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey per area.

    Args:
        cells: One per area that may be shown; with an estimate where all areas together give one.
        town: The mean of all areas, in percent; None when there are too few areas.
        tested: How many areas were set against that mean.
    """

    cells: tuple[Cell, ...]
    town: float | None
    tested: int


def answers_in(table: pa.Table, survey: Survey, *, minimum: int) -> dict[str, Answers]:
    """What a survey says per area, as far as it may be shown.

    Args:
        table: As delivered, one row per area.
        survey: Which columns hold what.
        minimum: Smallest group that will be shown: as many must have said yes, and as many no.

    Raises:
        InputError: A share outside 0 to 100, or an error below nothing.
    """
    found: dict[str, Answers] = {}
    names = (survey.area, survey.respondents, survey.share, survey.error)
    for code, count, share, error in zip(*(table[name].to_pylist() for name in names), strict=True):
        if None in (code, count, share, error):
            continue
        if not (0 <= share <= _WHOLE and error >= 0 and math.isfinite(error)):
            raise InputError("neighbourhoods.no-survey-answer", dataset=survey.dataset)
        fewest = min(share, _WHOLE - share) / _WHOLE * count
        if fewest >= minimum and error > 0:
            found[str(code)] = Answers(int(count), float(share), float(error))
    return found


def surveyed(answers: Mapping[str, Answers], *, focus: Collection[str]) -> Surveyed:
    """Set every area of a survey against the mean of all.

    Args:
        answers: Per area what may be shown.
        focus: Areas that were asked about beforehand.
    """
    areas = list(answers)
    numbers: dict[str, dict[str, float]] = {area: _direct(answers[area]) for area in areas}
    town = None
    if len(areas) >= _FEW:
        town = _modelled(areas, answers, numbers, focus)
    cells = tuple(
        Cell((area,), answers[area].respondents, rounded(numbers[area])) for area in areas
    )
    return Surveyed(cells, town, len(areas) if town is not None else 0)


def _direct(one: Answers) -> dict[str, float]:
    """The survey's own estimate with its ordinary interval."""
    return {
        "direct": one.share,
        "direct_low": max(0.0, one.share - _ORDINARY * one.error),
        "direct_high": min(_WHOLE, one.share + _ORDINARY * one.error),
    }


def _modelled(
    areas: Sequence[str],
    answers: Mapping[str, Answers],
    numbers: Mapping[str, dict[str, float]],
    focus: Collection[str],
) -> float:
    """Add the estimate of the area model, and how sure it is that an area lies above the mean."""
    from scipy.stats import norm

    shares = np.array([answers[area].share for area in areas])
    chance = np.array([answers[area].error ** 2 for area in areas])
    model = area_model(shares, chance)
    town = float(model.coefficients[0])
    low, high = model.interval()
    spread = np.sqrt(model.mean_square_error)
    certain = norm.sf((RELEVANT * town - model.mean) / np.where(spread > 0, spread, 1.0))
    # As in a funnel: the outer areas do not set the spread, so that they do not hide themselves.
    usual = spread_between(shares, chance, winsorised=0.1)
    chances = norm.sf((shares - town) / np.sqrt(chance + usual)).tolist()
    survived = discoveries(chances, rate=_LIKELY_CHANCE)
    for at, area in enumerate(areas):
        stands = chances[at] <= _LIKELY_CHANCE if area in focus else survived[at]
        numbers[area].update(
            estimate=float(model.mean[at]),
            estimate_low=max(0.0, float(low[at])),
            estimate_high=min(_WHOLE, float(high[at])),
            certainty=float(certain[at]) if spread[at] > 0 else 0.0,
            stands=float(stands),
        )
    return round(town, 1)
