"""What others found that a measure does, each with its source and the day it was read.

A number without an interval may be told, with its source. It is never used in a calculation: nobody
can weigh a number whose uncertainty nobody knows. An interval stands here when the source, or who
tells of it, gives both limits or a standard error. Who finds one adds it, with the day. Every
effect names its own source; the rest is arithmetic.
"""

import math
from dataclasses import dataclass
from datetime import date
from enum import Enum

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval
from grondslag.methods.pooling import Pooled

_WIDTH = 1.959964
_READ = date(2026, 11, 28)


class Measure(Enum):
    """What was done on the road."""

    SPEED_CAMERA = "speed-camera"
    SECTION_CONTROL = "section-control"
    ZONE_30 = "zone-30"
    TRAFFIC_CALMING = "traffic-calming"
    ROUNDABOUT = "roundabout"


class Setting(Enum):
    """On what roads it was measured; what holds there need not hold elsewhere."""

    ANY = "any"
    TOWN = "streets-in-town"
    TOWN_AREAS = "whole-areas-in-town"
    OUTSIDE = "outside-town"
    MOTORWAY = "motorway"


class Outcome(Enum):
    """What was counted."""

    CRASHES = "crashes"
    INJURY_CRASHES = "injury-crashes"
    SEVERE = "killed-or-seriously-injured"
    FATAL_CRASHES = "fatal-crashes"
    CASUALTIES = "casualties"


@dataclass(frozen=True, slots=True)
class PublishedEffect:
    """An effect as its source gives it.

    Args:
        measure: What was done.
        outcome: What was counted.
        ratio: After over what would have been without; 0.8 is a fifth fewer.
        interval: 95% limits of the ratio; None when they were not found.
        source: Authors, year and where it stands.
        doi: Of the source; empty when it has none or when it was not found.
        setting: On what roads; any, when the source takes all together or leaves it open.
        where: How near and on which roads; empty when the source does not say.
        chance_taken_off: Whether places chosen for their many crashes were corrected for; None when
            the source leaves it open.
        read: When the source was read.
    """

    measure: Measure
    outcome: Outcome
    ratio: float
    interval: Interval | None
    source: str
    doi: str
    setting: Setting
    where: str
    chance_taken_off: bool | None
    read: date = _READ

    @property
    def confirmed(self) -> bool:
        """Whether its interval is known, so that it may be used in a calculation."""
        return self.interval is not None

    def as_prior(self, *, between: float, places: int) -> Pooled:
        """The effect as something to weigh one's own effect against.

        Args:
            between: Standard deviation of the log effect between places. A mean over many places
                does not say it: take it from a source that does, or choose it and say so.
            places: How many studies or places the effect rests on.

        Raises:
            InputError: The interval was not found, or a spread below 0.
        """
        if self.interval is None:
            raise InputError("methods.effect-not-confirmed", source=self.source)
        if not between >= 0:
            raise InputError("methods.no-dispersion")
        width = math.log(self.interval.high) - math.log(self.interval.low)
        return Pooled(math.log(self.ratio), width / (2 * _WIDTH), between, places)


def effects_of(measure: Measure, outcome: Outcome | None = None) -> tuple[PublishedEffect, ...]:
    """What was published of a measure, in the order below.

    Args:
        measure: What would be done.
        outcome: What is counted; every outcome when left out.
    """
    return tuple(
        effect
        for effect in PUBLISHED
        if effect.measure is measure and outcome in (None, effect.outcome)
    )


def _from_error(ratio: float, error: float) -> Interval:
    """Limits from a standard error of the ratio itself, taken on the log."""
    width = _WIDTH * error / ratio
    return Interval(low=ratio * math.exp(-width), high=ratio * math.exp(width))


_HOYE_2014 = "Høye (2014), Accident Analysis and Prevention 73, 200-208: meta-analysis"
_HOYE_2015 = "Høye (2015), Accident Analysis and Prevention 82, 263-269: 223 cameras in Norway"
_HOYE_2015_DOI = "10.1016/j.aap.2015.06.001"
_SECTION_2015 = "Høye (2015), Accident Analysis and Prevention 74, 169-178: 14 sites in Norway"
_BUNN_2009 = "Bunn and others (2009), Cochrane review CD003110: 22 controlled studies"
_ELVIK_2017 = "Elvik (2017), Accident Analysis and Prevention 99, 364-371: meta-analysis"
_GORELL = "Gorell and Sexton, 77 cameras in London, as told by SafetyNet (2009), Speed enforcement"

