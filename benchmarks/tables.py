"""Tables: our protection beside the modular method of pytauargus and the proven optimum.

Run by hand:

    python benchmarks/tables.py                   thirty tables
    python benchmarks/tables.py --only 2 --alone  tables whose name holds "2", without the peer
    python benchmarks/tables.py --peer FOLDER     where the peer is, or is installed to

All tables are made up: 60,000 businesses in regions, branches and sizes, from seeds. The peer is
fetched into a folder of its own and runs per table in a process of its own in an empty folder. Its
choice counts when our audit finds nothing open in it: every unsafe cell far enough from both
ends of what an attacker can conclude. Both sides choose without protection of sums and singletons,
which the peer does otherwise; our choice with those stands beside it. Prints markdown rows:
processor seconds, and the amount withheld besides the unsafe cells beside peer and optimum.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from grondslag.anonymise.tables import (
    Cells,
    Dimension,
    Measure,
    Method,
    Rules,
    Shown,
    Wishes,
    audit,
    cell_demands,
    knowledge_of,
    protect,
    sensitivity,
    tabulate,
)
from made_businesses import businesses, size_dimension, tree

FEW = "FREQ(3,10)"
BOTH = "P(10,1)|FREQ(3,10)"
RULES = {FEW: Rules(minimum=3), BOTH: Rules(minimum=3, estimate=0.1)}
PEER = "pytauargus==0.6.0"
OPTIMUM_UP_TO = 1_600
WAITED = 20
"""So many seconds on the clock at most per processor second of the peer, on a busy machine."""


@dataclass(frozen=True)
class Made:
    """How a table is made: widths of the trees, which tables, rules, rows and seed."""

    name: str
    regions: tuple[int, ...]
    branches: tuple[int, ...]
    tables: tuple[tuple[str, ...], ...]
    rules: str = FEW
    rows: int = 60_000
    seed: int = 1


FLAT, CUBE = (("region", "branch"),), (("region", "branch", "size"),)
LINKED = (("region", "branch"), ("region", "size"))
LINKED_CUBE = (("region", "branch"), ("branch", "size"), ("region", "size"))
COROP, TOWN = (12, 40), (12, 40, 342)

MADE = [
    Made("1a corop x section", COROP, (21,), FLAT, FEW, 30_000, 1),
    Made("1b corop x section", COROP, (21,), FLAT, BOTH),
    Made("1c corop x section", COROP, (21,), FLAT, FEW, 20_000, 2),
    Made("1d corop x section", COROP, (21,), FLAT, BOTH, 20_000, 3),
    Made("1e corop x division", COROP, (21, 88), FLAT, FEW, 60_000, 4),
    Made("1f corop x division", COROP, (21, 88), FLAT, BOTH, 60_000, 5),
    Made("1g province x section", (12,), (21,), FLAT, BOTH, 8_000, 6),
    Made("1h province x division", (12,), (21, 88), FLAT, FEW, 20_000, 7),
    Made("2a town x section", TOWN, (21,), FLAT),
    Made("2b town x section", TOWN, (21,), FLAT, BOTH),
    Made("2c town x section", TOWN, (21,), FLAT, FEW, 60_000, 8),
    Made("2d town x section", TOWN, (21,), FLAT, FEW, 200_000, 9),
    Made("3a town x division", TOWN, (21, 88), FLAT),
    Made("3b town x division", TOWN, (21, 88), FLAT, BOTH),
    Made("3c town x division", TOWN, (21, 88), FLAT, FEW, 200_000, 10),
    Made("4a corop x section x size", COROP, (21,), CUBE),
    Made("4b corop x section x size", COROP, (21,), CUBE, BOTH),
    Made("4c corop x section x size", COROP, (21,), CUBE, FEW, 200_000, 11),
    Made("4d province x section x size", (12,), (21,), CUBE),
    Made("4e province x section x size", (12,), (21,), CUBE, BOTH, 20_000, 12),
    Made("4f part x section x size", (5,), (21,), CUBE, FEW, 10_000, 13),
    Made("4g part x part x size", (5,), (8,), CUBE, BOTH, 2_000, 14),
    Made("4h part x branch x size", (4,), (6, 20), CUBE, FEW, 4_000, 15),
    Made("5a linked corop x section, size", COROP, (21,), LINKED),
    Made("5b linked corop x section, size", COROP, (21,), LINKED, BOTH, 20_000, 16),
    Made("5c linked town x section, size", TOWN, (21,), LINKED),
    Made("5d linked town x division, size", TOWN, (21, 88), LINKED),
    Made("5e linked province, section, size", (12,), (21,), LINKED_CUBE, BOTH, 8_000, 17),
    Made("5f linked corop, section, size", COROP, (21,), LINKED_CUBE),
    Made("5g linked town, section, size", TOWN, (21,), LINKED_CUBE),
]


@dataclass(frozen=True)
class Case:
    """A table with what it is made of."""

    made: Made
    rows: pa.Table
    dimensions: dict[str, Dimension]
    cells: Cells


def case_of(made: Made) -> Case:
    rng = np.random.default_rng(made.seed)
    regions, branches = (
        tree("region", list(made.regions), rng),
        tree("branch", list(made.branches), rng),
    )
    rows = businesses(regions, branches, made.rows, made.seed)
    dimensions = {"region": regions, "branch": branches, "size": size_dimension()}
    tables = [[dimensions[name] for name in table] for table in made.tables]
    return Case(made, rows, dimensions, tabulate(rows, tables, Measure("amount", "owner")))


@dataclass(frozen=True)
class Peer:
    """What the peer withholds; none when it did not finish."""

    hidden: np.ndarray | None
    seconds: float
    said: str


def fetched(folder: Path) -> Path:
    """The folder with the peer, installed when it is not there."""
    if not (folder / "pytauargus").exists():
        uv = Path(sys.executable).parent / "uv"
        installer = [str(uv), "pip"] if uv.exists() else [sys.executable, "-m", "pip"]
        subprocess.run([*installer, "install", "-q", "--target", str(folder), PEER], check=True)
    return folder


def of_peer(case: Case, folder: Path, limit: float) -> Peer:
    """Each table apart, as the peer does; cells of two tables are withheld when one asks it."""
    hidden, seconds = np.zeros(case.cells.size, dtype=bool), 0.0
    numbers = {key: at for at, key in enumerate(case.cells.frame.keys())}
    names = case.cells.frame.names
    for table in case.made.tables:
        answer, said = _asked(case, table, folder, limit)
        if answer is None:
            return Peer(None, 0.0, said)
        seconds += answer["seconds"]
        for codes, status in answer["cells"]:
            of = dict(zip(table, (code or "*" for code in codes), strict=True))
            key = tuple(
                "*" if of.get(name, "*") == "Total" else of.get(name, "*") for name in names
            )
            hidden[numbers[key]] |= status in "UM"
    return Peer(hidden, seconds, "")


def _asked(
    case: Case, table: tuple[str, ...], folder: Path, limit: float
) -> tuple[dict | None, str]:
    job = {
        "columns": {name: case.rows[name].to_pylist() for name in (*table, "amount")},
        "dimensions": list(table),
        "trees": {name: dict(case.dimensions[name].parents) for name in table},
        "rules": case.made.rules,
        "method": "MOD(1,5,0,0,0)",
        "limit": int(limit),
    }
    script = Path(__file__).with_name("tables_peer.py").resolve()
    with tempfile.TemporaryDirectory() as empty:
        try:
            done = subprocess.run(
                [sys.executable, str(script)],
                input=json.dumps(job), text=True, capture_output=True, check=False,
                cwd=empty, timeout=limit * WAITED,
                env=os.environ | {"PYTHONPATH": str(folder.resolve())},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return None, f"over {limit * WAITED:.0f} s on the clock"
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return None, f"over {limit:.0f} s"
        answer = Path(empty, "answer.json")
        if not answer.exists():
            last = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
            return None, last[:60]
        return json.loads(answer.read_text()), ""


def row_of(case: Case, folder: Path | None, limit: float) -> str:
    cells, rules = case.cells, RULES[case.made.rules]
    found = sensitivity(cells, rules)

    def lost(hidden: np.ndarray) -> float:
        return float(cells.value[hidden & ~found.unsafe].sum())

    def passes(hidden: np.ndarray) -> bool:
        shown = Shown(cells.value, hidden, cells.frame.sums)
        return audit(shown, cell_demands(found), knowledge_of(cells, found, rules)).passed

    ours, seconds = _timed(case, Wishes(method=Method.FAST, together=False))
    whole, whole_seconds = _timed(case, Wishes())
    row = [
        case.made.name,
        f"{cells.size:,}",
        f"{int(found.unsafe.sum()):,}",
        f"{int((ours & ~found.unsafe).sum()):,}",
        f"{seconds:.2f}",
        "yes" if passes(ours) else "NO",
        f"{whole_seconds:.2f}",
        f"{lost(whole) / max(lost(ours), 1e-9):.2f}",
        *_beside_peer(case, folder, limit, ours, lost, passes),
        _beside_optimum(case, lost(ours)),
    ]
    return "| " + " | ".join(row) + " |"


def _timed(case: Case, wishes: Wishes) -> tuple[np.ndarray, float]:
    start = time.process_time()
    done = protect(case.cells, RULES[case.made.rules], wishes)
    return done.hidden, time.process_time() - start


def _beside_peer(case, folder, limit, ours, lost, passes) -> tuple[str, str, str]:
    if folder is None:
        return "-", "-", "-"
    peer = of_peer(case, folder, limit)
    if peer.hidden is None:
        return peer.said, "-", "-"
    unsafe = sensitivity(case.cells, RULES[case.made.rules]).unsafe
    same = "" if peer.hidden[unsafe].all() else " (shows unsafe cells)"
    ratio = lost(ours) / max(lost(peer.hidden | unsafe), 1e-9)
    return f"{peer.seconds:.2f}", ("yes" if passes(peer.hidden) else "no") + same, f"{ratio:.3f}"


def _beside_optimum(case: Case, ours: float) -> str:
    if case.cells.size > OPTIMUM_UP_TO:
        return "-"
    best = protect(
        case.cells, RULES[case.made.rules], Wishes(method=Method.OPTIMAL, together=False)
    )
    mark = "" if best.optimal else " (bound)"
    floor = best.cost if best.optimal else best.bound
    return f"{ours / max(floor, 1e-9):.3f}{mark}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--only", default="", help="tables whose name holds this")
    ask.add_argument("--alone", action="store_true", help="without the peer")
    ask.add_argument("--peer", type=Path, default=Path(tempfile.gettempdir(), "pytauargus"))
    ask.add_argument(
        "--limit", type=float, default=120.0, help="processor seconds per table for the peer"
    )
    wanted = ask.parse_args()
    folder = None if wanted.alone else fetched(wanted.peer)
    head = [
        "table", "cells", "unsafe", "others withheld", "fast s", "audit", "with sums s",
        "with sums / fast", "MOD s", "MOD audit", "amount / MOD", "amount / optimum",
    ]  # fmt: skip
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for made in MADE:
        if wanted.only in made.name:
            print(row_of(case_of(made), folder, wanted.limit), flush=True)


if __name__ == "__main__":
    main()
