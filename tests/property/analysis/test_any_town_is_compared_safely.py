"""Whatever a town looks like: what is compared may be let out, and tells nothing small."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from grondslag.analysis import say, told
from grondslag.analysis.neighbourhoods import neighbourhoods
from made_delivery import OPEN, let_out
from made_neighbourhoods import BUURTEN, made_neighbourhoods

COUNTS = st.one_of(st.integers(0, 14), st.integers(10, 400))


@st.composite
def towns(draw):
    """Sizes and counts per neighbourhood; the owner leaves small counts out, or does not."""
    sizes = {
        code: draw(
            st.one_of(
                st.tuples(st.integers(0, 40), st.integers(0, 40)),
                st.tuples(st.integers(100, 900), st.integers(100, 900)),
                st.just((None, None)),
            )
        )
        for code in BUURTEN
    }
    counts = {code: draw(COUNTS) for code in BUURTEN}
    total = sum(counts.values())
    alone = draw(st.integers(0, total))
    leaves_out = draw(st.booleans())
    shown = {code: n if n >= 10 or not leaves_out else None for code, n in counts.items()}
    focus = draw(st.lists(st.sampled_from(BUURTEN), max_size=2, unique=True))
    impute = draw(st.sampled_from(["state", "impute"]))
    return counts, shown, sizes, (alone, total - alone), focus, impute


@settings(max_examples=15, deadline=None)
@given(town=towns(), groups=st.booleans())
def test_a_comparison_is_let_out_and_shows_no_small_count(town, groups):
    counts, shown, sizes, kinds, focus, impute = town
    with tempfile.TemporaryDirectory() as folder:
        delivery = made_neighbourhoods(
            Path(folder), shown, sizes, per_kind=kinds, focus=focus, groups=groups, missing=impute
        )

        result = neighbourhoods(delivery, profile=OPEN)

        if result.figures:
            released = let_out(Path(folder), result.figures)
            said = told(result.facts, released)
            assert all(say(one) for one in (said.headline, *said.answer, *said.quality))
            for figure in released:
                for cell in figure.cells:
                    code = cell.keys[0] if cell.keys else ""
                    small = code in counts and counts[code] < 10
                    assert not (small and (cell.count or cell.derived))
                    assert cell.count is None or cell.count == 0 or cell.count >= 10
