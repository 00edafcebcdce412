"""What a plan asks of anonymous records, with safe defaults, to models that every group has."""

from collections.abc import Callable, Iterator, Mapping

from grondslag.anonymise import (
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    Model,
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
    WantedModelKind.DISTINCT: lambda asked: DistinctDiversity(asked.column, asked.l),
    WantedModelKind.ENTROPY: lambda asked: EntropyDiversity(asked.column, asked.l),
    WantedModelKind.RECURSIVE: lambda asked: RecursiveDiversity(asked.column, asked.c, asked.l),
    WantedModelKind.CLOSENESS: lambda asked: TCloseness(asked.column, asked.t, asked.distance),
}


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
    for name in [model.column for model in asked.models] + [u.column for u in asked.unprotected]:
        if roles.get(name) not in (IdentifierRole.SENSITIVE, IdentifierRole.NONE):
            raise InputError("delivery.promise-about-no-secret", dataset=table.name, column=name)
    least = max(table.minimum, asked.k or 0)
    models = (KAnonymity(least), *_about_secrets(table, asked))
    return AnonymityPlan(models, asked.suppression, dict(asked.weights))


def _about_secrets(table: TablePlan, asked: Anonymity) -> Iterator[Model]:
    """What the plan promises of sensitive columns, and the least for those it does not name."""
    yield from (_MODELS[model.kind](model) for model in asked.models)
    named = {model.column for model in asked.models} | {u.column for u in asked.unprotected}
    for name in table.sensitive:
        if name not in named:
            yield DistinctDiversity(name, LEAST_VALUES)
