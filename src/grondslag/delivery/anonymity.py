"""What a plan asks of anonymous records, with safe defaults, to models that every group has."""

from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from grondslag.anonymise import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    Hierarchy,
    KAnonymity,
    KMap,
    Model,
    PopulationUniqueness,
    RecursiveDiversity,
    TCloseness,
)
from grondslag.delivery.model import AnonymityPlan, TablePlan
from grondslag.errors import InputError, PolicyRefusedError
from grondslag.plan import Anonymity, DataNeed, WantedModel, WantedModelKind
from grondslag.vocabulary import IdentifierRole

LEAST_VALUES = 2
"""So many different values of a sensitive column each group has, unless the plan says otherwise."""

_POINTS_AT_ONE = ("pseudonym", "deidentified")

_MODELS: Mapping[WantedModelKind, Callable[[WantedModel], Model]] = {
    WantedModelKind.DISTINCT: lambda asked: DistinctDiversity(asked.column, int(asked.l)),
    WantedModelKind.ENTROPY: lambda asked: EntropyDiversity(asked.column, asked.l),
    WantedModelKind.RECURSIVE: lambda asked: RecursiveDiversity(
        asked.column, asked.c, int(asked.l)
    ),
    WantedModelKind.CLOSENESS: lambda asked: TCloseness(asked.column, asked.t, asked.distance),
    WantedModelKind.UNIQUENESS: lambda asked: PopulationUniqueness(
        asked.share, asked.people, asked.estimator
    ),
}
_BESIDE: Mapping[WantedModelKind, Callable[[WantedModel, pa.Table], Model]] = {
    WantedModelKind.KMAP: lambda asked, everybody: KMap(asked.k, everybody),
    WantedModelKind.PRESENCE: lambda asked, everybody: DeltaPresence(
        asked.low, asked.high, everybody
    ),
}


def needs_data(asked: WantedModel) -> bool:
    """Whether a promise can only become a model once the data is there."""
    return bool(asked.population) or asked.distance == "hierarchical"


def model_of(
    asked: WantedModel,
    *,
    everybody: pa.Table | None = None,
    levels: Callable[[str], Hierarchy] | None = None,
) -> Model:
    """A promise as a model.

    Args:
        asked: The promise.
        everybody: The population, for a promise beside one.
        levels: From a sensitive column to its levels, for a promise along them.

    Raises:
        InputError: A number is outside what the model allows.
    """
    if everybody is not None and asked.population:
        return _BESIDE[asked.kind](asked, everybody)
    if levels is not None and asked.distance == "hierarchical":
        return TCloseness(asked.column, asked.t, asked.distance, levels(asked.column))
    return _MODELS[asked.kind](asked)


def anonymity_of(
    table: TablePlan, need: DataNeed, roles: Mapping[str, IdentifierRole]
) -> AnonymityPlan:
    """How a table of anonymous records becomes so.

    Args:
        table: Its plan.
        need: What the project plan asks.
        roles: Per delivered column what it does to someone who wants to find a person.

    Raises:
        InputError: No column could betray anybody, or a promise is about one that is no secret.
        PolicyRefusedError: A column points at one person.
    """
    for column in table.columns:
        direct = roles.get(column.name) is IdentifierRole.DIRECT
        if column.form.name in _POINTS_AT_ONE or (direct and column.form.name != "present"):
            raise PolicyRefusedError(
                "delivery.person-in-anonymous", dataset=table.name, column=column.name
            )
    if not table.quasi:
        raise InputError("delivery.anonymous-without-quasi", dataset=table.name)
    asked = need.anonymous or Anonymity()
    promised = [model.column for model in asked.models if model.column]
    for name in promised + [item.column for item in asked.unprotected]:
        if roles.get(name) not in (IdentifierRole.SENSITIVE, IdentifierRole.NONE):
            raise InputError("delivery.promise-about-no-secret", dataset=table.name, column=name)
    least = max(table.minimum, asked.k or 0)
    models = (KAnonymity(least), *_about_secrets(table, asked))
    later = tuple(model for model in asked.models if needs_data(model))
    return AnonymityPlan(
        models, asked.suppression, dict(asked.weights), asked.measure, later, asked.local
    )


def _about_secrets(table: TablePlan, asked: Anonymity) -> Iterator[Model]:
    """What the plan promises, and the least for sensitive columns that it does not name."""
    yield from (model_of(model) for model in asked.models if not needs_data(model))
    named = {model.column for model in asked.models} | {u.column for u in asked.unprotected}
    for name in table.sensitive:
        if name not in named:
            yield DistinctDiversity(name, LEAST_VALUES)
