"""Which tables may be shown together: the finest that give nothing away.

The gate judges in the end; here we look for tables that it will let through. Where one small area
would follow from the whole, the smallest other area is kept back with it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from grondslag.analysis.counting import Tally
from grondslag.release import Figure, would_disclose

_MOST_KEPT_BACK = 3

Build = Callable[[Mapping[str, Tally]], Sequence[Figure]]
"""From counts per area to the tables of a level."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """The tables so far, safe together.

    Args:
        figures: In the order of importance.
        minimum: Smallest group that will be shown.
    """

    figures: tuple[Figure, ...]
    minimum: int

    def with_all(self, more: Sequence[Figure]) -> "Gathering | None":
        """These and more, when all together are safe."""
        together = (*self.figures, *more)
        if would_disclose(together, minimum=self.minimum) is not None:
            return None
        return replace(self, figures=together)

    def with_each(self, more: Sequence[Figure]) -> "Gathering":
        """These and, one by one, those of the others that are safe beside them."""
        # What is safe together is safe one by one: then one look is enough.
        if len(more) > 1 and (together := self.with_all(more)):
            return together
        gathered = self
        for figure in more:
            gathered = gathered.with_all([figure]) or gathered
        return gathered

    def with_level(
        self, tallies: Mapping[str, Tally], build: Build, *, keep: Collection[str]
    ) -> "Gathering | None":
        """These and the tables of a level; None when that is not safe.

        Args:
            tallies: Count per area.
            build: Makes the tables.
            keep: Areas that must stay visible.
        """
        shown = dict(tallies)
        for _ in range(_MOST_KEPT_BACK + 1):
            found = self.with_all(build(shown))
            if found:
                return found
            small = self._smallest_visible(shown, keep)
            if small is None:
                return None
            shown[small] = Tally(None)
        return None

    def _smallest_visible(self, tallies: Mapping[str, Tally], keep: Collection[str]) -> str | None:
        visible = [
            (tally.count, code)
            for code, tally in tallies.items()
            if is_shown(tally, self.minimum) and tally.count is not None and code not in keep
        ]
        return min(visible)[1] if visible else None


def is_shown(tally: Tally, minimum: int) -> bool:
    """Whether enough stand behind a count to show it."""
    group = tally.count if tally.contributors is None else tally.contributors
    return tally.count is not None and group is not None and group >= minimum