PUBLISHED: tuple[PublishedEffect, ...] = (
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.CRASHES, 0.80, None, _HOYE_2014, "", Setting.ANY, "", True
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.CRASHES, 0.82, None, _HOYE_2014, "", Setting.ANY,
        "within 250 m", True,
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.CRASHES, 0.96, None, _HOYE_2014, "", Setting.ANY,
        "beyond 1 km", True,
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.FATAL_CRASHES, 0.49, None, _HOYE_2014, "", Setting.ANY,
        "", None,
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.INJURY_CRASHES, 0.78, None, _HOYE_2015, _HOYE_2015_DOI,
        Setting.ANY, "from 100 m before to 1 km after", True,
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.INJURY_CRASHES, 0.81, _from_error(0.81, 0.217),
        f"{_HOYE_2015}, as CMF Clearinghouse 8196", _HOYE_2015_DOI, Setting.OUTSIDE,
        "100 m before to 100 m after, cameras of 2004 to 2006, 50 to 90 km/h", True,
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.INJURY_CRASHES, 0.88, None, _GORELL, "", Setting.TOWN, "",
        True,
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.SEVERE, 0.79, None, _GORELL, "", Setting.TOWN, "", True
    ),
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.INJURY_CRASHES, 0.75, None,
        "Mountain, Hirst and Maher (2004), Traffic Engineering and Control 45, 280-287: 62 cameras",
        "", Setting.TOWN, "30 mph roads; a fifth of it is traffic that went elsewhere", True,
    ),
    # What the authors conclude: no fewer crashes on streets with traffic lights and lower limits.
    PublishedEffect(
        Measure.SPEED_CAMERA, Outcome.CRASHES, 0.98, None,
        "Novoa and others (2010), Injury Prevention 16, 12-16, as CMF Clearinghouse study 193: "
        "main streets of Barcelona", "", Setting.TOWN, "500 m before to 500 m after", None,
    ),
    PublishedEffect(
        Measure.SECTION_CONTROL, Outcome.CRASHES, 0.70, None, _HOYE_2014, "", Setting.ANY, "", True
    ),
    PublishedEffect(
        Measure.SECTION_CONTROL, Outcome.SEVERE, 0.44, None, _HOYE_2014, "", Setting.ANY, "", True
    ),
    PublishedEffect(
        Measure.SECTION_CONTROL, Outcome.INJURY_CRASHES, 0.88, None, _SECTION_2015, "",
        Setting.OUTSIDE, "open roads and undersea tunnels", True,
    ),
    PublishedEffect(
        Measure.SECTION_CONTROL, Outcome.SEVERE, 0.51, None, _SECTION_2015, "",
        Setting.OUTSIDE, "open roads and undersea tunnels", True,
    ),
    # Of its interval the summary gives one limit, 24.3% fewer: half an interval is none.
    PublishedEffect(
        Measure.SECTION_CONTROL, Outcome.CRASHES, 0.688, None,
        "Montella and others (2012), Transportation Research Record 2281, 16-25: A1, Italy",
        "10.3141/2281-03", Setting.MOTORWAY, "", True,
    ),
    PublishedEffect(
        Measure.ZONE_30, Outcome.CASUALTIES, 0.581, Interval(low=0.522, high=0.640),
        "Grundy and others (2009), BMJ 339, b4469: 20 mph zones in London, 1986 to 2006",
        "10.1136/bmj.b4469", Setting.TOWN_AREAS, "", None,
    ),
    PublishedEffect(
        Measure.TRAFFIC_CALMING, Outcome.INJURY_CRASHES, 0.85, Interval(low=0.83, high=0.88),
        "Elvik (2001), Accident Analysis and Prevention 33, 327-336: 33 studies",
        "10.1016/S0001-4575(00)00046-4", Setting.TOWN_AREAS, "", None,
    ),
    PublishedEffect(
        Measure.TRAFFIC_CALMING, Outcome.FATAL_CRASHES, 0.79, Interval(low=0.23, high=2.68),
        _BUNN_2009, "10.1002/14651858.CD003110", Setting.TOWN_AREAS, "", None,
    ),
    PublishedEffect(
        Measure.ROUNDABOUT, Outcome.FATAL_CRASHES, 0.35, None, _ELVIK_2017,
        "10.1016/j.aap.2016.12.018", Setting.ANY, "", None,
    ),
    PublishedEffect(
        Measure.ROUNDABOUT, Outcome.INJURY_CRASHES, 0.60, None, _ELVIK_2017,
        "10.1016/j.aap.2016.12.018", Setting.ANY, "", None,
    ),
)  # fmt: skip
"""Effects of measures on the road, as their sources give them."""
