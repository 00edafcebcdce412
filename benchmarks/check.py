"""How long `check` takes over a plan with 100 columns, and `propose` over one with many faults.

Run by hand: ``.venv/bin/python benchmarks/check.py``. Medians over runs; contracts are read
beforehand, as they are for any number of checks.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from grondslag.policy import check, propose
from made_cases import CONTRACTS, asks, case, contract, edited, entry

COLUMNS = 100
RUNS = 30


def wide(faults):
    """A plan that asks 100 columns, the first so many in a form their owner does not offer."""
    names = [f"kolom_{n:03d}" for n in range(COLUMNS)]
    described = {name: entry("ordinary", "quasi", "exact", "prefix:2") for name in names}
    asked = [(name, "year" if n < faults else "exact") for n, name in enumerate(names)]
    whole = case({"plan.data": [asks("meldingen", *asked, count="persons")]})
    spec = edited(
        CONTRACTS["meldingen"], {"columns": CONTRACTS["meldingen"]["columns"] | described}
    )
    contracts = dict(whole.contracts) | {"meldingen": contract("meldingen", spec)}
    return type(whole)(whole.plan, contracts, whole.accountability, whole.day, whole.parameters)


def median_ms(work, runs):
    """The median processor time of some work, in milliseconds: others use this machine too."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def main():
    """Print both figures."""
    lawful, faulty = wide(0), wide(10)
    print(f"check, {COLUMNS} columns: {median_ms(lambda: check(lawful), RUNS):.1f} ms")
    print(f"check, 10 faults: {median_ms(lambda: check(faulty), RUNS):.1f} ms")
    proposal = propose(faulty)
    print(f"propose, 10 faults: {median_ms(lambda: propose(faulty), 3):.0f} ms")
    print(f"  changes: {len(proposal.changes)}, smallest: {proposal.is_smallest}")


if __name__ == "__main__":
    main()
