"""A contract held against its data, under the owner's check mandate.

    report    what was found: counts, names of columns, numbers of lines
    gauges    measuring a column while its batches pass
    proposing hierarchies of columns: proposed, and those in the contract held against the data
    checking  the check itself, and what others than the owner may see of it

May import sources and everything below it. Nothing here gives back a value.
"""

from grondslag.quality.checking import check_contract
from grondslag.quality.proposing import FoundHierarchy, HierarchyState, find_hierarchies
from grondslag.quality.report import Count, Fault, FaultKind, QualityReport

__all__ = [
    "Count",
    "Fault",
    "FaultKind",
    "FoundHierarchy",
    "HierarchyState",
    "QualityReport",
    "check_contract",
    "find_hierarchies",
]
