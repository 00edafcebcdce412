"""Tables of counts and amounts, made safe to show; useful without the rest.

    trees        the codes of a dimension
    cells        cells of tables that are read together, and the sums between them
    tabulating   from rows to cells
    primary      which cells are unsafe by themselves, and how far they must stay hidden
    demands      what must stay hidden: cells, groups that a whole gives away; what is known
    solving      linear and integer programmes; the only module that knows the solver
    audit        what an attacker can conclude from everything that is shown
    cutting      what a choice of cells leaves open, as conditions that every good choice meets
    master       the cheapest cells that meet every condition found so far
    nearby       a choice made cheaper around one place at a time
    optimal      the least that must be withheld: proven, or soon and near to it
    growing      a choice where very many cells need others
    suppression  `protect`: choose, then prove
    around       what can be concluded from complete tables whose numbers are off
    rounding     `round_to`: multiples of a base that still add up
    merging      cells that must be equal, taken as one
    adjusting    `adjust`: unsafe cells move away from their value, sums still hold
    cell_keys    counts that are off by a little, always by the same

Knows no law, no figure, no release. No result or error holds a contributor or an amount.
"""

from grondslag.anonymise.tables.adjusting import Adjustment, adjust
from grondslag.anonymise.tables.audit import AuditReport, Shown, audit
from grondslag.anonymise.tables.cell_keys import (
    Perturbation,
    PerturbationTable,
    cell_keys,
    perturbation_table,
    record_keys,
)
from grondslag.anonymise.tables.cells import Cells, Frame, frame_of
from grondslag.anonymise.tables.demands import (
    Demands,
    Knowledge,
    cell_demands,
    group_demands,
    knowledge_of,
)
from grondslag.anonymise.tables.primary import Reason, Rules, Sensitivity, sensitivity
from grondslag.anonymise.tables.rounding import Rounding, round_to
from grondslag.anonymise.tables.suppression import (
    Choice,
    Method,
    Suppression,
    Wishes,
    protect,
    protect_found,
)
from grondslag.anonymise.tables.tabulating import Measure, tabulate
from grondslag.anonymise.tables.trees import ALL, Dimension, flat

__all__ = [
    "ALL",
    "Adjustment",
    "AuditReport",
    "Cells",
    "Choice",
    "Demands",
    "Dimension",
    "Frame",
    "Knowledge",
    "Measure",
    "Method",
    "Perturbation",
    "PerturbationTable",
    "Reason",
    "Rounding",
    "Rules",
    "Sensitivity",
    "Shown",
    "Suppression",
    "Wishes",
    "adjust",
    "audit",
    "cell_demands",
    "cell_keys",
    "flat",
    "frame_of",
    "group_demands",
    "knowledge_of",
    "perturbation_table",
    "protect",
    "protect_found",
    "record_keys",
    "round_to",
    "sensitivity",
    "tabulate",
]
