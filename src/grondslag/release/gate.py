"""`release`: withhold what is small, refuse what gives it away, write the rest down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import Clock, timestamp
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release.figure import Figure
from grondslag.release.inference import Disclosure, Way, by_population, disclosure, disclosures
from grondslag.release.ledger import Ledger
from grondslag.release.models import judged_models
from grondslag.release.profile import Profile
from grondslag.release.protecting import Together, others_to_withhold
from grondslag.release.region import Region
from grondslag.release.released import ReleasedFigure, with_model
from grondslag.release.withholding import (
    Others,
    persons_behind,
    says_something,
    shows_total_of_withheld,
    withheld,
)

_ROUNDS = 25
"""So often more cells are withheld, after the cheapest choice, before a release is refused."""


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

    Withholds every cell that is unsafe by itself, with its derived numbers: too few people, nearly
    all of their group, a zero unless the figure says that zeros do not disclose; and every amount
    of which one or two people make up too much. When something withheld follows from what is left
    (within a table, between the tables, or beside any earlier release of the same dataset and
    population), other cells are withheld too, as few and small as possible. Refuses, and writes
    nothing, when too little would be left of a table.

    Args:
        figures: All tables of one report; together, since together they are read.
        profile: What may be shown; a contract may ask for a larger group.
        ledger: Of the installation.
        by: Who made them, who lets them out.
        project: Key of the project.
        clock: The time.

    Raises:
        DisclosureRefusedError: Something small would follow; the sentence says what to change.
        IntegrityError: The ledger is damaged.
        InputError: No tables, two with one id, or a number that does not follow from its count.
    """
    by.check()
    if not figures:
        raise InputError("release.nothing-to-release")
    if len({figure.id for figure in figures}) != len(figures):
        raise InputError("release.figure-twice")
    with ledger.locked():
        models = judged_models(figures, profile, ledger)
        shown = tuple(
            with_model(table, models[table.id]) if table.id in models else table
            for table in _safe(figures, profile, ledger)
        )
        put_down(shown, ledger=ledger, project=project, clock=clock)
    return shown


def would_disclose(
    figures: Sequence[Figure], *, minimum: int, profile: Profile | None = None
) -> str | None:
    """The id of the table that these tables together would have refused; None when they are safe.

    For an analysis that looks for the finest table that may be shown. Earlier releases are not
    looked at: only `release` does.

    Args:
        figures: All tables, together.
        minimum: Smallest group that may be shown.
        profile: The other rules; left out, the strict ones.
    """
    rules = profile or Profile("asked", minimum, date.min)
    shown = [withheld(figure, replace(rules, minimum=minimum)) for figure in figures]
    for figure in shown:
        if shows_total_of_withheld(figure):
            return figure.id
    persons = persons_behind(figures)
    for mine in by_population(shown).values():
        found = disclosure(mine, persons=persons)
        if found:
            return found.figure
    return None


def would_show(
    figures: Sequence[Figure], *, minimum: int, profile: Profile | None = None
) -> tuple[ReleasedFigure, ...] | None:
    """These tables as they would be shown, with what protects others withheld; None when refused.

    For an analysis that computes from what may be seen. Earlier releases are not looked at: only
    `release` does.

    Args:
        figures: All tables, together.
        minimum: Smallest group that may be shown.
        profile: The other rules; left out, the strict ones.
    """
    rules = replace(profile or Profile("asked", minimum, date.min), minimum=minimum)
    shown = tuple(withheld(figure, rules) for figure in figures)
    before: _Before = {name: [] for name in by_population(shown)}
    together = _Together(figures, rules, before, persons_behind(figures))
    refused = together.refused(shown)
    if refused is None:
        return shown
    try:
        return together.protected(shown, refused)
    except DisclosureRefusedError:
        return None


def put_down(
    figures: Sequence[ReleasedFigure], *, ledger: Ledger, project: str, clock: Clock
) -> None:
    """Write in the ledger what is let out; for this room only, under the ledger's lock.

    Args:
        figures: The tables of one release.
        ledger: Of the installation.
        project: Key of the project.
        clock: The time.

    Raises:
        IntegrityError: The ledger is damaged.
    """
    ledger.append(
        by_population(figures),
        release=release_id(figures, project),
        project=project,
        at=timestamp(clock),
    )


