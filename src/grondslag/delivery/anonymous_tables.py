"""An anonymous table made of a delivered one: kept under the delivery's key, told in the clear.

The rows stay protected, beside the delivery and not in it: ``anonymous/<delivery>`` of the project.
What was done stands next to them, without a value of a row, and in the audit chain by its hash.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from grondslag.anonymise import (
    Anonymised,
    Hierarchy,
    PopulationUniqueness,
    anonymise,
    column_uses,
    report_mapping,
)
from grondslag.anonymise.asking import MOST_COLUMNS
from grondslag.anonymise.describing import gives_away_mapping, risks_mapping, uses_mapping
from grondslag.anonymise.groups import group_sizes, sensitive_disclosure
from grondslag.anonymise.risks import risks_of_table
from grondslag.anonymise.uniqueness import ESTIMATORS
from grondslag.approval import Installation
from grondslag.canonical import canonical_bytes, sha256_hex, sha256_of_file, write_json
from grondslag.canonical.writing import sync_folder
from grondslag.clock import Clock, timestamp
from grondslag.delivery.anonymous_records import (
    check_enough,
    check_worth_while,
)
from grondslag.delivery.asked_of_tables import (
    Wanted,
    hierarchies_of,
    models_of,
    population_of,
)
from grondslag.delivery.laid_beside import Beside
from grondslag.delivery.opening import OpenedDelivery, check_file
from grondslag.delivery.populations import (
    counted_of_delivery,
    population_beside,
)
from grondslag.delivery.roles import ColumnRoles, column_roles
from grondslag.errors import InputError, IntegrityError, SourceError

ANONYMISED = "delivery.anonymised"
"""What the audit chain calls it."""

_FOLDER = "anonymous"


@dataclass(frozen=True, slots=True)
class AnonymousTable:
    """An anonymous table that stands beside its delivery.

    Args:
        path: The description of it; the rows are beside it, encrypted.
        sha256: Hash over the description.
        description: What was done; holds no value of a row.
        made: The outcome, with the rows.
    """

    path: Path
    sha256: str
    description: Mapping[str, Any]
    made: Anonymised = field(repr=False)


def anonymise_table(
    opened: OpenedDelivery,
    dataset: str,
    wanted: Wanted,
    installation: Installation,
    *,
    clock: Clock,
    actor: str,
) -> AnonymousTable:
    """Make a delivered table anonymous, and keep it under the delivery's key.

    An anonymous table of the same delivered one that stood there before is replaced.

    Args:
        opened: The delivery.
        dataset: Which table.
        wanted: What it must be.
        installation: Where the audit chain stands.
        clock: Tells the moment.
        actor: Who makes it.

    Raises:
        DisclosureRefusedError: No way satisfies the models; nothing is written.
        InputError: The table holds no records of people, or a column cannot be coarsened.
        SourceError: It cannot be written.
    """
    roles = column_roles(opened, dataset)
    table = _table(opened, roles)
    columns = [*roles.quasi, *roles.sensitive, *roles.harmless]
    check_worth_while(table, columns, dataset=dataset, minimum=roles.minimum, person=roles.person)
    population = population_of(opened, roles, table, wanted.promises)
    everybody = None if population is None else population.everybody
    hierarchies = hierarchies_of(opened, roles, table, everybody)
    models = models_of(opened, dataset, table, wanted, everybody)
    beside = Beside.of(opened, roles, installation)
    made = anonymise(
        table,
        hierarchies=hierarchies,
        model=models,
        suppression=wanted.suppression,
        measure=wanted.measure,
        weights=wanted.weights,
        sensitive=(*roles.sensitive, *roles.harmless),
        person=roles.person,
        local=wanted.local,
        seconds=wanted.seconds,
        watch=wanted.watch,
        earlier=beside.nodes,
        blind=True,  # who knows the method must not read sensitive values from the levels
    )
    if not wanted.local:  # else no level is that of a whole column, and nothing was left before
        beside.check(made.table, made.node, hierarchies, table)
    told = report_mapping(made, models=models, minimum=roles.minimum, person=roles.person)
    told["gives_away"] = [one for one in told["gives_away"] if one["column"] in roles.sensitive]
    told["beside"] = [noted.delivery for noted in beside.earlier]
    told["population"] = None if population is None else population.told(roles.minimum)
    description = {
        "anonymous_table": "grondslag/1",
        "delivery": opened.id,
        "manifest_sha256": opened.manifest_sha256,
        "table": dataset,
        "title": opened.contracts[dataset].title,
        "titles": _titles(opened, dataset),
        "left_out": [*([] if roles.person is None else [roles.person]), *roles.direct],
        "made": timestamp(clock),
        "made_by": actor,
        "anonymisation": told,
        "columns_use": _uses(table, made, hierarchies, roles),
    }
    written = _write(opened, made, description)
    installation.record(actor, ANONYMISED, opened.id, table=dataset, sha256=written.sha256)
    return written


def read_anonymous_table(opened: OpenedDelivery, dataset: str) -> pa.Table:
    """The rows of an anonymous table that was kept.

    Raises:
        IntegrityError: There is none, or it was changed.
    """
    path = description_path(opened, dataset)
    try:
        file = json.loads(path.read_bytes())["file"]
        name, digest = str(file["name"]), str(file["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IntegrityError("delivery.damaged", file=path.name) from error
    check_file(path.parent / Path(name).name, digest)
    return opened.kept(path.parent / Path(name).name)


def kept_tables(delivery: Path) -> tuple[str, ...]:
    """Of which tables of a delivery an anonymous one was kept, in the order of their names.

    Args:
        delivery: The delivery's own folder.
    """
    folder = delivery.absolute().parent.parent / _FOLDER / delivery.name
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def risk_of_table(
    opened: OpenedDelivery, dataset: str, *, population: str = "", people: int | None = None
) -> dict[str, Any]:
    """How likely it is that somebody is found in a delivered table, as it was delivered.

    Args:
        opened: The delivery.
        dataset: Which table.
        population: Another table of it, with everybody the rows could be of; then also the chance
            of an outsider is known, or none.
        people: How many people the population has; then it is estimated how many are alone in it.

    Returns:
        Risks by attacker, and per sensitive column what groups give away; counts of fewer persons
        than the minimum are left out.

    Raises:
        DisclosureRefusedError: Persons cannot be counted.
        InputError: The table holds no records of people.
    """
    roles = column_roles(opened, dataset)
    table = _table(opened, roles)
    check_enough(table, dataset=dataset, minimum=roles.minimum, person=roles.person)
    beside = None
    if population:
        counted = counted_of_delivery(opened, population, roles)
        beside = population_beside(counted, table, quasi=roles.quasi, person=roles.person)
    everybody = None if beside is None else beside.everybody
    risks = risks_of_table(table, quasi=roles.quasi, person=roles.person, population=everybody)
    sizes = group_sizes(table, quasi=roles.quasi, person=roles.person)
    return {
        "table": dataset,
        "title": opened.contracts[dataset].title,
        "titles": _titles(opened, dataset),
        "minimum": roles.minimum,
        "quasi": list(roles.quasi),
        "counts": "rows" if roles.person is None else "persons",
        "risks": risks_mapping(risks, minimum=roles.minimum),
        "population": None if beside is None else beside.told(roles.minimum),
        "alone": None if people is None else _alone(sizes, people),
        "gives_away": [
            {
                "column": name,
                **gives_away_mapping(
                    sensitive_disclosure(
                        table, quasi=roles.quasi, sensitive=name, person=roles.person
                    ),
                    minimum=roles.minimum,
                ),
            }
            for name in roles.sensitive
        ],
    }


def _alone(sizes: npt.NDArray[np.int64], people: int) -> dict[str, Any]:
    """The share of people who are probably alone in a population, by each estimate."""
    shares = {one: PopulationUniqueness(0, people, one).estimate(sizes) for one in ESTIMATORS}
    return {"people": people, **{name: round(share, 4) for name, share in shares.items()}}


def _table(opened: OpenedDelivery, roles: ColumnRoles) -> pa.Table:
    """The rows that are looked at.

    Raises:
        InputError: There are more columns than anybody can look at together, or one holds lists.
    """
    if len(roles.quasi) > MOST_COLUMNS:
        raise InputError("anonymise.too-many-columns", count=len(roles.quasi), most=MOST_COLUMNS)
    table = opened.table(roles.dataset).select(roles.used)
    for column in table.schema:
        if pa.types.is_nested(column.type):
            raise InputError(
                "anonymise.no-hierarchy-for-type", column=column.name, type=str(column.type)
            )
    return table


def _uses(
    table: pa.Table, made: Anonymised, hierarchies: Sequence[Hierarchy], roles: ColumnRoles
) -> list[dict[str, Any]]:
    """What is left of each column; a shift is left out where it could be worked back to few."""
    kept = (*roles.sensitive, *roles.harmless)
    uses = column_uses(table, made, hierarchies, sensitive=kept)
    return uses_mapping(uses, suppressed=made.report.suppressed, minimum=roles.minimum)


def _titles(opened: OpenedDelivery, dataset: str) -> dict[str, str]:
    """What people call each column."""
    entry = next(one for one in opened.manifest["tables"] if one["name"] == dataset)
    return {column["name"]: column["title"] for column in entry["columns"]}


def description_path(opened: OpenedDelivery, dataset: str) -> Path:
    """Where the description of an anonymous table stands, with the rows beside it."""
    return opened.folder.parent.parent / _FOLDER / opened.id / f"{dataset}.json"


def _write(opened: OpenedDelivery, made: Anonymised, description: dict[str, Any]) -> AnonymousTable:
    """The rows first, under a name of their own; they count once the description names them."""
    dataset, rows = description["table"], made.table
    path = description_path(opened, dataset)
    aside = path.parent / f".{dataset}.parquet.part"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)  # of a run that was killed
        opened.keep(aside, rows)
        digest = sha256_of_file(aside)
        file = path.parent / f"{dataset}.{digest[:16]}.parquet"
        whole = description | {"file": {"name": file.name, "sha256": digest, "rows": rows.num_rows}}
        aside.rename(file)
        sync_folder(path.parent)
        write_json(path, whole, mode=0o600)
    except OSError as error:
        raise SourceError("delivery.disk", reason=error.strerror or "?") from error
    finally:  # also when the person stops the program half-way
        aside.unlink(missing_ok=True)
        _clear(path)
    return AnonymousTable(path, sha256_hex(canonical_bytes(whole)), whole, made)


def _clear(path: Path) -> None:
    """Take away rows that no description names."""
    named = ""
    if path.is_file():
        named = str(json.loads(path.read_bytes())["file"]["name"])
    for file in path.parent.glob(f"{path.stem}.*.parquet"):
        if file.name != named:
            file.unlink(missing_ok=True)
