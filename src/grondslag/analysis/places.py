"""Areas: the levels of the contract's list, and at which level a delivered column stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grondslag.contracts import AreaList, Contract
from grondslag.errors import InputError
from grondslag.plan import DataNeed


@dataclass(frozen=True, slots=True)
class Places:
    """The areas that a dataset knows.

    Args:
        areas: The contract's list; None when it has none, so that codes are only codes.
        columns: Per level the delivered column that holds its codes.
        plain: Name of the one level when there is no list.
    """

    areas: AreaList | None
    columns: Mapping[str, str]
    plain: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels that the delivery can be counted at, from finest to coarsest."""
        if self.areas is None:
            return (self.plain,)
        order = self.areas.levels
        finest = min(order.index(level) for level in self.columns)
        return tuple(level for level in order[finest:] if len(self.areas.codes(level)) > 1) or (
            order[finest],
        )

    def source(self, level: str) -> tuple[str, str]:
        """The column to count a level from, and the level at which that column stands."""
        if self.areas is None or level in self.columns:
            return self.columns[level], level
        order = self.areas.levels
        finer = [one for one in self.columns if order.index(one) < order.index(level)]
        nearest = max(finer, key=order.index)
        return self.columns[nearest], nearest

    def lift(self, code: str | None, level: str) -> str | None:
        """The area at a level in which a code lies; None when it is unknown."""
        if code is None:
            return None
        if self.areas is None:
            return code
        return self.areas.ancestor(code, level)

    def codes(self, level: str) -> tuple[str, ...] | None:
        """All codes of a level; None when there is no list."""
        return None if self.areas is None else self.areas.codes(level)

    def name(self, code: str) -> str:
        """What people call an area."""
        if self.areas is not None and code in self.areas.areas:
            return self.areas.areas[code].name
        return self.names.get(code, code)

    def level_of(self, code: str) -> str:
        """At which level a code stands."""
        if self.areas is None:
            return self.plain
        area = self.areas.areas.get(code)
        if area is None:
            raise InputError("analysis.unknown-focus", area=code[:40])
        return area.level

    @property
    def parents(self) -> dict[str, str]:
        """Per code the code of the area around it."""
        if self.areas is None:
            return {}
        return {area.code: area.within for area in self.areas.areas.values() if area.within}


def level_in(contract: Contract, need: DataNeed, column: str) -> str:
    """The level of the codes in a delivered column; empty when it holds no areas of a list.

    Raises:
        InputError: The plan does not ask for this column.
    """
    wanted = need.wants(column)
    if wanted is None:
        raise InputError("analysis.column-not-delivered", dataset=contract.name, column=column[:63])
    if wanted.form.name == "area":
        return wanted.form.parameter
    privacy = contract.column(column).privacy
    return "" if privacy is None or wanted.form.is_masked else privacy.area_level


def places_of(contract: Contract, need: DataNeed, column: str) -> Places:
    """The areas of the dataset that is counted.

    Args:
        contract: Of that dataset.
        need: What the plan asks of it.
        column: The column with areas that the analysis names.

    Raises:
        InputError: The plan does not ask for the column.
    """
    level = level_in(contract, need, column)
    areas = contract.privacy.areas
    if areas is None or level not in areas.levels:
        return Places(None, {column: column}, plain=column)
    columns = {level: column}
    for wanted in need.columns:
        other = level_in(contract, need, wanted.name)
        if other in areas.levels:
            columns.setdefault(other, wanted.name)
    return Places(areas, columns)
