"""Hierarchies for the usual columns: numbers, ranks, codes, dates, areas, and tables by hand."""

import csv
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.hierarchies import (
    NOTHING,
    Hierarchy,
    Step,
    distinct_values,
    hierarchy_of,
    to_nothing,
    until_one,
    with_top,
)
from grondslag.errors import InputError

STEPS = ("day", "month", "quarter", "year", "lustrum", "decade")
"""Periods that lie within each other, from finest to coarsest."""


def intervals(
    column: str,
    values: pa.Array | pa.ChunkedArray,
    *,
    widths: Sequence[float],
    origin: float = 0,
    ends: tuple[float, float] | None = None,
    every_level: bool = False,
) -> Hierarchy:
    """Numbers in ever wider bands.

    Args:
        column: Whose values these are.
        values: Numbers; those that occur are the domain.
        widths: Of the bands, from narrow to wide; each fits a whole number of times in the next.
        origin: Where a band starts.
        ends: What lies below the first is one band, and what lies from the last on is one: no
            band then shows how far the data reach.
        every_level: Whether levels that the data do not need are kept, so that the hierarchy of
            another table of this column has the same ones.

    Raises:
        InputError: The column has no (finite) numbers, or the widths do not fit in each other.
    """
    domain = _domain(column, values)
    if not (pa.types.is_integer(domain.type) or pa.types.is_floating(domain.type)):
        raise InputError("anonymise.no-numbers", column=column)
    _check_widths(column, widths)
    numbers = domain.to_numpy(zero_copy_only=False)
    if not np.isfinite(numbers).all():
        raise InputError("anonymise.no-numbers", column=column)
    whole = pa.types.is_integer(domain.type) and all(
        float(one).is_integer() for one in (*widths, origin)
    )
    labels, codes = [domain], [np.arange(len(domain), dtype=np.int32)]
    narrowest = np.floor((numbers.astype(np.float64) - origin) / widths[0])
    for width in widths:
        # From the narrowest bands, so that rounding cannot tear a band over two wider ones.
        band = np.floor(narrowest / round(width / widths[0]))
        if ends is not None:
            band = np.where(numbers < ends[0], -np.inf, np.where(numbers >= ends[1], np.inf, band))
        distinct, code = np.unique(band, return_inverse=True)
        codes.append(code.astype(np.int32))
        labels.append(
            pa.array(
                [
                    _band(origin + at * width, width, whole=whole)
                    if ends is None or np.isfinite(at)
                    else _beyond(at, ends)
                    for at in distinct
                ]
            )
        )
    steps = [Step("intervals", {"width": width}) for width in widths]
    return _ended(with_top(column, labels, codes, steps), every_level=every_level)