def release_id(figures: Sequence[ReleasedFigure], project: str) -> str:
    """The id of a release: its content decides it."""
    hashes = [figure.sha256 for figure in figures]
    return sha256_hex(canonical_bytes([project, hashes]))[:16]


_Place = tuple[str, tuple[str, ...]]
_Before = Mapping[tuple[str, str], Sequence[tuple[str, ReleasedFigure]]]


def _safe(
    figures: Sequence[Figure], profile: Profile, ledger: Ledger
) -> tuple[ReleasedFigure, ...]:
    """The tables as they may be shown, beside everything that was released before."""
    shown = tuple(withheld(figure, profile) for figure in figures)
    entries = {name: ledger.entries(*name) for name in by_population(shown)}
    for name, mine in by_population(shown).items():
        for entry in entries[name]:
            if any(table.changed for table in entry.figures):
                raise DisclosureRefusedError(
                    "release.beside-changed", figure=mine[0].id, earlier=entry.release
                )
    before = {
        name: [
            (entry.release, table)
            for entry in entries[name]
            for table in entry.figures
            if table.is_exact  # a count that is off subtracts from nothing
        ]
        for name in by_population(shown)
    }
    together = _Together(figures, profile, before, persons_behind(figures))
    refused = together.refused(shown)
    return together.protected(shown, refused) if refused else shown


@dataclass(frozen=True, slots=True)
class _Together:
    """Tables of one release, and what was released before."""

    figures: Sequence[Figure]
    profile: Profile
    before: _Before
    persons: Mapping[Region, int]

    def refused(self, shown: Sequence[ReleasedFigure]) -> DisclosureRefusedError | None:
        """Why tables may not be shown as they are, without a look at what must go besides."""
        for figure in shown:
            if shows_total_of_withheld(figure):
                return DisclosureRefusedError(
                    "release.total-beside-withheld", figure=figure.id, minimum=figure.minimum
                )
        for name, mine in by_population(shown).items():
            found = disclosure(mine, self.before[name], persons=self.persons)
            if found:
                return _refusal(found)
        for figure in shown:
            if figure.measured and figure.withheld_for_itself:
                # How far an amount must stay open its rule says: often more than `disclosure` asks.
                return DisclosureRefusedError("release.follows", figure=figure.id)
        return None

    def all_that_follows(self, shown: Sequence[ReleasedFigure]) -> list[Disclosure]:
        """Every small thing that follows."""
        return [
            found
            for name, mine in by_population(shown).items()
            for found in disclosures(mine, self.before[name], persons=self.persons)
        ]

    def protected(
        self, shown: Sequence[ReleasedFigure], refused: DisclosureRefusedError
    ) -> tuple[ReleasedFigure, ...]:
        """The tables with other cells withheld too.

        The cheapest choice first; where sums of a kind that it does not know still tell, the
        smallest cell that helps to tell, until nothing follows.
        """
        others: dict[str, Others] = {}
        for name in by_population(shown):
            mine = [one for one in self.figures if (one.dataset, one.population) == name]
            earlier = [table for _, table in self.before[name]]
            chosen = others_to_withhold(Together(mine, earlier, self.profile))
            if chosen is None:
                raise refused
            others |= chosen
        for _ in range(_ROUNDS):
            tables = tuple(withheld(one, self.profile, others[one.id]) for one in self.figures)
            if not all(says_something(table) for table in tables):
                raise refused
            found = self.all_that_follows(tables)
            if not found:
                return tables
            self._withhold_more(others, found)
        raise refused

    def _withhold_more(self, others: dict[str, Others], found: Sequence[Disclosure]) -> None:
        """For everything that follows one cell less, the one that says least."""
        gone: set[_Place] = set()
        for one in found:
            if gone.intersection(one.shown):
                continue
            smallest = self._smallest(one)
            if smallest is None:
                raise _refusal(one)
            gone.add(smallest)
            figure_id, keys = smallest
            others[figure_id] = others[figure_id].with_one(keys, amount=bool(one.measure))

    def _smallest(self, found: Disclosure) -> _Place | None:
        """Of the cells that help to tell, the one that says least."""
        size = {
            (figure.id, cell.keys): (cell.is_total, cell.count or 0)
            for figure in self.figures
            for cell in figure.cells
        }
        return min(found.shown, key=lambda place: (*size[place], place), default=None)


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
