"""The whole attack: everything that is published against every count that is withheld."""

from collections.abc import Iterable, Iterator, Mapping

from attacker.inverting import inverted_cells, inverted_totals
from attacker.learned import Road, learned_sums, searched
from attacker.reading import Report
from attacker.regions import sums_of
from attacker.solving import ContradictionError, Limits, Within, all_limits
from attacker.supposing import supposed


def attack(report: Report, roads: Mapping[str, Road] | None = None) -> list[Limits]:
    """The limits of every withheld count, from all that is published.

    Args:
        report: As it was read.
        roads: Public facts of areas, for what was learned of all of them.
    """
    sums = list(sums_of(report.tables))
    sure = list(inverted(report, roads or {}))
    found = {one.region: one for one in all_limits(report.tables, sums, sure)}
    for guess in supposed(report):
        try:
            narrowed = all_limits(report.tables, sums, [*sure, guess], only=guess.weights)
        except ContradictionError:
            continue  # the number is something else
        for one in narrowed:
            before = found[one.region]
            if one.high - one.low < before.high - before.low:
                found[one.region] = one
    return list(found.values())


def inverted(report: Report, roads: Mapping[str, Road]) -> Iterator[Within]:
    """What intervals, ratios, expected numbers and learned estimates give back."""
    for table in report.tables:
        yield from inverted_cells(table)
        yield from inverted_totals(table)
        if table.id.endswith("-alike"):
            yield from learned_sums(table, roads)
            yield from searched(table, roads)


def pinned(limits: Iterable[Limits]) -> list[Limits]:
    """Those of which too few values are left."""
    return [one for one in limits if one.is_pinned]
