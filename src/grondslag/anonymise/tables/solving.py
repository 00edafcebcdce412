"""Linear and integer programmes, solved by HiGHS; the only module that knows the solver.

One thread per programme: on a shared machine the solver's own threads wait for each other, and one
thread gives one answer.

Source:
    Huangfu and Hall (2018), Parallelizing the dual revised simplex method,
    doi:10.1007/s12532-017-0130-5.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix

from grondslag.anonymise.tables.trees import Bools, Floats, Ints
from grondslag.errors import SourceError

INFINITE = float("inf")
_STEP, _AGAIN, _AGAIN_WHOLE, _OWN = 3_000, 10, 100, 1_000
"""What a step of the simplex method takes, whatever the programme; what solving anew takes for each
of its factors, also in whole values; and how many factors more it seems to have. In whole values
steps grow with the programme too: much of the work is not counted in steps. Measured."""
_BETWEEN = 100
"""Steps between two moments at which a programme in whole values can be stopped, roughly."""


@dataclass(slots=True)
class Work:
    """How much is solved, in steps and not in seconds, so that an answer is the same everywhere.

    A thousand million takes some ten seconds of a processor.

    Args:
        enough: From here on nothing is made better that holds already.
        most: From here on whatever holds is taken.
        spent: So far.
    """

    enough: float = INFINITE
    most: float = INFINITE
    spent: float = 0.0

    def add(self, steps: int, factors: int, *, whole: bool) -> None:
        """A programme was solved, in so many steps of the simplex method.

        Args:
            steps: How many.
            factors: Of the programme.
            whole: Whether some variables take whole values.
        """
        if whole:
            self.spent += (steps + _AGAIN_WHOLE) * (factors + _OWN)
        else:
            self.spent += steps * _STEP + _AGAIN * (factors + _OWN)

    @property
    def is_enough(self) -> bool:
        """Whether nothing is made better any more."""
        return self.spent >= self.enough

    @property
    def is_over(self) -> bool:
        """Whether only an answer counts."""
        return self.spent >= self.most


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Least cost under linear conditions.

    Args:
        cost: Per variable.
        low: Least value per variable.
        high: Most.
        matrix: A row per condition.
        least: Least value per condition.
        most: Most.
        whole: Variables that take whole values; None when none do.
    """

    cost: Floats
    low: Floats
    high: Floats
    matrix: csc_matrix
    least: Floats
    most: Floats
    whole: Bools | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the solver found.

    Args:
        values: Of the variables.
        cost: Of the answer.
        bound: No answer costs less.
        proven: Whether none is better, within the solver's own tolerance.
        duals: Per condition its price; only of linear programmes.
        reduced: Per variable its price; only of linear programmes.
    """

    values: Floats
    cost: float
    bound: float
    proven: bool
    duals: Floats
    reduced: Floats


class Solver:
    """A programme that can be solved again after small changes, from where it stood."""

    def __init__(
        self, programme: Programme, work: Work | None = None, **options: float | str | bool
    ) -> None:
        import highspy

        self._work = work
        self._kinds = highspy
        self._highs = _quiet()
        self._highs.setOptionValue("threads", 1)
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
        self._size = len(programme.cost)
        self._whole = programme.whole is not None
        self._highs.passModel(_model(programme))

    def stop_after(self, work: float) -> None:
        """Be content with what is found after so much work; counted, so always at one place."""
        if work == INFINITE:
            return
        left = max(4, int(work / (_BETWEEN * (self._highs.getNumNz() + _OWN))))

        def look(event: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(look)

    def set_cost(self, at: int, cost: float) -> None:
        """Change what one variable costs."""
        self._highs.changeColCost(at, cost)

    def set_bounds(self, at: int, low: float, high: float) -> None:
        """Change between which values one variable lies."""
        self._highs.changeColBounds(at, low, high)

    def add_condition(self, least: float, most: float, places: Ints, factors: Floats) -> None:
        """Add a condition."""
        self._highs.addRow(least, most, len(places), places.astype(np.int32), factors)

    def start_at(self, values: Floats) -> None:
        """Give an answer that is known to hold."""
        solution = self._kinds.HighsSolution()
        solution.col_value = list(values)
        self._highs.setSolution(solution)

    def solve(self) -> Answer | None:
        """The best answer; None when there is none.

        Raises:
            SourceError: The solver gave up without any answer.
        """
        self._highs.run()
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        if self._work is not None:
            steps = max(info.simplex_iteration_count, 0)
            self._work.add(steps, self._highs.getNumNz(), whole=self._whole)
        status, kinds = self._highs.getModelStatus(), self._kinds.HighsModelStatus
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return None
        values = np.array(solution.col_value)
        if len(values) != self._size or not solution.value_valid:
            raise SourceError("tables.solver-gave-up")
        cost = float(info.objective_function_value)
        proven = status == kinds.kOptimal
        return Answer(
            values=values,
            cost=cost,
            bound=float(info.mip_dual_bound) if self._whole else cost,
            proven=proven,
            duals=np.array(solution.row_dual),
            reduced=np.array(solution.col_dual),
        )


def _quiet() -> Any:
    """A solver that never writes to the screen, its greeting neither."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> Any:  # noqa: N802 - the solver's own name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call] # theirs

    return Quiet()  # type: ignore[no-untyped-call] # theirs


def solved(
    programme: Programme, work: Work | None = None, **options: float | str | bool
) -> Answer | None:
    """Solve once."""
    return Solver(programme, work, **options).solve()


def _model(programme: Programme) -> Any:
    import highspy

    model = highspy.HighsLp()
    matrix = programme.matrix
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = (
        programme.cost,
        programme.low,
        programme.high,
    )
    model.row_lower_, model.row_upper_ = programme.least, programme.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    if programme.whole is not None:
        kinds = highspy.HighsVarType
        model.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in programme.whole
        ]
    return model
