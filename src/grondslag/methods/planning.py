"""How much must be measured or asked, before anybody goes out to do so.

A study that is too small finds nothing and is taken as proof that nothing is there. For accidents
before and after a measure see `before_after.needed_accidents`.
"""

import math
from dataclasses import dataclass

from grondslag.errors import InputError
from grondslag.methods.poisson import check_level

_SITES = 2
_MOST_SITES = 1_000_000
_CERTAIN = 30.0


@dataclass(frozen=True, slots=True)
class SpeedStudy:
    """What is known beforehand of speeds, or of anything else measured many times at few sites.

    Args:
        within: Standard deviation between vehicles at one site and visit.
        between: Standard deviation between sites, of what is compared: of the change from before to
            after when both are measured, of the level otherwise.
        vehicles: Measured per site and visit.
        visits: 2 when measured before and after, 1 when only once.
    """

    within: float
    between: float
    vehicles: int
    visits: int = 2

    @property
    def site_variance(self) -> float:
        """How much what is found at one site varies: more vehicles lower only a part of it."""
        return self.between**2 + self.visits * self.within**2 / self.vehicles


def speed_power(
    difference: float, study: SpeedStudy, *, sites: int, others: int, level: float = 0.95
) -> float:
    """Probability that a speed study sees a difference.

    Args:
        difference: Between sites with and without the measure, in the unit of the study, not 0.
        study: What is known beforehand.
        sites: With the measure, 2 or more.
        others: Without it, 2 or more.
        level: Confidence of the two-sided test.

    Raises:
        InputError: Too few sites, a difference or number that is not above 0.

    Source:
        Raudenbush (1997), Statistical analysis and optimal design for cluster randomized trials,
        doi:10.1037/1082-989X.2.2.173: Student's t over the sites, not over the vehicles.
    """
    from scipy.stats import f as central
    from scipy.stats import ncf

    check_level(level)
    _check_study(difference, study)
    if min(sites, others) < _SITES:
        raise InputError("methods.too-few-sites", known=_SITES)
    away = abs(difference) / math.sqrt(study.site_variance * (1 / sites + 1 / others))
    if away > _CERTAIN:
        return 1.0
    free = sites + others - 2
    # The square of Student's t, so that both tails count at once.
    edge = float(central.isf(1 - level, 1, free))
    return float(ncf.sf(edge, 1, free, away**2))


def needed_sites(
    difference: float, study: SpeedStudy, *, power: float = 0.8, level: float = 0.95
) -> int:
    """Sites with the measure, and as many without, to see a difference.

    Args:
        difference: Between both groups, in the unit of the study, not 0.
        study: What is known beforehand.
        power: Probability of seeing it.
        level: Confidence of the two-sided test.

    Returns:
        Sites per group.

    Raises:
        InputError: A difference or number that is not above 0, a probability that is none, or a
            difference too small for any number of sites.

    Source:
        As for `speed_power`.
    """
    check_level(power)

    def sees(count: int) -> bool:
        return speed_power(difference, study, sites=count, others=count, level=level) >= power

    enough = _SITES
    while not sees(enough):
        enough *= 2
        if enough > _MOST_SITES:
            raise InputError("methods.too-small-to-see")
    short = enough // 2
    while enough - short > 1 and enough > _SITES:
        middle = (short + enough) // 2
        short, enough = (short, middle) if sees(middle) else (middle, enough)
    return enough


def repeat_power(
    difference: float,
    *,
    repeats: int,
    spread: float,
    other_error: float,
    others: int,
    level: float = 0.95,
) -> float:
    """Probability of seeing that one place, measured again and again, differs from the usual.

    Args:
        difference: Between the place and the usual, in the unit of the study, not 0.
        repeats: How often the place is measured, 2 or more; weeks, not vehicles.
        spread: Standard deviation between those measurements.
        other_error: Standard error of the usual, as the mean of other places; may be 0.
        others: How many other places, 2 or more.
        level: Confidence of the two-sided test.

    Raises:
        InputError: Too few places or repeats, a number that is not above 0.

    Source:
        Welch (1947), doi:10.1093/biomet/34.1-2.28, for the degrees of freedom; the non-central t.
    """
    from scipy.stats import f as central
    from scipy.stats import ncf

    check_level(level)
    if min(repeats, others) < _SITES:
        raise InputError("methods.too-few-sites", known=_SITES)
    if not (abs(difference) > 0 and spread > 0 and 0 <= other_error < math.inf):
        raise InputError("methods.not-above-zero")
    mine, usual = spread**2 / repeats, other_error**2
    away = abs(difference) / math.sqrt(mine + usual)
    if away > _CERTAIN:
        return 1.0
    free = (mine + usual) ** 2 / (mine**2 / (repeats - 1) + usual**2 / (others - 1))
    edge = float(central.isf(1 - level, 1, free))
    return float(ncf.sf(edge, 1, free, away**2))


