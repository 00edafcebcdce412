"""A table as it would be shown: without what is unsafe, and without what protects that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grondslag.errors import DisclosureRefusedError
from grondslag.release.figure import DERIVED, Cell, Figure, Rests
from grondslag.release.judging import Verdict, groups_given_back, verdicts
from grondslag.release.profile import Profile
from grondslag.release.region import Region, cell_region
from grondslag.release.released import ReleasedCell, ReleasedFigure, made_by_the_gate

Keys = tuple[str, ...]
_LEFT = 2
"""So many cells of a table that is no total must stay visible for it to say something."""
_ROUNDED_KEEPS = frozenset({"percentage", "average"})
"""Derived numbers that do not give back an exact count beside a rounded one."""


@dataclass(frozen=True, slots=True)
class Others:
    """Cells of a table that are withheld to protect others.

    Args:
        counts: Keys of cells without a count, and so without anything.
        amounts: Keys of cells without an amount.
    """

    counts: frozenset[Keys] = frozenset()
    amounts: frozenset[Keys] = frozenset()

    def with_one(self, keys: Keys, *, amount: bool) -> "Others":
        """These and one more."""
        if amount:
            return Others(self.counts, self.amounts | {keys})
        return Others(self.counts | {keys}, self.amounts)


def withheld(figure: Figure, profile: Profile, others: Others | None = None) -> ReleasedFigure:
    """A table as it would be shown under a profile.

    Args:
        figure: The table.
        profile: What may be shown; a contract may ask for a larger group.
        others: Cells that protect others.

    Raises:
        DisclosureRefusedError: A derived number rests on a count that nobody knows.
        InputError: A derived number does not follow from its count.
    """
    besides = others or Others()
    rules = profile.rules(figure.minimum)
    judged = verdicts(figure, rules)
    visible = [
        cell.keys
        for cell, verdict in zip(figure.cells, judged, strict=True)
        if verdict.count is None and cell.keys not in besides.counts
    ]
    given_back = groups_given_back(figure, visible)
    cells = tuple(
        _shown(
            cell,
            verdict,
            besides,
            rounding=profile.rounding,
            fewest=rules.minimum if figure.within_exposure else 0,
        )
        for cell, verdict in zip(figure.cells, judged, strict=True)
    )
    contributors = any(cell.contributors is not None for cell in figure.cells)
    return made_by_the_gate(
        id=figure.id,
        title_code=figure.title_code,
        dataset=figure.dataset,
        population=figure.population,
        scope=figure.scope,
        dimensions=figure.dimensions,
        cells=cells,
        unit=figure.unit,
        minimum=rules.minimum,
        covers=figure.covers,
        implied_total=_implied_total(figure, cells),
        zeros_disclose=figure.zeros_disclose,
        group="contributors" if contributors else "count",
        area_parents=_needed_parents(figure),
        fields=figure.fields,
        others_withheld=any(cell.for_others for cell in cells),
        measured=figure.measured,
        rounding=profile.rounding,
        tells_all=bool(figure.told) or figure.within_exposure,
        given_back=tuple(sorted(given_back.items())),
    )


def says_something(table: ReleasedFigure) -> bool:
    """Whether enough of a table is left when cells are withheld to protect others."""
    if not any(cell.for_others or cell.amount_for_others for cell in table.cells):
        return True
    finest = [cell for cell in table.cells if "*" not in cell.keys and not cell.withheld]
    if table.measured:
        finest = [cell for cell in finest if cell.amount is not None or "average" in cell.derived]
    return len(finest) >= _LEFT


def shows_total_of_withheld(figure: ReleasedFigure) -> bool:
    """Whether a table itself shows a total over a cell that is withheld."""
    regions = [(cell, region_of(figure, cell.keys)) for cell in figure.cells]
    hidden = [region for cell, region in regions if cell.withheld]
    totals = [region for cell, region in regions if "*" in cell.keys and not cell.withheld]
    return any(total.holds(region) for total in totals for region in hidden)


def region_of(table: Figure | ReleasedFigure, keys: Keys) -> Region:
    """Which rows a cell of a table is about."""
    return cell_region(table.scope, table.dimensions, keys, table.area_parents)


def persons_behind(figures: Sequence[Figure]) -> dict[Region, int]:
    """Distinct persons per group, of tables that know them apart from their rows."""
    return {
        region_of(figure, cell.keys): cell.contributors
        for figure in figures
        for cell in figure.cells
        if cell.contributors is not None
    }


def _shown(
    cell: Cell, verdict: Verdict, others: Others, *, rounding: int, fewest: int
) -> ReleasedCell:
    for_others = verdict.count is None and cell.keys in others.counts
    if verdict.count is not None or for_others:
        return ReleasedCell(cell.keys, None, {}, cell.exposure, for_others=for_others)
    amount_for_others = (
        cell.amount is not None and verdict.amount is None and cell.keys in others.amounts
    )
    has_amount = verdict.amount is None and not amount_for_others
    derived = dict(_derived(cell, has_amount=has_amount, rounding=rounding))
    if cell.exposure is not None and cell.exposure < fewest:
        derived.pop("percentage", None)  # also of a zero: a share of so few tells of each of them
    # An average and an amount together give back the exact count.
    instead = rounding > 1 and "average" in derived
    return ReleasedCell(
        keys=cell.keys,
        count=_rounded(cell.count, rounding),
        derived=derived,
        exposure=cell.exposure,
        amount=cell.amount if has_amount and not instead else None,
        amount_for_others=amount_for_others,
    )


def _derived(cell: Cell, *, has_amount: bool, rounding: int) -> Iterator[tuple[str, float]]:
    for name, value in cell.derived.items():
        if DERIVED[name] is Rests.AMOUNT and not has_amount:
            continue
        if rounding > 1 and name not in _ROUNDED_KEEPS:
            continue
        yield name, float(round(value)) if rounding > 1 and name == "percentage" else value


def _rounded(count: int | None, base: int) -> int | None:
    return None if count is None else (count + base // 2) // base * base


def _implied_total(figure: Figure, cells: Sequence[ReleasedCell]) -> int | None:
    """The total that a visible derived number gives back, such as a ratio to the rest."""
    names = {name for cell in cells for name in cell.derived}
    if not any(DERIVED[name] is Rests.TOTAL for name in names):
        return None
    if figure.grand_total is None:
        raise DisclosureRefusedError("release.total-unknown", figure=figure.id)
    return figure.grand_total


def _needed_parents(figure: Figure) -> Mapping[str, str]:
    """Of the tree of areas only the branches of this table."""
    codes = [figure.scope.area]
    if "area" in figure.dimensions:
        at = figure.dimensions.index("area")
        codes += [cell.keys[at] for cell in figure.cells]
    needed: dict[str, str] = {}
    for start in codes:
        code = start
        while code in figure.area_parents and code not in needed:
            needed[code] = figure.area_parents[code]
            code = needed[code]
    return needed
