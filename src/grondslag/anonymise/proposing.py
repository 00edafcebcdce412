"""A hierarchy to start from, out of the shape of a column: for a person to look at and mend."""

import math
import re

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.building import STEPS, dates, intervals, masking
from grondslag.anonymise.hierarchies import Hierarchy, distinct_values, hierarchy_of
from grondslag.errors import InputError

FEW = 12
"""Up to so many texts are a choice list: each is kept whole or not said at all."""

NARROW_BANDS = 20
"""About how many bands the first step of a column of numbers makes."""


def propose(column: str, values: pa.Array | pa.ChunkedArray) -> Hierarchy:
    """A hierarchy for a column out of its own values.

    Numbers get bands that double, dates get periods, codes of one form lose signs from the right,
    a choice list is kept or left out. Knows nothing of meaning: which jobs are alike is for people.

    Args:
        column: Whose values these are.
        values: The column.

    Raises:
        InputError: The column is empty, or holds lists or bytes.
    """
    if pa.types.is_nested(values.type):
        raise InputError("anonymise.no-hierarchy-for-type", column=column, type=str(values.type))
    distinct, _ = distinct_values(values)
    domain = distinct.drop_null()
    if not len(domain):
        raise InputError("anonymise.hierarchy-empty", column=column)
    kind = domain.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _numbers(column, domain)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _dates(column, domain)
    if pa.types.is_boolean(kind):
        return hierarchy_of(column, [domain])
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts(column, domain)
    raise InputError("anonymise.no-hierarchy-for-type", column=column, type=str(kind))


def _numbers(column: str, domain: pa.Array) -> Hierarchy:
    if len(domain) <= 2:
        return hierarchy_of(column, [domain])
    ends = pc.min_max(domain)
    low, high = float(ends["min"].as_py()), float(ends["max"].as_py())
    if not math.isfinite(high - low):
        raise InputError("anonymise.no-numbers", column=column)
    width = round_up((high - low) / NARROW_BANDS)
    if pa.types.is_integer(domain.type):
        width = max(width, 2.0)
    widths = [width]
    while math.floor(high / widths[-1]) - math.floor(low / widths[-1]) > 1:
        widths.append(widths[-1] * 2)
    return intervals(column, domain, widths=widths)


def round_up(width: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on, and below 1 of 0.5, 0.2, 0.1 and so on."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9))


def _dates(column: str, domain: pa.Array) -> Hierarchy:
    first = 0 if pa.types.is_timestamp(domain.type) else 1
    years = pc.count_distinct(pc.year(domain)).as_py()
    last = len(STEPS) if years > 5 else STEPS.index("year") + 1
    return dates(column, domain, steps=STEPS[first:last])


def _texts(column: str, domain: pa.Array) -> Hierarchy:
    texts = domain.to_pylist()
    forms = {re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", text)) for text in texts}
    if len(forms) == 1 and any(sign in next(iter(forms)) for sign in "9") and len(texts) > 2:
        return masking(column, domain)
    if len(texts) <= FEW:
        return hierarchy_of(column, [domain])
    return masking(column, domain, keep=[kept for kept in (3, 1) if kept < max(map(len, texts))])