def needed_repeats(
    difference: float,
    *,
    spread: float,
    other_error: float,
    others: int,
    power: float = 0.8,
    most: int = 520,
) -> int | None:
    """How often one place must be measured to see a difference from the usual.

    Args:
        difference: As for `repeat_power`.
        spread: As for `repeat_power`.
        other_error: As for `repeat_power`.
        others: As for `repeat_power`.
        power: Probability of seeing it.
        most: More often nobody measures: ten years of weeks.

    Returns:
        Measurements; None when no number up to *most* is enough, because the usual itself is not
        known well enough.

    Raises:
        InputError: As for `repeat_power`, or a probability that is none.

    Source:
        As for `repeat_power`.
    """
    check_level(power)

    def sees(repeats: int) -> bool:
        found = repeat_power(
            difference, repeats=repeats, spread=spread, other_error=other_error, others=others
        )
        return found >= power

    return next((repeats for repeats in range(_SITES, most + 1) if sees(repeats)), None)


def design_effect(together: float, resemblance: float) -> float:
    """How many answers from groups are worth one answer of a person alone.

    Args:
        together: Answers per group: household, street, class; 1 or more.
        resemblance: Share of all variance that lies between groups, 0 to 1.

    Raises:
        InputError: Less than one per group, or a share that is none.

    Source:
        Kish (1965), Survey sampling; Killip, Mahfoud and Pearce (2004), What is an
        intracluster correlation coefficient?, doi:10.1370/afm.141.
    """
    if not 1 <= together < math.inf:
        raise InputError("methods.not-above-zero")
    if not 0 <= resemblance <= 1:
        raise InputError("methods.not-a-share")
    return 1 + (together - 1) * resemblance


def needed_answers(
    margin: float,
    *,
    share: float = 0.5,
    population: float = math.inf,
    effect: float = 1.0,
    level: float = 0.95,
) -> float:
    """Answers needed to know a share within a margin.

    Args:
        margin: Half the width of the interval, between 0 and 1: 0.05 for five points either way.
        share: What the share may be; a half asks the most answers.
        population: How many people there are to ask.
        effect: From `design_effect`; 1 when people are drawn one by one.
        level: Confidence of the interval.

    Returns:
        Answers, not rounded; divide by the expected response for the invitations.

    Raises:
        InputError: A share or margin that is none, an effect or population below 1.

    Source:
        Cochran (1977), Sampling techniques, 3rd edition.
    """
    from scipy.stats import norm

    check_level(level)
    if not (0 < margin < 1 and 0 < share < 1):
        raise InputError("methods.not-a-share")
    if not (population >= 1 and 1 <= effect < math.inf):
        raise InputError("methods.not-above-zero")
    edge = float(norm.isf((1 - level) / 2))
    endless = effect * edge**2 * share * (1 - share) / margin**2
    return endless / (1 + (endless - 1) / population) if endless > 1 else endless


def answers_to_see(
    share: float, other: float, *, effect: float = 1.0, power: float = 0.8, level: float = 0.95
) -> float:
    """Answers needed in each of two groups or years, to see that their shares differ.

    Args:
        share: In the one, between 0 and 1.
        other: In the other; not the same.
        effect: From `design_effect`.
        power: Probability of seeing it.
        level: Confidence of the two-sided test.

    Returns:
        Answers per group, not rounded.

    Raises:
        InputError: A share or probability that is none, equal shares, an effect below 1.

    Source:
        Fleiss, Levin and Paik (2003), Statistical methods for rates and proportions, 3rd edition,
        without correction for continuity.
    """
    from scipy.stats import norm

    check_level(level)
    check_level(power)
    if not (0 < share < 1 and 0 < other < 1):
        raise InputError("methods.not-a-share")
    if share == other or not 1 <= effect < math.inf:
        raise InputError("methods.not-above-zero")
    middle = (share + other) / 2
    alike = math.sqrt(2 * middle * (1 - middle))
    apart = math.sqrt(share * (1 - share) + other * (1 - other))
    reach = float(norm.isf((1 - level) / 2)) * alike + float(norm.ppf(power)) * apart
    return effect * (reach / (share - other)) ** 2


def _check_study(difference: float, study: SpeedStudy) -> None:
    counted = study.vehicles >= 1 and study.visits >= 1
    scatter = min(study.within, study.between) >= 0 and max(study.within, study.between) > 0
    if not (abs(difference) > 0 and counted and scatter):
        raise InputError("methods.not-above-zero")
