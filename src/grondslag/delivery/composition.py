"""Anonymous records laid beside all that left of the same people before, also in other projects.

Two anonymous tables can identify together: by bands that cross each other, or by a group that is in
one and not in the other. So a later table takes levels that are in every column coarser, or in
every column finer, and wherever their groups can be laid together these hold as many rows, or
differ by a whole group. Averages follow from the data: beside each other they must be the same.
What left is noted in the installation, and never taken out: who read it, still knows it.

Source:
    Ganta, Kasiviswanathan and Smith (2008), composition attacks, doi:10.1145/1401890.1401926.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grondslag.anonymise import Hierarchy
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Contract, known_hierarchy
from grondslag.delivery.manifest import plain_parameters
from grondslag.delivery.model import ColumnPlan, Cut, Protection, TablePlan
from grondslag.errors import DisclosureRefusedError

Labels = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class NotedColumn:
    """At which level a column left, out of how many, and by what they were made.

    Args:
        level: From 0.
        height: How many levels there are.
        made_by: A hash of all that the levels follow from, but for the data.
        averages: Whether they hold averages, which follow from the data.
    """

    level: int
    height: int
    made_by: str
    averages: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A table of anonymous records that is about to leave.

    Args:
        hierarchies: The levels of each column that others may know.
        node: At which of them it leaves.
        groups: Rows per group: per column its label at that level and at every coarser one.
        most_rows: The most rows of one person.
        local: Whether each group has levels of its own: then nothing can be laid beside it.
    """

    hierarchies: Sequence[Hierarchy] = field(repr=False)
    node: Mapping[str, int]
    groups: Mapping[Labels, int] = field(repr=False)
    most_rows: int
    local: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A table of anonymous records that left.

    Args:
        project: Of which project.
        delivery: In which delivery.
        dataset: The dataset its rows come from.
        joined: Datasets whose columns were added.
        cuts: By which period and area its rows were chosen.
        minimum: The smallest group it might have.
        most_rows: The most rows of one person.
        columns: Per column that others may know how it left.
        groups: Rows per group: per column its labels from that level up.
        local: Whether each group had levels of its own; then it has no groups here.
    """

    project: str
    delivery: str
    dataset: str
    joined: tuple[str, ...]
    cuts: tuple[Mapping[str, Any], ...]
    minimum: int
    most_rows: int
    columns: Mapping[str, NotedColumn]
    groups: Mapping[Labels, int] = field(repr=False)
    local: bool = False

    def node(self, names: Sequence[str]) -> dict[str, int]:
        """The levels of these columns."""
        return {name: self.columns[name].level for name in names if name in self.columns}


def note_of(
    left: Left, table: TablePlan, contracts: Mapping[str, Contract], *, project: str, delivery: str
) -> Noted:
    """What must be remembered of a table that is about to leave.

    Args:
        left: What leaves.
        table: How its rows were read.
        contracts: Of its datasets.
        project: Of which project.
        delivery: In which delivery.
    """
    made_by = _made_by(table, contracts)
    return Noted(
        project=project,
        delivery=delivery,
        dataset=table.name,
        joined=tuple(scan.dataset for scan in table.joined),
        cuts=_cuts(table),
        minimum=table.minimum,
        most_rows=left.most_rows,
        columns={
            one.column: NotedColumn(
                left.node[one.column],
                one.height,
                made_by[one.column],
                averages=one.finest.kind == "averaged",
            )
            for one in left.hierarchies
        },
        groups=left.groups,
        local=left.local,
    )


def of_the_same(
    table: TablePlan, contracts: Mapping[str, Contract], ledger: Sequence[Noted]
) -> list[Noted]:
    """What left before about the same rows.

    Raises:
        DisclosureRefusedError: Something left about rows of which some are the same, or with
            levels that were made in another way: that cannot be laid beside this table.
    """
    datasets = {scan.dataset for scan in table.scans}
    made_by = _made_by(table, contracts)
    found = []
    for noted in ledger:
        if not datasets & {noted.dataset, *noted.joined}:
            continue
        if noted.dataset == table.name and _are_apart(noted.cuts, _cuts(table)):
            continue
        if noted.dataset != table.name or noted.cuts != _cuts(table):
            raise _refusal("delivery.anonymous-other-rows", table, noted)
        if noted.local:
            raise _refusal("delivery.anonymous-local-before", table, noted)
        for name, column in noted.columns.items():
            if made_by.get(name, column.made_by) != column.made_by:
                raise _refusal("delivery.anonymous-other-levels", table, noted, column=name)
        found.append(noted)
    return found


def check_beside(now: Noted, earlier: Sequence[Noted], table: TablePlan) -> None:
    """Refuse records that could show somebody beside what left before.

    Raises:
        DisclosureRefusedError: Levels cross, a group differs by fewer than the minimum, or averages
            are over other people.
    """
    for noted in earlier:
        names = sorted({*now.columns, *noted.columns})
        levels = [(_level(now, noted, name), _level(noted, now, name)) for name in names]
        finer = all(new <= old for new, old in levels)
        coarser = all(new >= old for new, old in levels)
        if not (finer or coarser):
            raise _refusal("delivery.anonymous-crosses", table, noted)
        least = max(now.minimum, noted.minimum) * max(now.most_rows, noted.most_rows)
        shared = [name for name in now.columns if name in noted.columns]
        at = {name: max(now.columns[name].level, noted.columns[name].level) for name in shared}
        new, old = _laid_together(now, at), _laid_together(noted, at)
        # Averages over other people lie across each other, and can be subtracted.
        if new != old and any(now.columns[name].averages for name in shared):
            raise _refusal("delivery.anonymous-other-averages", table, noted)
        if any(0 < abs(new[key] - old[key]) < least for key in new.keys() | old.keys()):
            raise _refusal("delivery.anonymous-difference", table, noted, minimum=noted.minimum)


def _laid_together(noted: Noted, at: Mapping[str, int]) -> Counter[tuple[str | None, ...]]:
    """Rows per group at levels that are coarser than those of the table."""
    rows: Counter[tuple[str | None, ...]] = Counter()
    order = list(noted.columns)
    picks = [(order.index(name), at[name] - noted.columns[name].level) for name in sorted(at)]
    for labels, count in noted.groups.items():
        rows[tuple(labels[place][up] for place, up in picks)] += count
    return rows


def _level(noted: Noted, other: Noted, name: str) -> int:
    """The level of a column; one that is not in the table tells nothing, as its coarsest does."""
    if name in noted.columns:
        return noted.columns[name].level
    return other.columns[name].height - 1


def _refusal(code: str, table: TablePlan, noted: Noted, **fields: object) -> DisclosureRefusedError:
    return DisclosureRefusedError(
        code, dataset=table.name, delivery=noted.delivery, project=noted.project, **fields
    )


def _cuts(table: TablePlan) -> tuple[Mapping[str, Any], ...]:
    """By which period and area the rows were chosen: what the plan asked, not what time took."""
    chosen = (Protection.PERIOD, Protection.AREA)
    return tuple(_cut(cut) for cut in table.scan.cuts if cut.protection in chosen)


def _cut(cut: Cut) -> dict[str, Any]:
    return plain_parameters(
        {
            "protection": str(cut.protection),
            "column": cut.column,
            "first": cut.first,
            "last": cut.last,
            "codes": sorted(cut.codes),
        }
    )


def _are_apart(some: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> bool:
    """Whether no row is in both: another period, or other areas, on the same column."""
    for one in some:
        for other in others:
            if (one["protection"], one["column"]) != (other["protection"], other["column"]):
                continue
            if one["protection"] == str(Protection.AREA):
                if not set(one["codes"]) & set(other["codes"]):
                    return True
            elif str(one["last"]) < str(other["first"]) or str(other["last"]) < str(one["first"]):
                return True
    return False


def _made_by(table: TablePlan, contracts: Mapping[str, Contract]) -> dict[str, str]:
    """Per column that others may know a hash of all that its levels follow from."""
    return {
        column.name: _hash(column, contracts[scan.dataset])
        for scan in table.scans
        for column in scan.columns
        if column.name in table.quasi
    }


def _hash(column: ColumnPlan, contract: Contract) -> str:
    areas = contract.privacy.areas
    said = known_hierarchy(contract.column(column.name), areas)
    parts = {
        "form": str(column.form),
        "edges": [repr(edge) for edge in column.edges],
        "said": repr(said),
        "rows": [] if said is None else [list(row) for row in said.rows],
        "areas": "" if areas is None else areas.sha256,
    }
    return sha256_hex(canonical_bytes(parts))
