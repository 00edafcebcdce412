"""Statistics on numbers and arrays: no law, no wording, no domain.

    poisson         exact interval of one count, or of a rate
    comparison      two rates: ratio, exact interval, probability that the one is really higher
    certainty       that probability as one of four fixed words
    overdispersion  how much more counts scatter than chance alone, and intervals that say so
    multiplicity    many comparisons at once, without false alarms by number
    standardising   rates of groups that are made up differently, on one footing
    shrinking       what a place is to be expected to have, from its own count and its like
    counts_per_area counts beside what was to be expected, as methods over areas take them
    small_areas     the same when only the areas themselves say how far areas differ
    risk_map        the same when neighbours are alike, for a map
    ranks           places in an order, with the places that are possible
    funnel          areas side by side: which lie further off than their size explains
    area_model      what areas in a survey are to be expected to have
    charts          months side by side: which differ by more than they always do
    performance     what places like this one have: accidents given traffic
    before_after    did a measure work, at places chosen for their many accidents
    averages        measurements that are few: a week of vehicles is one week
    differences     did a measure work, measured at sites: many cars, few witnesses
    pooling         effects that others found, and one's own effect beside them
    published_effects   which effects, each with its source
    series          did a measure work, in a row of months; and their season
    planning        how much must be measured or asked, beforehand
    trend           does a row rise or fall, when months resemble each other
    changes         when a row changed its level, and how sure that moment is
    hotspots        places beside each other that stand out together
    network         where along the roads events lie close together: a picture
    surroundings    is a place like the places around it
    permuting       random orders, for both
    scan            circles on the map that hold more than chance explains

May import errors, numpy and scipy. Every method is held against a published worked example.
`scipy.stats` is slow to load, so it is imported where it is first needed.
"""

from grondslag.methods.area_model import AreaModel, area_model
from grondslag.methods.averages import (
    ClusteredDifference,
    ClusteredMean,
    change_beside,
    clustered_difference,
    clustered_mean,
)
from grondslag.methods.before_after import (
    Effect,
    Periods,
    Trend,
    before_after,
    needed_accidents,
    power_to_see,
    trend_of_others,
)
from grondslag.methods.certainty import Certainty, certainty_word
from grondslag.methods.changes import LevelChange, level_changes, rate_changes
from grondslag.methods.charts import Chart, individuals_chart, rates_chart, shares_chart
from grondslag.methods.comparison import RateComparison, compare_rates
from grondslag.methods.differences import (
    Change,
    ClusteredEffect,
    clustered_effect,
    difference_in_differences,
    difference_of_changes,
)
from grondslag.methods.funnel import Funnel, funnel, funnel_limits, spread_between
from grondslag.methods.hotspots import HotSpots, hot_spots, neighbourhood_p_values
from grondslag.methods.multiplicity import adjusted_p_values, discoveries, sure_discoveries
from grondslag.methods.network import Density, Road, network_density
from grondslag.methods.overdispersion import (
    dispersion,
    dispersion_of_changes,
    robust_dispersion,
    widened,
)
from grondslag.methods.performance import Performance, fit_performance
from grondslag.methods.permuting import needed_orders
from grondslag.methods.planning import (
    SpeedStudy,
    answers_to_see,
    design_effect,
    needed_answers,
    needed_repeats,
    needed_sites,
    repeat_power,
    speed_power,
)
from grondslag.methods.poisson import Interval, exact_interval, rate_interval
from grondslag.methods.pooling import Combined, Pooled, pooled, with_prior
from grondslag.methods.published_effects import (
    PUBLISHED,
    Measure,
    Outcome,
    PublishedEffect,
    Setting,
    effects_of,
)
from grondslag.methods.ranks import Ranks, ranks_of, ranks_of_estimates
from grondslag.methods.risk_map import RiskMap, risk_map
from grondslag.methods.scan import Cluster, Places, scan
from grondslag.methods.series import Step, seasonal_factors, step_change
from grondslag.methods.shrinking import Expected, shrunk, shrunk_rates
from grondslag.methods.small_areas import SmallAreas, shrunk_to_neighbours, small_areas
from grondslag.methods.standardising import (
    ObservedExpected,
    StandardisedRate,
    direct_rate,
    expected_events,
    observed_expected,
)
from grondslag.methods.surroundings import Surroundings, local_moran
from grondslag.methods.trend import Direction, trend

__all__ = [
    "PUBLISHED",
    "AreaModel",
    "Certainty",
    "Change",
    "Chart",
    "Cluster",
    "ClusteredDifference",
    "ClusteredEffect",
    "ClusteredMean",
    "Combined",
    "Density",
    "Direction",
    "Effect",
    "Expected",
    "Funnel",
    "HotSpots",
    "Interval",
    "LevelChange",
    "Measure",
    "ObservedExpected",
    "Outcome",
    "Performance",
    "Periods",
    "Places",
    "Pooled",
    "PublishedEffect",
    "Ranks",
    "RateComparison",
    "RiskMap",
    "Road",
    "Setting",
    "SmallAreas",
    "SpeedStudy",
    "StandardisedRate",
    "Step",
    "Surroundings",
    "Trend",
    "adjusted_p_values",
    "answers_to_see",
    "area_model",
    "before_after",
    "certainty_word",
    "change_beside",
    "clustered_difference",
    "clustered_effect",
    "clustered_mean",
    "compare_rates",
    "design_effect",
    "difference_in_differences",
    "difference_of_changes",
    "direct_rate",
    "discoveries",
    "dispersion",
    "dispersion_of_changes",
    "effects_of",
    "exact_interval",
    "expected_events",
    "fit_performance",
    "funnel",
    "funnel_limits",
    "hot_spots",
    "individuals_chart",
    "level_changes",
    "local_moran",
    "needed_accidents",
    "needed_answers",
    "needed_orders",
    "needed_repeats",
    "needed_sites",
    "neighbourhood_p_values",
    "network_density",
    "observed_expected",
    "pooled",
    "power_to_see",
    "ranks_of",
    "ranks_of_estimates",
    "rate_changes",
    "rate_interval",
    "rates_chart",
    "repeat_power",
    "risk_map",
    "robust_dispersion",
    "scan",
    "seasonal_factors",
    "shares_chart",
    "shrunk",
    "shrunk_rates",
    "shrunk_to_neighbours",
    "small_areas",
    "speed_power",
    "spread_between",
    "step_change",
    "sure_discoveries",
    "trend",
    "trend_of_others",
    "widened",
    "with_prior",
]
