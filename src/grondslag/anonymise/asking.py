"""What is asked: which column plays which part, what every group must satisfy, what may be lost."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from grondslag.anonymise.hierarchies import Hierarchy
from grondslag.anonymise.measures import Measure
from grondslag.anonymise.models import Model
from grondslag.anonymise.search import Watch
from grondslag.errors import InputError

MOST_COLUMNS = 30
"""More columns that an outsider may know leave nothing to tell apart, and no search to finish."""


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """Which column plays which part.

    Args:
        hierarchies: Of the quasi-identifiers: columns that an outsider may know.
        models: What every group must satisfy.
        sensitive: Columns that nobody should learn of someone.
        person: The column that tells people apart; None when every row is one person.
    """

    hierarchies: tuple[Hierarchy, ...]
    models: tuple[Model, ...]
    sensitive: tuple[str, ...]
    person: str | None

    @property
    def quasi(self) -> list[str]:
        """Names of the quasi-identifiers."""
        return [hierarchy.column for hierarchy in self.hierarchies]

    @property
    def population(self) -> pa.Table | None:
        """Everybody the rows could be of, where a model needs to know."""
        return next((model.of_all for model in self.models if model.of_all is not None), None)

    @property
    def about_values(self) -> tuple[Model, ...]:
        """The models that look at sensitive values."""
        return tuple(model for model in self.models if model.about is not None)

    @property
    def about_people(self) -> tuple[Model, ...]:
        """The models that do not look at sensitive values."""
        return tuple(model for model in self.models if model.about is None)


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """How the levels are chosen.

    Args:
        suppression: The share of rows that may be left out.
        measure: Of what is lost.
        weights: Per column how much it matters.
        local: Whether each group may be as fine as its own people allow.
        blind: Whether sensitive values are kept out of the choice.
        earlier: The nodes at which the same people were released before.
        seconds: Stop searching after this time.
        watch: Called with looks, best value and bound; False stops the search.
    """

    suppression: float = 0.0
    measure: Measure | str = Measure.LOSS
    weights: Mapping[str, float] = field(default_factory=dict)
    local: bool = False
    blind: bool = False
    earlier: Sequence[Mapping[str, int]] = ()
    seconds: float | None = None
    watch: Watch | None = None

    def __post_init__(self) -> None:
        if self.measure not in set(Measure):
            raise InputError("anonymise.unknown-measure", known=[str(one) for one in Measure])
        if self.local and self.earlier:
            raise InputError("anonymise.local-beside-earlier")
        if not 0 <= self.suppression <= 1:
            raise InputError("anonymise.no-share", name="suppression")

    def limit(self, rows: int) -> int:
        """Rows that may be left out."""
        return math.floor(self.suppression * rows)


def roles_of(
    columns: Sequence[str],
    *,
    hierarchies: Sequence[Hierarchy],
    model: Model | Sequence[Model],
    sensitive: Sequence[str],
    person: str | None,
) -> Roles:
    """Every column has one role, and there is something to search.

    Raises:
        InputError: A column without a role or with two, too many columns, or nothing asked.
    """
    models = (model,) if isinstance(model, Model) else tuple(model)
    about = [one.about for one in models if one.about is not None]
    roles = Roles(tuple(hierarchies), models, tuple(dict.fromkeys([*sensitive, *about])), person)
    if not roles.hierarchies or not roles.models:
        raise InputError("anonymise.nothing-asked")
    if len(roles.hierarchies) > MOST_COLUMNS:
        raise InputError(
            "anonymise.too-many-columns", count=len(roles.hierarchies), most=MOST_COLUMNS
        )
    named = [*roles.quasi, *roles.sensitive, *([] if person is None else [person])]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise InputError("anonymise.column-with-two-roles", column=twice)
    without = next((name for name in columns if name not in named), None)
    if without is not None:
        raise InputError("anonymise.column-without-role", column=without[:63])
    return roles
