"""Whatever was counted: what an analysis lets out gives no small group away."""

import tempfile
from itertools import product
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grondslag.analysis import area_comparison, say, statements
from made_delivery import DISTRICTS, OPEN, STREETS, crash_table, let_out, made_delivery

few = st.sampled_from([0, 1, 2, 4, 9, 10, 11, 15, 40])
per_street = st.fixed_dictionaries(dict.fromkeys(STREETS, few))
focus = st.lists(st.sampled_from([*STREETS, *DISTRICTS]), max_size=1)
MINIMUM = 10


def analysed(counts, asked, deaths):
    """Analysis and release of counts per street, a few of them deadly."""
    per = {street: [("UMS", count)] for street, count in counts.items()}
    per["S11"] = [*per["S11"], ("DOD", deaths)]
    table = crash_table(per)
    if not table.num_rows:
        table = table.cast(
            pa.schema([("straat", pa.string()), ("wijk", pa.string()), ("ernst", pa.string()),
                       ("jaar", pa.int64())])
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        result = area_comparison(made_delivery(folder, table, focus=asked), profile=OPEN)
        return result, let_out(folder, result.figures)


def members(figure, cell):
    """The (street, severity) cells that a released cell adds up; None when it is another kind."""
    severity = figure.scope.where.get("severity")
    chosen = [(s, k) for s in STREETS for k in ("UMS", "DOD") if severity in (None, k)]
    for name, key in zip(figure.dimensions, cell.keys, strict=True):
        if name == "area":
            chosen = [(s, k) for s, k in chosen if key in (s, f"W{s[1]}")]
        elif name == "severity":
            chosen = [(s, k) for s, k in chosen if k in key.split("+")]
        else:
            return None
    return frozenset(chosen)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(per_street, focus, st.sampled_from([0, 3, 12]))
def test_no_visible_count_and_no_difference_of_two_is_small(counts, asked, deaths):
    _, released = analysed(counts, asked, deaths)

    visible: dict[frozenset[tuple[str, str]], int] = {}
    for figure in released:
        for cell in figure.cells:
            group = members(figure, cell)
            if group is not None and cell.count is not None:
                visible[group] = cell.count
    assert all(count >= MINIMUM for count in visible.values())
    for one, other in product(visible, visible):
        if other < one:
            left = visible[one] - visible[other]
            assert left == 0 or left >= MINIMUM


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(per_street, focus)
def test_everything_can_be_said_whatever_was_counted(counts, asked):
    result, released = analysed(counts, asked, 0)

    what = statements(result.facts, released)

    spoken = [say(one) for one in (what.headline, *what.answer, *what.fineness, *what.city,
                                   *what.difference, *what.quality)]  # fmt: skip
    assert all(text and "{" not in text and "analysis." not in text for text in spoken)
