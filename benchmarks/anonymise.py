"""Anonymising: what the search and the whole run take, on made-up survey data and on Adult.

Run by hand:

    python benchmarks/anonymise.py                      1.2 million made-up rows
    python benchmarks/anonymise.py --rows 10000000
    python benchmarks/anonymise.py --adult FOLDER       the Adult data with its hierarchies
    python benchmarks/anonymise.py --file 100000000     a Parquet file made up in parts, once

Prints medians, wall seconds beside processor seconds, and the most memory a run took. Everything
but Adult is made up. The first run in an installation compiles for some twenty seconds; that is
warmed up before anything is timed.
"""

import argparse
import math
import resource
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from grondslag.anonymise import (
    Hierarchy,
    KAnonymity,
    Measure,
    anonymise,
    anonymise_file,
    classes_of,
    cost_of,
    hierarchy_of,
    intervals,
    ordered,
    read_hierarchy,
)
from grondslag.anonymise.nodes import Nodes
from grondslag.anonymise.search import Search

SEED = 20270303
PART = 5_000_000
LIMITS = (0.0, 0.02, 0.05, 0.1)
MODEL = KAnonymity(5)
ADULT = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass",
         "occupation", "salary-class"]  # fmt: skip
ADULT_LOSS = {0.0: 0.57315, 0.02: 0.31486, 0.05: 0.24292, 0.1: 0.22129}


def made_up(rows: int, part: int = 0) -> pa.Table:
    """A survey: nine columns with uneven, partly dependent values."""
    draw = np.random.default_rng([SEED, part] if part else SEED)

    def rare(odds: float, most: int) -> np.ndarray:
        return np.minimum(draw.geometric(odds, rows) - 1, most - 1).astype(np.int16)

    age = np.clip(draw.gamma(9, 4.5, rows), 0, 89).astype(np.int16)
    return pa.table(
        {
            "year": (2012 + draw.integers(0, 14, rows)).astype(np.int16),
            "quarter": draw.integers(1, 5, rows).astype(np.int16),
            "age": age,
            "sex": draw.integers(0, 2, rows).astype(np.int16),
            "education": np.minimum(draw.beta(6, 4, rows) * 26, 25).astype(np.int16),
            "origin": rare(0.85, 6),
            "partner": np.where(age < 20, np.int16(5), rare(0.8, 6)),
            "region": rare(0.5, 12),
            "work": rare(0.6, 25),
        }
    )


def levels() -> list[Hierarchy]:
    """Hierarchies with 25,920 nodes, over all values that can be."""

    def joined(name: str, values: range, *sizes: int) -> Hierarchy:
        return ordered(name, list(values), sizes=sizes)

    def kept_or_not(name: str, values: range) -> Hierarchy:
        return hierarchy_of(name, [pa.array(values, pa.int16())])

    return [
        joined("year", range(2012, 2026), 2, 4),
        joined("quarter", range(1, 5), 2),
        intervals("age", pa.array(range(90), pa.int16()), widths=[5, 10, 20, 40]),
        kept_or_not("sex", range(2)),
        joined("education", range(26), 2, 6, 12),
        joined("origin", range(6), 2),
        kept_or_not("partner", range(6)),
        joined("region", range(12), 4),
        kept_or_not("work", range(25)),
    ]


def timed(act) -> tuple[float, float, object]:
    begin = time.perf_counter(), time.process_time()
    result = act()
    return time.perf_counter() - begin[0], time.process_time() - begin[1], result


def medians(act, rounds: int) -> tuple[float, float, object]:
    taken = [timed(act) for _ in range(rounds)]
    wall, processor = (statistics.median(one[at] for one in taken) for at in (0, 1))
    return wall, processor, taken[-1][2]


def most_memory() -> float:
    """In gigabytes, since the start."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def survey(rows: int, rounds: int, limits: list[float]) -> None:
    table = made_up(rows)
    hierarchies = levels()
    anonymise(table.slice(0, 20_000), hierarchies=hierarchies, model=MODEL, suppression=0.02)
    for limit in limits:
        wall, processor, result = medians(
            lambda limit=limit: anonymise(
                table, hierarchies=hierarchies, model=MODEL, suppression=limit
            ),
            rounds,
        )
        told = result.report
        print(
            f"{rows:,} rows, {told.before.groups:,} combinations, {told.nodes:,} nodes, "
            f"{limit:.0%}: whole run {wall:.2f} s (processor {processor:.2f} s), "
            f"{told.looks} looks, loss {told.value:.5f}, proven {told.is_optimal}, "
            f"memory {most_memory():.1f} GB"
        )


def large_file(rows: int, limits: list[float]) -> None:
    """A file that is never in memory as a whole, made anonymous and written."""
    with TemporaryDirectory() as folder:
        source, into = Path(folder, "source.parquet"), Path(folder, "anonymous.parquet")
        with pq.ParquetWriter(source, made_up(1).schema) as writer:
            for part in range(1, rows // PART + 1):
                writer.write_table(made_up(PART, part), row_group_size=1_000_000)
        anonymise(made_up(20_000), hierarchies=levels(), model=MODEL, suppression=0.02)
        for limit in limits:
            wall, processor, made = timed(
                lambda limit=limit: anonymise_file(
                    source, into, hierarchies=levels(), model=MODEL, suppression=limit
                )
            )
            told = made.report
            print(
                f"file of {told.rows:,} rows, {told.before.groups:,} combinations, {limit:.0%}: "
                f"{wall:.1f} s (processor {processor:.1f} s), {told.looks} looks, "
                f"loss {told.value:.5f}, proven {told.is_optimal}, memory {most_memory():.1f} GB"
            )


def read_adult(folder: Path) -> tuple[pa.Table, list[Hierarchy]]:
    """The table and its hierarchies, every column as text."""
    texts = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(ADULT, pa.string()))
    table = pyarrow.csv.read_csv(
        folder / "adult.csv",
        parse_options=pyarrow.csv.ParseOptions(delimiter=";"),
        convert_options=texts,
    )
    return table, [read_hierarchy(folder / f"adult_hierarchy_{name}.csv", name) for name in ADULT]


def adult(folder: Path, rounds: int) -> None:
    table, hierarchies = read_adult(folder)
    classes = classes_of(table.select(ADULT), hierarchies)
    heights = [hierarchy.height for hierarchy in hierarchies]
    for measure in Measure:
        for limit in LIMITS:

            def search(measure=measure, limit=limit):
                cost = cost_of(measure, classes, [MODEL])
                nodes = Nodes(classes, [MODEL])
                return Search(nodes, cost, math.floor(limit * classes.rows), heights).run()

            search()
            wall, processor, found = medians(search, rounds)
            print(
                f"Adult, {measure}, {limit:.0%}: search {wall:.3f} s "
                f"(processor {processor:.3f} s), {found.looks} looks of {found.nodes:,}, "
                f"value {found.value:.5f}, node {found.partition.node}"
            )
            if measure is Measure.LOSS:
                assert round(found.value, 5) == ADULT_LOSS[limit], "not the known optimum"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--adult", type=Path)
    asked.add_argument("--rows", type=int, default=1_200_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--limits", type=float, nargs="+", default=[0.02])
    asked.add_argument("--file", type=int)
    given = asked.parse_args()
    if given.file:
        large_file(given.file, given.limits)
    elif given.adult:
        adult(given.adult, given.rounds)
    else:
        survey(given.rows, given.rounds, given.limits)
