"""What follows directly from known groups of pieces: where one piece is all that is left."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from grondslag.anonymise.tables.trees import Bools, Floats, Ints

NEAR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Groups of pieces, and what is known of each.

    Args:
        matrix: Per group (a row) 1 for each of its pieces.
        low: Least a group can be.
        high: Most; infinite when nobody knows.
        fresh: Whether something new is said about the group.
        whole: Whether these are counts.
    """

    matrix: csr_matrix
    low: Floats
    high: Floats
    fresh: Bools
    whole: bool = True

    def earlier(self) -> "Sums":
        """The same pieces, without what is new."""
        low, high = self.low.copy(), self.high.copy()
        low[self.fresh], high[self.fresh] = 0.0, np.inf
        return replace(self, low=low, high=high, fresh=np.zeros(len(low), dtype=bool))


@dataclass(slots=True, eq=False)
class State:
    """What follows directly.

    Args:
        known: Value per piece; NaN where it is open.
        new: Per piece whether its value rests on something new.
        low: Per group what is left for its open pieces, at least.
        high: At most.
        open: Per group how many pieces are open.
        usable: Per group whether it does not contradict the others.
        rests_on_new: Per group whether it, or a piece in it, is new.
    """

    known: Floats
    new: Bools
    low: Floats
    high: Floats
    open: Ints
    usable: Bools
    rests_on_new: Bools


def filled_in(sums: Sums) -> State:
    """Fill in piece after piece until no group tells another.

    A group that would leave less than nothing contradicts the others and tells nothing.
    """
    size = sums.matrix.shape[1]
    state = State(
        known=np.full(size, np.nan),
        new=np.zeros(size, dtype=bool),
        low=sums.low,
        high=sums.high,
        open=np.zeros(len(sums.low), dtype=np.int64),
        usable=np.ones(len(sums.low), dtype=bool),
        rests_on_new=sums.fresh,
    )
    while True:
        _subtract(sums, state)
        exact = state.usable & (state.high - state.low < NEAR) & (state.open > 0)
        told = np.flatnonzero(exact & ((state.open == 1) | (state.high < NEAR)))
        if not told.size:
            return state
        _fill_in(sums, state, told)


def _subtract(sums: Sums, state: State) -> None:
    open_pieces = np.isnan(state.known)
    filled = sums.matrix @ np.where(open_pieces, 0.0, state.known)
    state.low, state.high = sums.low - filled, sums.high - filled
    state.open = np.asarray(sums.matrix @ open_pieces.astype(np.int64), dtype=np.int64)
    impossible = (state.high < -NEAR) | ((state.open == 0) & (state.low > NEAR))
    state.usable &= ~impossible
    state.rests_on_new = sums.fresh | (sums.matrix @ state.new.astype(np.int64) > 0)


def _fill_in(sums: Sums, state: State, told: Ints) -> None:
    """Fill in the pieces that these groups tell, from older ones where they tell it too."""
    told = told[np.argsort(state.rests_on_new[told], kind="stable")]
    chosen = sums.matrix[told]
    row = np.repeat(np.arange(len(told)), np.diff(chosen.indptr))
    piece = chosen.indices
    fresh = np.isnan(state.known[piece])
    pieces, first = np.unique(piece[fresh], return_index=True)
    group = told[row[fresh][first]]
    state.known[pieces] = np.where(state.high[group] < NEAR, 0.0, state.high[group])
    state.new[pieces] = state.rests_on_new[group]
