"""One table through pytauargus, in a process of its own; started by `tables.py`.

Never imported beside our own solver: two versions of HiGHS in one process give wrong answers.
Reads a job from standard input, works in the current (empty) folder, writes the answer to
standard output: per cell its codes and whether it is withheld, and the processor seconds. It ends
itself after as many processor seconds as the job allows.
"""

import json
import resource
import sys
from pathlib import Path

from pytauargus import protect


def tree_lines(parents: dict[str, str], above: str = "*", depth: int = 0) -> list[str]:
    lines = []
    for code in sorted(code for code, parent in parents.items() if parent == above):
        lines += ["@" * depth + code, *tree_lines(parents, code, depth + 1)]
    return lines


def main() -> None:
    job = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (job["limit"], job["limit"]))
    trees = {}
    for name, parents in job["trees"].items():
        if set(parents.values()) != {"*"}:
            path = Path(f"{name}.hrc").resolve()
            path.write_text("\n".join(tree_lines(parents)) + "\n")
            trees[name] = str(path)
    done = protect(
        job["columns"],
        [job["dimensions"]],
        response="amount",
        safety_rules=job["rules"],
        suppress=job["method"],
        hrc=trees,
        workdir="work",
    )
    used = resource.getrusage(resource.RUSAGE_SELF)
    cells = [
        [[row[name] for name in job["dimensions"]], row["status"]] for row in done.tables[0].rows
    ]
    Path("answer.json").write_text(
        json.dumps({"seconds": used.ru_utime + used.ru_stime, "cells": cells})
    )


main()
