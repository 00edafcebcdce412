"""What can be concluded from a complete table whose numbers are off: true ones lie around them.

Who sees a rounded or adjusted table knows how far a number can be off, that the true ones add up,
and that none is below zero. Nobody knows which cells moved, so all are open.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grondslag.anonymise.tables.audit import AuditReport, Shown, audit
from grondslag.anonymise.tables.cells import Cells
from grondslag.anonymise.tables.demands import Knowledge, cell_demands
from grondslag.anonymise.tables.primary import Sensitivity
from grondslag.anonymise.tables.trees import Floats


def attacked_around(
    cells: Cells,
    found: Sensitivity,
    value: Floats,
    reach: float,
    tables: Sequence[Floats] = (),
) -> AuditReport:
    """See how far each unsafe cell stays open below and above its true value.

    Args:
        cells: The true tables.
        found: Which cells are unsafe, and how far they must stay open.
        value: What is shown.
        reach: No true value lies further from what is shown, and everybody knows it.
        tables: Tables that may be possible too, as distances from the true one.
    """
    known = Knowledge(np.maximum(value - reach, 0.0), value + reach)
    hidden = np.ones(cells.size, dtype=bool)
    every = Shown(cells.value, hidden, cells.frame.sums, counts=cells.whole_numbers)
    demands = cell_demands(found)
    if cells.counts:
        # So many counts must stay possible; on which side of the true one is all the same.
        under = (cells.value - known.low)[found.unsafe]
        over = (known.high - cells.value)[found.unsafe]
        width = demands.below + demands.above
        below = np.minimum(np.maximum(demands.below, width - over), under)
        demands = replace(demands, below=below, above=width - below)
    return audit(every, demands, known, tables=tables)