def ordered(column: str, values: Sequence[object], *, sizes: Sequence[int]) -> Hierarchy:
    """Ranks: neighbours in order are joined, ``sizes`` of them at each level.

    Args:
        column: Whose values these are.
        values: The domain, in order.
        sizes: How many neighbours are joined, from few to many; each fits in the next.

    Raises:
        InputError: A value stands twice, or the sizes do not fit in each other.
    """
    _check_widths(column, sizes)
    domain = pa.array(values)
    texts = domain.cast(pa.string()).to_pylist()
    labels, codes = [domain], [np.arange(len(domain), dtype=np.int32)]
    for size in sizes:
        parts = [texts[at : at + size] for at in range(0, len(texts), size)]
        codes.append(np.arange(len(domain), dtype=np.int32) // np.int32(size))
        labels.append(
            pa.array([part[0] if len(part) == 1 else f"{part[0]} – {part[-1]}" for part in parts])
        )
    steps = [Step("ordered", {"size": size}) for size in sizes]
    return until_one(with_top(column, labels, codes, steps))


def masking(
    column: str,
    values: pa.Array | pa.ChunkedArray,
    *,
    from_left: bool = False,
    keep: Sequence[int] | None = None,
    length: int | None = None,
    every_level: bool = False,
) -> Hierarchy:
    """Codes of which ever fewer signs are kept, such as 1234AB, 1234**, 12****.

    Args:
        column: Whose values these are.
        values: Codes; those that occur are the domain. Shorter ones are filled out with stars.
        from_left: Whether the first signs go first.
        keep: How many signs stay at each level, from many to few; without it one fewer each time.
        length: How many signs a code has; without it as many as the longest.
        every_level: As in `intervals`.

    Raises:
        InputError: The numbers of signs do not go down, or a code is longer than it can be.
    """
    domain = _domain(column, values)
    texts = domain.cast(pa.string()).to_pylist()
    longest = length or max(map(len, texts))
    too_long = sum(len(text) > longest for text in texts)
    if too_long:
        raise InputError("anonymise.code-too-long", column=column, count=too_long, length=longest)
    keeps = list(range(longest - 1, 0, -1)) if keep is None else list(keep)
    if any(one <= other for one, other in pairwise(keeps)):
        raise InputError("anonymise.widths-do-not-fit", column=column)

    def masked(text: str, kept: int) -> str:
        if from_left:
            return NOTHING * (longest - kept) + text.rjust(longest, NOTHING)[longest - kept :]
        return text.ljust(longest, NOTHING)[:kept] + NOTHING * (longest - kept)

    coarser = [pa.array([masked(text, kept) for text in texts]) for kept in keeps]
    side = "right" if from_left else "left"
    steps = [Step("masking", {"keep": kept, "side": side}) for kept in keeps]
    return _ended(hierarchy_of(column, [domain, *coarser], steps=steps), every_level=every_level)


def dates(
    column: str,
    values: pa.Array | pa.ChunkedArray,
    *,
    steps: Sequence[str] = ("month", "quarter", "year"),
    every_level: bool = False,
) -> Hierarchy:
    """Days or moments in ever longer periods.

    Args:
        column: Whose values these are.
        values: Dates or timestamps; those that occur are the domain.
        steps: Periods out of `STEPS`, from short to long.
        every_level: As in `intervals`.

    Raises:
        InputError: The column has no dates, or the periods are unknown or not in order.
    """
    domain = _domain(column, values)
    if not pa.types.is_date(domain.type) and not pa.types.is_timestamp(domain.type):
        raise InputError("anonymise.no-dates", column=column)
    places = [STEPS.index(step) if step in STEPS else -1 for step in steps]
    if -1 in places or places != sorted(set(places)):
        raise InputError("anonymise.unknown-periods", column=column, known=STEPS)
    coarser = [_periods(domain, step) for step in steps]
    told = [Step("dates", {"period": step}) for step in steps]
    return _ended(hierarchy_of(column, [domain, *coarser], steps=told), every_level=every_level)


def areas(
    column: str, mappings: Sequence[Mapping[str, str]], *, names: Sequence[str] = ()
) -> Hierarchy:
    """Areas within areas: adres, buurt, wijk, gemeente.

    Args:
        column: Whose values these are.
        mappings: Per coarser level the area in which each area of the finest level lies.
        names: What each coarser level is called, such as ``wijk``; for people to read.

    Raises:
        InputError: An area has no place at some level, or lies in two.
    """
    finest = sorted({code for mapping in mappings for code in mapping})
    for level, mapping in enumerate(mappings, start=1):
        without = sum(code not in mapping for code in finest)
        if without:
            raise InputError(
                "anonymise.area-without-place", column=column, level=level, count=without
            )
    coarser = [pa.array([mapping[code] for code in finest]) for mapping in mappings]
    steps = [Step("areas", {"name": name}) for name in names]
    return hierarchy_of(column, [pa.array(finest, pa.string()), *coarser], steps=steps)


def read_hierarchy(path: Path, column: str, *, separator: str = ";") -> Hierarchy:
    """A hierarchy written out by hand: a line per value, from finest to coarsest, no heading.

    Args:
        path: A text file in UTF-8, as ARX reads and writes them.
        column: Whose values these are.
        separator: Between the levels.

    Raises:
        InputError: Lines of unequal length, a value that stands twice, or a label in two parents.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.reader(stream, delimiter=separator) if row]
    uneven = next((n for n, row in enumerate(rows, 1) if len(row) != len(rows[0])), 0)
    if uneven:
        raise InputError("anonymise.hierarchy-uneven", file=path.name, line=uneven)
    columns = [pa.array(level, pa.string()) for level in zip(*rows, strict=True)]
    return hierarchy_of(column, columns)


def _domain(column: str, values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The values that occur, in order; missing ones get their place when rows are read."""
    distinct, _ = distinct_values(values)
    domain = distinct.drop_null()
    if not len(domain):
        raise InputError("anonymise.hierarchy-empty", column=column)
    return domain.take(pc.sort_indices(domain))


def _ended(hierarchy: Hierarchy, *, every_level: bool) -> Hierarchy:
    return to_nothing(hierarchy) if every_level else until_one(hierarchy)


def _check_widths(column: str, widths: Sequence[float]) -> None:
    fits = all(
        wide > narrow and abs(wide / narrow - round(wide / narrow)) < 1e-9
        for narrow, wide in pairwise(widths)
        if narrow > 0
    )
    if not widths or min(widths) <= 0 or not fits:
        raise InputError("anonymise.widths-do-not-fit", column=column)


def _band(low: float, width: float, *, whole: bool) -> str:
    if whole:
        last = int(low + width - 1)
        return f"{int(low)}" if width == 1 else f"{int(low)}–{last}"
    return f"[{low:.10g}, {low + width:.10g})"


def _beyond(at: float, ends: tuple[float, float]) -> str:
    return f"< {ends[0]:.10g}" if at < 0 else f"≥ {ends[1]:.10g}"


def _periods(domain: pa.Array, step: str) -> pa.Array:
    """The period of each date, as ISO 8601 writes it where it has a form for it."""
    if step == "day":
        return pc.strftime(domain, format="%Y-%m-%d")
    year = pc.year(domain)
    if step == "month":
        return pc.strftime(domain, format="%Y-%m")
    if step == "quarter":
        quarter = pc.quarter(domain).cast(pa.string())
        return pc.binary_join_element_wise(year.cast(pa.string()), quarter, "-Q")
    length = {"year": 1, "lustrum": 5, "decade": 10}[step]
    first = pc.multiply(pc.divide(year, length), length)
    if length == 1:
        return first.cast(pa.string())
    last = pc.add(first, length - 1)
    return pc.binary_join_element_wise(first.cast(pa.string()), last.cast(pa.string()), "–")
