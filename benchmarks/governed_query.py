"""What governing a query costs: 50 million camera passages of 300,000 persons, counted per day.

Run by hand: ``.venv/bin/python benchmarks/governed_query.py FOLDER`` (the made-up data, 250 MB, is
written there once). A municipality that asks "from which districts come the people who drive
here, per day" would link the passages to the residents, as two datasets with a link on the person.
The governed query applies period, retention, area, objections, coarsening from neighbourhood to
district, the smallest group, and lists the persons for the processing log; the raw query is the
join and the count alone, on the district itself.

Each run is a process of its own; raw and governed take turns. Processor seconds, user and system,
from the plan to the result; documents are read beforehand, and making the tokens is told apart.
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from grondslag.canonical import canonical_bytes, read_document, sha256_hex, to_yaml
from grondslag.contracts import contract_from
from grondslag.delivery.planning import plan_query
from grondslag.delivery.running import run_table
from grondslag.keys import person_tokens
from grondslag.plan import plan_from
from grondslag.sources import open_engine
from made_contracts import column, contract_content
from made_plans import plan_content

EVENTS, PERSONS, OBJECTORS = 50_000_000, 300_000, 1_500
DISTRICTS, NEIGHBOURHOODS, DAYS = 20, 120, 90
DAY, START = date(2027, 3, 3), date(2026, 10, 1)
MINIMUM, RUNS, MEMORY_MB, THREADS = 10, 5, 3000, 2
KEY = b"made-up key of a benchmark, 32 b"
TENTH = [f"B{n:03d}" for n in range(NEIGHBOURHOODS // 10)]
AREAS = {
    "areas": "grondslag/1",
    "name": "Wijken en buurten",
    "levels": ["buurt", "wijk"],
    "list": [{"code": f"W{n:02d}", "name": f"Wijk {n}", "level": "wijk"} for n in range(DISTRICTS)]
    + [
        {
            "code": f"B{n:03d}",
            "name": f"Buurt {n}",
            "level": "buurt",
            "within": f"W{n % DISTRICTS:02d}",
        }
        for n in range(NEIGHBOURHOODS)
    ],
}


def make_data(folder: Path) -> None:
    """Write passages and residents, once."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")
    with duckdb.connect() as engine:
        for name, query in (("passages", PASSAGES), ("inwoners", RESIDENTS)):
            if not (folder / f"{name}.parquet").exists():
                engine.sql(query).write_parquet(str(folder / f"{name}.parquet"), compression="zstd")


PASSAGES = f"""
SELECT 999000000 + (hash(i) % {PERSONS})::BIGINT AS bsn,
  'B' || lpad((hash(i * 7 + 1) % {NEIGHBOURHOODS})::VARCHAR, 3, '0') AS buurt,
  DATE '{START}' + (i * {DAYS} // {EVENTS})::INTEGER AS dag,
  (hash(i * 3) % 140)::BIGINT AS snelheid
FROM range({EVENTS}) AS t(i)
"""
RESIDENTS = f"""
SELECT 999000000 + i AS bsn, 'B' || lpad(n::VARCHAR, 3, '0') AS woonbuurt,
  'W' || lpad((n % {DISTRICTS})::VARCHAR, 2, '0') AS wijk
FROM (SELECT i, hash(i) % {NEIGHBOURHOODS} AS n FROM range({PERSONS}) AS t(i))
"""
RAW = """
SELECT wijk, dag, count(*), count(DISTINCT e.bsn)
FROM read_parquet($1) AS e JOIN read_parquet($2) AS p ON e.bsn = p.bsn {where}
GROUP BY wijk, dag HAVING count(DISTINCT e.bsn) >= {minimum}
"""


def documents(folder: Path, rows: str):
    """Plan and contracts, through the readers: documents like any other."""
    areas = {"file": "gebieden.areas.yaml", "sha256": sha256_hex(canonical_bytes(AREAS))}
    own = {"category": "ordinary", "role": "quasi", "allowed": ["exact", "area:wijk"]}
    person = column("bsn", "integer", privacy={"category": "national_id", "role": "direct"})
    passages = contract_content(
        name="passages",
        columns=[
            person,
            column("buurt", privacy=own | {"area_level": "buurt"}),
            column("dag", "date", privacy={"category": "ordinary", "role": "quasi"}),
            column("snelheid", "integer", privacy={"category": "ordinary"}),
        ],
        privacy={
            "areas": areas,
            "person_key": "bsn",
            "objections": {
                "dataset": "bezwaren",
                "person": "bsn",
                "purpose": "doel",
                "state": "stand",
                "left_out_states": ["toegewezen"],
            },
        },
        slaProperties=[
            {"property": "retention", "value": 1, "unit": "y", "element": "passages.dag"}
        ],
    )
    residents = contract_content(
        name="inwoners",
        columns=[person, column("woonbuurt", privacy=own | {"area_level": "buurt"})],
        privacy={"areas": areas, "person_key": "bsn", "domain": "brp"},
    )
    reason = "Nodig voor het antwoord."
    scope = {"period": {"column": "dag", "from": "2026-10-01", "until": "2026-12-31"}}
    if rows == "tenth":
        scope["area"] = {"column": "buurt", "codes": TENTH}
    needs = [
        {
            "dataset": "passages",
            "columns": [{"name": "dag", "form": "exact", "reason": reason}],
            "rows": scope,
            "output": "aggregate",
            "count": "persons",
        },
        {
            "dataset": "inwoners",
            "columns": [{"name": "woonbuurt", "form": "area:wijk", "reason": reason}],
            "output": "aggregate",
        },
    ]
    ground = {"gdpr": "6.1.e", "law": "Wegenwet", "article": "16", "task": "De weg veilig houden."}
    link = {"left": "passages", "right": "inwoners", "reason": reason, "ground": ground}
    plan = plan_content(data=needs, links=[link | {"until": "2027-12-31"}])
    contracts = {
        content["name"]: contract_from(
            read_document(to_yaml(content), file="contract.yaml"), folder=folder
        )
        for content in (passages, residents)
    }
    return plan_from(read_document(to_yaml(plan), file="plan.yaml")), contracts


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def objecting() -> pa.Array:
    return pa.array([str(999000000 + n * 200) for n in range(OBJECTORS)])


