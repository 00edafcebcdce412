"""The manifest: what was delivered, by which rule and article, and what each protection left out.

Counts that could point at a person (more than nothing, less than the minimum group) are sealed:
the officer and the auditor can open them, nobody else. Whoever knows a total beside a sealed count
could subtract, so no total of the source is in the manifest.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import grondslag
from grondslag.contracts import Contract
from grondslag.delivery.model import ColumnPlan, Protection, TablePlan
from grondslag.delivery.running import Removed, TableResult
from grondslag.law import statute
from grondslag.sources import engine_version

Sealer = Callable[[str, str], str]
"""From a text and what it is about to that text, sealed."""

_PROVISIONS: Mapping[Protection, tuple[str, str, int | None, str]] = {
    Protection.COLUMNS: ("AVG", "5", 1, "c"),
    Protection.COARSENED: ("WetBRP", "3.10", None, ""),
    Protection.PERIOD: ("AVG", "5", 1, "c"),
    Protection.AREA: ("AVG", "5", 1, "c"),
    Protection.RETENTION: ("AVG", "5", 1, "e"),
    Protection.OBJECTION: ("AVG", "21", 1, ""),
    Protection.SECRECY: ("WetBRP", "3.21", None, ""),
    Protection.SMALL_CELLS: ("AVG", "25", 2, ""),
    Protection.SUPPRESSED: ("AVG", "25", 1, ""),
}


def provision_of(protection: Protection) -> str:
    """The article a protection rests on, as text."""
    key, article, paragraph, point = _PROVISIONS[protection]
    known = statute(key)
    return str(known.article(article, paragraph, point)) if known else f"{key} art. {article}"


def table_entry(
    result: TableResult,
    contracts: Mapping[str, Contract],
    *,
    left_out_columns: int,
    file: Mapping[str, Any],
    seal: Sealer,
) -> dict[str, Any]:
    """The part of the manifest about one table.

    Args:
        result: What was made.
        contracts: For titles.
        left_out_columns: How many columns of its datasets were not delivered.
        file: Name, hash, size and rows of the written file.
        seal: Seals counts that could point at a person.
    """
    plan = result.plan
    removed = [_removed_columns(plan, left_out_columns), *_removed(result, seal)]
    return {
        "name": plan.name,
        "title": contracts[plan.name].title,
        "output": str(plan.output),
        "count": plan.count if plan.is_aggregate else "records",
        "unit": "persons" if plan.scan.person else "rows",
        "minimum_group": plan.minimum,
        "file": dict(file),
        "columns": [_column(column, plan, contracts) for column in plan.columns],
        "removed": removed,
        "risk": _risk(result),
        **_anonymisation(result),
        "statements": [
            {"sql": item.sql, "parameters": plain_parameters(item.parameters)}
            for item in result.statements
        ],
    }


def engine_entry() -> dict[str, str]:
    """Which versions made the delivery."""
    return {"grondslag": grondslag.__version__, "duckdb": engine_version()}


def shown_count(count: int, minimum: int, *, about: str, seal: Sealer) -> int | dict[str, str]:
    """A count as the manifest shows it: itself, or sealed when it could point at a person."""
    if count == 0 or count >= minimum:
        return count
    return {"sealed": seal(f"{count:06d}", about)}  # of one length, that says nothing either


def _column(
    column: ColumnPlan, plan: TablePlan, contracts: Mapping[str, Contract]
) -> dict[str, str]:
    dataset = next(scan.dataset for scan in plan.scans if column in scan.columns)
    known = column.name in contracts[dataset].column_names
    return {
        "name": column.name,
        "form": str(column.form),
        "title": contracts[dataset].column(column.name).title if known else column.name,
        "dataset": dataset,
    }


def _removed_columns(plan: TablePlan, count: int) -> dict[str, Any]:
    return {
        "protection": str(Protection.COLUMNS),
        "dataset": plan.name,
        "column": "",
        "provision": provision_of(Protection.COLUMNS),
        "count": count,
    }


def _removed(result: TableResult, seal: Sealer) -> list[dict[str, Any]]:
    """Every protection with its count; open data about nobody has nothing to seal."""
    plan = result.plan
    minimum = plan.minimum if plan.scan.person else 0
    return [
        {
            "protection": str(item.protection),
            "dataset": item.dataset,
            "column": item.column,
            "provision": provision_of(item.protection),
            "count": shown_count(item.rows, minimum, about=_about(plan, item), seal=seal),
        }
        for item in result.removed
    ]


def _about(plan: TablePlan, item: Removed) -> str:
    return f"{plan.name}/{item.dataset}/{item.protection}/{item.column}"


def _risk(result: TableResult) -> dict[str, Any]:
    """How recognisable someone in the table is: the smallest group that looks alike."""
    plan = result.plan
    if plan.is_aggregate:
        return {"kind": "cells", "cells": result.cells, "minimum_group": plan.minimum}
    return {
        "kind": "groups",
        "quasi": list(plan.quasi),
        "smallest_group": result.smallest_group,
        "groups": sum(result.groups.values()),
        "highest_chance": None if not result.smallest_group else 1 / result.smallest_group,
    }


def _anonymisation(result: TableResult) -> dict[str, Any]:
    """How anonymous records came about; other tables have no such part."""
    if result.anonymisation is None:
        return {}
    return {"anonymisation": dict(result.anonymisation)}


def plain_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Bound values as the manifest shows them: days as texts."""
    return {name: _plain_value(value) for name, value in parameters.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain_value(item) for item in value]
    return value
