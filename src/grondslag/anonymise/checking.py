"""Whether released rows have a model: from the rows themselves, without anything the search knew.

Plain on purpose: groups by text, distributions by hand. What the search believes does not count.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.groups import smallest_group
from grondslag.anonymise.models import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    KMap,
    Model,
    RecursiveDiversity,
    TCloseness,
)

ROOM = 1e-9

Spread = Mapping[object, int]


def has_model(
    released: pa.Table,
    model: Model,
    *,
    quasi: Sequence[str],
    person: str | None,
    source: pa.Table,
    population: pa.Table | None = None,
) -> bool:
    """Whether every group of a released table satisfies a model.

    Args:
        released: The rows, with the person column when there is one.
        model: What each group must satisfy; one about the whole table is not looked at here.
        quasi: Columns an outsider may know.
        person: The column that tells people apart.
        source: The table it was made of, for what the whole is like.
        population: The population, generalised in the same way.
    """
    if isinstance(model, KAnonymity):
        if person is not None:
            return smallest_group(released, quasi=quasi, person=person).smallest >= model.k
        return _fewest_rows(released, quasi) >= model.k
    if isinstance(model, KMap | DeltaPresence):
        return population is not None and _beside(released, model, quasi, person, population)
    if model.about is None:
        return True
    whole = _spreads(source, [], model.about, person)[()]
    says = _judge(model, whole)
    return all(map(says, _spreads(released, quasi, model.about, person).values()))


def counts_have_model(
    released: pa.Table, model: Model, *, quasi: Sequence[str], source: pa.Table, count: str
) -> bool:
    """The same of rows that a data engine counted, every row one person.

    Args:
        released: One row per combination of quasi-identifiers and sensitive values.
        model: What each group must satisfy; none beside a population.
        quasi: Columns an outsider may know.
        source: The combinations it was made of.
        count: The column that says how many rows a combination stands for.
    """
    if isinstance(model, KAnonymity):
        sizes = released.group_by(list(quasi)).aggregate([(count, "sum")])
        fewest = pc.min(sizes.column(f"{count}_sum")).as_py()
        return fewest is None or fewest >= model.k
    if model.about is None:
        return True
    whole = _summed(source, [], model.about, count)[()]
    says = _judge(model, whole)
    return all(map(says, _summed(released, quasi, model.about, count).values()))


def _fewest_rows(table: pa.Table, quasi: Sequence[str]) -> int:
    """Rows in the smallest group, by sorting: much faster than a table of groups."""
    keys = np.zeros(table.num_rows, np.int64)
    room = 1
    for name in quasi:
        encoded = _plain(table.column(name)).combine_chunks().dictionary_encode("encode")
        size = len(encoded.dictionary)
        if room * size >= 1 << 62:
            _, keys = np.unique(keys, return_inverse=True)
            room = len(keys)
        keys = keys * size + encoded.indices.to_numpy(zero_copy_only=False)
        room *= size
    keys.sort()
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return int(np.diff(starts, append=len(keys)).min(initial=len(keys)))


def _judge(model: Model, whole: Spread) -> Callable[[Spread], bool]:
    """What a model says of the persons per value in one group."""
    if isinstance(model, DistinctDiversity):
        return lambda here: len(here) >= model.l
    if isinstance(model, EntropyDiversity):
        return lambda here: math.exp(_entropy(here)) >= model.l - ROOM
    if isinstance(model, RecursiveDiversity):
        return lambda here: _is_recursive(here, model.c, model.l)
    if isinstance(model, TCloseness):
        return lambda here: _distance(here, whole, model) <= model.t + ROOM
    return lambda _: True


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values of which NaN is missing and no dictionary is left."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    return column


def _spreads(
    table: pa.Table, quasi: Sequence[str], about: str, person: str | None
) -> dict[tuple[object, ...], Spread]:
    """Per group the persons per value."""
    columns = {f"q{at}": _plain(table.column(name)) for at, name in enumerate(quasi)}
    keys = [*columns, "value"]
    columns["value"] = _plain(table.column(about))
    if person is not None:
        columns["who"] = _plain(table.column(person))
    plain = pa.table(columns)
    if person is not None:
        plain = plain.group_by([*keys, "who"]).aggregate([])
    return _listed(plain.group_by(keys).aggregate([([], "count_all")]), keys, "count_all")


def _summed(
    table: pa.Table, quasi: Sequence[str], about: str, count: str
) -> dict[tuple[object, ...], Spread]:
    """Per group the persons per value, of combinations that were counted."""
    names = [*quasi, about]
    keys = [f"q{at}" for at in range(len(names))]
    plain = pa.table([*(_plain(table.column(name)) for name in names), table.column(count)],
                     [*keys, "count"])  # fmt: skip
    return _listed(plain.group_by(keys).aggregate([("count", "sum")]), keys, "count_sum")


def _listed(counted: pa.Table, keys: Sequence[str], count: str) -> dict[tuple[object, ...], Spread]:
    spreads: dict[tuple[object, ...], dict[object, int]] = defaultdict(dict)
    for *key, value, persons in zip(
        *(counted.column(name).to_pylist() for name in [*keys, count]), strict=True
    ):
        spreads[tuple(key)][value] = persons
    return dict(spreads)


def _entropy(here: Spread) -> float:
    total = sum(here.values())
    return -sum(count / total * math.log(count / total) for count in here.values())


def _is_recursive(here: Spread, c: float, size: int) -> bool:
    largest_first = sorted(here.values(), reverse=True)
    return largest_first[0] < c * sum(largest_first[size - 1 :])


def _distance(here: Spread, whole: Spread, model: TCloseness) -> float:
    total, of_all = sum(here.values()), sum(whole.values())
    extra = {value: here.get(value, 0) / total - count / of_all for value, count in whole.items()}
    if model.distance == "equal":
        return sum(abs(more) for more in extra.values()) / 2
    if model.distance == "ordered":
        order = sorted(extra, key=lambda value: (value is None, value))
        carried = moved = 0.0
        for value in order[:-1]:
            carried += extra[value]
            moved += abs(carried)
        return moved / (len(order) - 1) if len(order) > 1 else 0.0
    return _up_the_tree(extra, model)


def _up_the_tree(extra: Mapping[object, float], model: TCloseness) -> float:
    """What is evened out at each node of the tree, paid by its height."""
    tree = model.hierarchy
    if tree is None:
        return math.inf
    tree = tree.covering_missing() if None in extra else tree
    known = [value if value is None else str(value) for value in tree.values.to_pylist()]
    paths = {value: [int(code) for code in tree.codes[:, at]] for at, value in enumerate(known)}
    top = (0,) if len(tree.labels[-1]) > 1 else ()
    net: dict[tuple[int, ...], float] = {}
    for value, more in extra.items():
        path = (*paths[value if value is None else str(value)], *top)
        net[tuple(reversed(path))] = more
    height, moved = len(next(iter(net))) - 1, 0.0
    for level in range(1, height + 1):
        parents: dict[tuple[int, ...], list[float]] = defaultdict(list)
        for branch, more in net.items():
            parents[branch[:-1]].append(more)
        for below in parents.values():
            up, down = sum(x for x in below if x > 0), -sum(x for x in below if x < 0)
            moved += level / height * min(up, down)
        net = {branch: sum(below) for branch, below in parents.items()}
    return moved


def _beside(
    released: pa.Table,
    model: KMap | DeltaPresence,
    quasi: Sequence[str],
    person: str | None,
    population: pa.Table,
) -> bool:
    """The same groups counted in the population."""
    here, around = _sizes(released, quasi, person), _sizes(population, quasi, None)
    if isinstance(model, KMap):
        return all(around.get(key, 0) >= model.k for key in here)
    if model.low > ROOM and set(around) - set(here):
        return False
    shares = [count / around.get(key, math.nan) for key, count in here.items()]
    return all(model.low - ROOM <= share <= model.high + ROOM for share in shares)


def _sizes(
    table: pa.Table, quasi: Sequence[str], person: str | None
) -> dict[tuple[object, ...], int]:
    names = [*quasi, *([] if person is None else [person])]
    plain = pa.table([_plain(table.column(name)) for name in names], names)
    if person is not None:
        plain = plain.group_by(names).aggregate([])
    counted = plain.group_by(list(quasi)).aggregate([([], "count_all")])
    keys = zip(*(counted.column(name).to_pylist() for name in quasi), strict=True)
    return dict(zip(keys, counted.column("count_all").to_pylist(), strict=True))
