"""Where along the roads do events lie close together? A picture, never a proof.

Distances go along the roads, not through the houses. Each event is a small hill of weight one that
flows along the roads from where it happened; where roads meet it splits evenly. A dense stretch
says where to look, and nothing about whether it is more than its traffic explains: for that there
is `performance`, `shrinking` and `hotspots`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Road:
    """A stretch of road between two ends.

    Args:
        start: Number of the point where it starts; roads that share a number meet there.
        end: Number of the point where it ends.
        length: How long it is, above 0.
    """

    start: int
    end: int
    length: float


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """Events per unit of length, along all roads, in small pieces.

    Args:
        road: Per piece, the position of its road.
        since: Distance from the start of the road to where the piece begins.
        length: Of the piece.
        density: Events per unit of length, spread out.
    """

    road: Whole
    since: Floats
    length: Floats
    density: Floats

    @property
    def total(self) -> float:
        """All events together: as many as there were."""
        return float((self.density * self.length).sum())


def network_density(
    roads: Sequence[Road],
    events: Sequence[tuple[int, float]],
    *,
    reach: float,
    piece: float,
) -> Density:
    """Spread events along the roads.

    Roads are cut into pieces of about the same length, and an event lies in the middle of its
    piece. At a point where n roads meet each other road gets 2/n of what arrives, and the road it
    came from the rest, which is below zero from three roads on: so a hill is as high on both sides
    of the point, and no weight is lost. A dead end gives back all.

    Args:
        roads: All roads, also those without events.
        events: Per event the position of its road and its distance from the start of that road.
        reach: How far an event is spread along the roads.
        piece: Length of the pieces; the picture is as fine as this, so a tenth of the reach.

    Raises:
        InputError: No roads, a length, reach or piece that is not above 0, an event that lies on
            none of the roads.

    Source:
        Okabe, Satoh and Sugihara (2009), A kernel density estimation method for networks, its
        computational method and a GIS-based tool, doi:10.1080/13658810802475491 (equal split,
        continuous); the hill is quartic.
    """
    if not roads or not all(road.length > 0 and np.isfinite(road.length) for road in roads):
        raise InputError("methods.no-length")
    if not (0 < piece < np.inf and 0 < reach < np.inf):
        raise InputError("methods.no-length")
    if not all(0 <= at < len(roads) and 0 <= far <= roads[at].length for at, far in events):
        raise InputError("methods.not-on-a-road")
    length = np.array([road.length for road in roads])
    pieces = np.maximum(1, np.rint(length / piece)).astype(np.int64)
    last = np.cumsum(pieces) - 1
    first = last - pieces + 1
    road = np.repeat(np.arange(len(roads)), pieces)
    size = (length / pieces)[road]
    weight = np.zeros(road.size)
    for at, far in events:
        weight[first[at] + min(int(far / length[at] * pieces[at]), pieces[at] - 1)] += 1
    meeting = _Meeting.of(roads)
    share = _hill(reach, piece)
    mass = share[0] * weight
    onward, back = weight.copy(), weight.copy()
    for part in share[1:]:
        arrived = np.concatenate([back[first], onward[last]])
        onward[1:], back[:-1] = onward[:-1].copy(), back[1:].copy()
        onward[first], back[last] = np.split(meeting.passed_on(arrived), 2)
        mass += part * (onward + back)
    since = (np.arange(road.size) - first[road]) * size
    return Density(road, since, size, mass / size)


@dataclass(frozen=True, slots=True, eq=False)
class _Meeting:
    """Where roads meet.

    Args:
        point: Point of every end of a road: all starts, then all ends.
        share: What each end gets of all that arrives at its point.
    """

    point: Whole
    share: Floats

    @classmethod
    def of(cls, roads: Sequence[Road]) -> "_Meeting":
        names = [road.start for road in roads] + [road.end for road in roads]
        _, point, together = np.unique(names, return_inverse=True, return_counts=True)
        return cls(point, 2 / together[point])

    def passed_on(self, arrived: Floats) -> Floats:
        """What leaves into every end, given what arrives there."""
        return self.share * np.bincount(self.point, arrived)[self.point] - arrived


def _hill(reach: float, piece: float) -> Floats:
    """Weight of the piece of the event itself, and of each next piece on either side."""
    edges = np.minimum(1.0, (np.arange(int(np.ceil(reach / piece)) + 1) + 0.5) * piece / reach)
    below = 15 / 16 * (edges - 2 * edges**3 / 3 + edges**5 / 5)
    return np.concatenate([[2 * below[0]], np.diff(below)])
