"""`release`: withhold what is small, refuse what gives it away, write the rest down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import Clock, timestamp
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release.figure import DERIVED, Cell, Figure, Rests
from grondslag.release.inference import Disclosure, Way, by_population, disclosure
from grondslag.release.ledger import Ledger
from grondslag.release.profile import Profile
from grondslag.release.protecting import others_to_withhold
from grondslag.release.region import cell_region
from grondslag.release.released import ReleasedCell, ReleasedFigure, made_by_the_gate


@dataclass(frozen=True, slots=True)
class FourEyes:
    """Who made the numbers and who lets them out.

    Args:
        analysed_by: Key fingerprint or subject of the analyst.
        approved_by: The same of who lets them out.
        fast_lane: Whether the owner's standing consent is the approval: no data about people.
    """

    analysed_by: str
    approved_by: str
    fast_lane: bool = False

    def check(self) -> None:
        """Refuse one pair of eyes.

        Raises:
            DisclosureRefusedError: It is one person, or nobody.
        """
        one, other = self.analysed_by.strip(), self.approved_by.strip()
        if not self.fast_lane and (not one or not other or one.casefold() == other.casefold()):
            raise DisclosureRefusedError("release.one-pair-of-eyes")


def release(
    figures: Sequence[Figure],
    *,
    profile: Profile,
    ledger: Ledger,
    by: FourEyes,
    project: str,
    clock: Clock,
) -> tuple[ReleasedFigure, ...]:
    """Let tables out, or refuse them.

    Withholds every cell below the minimum group, with its derived numbers; a zero too, unless the
    figure says that zeros do not disclose. When something withheld follows from what is left
    (within a table, between the tables, or beside any earlier release of the same dataset and
    population), other cells are withheld too, as few and small as possible. Refuses, and writes
    nothing, when too little would be left of a table.

    Args:
        figures: All tables of one report; together, since together they are read.
        profile: How small a group may be shown; a contract may ask for more.
        ledger: Of the installation.
        by: Who made them, who lets them out.
        project: Key of the project.
        clock: The time.

    Raises:
        DisclosureRefusedError: Something small would follow; the sentence says what to change.
        IntegrityError: The ledger is damaged.
        InputError: No tables, or two with one id.
    """
    by.check()
    if not figures:
        raise InputError("release.nothing-to-release")
    if len({figure.id for figure in figures}) != len(figures):
        raise InputError("release.figure-twice")
    shown = tuple(_withheld(figure, profile.minimum) for figure in figures)
    with ledger.locked():
        before = {
            name: [
                (entry.release, table)
                for entry in ledger.entries(*name)
                for table in entry.figures
                if table.noise is None  # a count with noise subtracts from nothing
            ]
            for name in by_population(shown)
        }
        refused = _refused(shown, before)
        if refused:
            shown = _protected(figures, shown, before)
            if not shown or _follows(shown, before):
                raise refused
        ledger.append(
            by_population(shown),
            release=release_id(shown, project),
            project=project,
            at=timestamp(clock),
        )
    return shown


def would_disclose(figures: Sequence[Figure], *, minimum: int) -> str | None:
    """The id of the table that these tables together would have refused; None when they are safe.

    For an analysis that looks for the finest table that may be shown. Earlier releases are not
    looked at: only `release` does.
    """
    shown = [_withheld(figure, minimum) for figure in figures]
    for figure in shown:
        if _total_beside_withheld(figure):
            return figure.id
    for mine in by_population(shown).values():
        found = disclosure(mine)
        if found:
            return found.figure
    return None


def release_id(figures: Sequence[ReleasedFigure], project: str) -> str:
    """The id of a release: its content decides it."""
    hashes = [figure.sha256 for figure in figures]
    return sha256_hex(canonical_bytes([project, hashes]))[:16]


_Before = Mapping[tuple[str, str], Sequence[tuple[str, ReleasedFigure]]]


def _refused(shown: Sequence[ReleasedFigure], before: _Before) -> DisclosureRefusedError | None:
    """Why tables may not be shown as they are."""
    for figure in shown:
        if _total_beside_withheld(figure):
            return DisclosureRefusedError(
                "release.total-beside-withheld", figure=figure.id, minimum=figure.minimum
            )
    found = _follows(shown, before)
    return _refusal(found) if found else None


def _follows(shown: Sequence[ReleasedFigure], before: _Before) -> Disclosure | None:
    for name, mine in by_population(shown).items():
        found = disclosure(mine, before[name])
        if found:
            return found
    return None


def _protected(
    figures: Sequence[Figure], shown: Sequence[ReleasedFigure], before: _Before
) -> tuple[ReleasedFigure, ...]:
    """The tables with other cells withheld too; none when too little would be left."""
    others: dict[str, frozenset[tuple[str, ...]]] = {}
    for name in by_population(shown):
        mine = [
            (figure, table)
            for figure, table in zip(figures, shown, strict=True)
            if (table.dataset, table.population) == name
        ]
        found = others_to_withhold(mine, [table for _, table in before[name]])
        if found is None:
            return ()
        others |= found
    return tuple(
        _withheld(figure, table.minimum, others[figure.id])
        for figure, table in zip(figures, shown, strict=True)
    )


def _withheld(
    figure: Figure, minimum: int, others: frozenset[tuple[str, ...]] = frozenset()
) -> ReleasedFigure:
    """The table as it would be shown."""
    smallest = max(minimum, figure.minimum)
    cells = tuple(
        ReleasedCell(cell.keys, None, {}, cell.exposure)
        if cell.keys in others
        else _shown(cell, smallest, figure)
        for cell in figure.cells
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
        minimum=smallest,
        covers=figure.covers,
        implied_total=_implied_total(figure, cells),
        zeros_disclose=figure.zeros_disclose,
        group="contributors" if contributors else "count",
        area_parents=_needed_parents(figure),
        fields=figure.fields,
        others_withheld=bool(others),
    )


def _shown(cell: Cell, minimum: int, figure: Figure) -> ReleasedCell:
    group = cell.group
    harmless = cell.count == 0 and not figure.zeros_disclose
    visible = group is not None and cell.count is not None and (group >= minimum or harmless)
    return ReleasedCell(
        keys=cell.keys,
        count=cell.count if visible else None,
        derived=dict(cell.derived) if visible else {},
        exposure=cell.exposure,
    )


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


def _total_beside_withheld(figure: ReleasedFigure) -> bool:
    """Whether the table itself shows a total over a cell that is withheld."""
    regions = [
        (cell, cell_region(figure.scope, figure.dimensions, cell.keys, figure.area_parents))
        for cell in figure.cells
    ]
    hidden = [region for cell, region in regions if cell.withheld]
    totals = [region for cell, region in regions if "*" in cell.keys and not cell.withheld]
    return any(total.holds(region) for total in totals for region in hidden)


_ALONE = {
    Way.DIFFERENCE: "release.small-difference",
    Way.REST: "release.small-rest",
    Way.RANGE: "release.follows",
    Way.BEFORE: "release.small-difference",
}
_TOGETHER = {
    Way.DIFFERENCE: "release.small-difference-earlier",
    Way.REST: "release.small-rest-earlier",
    Way.RANGE: "release.follows-earlier",
    Way.BEFORE: "release.withheld-before",
}


def _refusal(found: Disclosure) -> DisclosureRefusedError:
    if found.release:
        code = _TOGETHER[found.way]
        return DisclosureRefusedError(code, figure=found.figure, earlier=found.release)
    return DisclosureRefusedError(_ALONE[found.way], figure=found.figure)
