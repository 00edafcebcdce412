"""Differential privacy for counts: how much noise, what it costs, how far a count can be off.

The noise itself, its cost and its accuracy come from OpenDP. It is a separate installation (the
extra ``differential-privacy``): one file of 275 MB that most municipalities never use.

Source:
    Dwork, McSherry, Nissim and Smith, 2006, doi:10.1007/11681878_14 (differential privacy);
    Bun and Steinke, 2016, doi:10.1007/978-3-662-53641-4_24 (zCDP); Canonne, Kamath and Steinke,
    2020, arXiv:2004.00010 (discrete Gaussian, exact sampling).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from grondslag.errors import InputError

CERTAINTY = 95
"""Percent: how surely a count lies within its margin."""

_ALPHA = 1 - CERTAINTY / 100
_MOST_EPSILON = 20  # beyond this nothing is protected any more


@dataclass(frozen=True, slots=True)
class Noise:
    """Noise for a table of counts in which one person stands in at most so many cells.

    Args:
        epsilon: How much one person's data may change what comes out.
        one_in: 0: the promise holds always, and costs are added as they are (discrete Laplace);
            else it may fail with a chance of one in so many, and costs are added as zCDP
            (discrete Gaussian).
        cells_per_person: Of a person with more cells, so many are kept, by chance.
        scale: Of the noise.
        cost: What a budget is charged: epsilon, or rho of zCDP; never less than the truth.
    """

    epsilon: Fraction
    one_in: int
    cells_per_person: int
    scale: float
    cost: Fraction

    @property
    def margin(self) -> int:
        """A count with noise lies within so many of the true one, with 95 percent certainty."""
        dp = _opendp()
        if self.one_in:
            beyond = float(dp.discrete_gaussian_scale_to_accuracy(self.scale, _ALPHA))
        else:
            beyond = float(dp.discrete_laplacian_scale_to_accuracy(self.scale, _ALPHA))
        return max(math.ceil(beyond) - 1, 0)  # errors of `beyond` or more are the 5 percent

    def margin_of_sum(self, cells: int) -> int:
        """The same of the sum of so many counts: a bound, so never too small.

        Source:
            Chernoff's bound with the moment generating function of the noise; that of a discrete
            Gaussian is at most that of a Gaussian (Canonne, Kamath and Steinke, 2020).
        """
        if self.one_in:
            return math.floor(self.scale * math.sqrt(2 * cells * math.log(2 / _ALPHA)))
        steps = (at / 400 / self.scale for at in range(1, 400))  # between 0 and 1 / scale
        return math.floor(min(_laplace_bound(step, self.scale, cells) for step in steps))

    def drawn(self, counts: Sequence[int]) -> list[int]:
        """The counts with fresh noise; a number can come out below zero."""
        make = _gaussian if self.one_in else _laplace
        return list(make(self.scale)(list(counts)))


@lru_cache(maxsize=64)
def noise_for(epsilon: Fraction, *, one_in: int, cells_per_person: int) -> Noise:
    """The least noise that keeps a promise.

    Args:
        epsilon: Above 0, at most 20.
        one_in: See `Noise`.
        cells_per_person: In how many cells one person can stand, at least 1.

    Raises:
        InputError: A number is out of range, or OpenDP is not installed.
    """
    if not 0 < epsilon <= _MOST_EPSILON:
        raise InputError("release.epsilon-out-of-range", most=_MOST_EPSILON)
    if cells_per_person < 1:
        raise InputError("release.cells-per-person")
    dp, below = _opendp(), _rounded_down(epsilon)
    if not one_in:
        scale = dp.binary_search_param(_laplace, d_in=cells_per_person, d_out=below)
        return Noise(epsilon, one_in, cells_per_person, scale, epsilon)
    # So many cells differ by at most 1 each: together by the root of their number.
    distance = math.nextafter(math.sqrt(cells_per_person), math.inf)
    delta = _rounded_down(Fraction(1, one_in))
    scale = dp.binary_search_param(
        lambda one: _approximate(one, delta), d_in=distance, d_out=(below, delta)
    )
    cost = Fraction(_gaussian(scale).map(distance))
    return Noise(epsilon, one_in, cells_per_person, scale, cost)


@lru_cache(maxsize=32)
def in_costs(epsilon: Fraction, *, one_in: int) -> Fraction:
    """A whole budget in the unit in which costs are added: epsilon itself, or rho of zCDP."""
    return noise_for(epsilon, one_in=one_in, cells_per_person=1).cost


@lru_cache(maxsize=32)
def in_epsilon(rest: Fraction, *, one_in: int) -> Fraction:
    """Which epsilon can still be asked for when so much of a budget is left, rounded down."""
    if rest <= 0 or not one_in:
        return max(rest, Fraction(0))
    scale = math.sqrt(1 / (2 * float(rest)))
    epsilon, _ = _approximate(scale, 1 / one_in).map(1.0)
    return Fraction(math.floor(epsilon * 1000), 1000)


@lru_cache(maxsize=1)
def _opendp() -> Any:
    try:
        import opendp.prelude as dp  # 0.7 s and 275 MB: only where noise is asked for
    except ModuleNotFoundError as error:
        raise InputError("release.no-opendp") from error
    dp.enable_features("contrib")  # OpenDP's word for: proof written, not vetted by others yet
    return dp


def _laplace(scale: float) -> Any:
    dp = _opendp()
    counts = dp.vector_domain(dp.atom_domain(T="i64"))
    return dp.m.make_laplace(counts, dp.l1_distance(T="i64"), scale=scale)


def _gaussian(scale: float) -> Any:
    dp = _opendp()
    counts = dp.vector_domain(dp.atom_domain(T="i64"))
    return dp.m.make_gaussian(counts, dp.l2_distance(T="f64"), scale=scale)


def _approximate(scale: float, delta: float) -> Any:
    """The same noise, its promise said in epsilon and delta."""
    dp = _opendp()
    return dp.c.make_fix_delta(dp.c.make_zCDP_to_approxDP(_gaussian(scale)), delta)


def _rounded_down(number: Fraction) -> float:
    near = float(number)
    return math.nextafter(near, 0) if Fraction(near) > number else near


def _laplace_bound(step: float, scale: float, cells: int) -> float:
    """So large is the sum of *cells* times discrete Laplace noise at most, 95 times in 100."""
    p = math.exp(-1 / scale)
    generated = (1 - p) ** 2 / ((1 - p * math.exp(step)) * (1 - p * math.exp(-step)))
    return (cells * math.log(generated) + math.log(2 / _ALPHA)) / step
