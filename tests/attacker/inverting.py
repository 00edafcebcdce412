"""Back from what is published to the count behind it, by methods that everybody can read."""

from collections.abc import Iterator, Mapping

from attacker.reading import Range, Seen, Table
from attacker.regions import region_of
from attacker.solving import Within
from grondslag.methods import compare_rates, exact_interval, rate_interval

_SLACK = 1e-9
_PER = {"residents": 1000.0, "traffic": 1_000_000.0}


def counts_behind(cell: Seen, *, most: int, per: float | None = None) -> list[int]:
    """The counts that agree with every number that is published beside a cell.

    Args:
        cell: As published.
        most: As far as to look.
        per: The unit of a rate, when it is known.
    """
    return [count for count in range(most + 1) if _agrees(cell, count, per)]


def _agrees(cell: Seen, count: int, per: float | None) -> bool:
    numbers = cell.numbers
    exact = exact_interval(count)
    found: dict[str, float] = {"low": exact.low, "high": exact.high}
    if cell.exposure and per is not None:
        rate = rate_interval(count, cell.exposure, per=per)
        found |= {"rate_low": rate.low, "rate_high": rate.high}
        found["rate"] = count / cell.exposure * per
    if not all(_fits(found[name], numbers[name]) for name in found if name in numbers):
        return False
    if "ratio" in numbers and "expected" in numbers:
        (least, most), (low, high) = numbers["expected"], numbers["ratio"]
        return least * low - _SLACK <= count <= most * high + _SLACK
    return True


def _fits(value: float, span: Range) -> bool:
    return span[0] - _SLACK <= value <= span[1] + _SLACK


def inverted_cells(table: Table) -> Iterator[Within]:
    """What the numbers beside withheld counts say of them; there should be none."""
    per = _PER.get(table.id.rpartition("-")[2])
    for cell in table.hidden:
        if not cell.numbers:
            continue
        counts = counts_behind(cell, most=10 * table.minimum, per=per)
        if counts:
            weights = {region_of(table, cell.keys): 1.0}
            because = f"numbers beside {cell.keys} in {table.id}"
            yield Within(weights, min(counts), max(counts), because)


def inverted_totals(table: Table) -> Iterator[Within]:
    """The total behind the expected numbers and ratios of areas against the rest.

    Each expected number is ``(total - count) * exposure / (all exposure - exposure)``. So every
    shown area gives the total back, within what rounding leaves; limits and certainty narrow it
    further, at any spread between areas that agrees with them.
    """
    shown = [cell for cell in table.cells if cell.count is not None and "expected" in cell.numbers]
    if table.id.rpartition("-")[2] not in _PER:
        return
    if not table.hidden or not shown or any(cell.exposure is None for cell in table.cells):
        return
    size = sum(cell.exposure or 0.0 for cell in table.cells)
    visible = sum(cell.count or 0 for cell in table.cells)
    least, most = visible, visible + sum(cell.own for cell in table.hidden) * (table.minimum - 1)
    most += 10_000 * sum(not cell.own for cell in table.hidden)
    for cell in shown:
        low, high = _total_behind(cell, size)
        least, most = max(least, low), min(most, high)
    totals = [
        total
        for total in range(int(least), int(most) + 1)
        if _all_agree(shown, total, size)
    ]  # fmt: skip
    if totals:
        weights = {region_of(table, cell.keys): 1.0 for cell in table.cells}
        yield Within(weights, totals[0], totals[-1], f"ratios of {table.id}")


def _total_behind(cell: Seen, size: float) -> tuple[float, float]:
    """Between which limits the total lies that gives this expected number and ratio."""
    share = (size - cell.exposure) / cell.exposure
    low, high = cell.numbers["expected"]
    if "ratio" in cell.numbers:
        least, most = cell.numbers["ratio"]
        low = max(low, cell.count / most) if most > 0 else low
        high = min(high, cell.count / least) if least > 0 else high
    return cell.count + low * share - _SLACK - 1, cell.count + high * share + _SLACK + 1


def _all_agree(shown: list[Seen], total: int, size: float) -> bool:
    """Whether some spread between areas gives all published limits with this total."""
    spreads = [1.0 + step / 10 for step in range(200)]
    for cell in shown:
        spreads = [one for one in spreads if _with_spread(cell, total, size, one)]
        if not spreads:
            return False
    return True


def _with_spread(cell: Seen, total: int, size: float, spread: float) -> bool:
    found = compare_rates(
        count=cell.count,
        exposure=cell.exposure,
        other_count=total - cell.count,
        other_exposure=size - cell.exposure,
        dispersion=spread,
    )
    numbers: Mapping[str, float] = {
        "expected": found.expected,
        "ratio": found.ratio,
        "ratio_low": found.interval.low,
        "ratio_high": found.interval.high,
        "certainty": found.certainty_higher,
    }
    return all(
        _fits(value, cell.numbers[name]) for name, value in numbers.items() if name in cell.numbers
    )
