"""A made-up dataset checked by its owner: files in every format, and the mandate for it."""

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from grondslag.approval import CheckMandate, check_mandate
from grondslag.contracts import Contract, read_contract
from grondslag.quality import FaultKind, QualityReport, check_contract
from grondslag.sources import locate
from made_contracts import areas_hash, column, write_contract
from town import Town

COLUMNS = [
    column("nummer", "integer", required=True, unique=True),
    column(
        "dag", "date", required=True,
        logicalTypeOptions={"minimum": "2024-01-01", "maximum": "2026-12-31"},
    ),
    column("bedrag", "number", logicalTypeOptions={"minimum": 0, "maximum": 100}),
    column("ernst", privacy={"values": ["licht", "zwaar"]}),
    column("buurt", privacy={"area_level": "buurt"}),
    column("opmerking"),
]  # fmt: skip
NAMES = [part["name"] for part in COLUMNS]
# One fault of each kind; the number of the row (from 1) at the end.
ROWS = [
    ("1", "2026-02-01", "12.5", "licht", "B11", "rustige straat"),  # 1
    ("2", "2026-02-02", "0", "zwaar", "B12", "café op de hoek"),  # 2
    ("3", "", "1", "licht", "B11", ""),  # 3 required day is missing
    ("vier", "2026-02-04", "1", "licht", "B11", ""),  # 4 no number
    ("2", "2026-02-05", "1", "licht", "B11", ""),  # 5 number comes again
    ("6", "2023-12-31", "1", "licht", "B11", ""),  # 6 day before the first
    ("7", "2027-01-01", "1", "licht", "B11", ""),  # 7 day after the last
    ("8", "2026-02-08", "-1", "licht", "B11", ""),  # 8 too low
    ("9", "2026-02-09", "101", "licht", "B11", ""),  # 9 too high
    ("10", "2026-02-10", "1", "dodelijk", "B11", ""),  # 10 not in the list
    ("11", "2026-02-11", "1", "licht", "B99", ""),  # 11 no such area
    ("12", "2026-02-12", "1", "licht", "W1", ""),  # 12 an area of another level
    ("13", "2026-02-13", "1", "licht", "B11", "bel 06-12345678 of bsn 999900006"),  # 13
    ("14", "2026-02-14", "1", "licht", "B11", ""),  # 14
    ("14", "2026-02-14", "1", "licht", "B11", ""),  # 15 the same row again
    ("", "2026-02-16", "", "", "", ""),  # 16 required number is missing
]
FOUND = {
    # kind, column, pattern                             rows
    (FaultKind.TYPE, "nummer", ""): [4],
    (FaultKind.NULLS, "nummer", ""): [16],
    (FaultKind.NOT_UNIQUE, "nummer", ""): [5, 15],
    (FaultKind.NULLS, "dag", ""): [3],
    (FaultKind.TOO_LOW, "dag", ""): [6],
    (FaultKind.TOO_HIGH, "dag", ""): [7],
    (FaultKind.TOO_LOW, "bedrag", ""): [8],
    (FaultKind.TOO_HIGH, "bedrag", ""): [9],
    (FaultKind.NOT_IN_LIST, "ernst", ""): [10],
    (FaultKind.NOT_AN_AREA, "buurt", ""): [11, 12],
    (FaultKind.PERSONAL_DATA, "opmerking", "phone"): [13],
    (FaultKind.PERSONAL_DATA, "opmerking", "bsn"): [13],
    (FaultKind.IDENTICAL_ROWS, "", ""): [15],
}
AREAS = {"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}, "source_folders": ["."]}


def found_in(report: QualityReport) -> dict[tuple[FaultKind, str, str], tuple[int, ...]]:
    """The faults of a report by kind, column and pattern, with their lines."""
    return {
        (fault.kind, fault.column, str(fault.pattern or "")): fault.lines for fault in report.faults
    }


def counts_in(report: QualityReport) -> dict[tuple[FaultKind, str, str], int]:
    """The same, with their counts."""
    return {
        (fault.kind, fault.column, str(fault.pattern or "")): fault.count.number
        for fault in report.faults
    }


def owned(folder: Path, kind: str = "csv", **parts: Any) -> Contract:
    """The contract of the dataset, its data in a file of this kind beside it."""
    server = {"server": "bestand", "type": "local", "path": f"meldingen.{kind}", "format": kind}
    made = {"columns": COLUMNS, "server": server} | parts
    made["privacy"] = AREAS | parts.get("privacy", {})
    return read_contract(write_contract(folder, **made))


def may_check(town: Town, contract: Contract) -> CheckMandate:
    """The owner's mandate."""
    return check_mandate(
        town.installation, contract, signer=town.signer("E. Eigenaar"), clock=town.clock
    )


def checked(town: Town, contract: Contract, folder: Path, **how: Any) -> QualityReport:
    """The report of a check by the owner, unless told otherwise."""
    arguments = {"for_owner": True, "clock": town.clock} | how
    return check_contract(
        may_check(town, contract), contract, locate(contract, folder), **arguments
    )


def write_csv(
    path: Path,
    rows: Sequence[Sequence[str]],
    *,
    names: Sequence[str] = NAMES,
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> None:
    """A CSV file of texts that hold no delimiter."""
    lines = [delimiter.join(row) for row in (names, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)


def write_parquet(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A Parquet file of texts; only the faults that have no other type fit in the real types."""
    columns = [list(values) for values in zip(*rows, strict=True)]
    table = {
        name: pa.array([value or None for value in values], pa.string())
        for name, values in zip(NAMES, columns, strict=True)
    }
    pq.write_table(pa.table(table), path, row_group_size=5)


def write_geojson(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A GeoJSON file with a point per row."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [5.1, 52.1]},
            "properties": {name: value or None for name, value in zip(NAMES, row, strict=True)},
        }
        for row in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def write_sqlite(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A SQLite file with one table, without types of its own."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE meldingen ({', '.join(NAMES)})")
    marks = ", ".join("?" * len(NAMES))
    connection.executemany(
        f"INSERT INTO meldingen VALUES ({marks})",
        [[value or None for value in row] for row in rows],
    )
    connection.commit()
    connection.close()


def environment(**changes: str) -> Mapping[str, str]:
    """The environment of a process of ours, with changes."""
    return os.environ | changes