def run_governed(folder: Path, rows: str) -> dict:
    hashing = [0.0]

    def tokens(people):
        begin = cpu()
        made = person_tokens(people, KEY)
        hashing[0] += cpu() - begin
        return made

    files = [folder / "passages.parquet", folder / "inwoners.parquet"]
    plan, contracts = documents(folder, rows)
    begin, clock = cpu(), time.perf_counter()
    (table,) = plan_query(plan, contracts, day=DAY, minimum=MINIMUM).tables
    with open_engine(files, memory_mb=MEMORY_MB, threads=THREADS) as engine:
        for at, (scan, file) in enumerate(zip(table.scans, files, strict=True)):
            types = {"dag": "DATE", "buurt": "VARCHAR", "woonbuurt": "VARCHAR", "bsn": "BIGINT"}
            wanted = [
                duckdb.ColumnExpression(name).cast(types[name]).alias(name) for name in scan.reads
            ]
            engine.read_parquet(str(file)).select(*wanted).create_view(f"source_{at}")
        result = run_table(engine, table, tokens=tokens, objectors={"passages": objecting()})
        content = result.reader.read_all()
    spent = cpu() - begin
    return {
        "cpu": spent - hashing[0],
        "tokens": hashing[0],
        "clock": time.perf_counter() - clock,
        "cells": sorted(
            [row["woonbuurt"], str(row["dag"]), row["persons"]]
            for row in content.to_pylist()
            if not row["withheld"]
        ),
        "persons": len(result.persons),
    }


def run_raw(folder: Path, rows: str, *, without_objectors: bool = False) -> dict:
    where = []
    if rows == "tenth":
        where.append("e.buurt IN (" + ", ".join(f"'{code}'" for code in TENTH) + ")")
    if without_objectors:
        where.append("e.bsn NOT IN (" + ", ".join(objecting().to_pylist()) + ")")
    query = RAW.format(where="WHERE " + " AND ".join(where) if where else "", minimum=MINIMUM)
    files = [folder / "passages.parquet", folder / "inwoners.parquet"]
    begin, clock = cpu(), time.perf_counter()
    with open_engine(files, memory_mb=MEMORY_MB, threads=THREADS) as engine:
        found = engine.sql(query, params=[str(file) for file in files]).to_arrow_table()
    spent = cpu() - begin
    cells = zip(*(column.to_pylist() for column in found.columns), strict=True)
    return {
        "cpu": spent,
        "clock": time.perf_counter() - clock,
        "cells": sorted([wijk, str(dag), persons] for wijk, dag, _rows, persons in cells),
    }


def child(folder: Path, kind: str, rows: str) -> dict:
    """One run in a process of its own, so that memory and caches of one do not help the other."""
    done = subprocess.run(
        [sys.executable, __file__, str(folder), "--one", kind, rows],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def one_run(folder: Path, kind: str, rows: str) -> None:
    if kind == "governed":
        result = run_governed(folder, rows)
    else:
        result = run_raw(folder, rows, without_objectors=kind == "check")
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))


def compare(folder: Path, rows: str) -> None:
    same = child(folder, "check", rows)["cells"]
    runs = {"raw": [], "governed": []}
    for _ in range(RUNS):
        for kind, made in runs.items():
            made.append(child(folder, kind, rows))
    if any(run["cells"] != same for run in runs["governed"]):
        raise SystemExit("the governed query does not give the same counts")

    def middle(kind: str, what: str) -> str:
        values = sorted(run[what] for run in runs[kind])
        return f"{statistics.median(values):.2f} ({values[0]:.2f}-{values[-1]:.2f})"

    ratio = statistics.median(run["cpu"] for run in runs["governed"]) / statistics.median(
        run["cpu"] for run in runs["raw"]
    )
    persons = runs["governed"][0]["persons"]
    print(f"{rows}: {len(same)} cells, the same counts but for those who object")
    for kind in runs:
        processor, clock, peak = (middle(kind, what) for what in ("cpu", "clock", "peak_mb"))
        print(f"  {kind:9} {processor} s processor, {clock} s clock, {peak} MB at most")
    print(f"  ratio     {ratio:.2f}")
    print(f"  tokens    {middle('governed', 'tokens')} s processor, for {persons:,} persons")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one_run(asked.folder, *asked.one)
        return
    make_data(asked.folder)
    file = asked.folder / "passages.parquet"
    rows, size = pq.read_metadata(file).num_rows, file.stat().st_size / 1e6
    versions = f"Python {platform.python_version()}, DuckDB {version('duckdb')}"
    print(f"{rows:,} passages, {size:.0f} MB; {versions}, {THREADS} threads, {RUNS} runs in turn")
    for rows_asked in ("tenth", "all"):
        compare(asked.folder, rows_asked)


if __name__ == "__main__":
    main()
