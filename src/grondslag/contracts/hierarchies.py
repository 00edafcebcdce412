"""How a column may become coarser in anonymous records, in its owner's words: parameters only."""

from dataclasses import dataclass, field
from enum import StrEnum


class HierarchyKind(StrEnum):
    """In what way values become coarser."""

    INTERVALS = "intervals"
    ORDERED = "ordered"
    MASKING = "masking"
    DATES = "dates"
    AREAS = "areas"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class ColumnHierarchy:
    """The levels of one column above its own values; the last level, "anything", is never written.

    The number of levels follows from these words alone and never from the data: two deliveries
    of one column can be laid side by side.

    Args:
        kind: Which of the fields below count.
        widths: For ``intervals``: of the bands, from narrow to wide.
        origin: For ``intervals``: where a band starts.
        ends: For ``intervals``: what lies below the first or from the last on is one band.
        values: For ``ordered``: all values, in order.
        sizes: For ``ordered``: how many neighbours are joined at each level.
        keep: For ``masking``: how many signs stay at each level, from many to few.
        length: For ``masking``: how many signs a code has.
        steps: For ``dates``: periods, from short to long.
        levels: For ``areas``: levels of the area list, from fine to coarse.
        rows: For ``file``: a row per value, from finest to coarsest.
    """

    kind: HierarchyKind
    widths: tuple[float, ...] = ()
    origin: float = 0
    ends: tuple[float, float] | None = None
    values: tuple[str | int, ...] = ()
    sizes: tuple[int, ...] = ()
    keep: tuple[int, ...] = ()
    length: int = 0
    steps: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
