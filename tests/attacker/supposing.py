"""Numbers that stand on the page alone: what they could be the sum of.

Nobody says of which cells a number in a sentence is the sum. The attacker tries every table: all
its cells, or those of the area that is named beside it. What fits is taken to be so.
"""

from collections.abc import Iterator, Sequence

from attacker.reading import Report, Said, Table
from attacker.regions import ALL, Region, region_of
from attacker.solving import Within, first_limits


def supposed(report: Report) -> Iterator[Within]:
    """Every sum with withheld parts that a number of the page can be."""
    first = first_limits(report.tables)
    for said in report.said:
        for table in report.tables:
            parts = _parts(table, said)
            hidden = [one for one in parts if first[one][0] < first[one][1]]
            if not hidden:
                continue
            least = sum(first[one][0] for one in parts)
            most = sum(first[one][1] for one in parts)
            if least <= said.value <= most:
                because = f"{said.value} in: {said.words}"
                yield Within(dict.fromkeys(parts, 1.0), said.value, said.value, because)


def _parts(table: Table, said: Said) -> Sequence[Region]:
    """The cells of the named area, or all when none is named; totals are no parts."""
    at = table.dimensions.index("area") if "area" in table.dimensions else None
    if said.area and at is None:
        return ()
    return [
        region_of(table, cell.keys)
        for cell in table.cells
        if ALL not in cell.keys and (not said.area or cell.keys[at or 0] == said.area)
    ]
