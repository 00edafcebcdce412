"""Numbers of anonymous records made safer as numbers: averaged, with noise, or rounded.

An average over people who lie close together makes them look alike, as a coarser level does: it is
a level of its own. Noise and rounding blur what nobody should learn, and make nobody look alike.
Promises about a column are held on what leaves; with noise on what it was before, for noise makes
equal numbers differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from grondslag.anonymise import (
    Anonymised,
    Hierarchy,
    add_lasting_noise,
    average,
    closeness,
    round_to,
)
from grondslag.anonymise.describing import number_mapping
from grondslag.anonymise.hierarchies import Step
from grondslag.approval import Installation
from grondslag.delivery.compile import PERSON
from grondslag.delivery.lasting import noise_key
from grondslag.delivery.model import ColumnPlan, TablePlan

_MOVED = "__moved_"


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """What noise follows from, so that asking again gives nothing to average.

    Args:
        persons: Per number of a person who that is; empty when nobody is known.
        key: From a dataset and what is done to one of its columns to a key that stays.
    """

    persons: pa.Array = field(repr=False)
    key: Callable[[str, str], bytes] = field(repr=False)

    @classmethod
    def of(cls, persons: pa.Array, installation: Installation) -> "Noise":
        """Out of the keys of an installation.

        Args:
            persons: Per number of a person who that is.
            installation: Where the keys stand.
        """

        def key(dataset: str, made: str) -> bytes:
            return noise_key(installation, dataset, made)

        return cls(persons, key)


@dataclass(frozen=True, slots=True, eq=False)
class SafeNumbers:
    """Rows of which the numbers were made safer.

    Args:
        content: The rows; a number with noise stands there as it was, and beside it as it leaves.
        averages: Per averaged column its levels.
        moved: Per column with noise the name under which it stands as it leaves.
        steps: Per column what was done, of those that are no averages.
        before: The rows as they were.
    """

    content: pa.Table = field(repr=False)
    averages: Mapping[str, Hierarchy]
    moved: Mapping[str, str]
    steps: Mapping[str, Step]
    before: pa.Table = field(repr=False)

    def leaving(self, released: pa.Table) -> pa.Table:
        """Released rows with every number as it leaves, in an order that follows from those.

        In the order of what numbers were, noise would show who had more.
        """
        names = [name for name in released.column_names if name not in self.moved.values()]
        if not self.moved:
            return released.select(names)
        columns = [released.column(self.moved.get(name, name)) for name in names]
        moved = pa.table(columns, names=names)
        return moved.sort_by([(name, "ascending") for name in names])

    def kept(self, made: Anonymised) -> dict[str, float]:
        """Per column how closely its numbers still follow those of the source, from 0 to 1.

        Args:
            made: What became of the rows.
        """
        found = {}
        for name, hierarchy in self.averages.items():
            column, level = self.content.column(name), made.node[name]
            whole = hierarchy.covering_missing() if column.null_count else hierarchy
            labels = whole.label_column(whole.codes[level][whole.encode(column)], level)
            found[name] = closeness(self.before.column(name), labels)
        for name in self.steps:
            after = self.content.column(self.moved.get(name, name))
            found[name] = closeness(self.before.column(name), after)
        return found

    def told(self) -> list[dict[str, object]]:
        """What was done to numbers that are no averages, for the manifest."""
        return [number_mapping(name, step) for name, step in self.steps.items()]


def safe_numbers(content: pa.Table, table: TablePlan, noise: Noise) -> SafeNumbers:
    """Average, move and round the numbers of a table that is to become anonymous.

    Args:
        content: The rows of the governed query, with the number of the person behind them.
        table: Their plan.
        noise: What noise follows from.

    Raises:
        InputError: A column holds what is no ordinary number, or fewer persons have one than an
            average is over.
    """
    averages: dict[str, Hierarchy] = {}
    moved: dict[str, str] = {}
    steps: dict[str, Step] = {}
    made = content
    for dataset, column in _numbers(table):
        values, amount = content.column(column.name), column.form.parameter
        if column.form.name == "averaged":
            person = PERSON if PERSON in content.column_names else None
            averaged = average(content, column.name, k=int(amount), person=person)
            averages[column.name] = averaged.hierarchy
            made = _with(made, column.name, averaged.column)
            continue
        steps[column.name] = Step(column.form.name, {"amount": float(amount)})
        if column.form.name == "rounded":
            rounded = round_to(values, base=float(amount), name=column.name)
            whole = pa.types.is_integer(values.type) and float(amount).is_integer()
            made = _with(made, column.name, rounded.cast(pa.int64()) if whole else rounded)
            continue
        moved[column.name] = f"{_MOVED}{column.name}"
        shifted = add_lasting_noise(
            values,
            spread=float(amount),
            persons=_persons(content, noise),
            key=noise.key(dataset, f"{column.name}/{column.form}"),
            name=column.name,
        )
        made = made.append_column(moved[column.name], shifted)
    return SafeNumbers(made, averages, moved, steps, content)


def _numbers(table: TablePlan) -> Iterator[tuple[str, ColumnPlan]]:
    """The columns of numbers that are made safer, with their datasets."""
    for scan in table.scans:
        for column in scan.columns:
            if column.form.is_of_numbers:
                yield scan.dataset, column


def _persons(content: pa.Table, noise: Noise) -> Sequence[str] | None:
    if PERSON not in content.column_names:
        return None
    who: list[str] = noise.persons.take(content.column(PERSON).combine_chunks()).to_pylist()
    return who


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, column)
