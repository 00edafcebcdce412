"""How long `check` takes over a plan with 100 columns, 10 datasets and 20 links, and `propose`.

Run by hand: ``.venv/bin/python benchmarks/check.py``. Medians over runs; contracts are read
beforehand, as they are for any number of checks.
"""

import statistics
import sys
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from grondslag.policy import RULES, check, propose
from made_cases import ASSESSED, CONTRACTS, asks, case, contract, edited, entry, impact, link

COLUMNS, DATASETS, LINKS = 100, 10, 20
RUNS = 30


def wide(faults, *, datasets=DATASETS, links=LINKS):
    """A plan of 100 columns over so many datasets, linked.

    The first so many columns are asked in a form their owner does not offer.
    """
    each = COLUMNS // datasets
    names = [f"kolom_{n:03d}" for n in range(each)]
    described = {name: entry("ordinary", "quasi", "exact", "prefix:2") for name in names}
    linking = {"linking": {"key": "melder", "domains": ["traffic"]}}
    spec = edited(
        CONTRACTS["meldingen"],
        {
            "columns": CONTRACTS["meldingen"]["columns"] | described,
            "privacy": CONTRACTS["meldingen"]["privacy"] | linking,
        },
    )
    keys = ["meldingen", *(f"meldingen-{n}" for n in range(1, datasets))]
    data = [
        asks(
            key,
            *(
                (name, "year" if at * each + n < faults else "exact")
                for n, name in enumerate(names)
            ),
            count="persons",
        )
        for at, key in enumerate(keys)
    ]
    pairs = list(combinations(keys, 2))[:links]
    plan = {
        "plan.data": data,
        "plan.links": [link(*pair) for pair in pairs],
        "plan.assessment": ASSESSED,
        "documents": [impact(covers={"datasets": keys, "purposes": ["verkeersveiligheid"]})],
    }
    whole = case(plan)
    contracts = {key: contract(key, spec) for key in keys}
    return replace(whole, contracts=contracts)


def unlinked(made):
    """The contract, with no link allowed."""
    return replace(made, privacy=replace(made.privacy, linking=None))


def median_ms(work, runs):
    """The median processor time of some work, in milliseconds: others use this machine too."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def main():
    """Print the figures."""
    shape = f"{COLUMNS} columns, {DATASETS} datasets, {LINKS} links"
    lawful, faulty = wide(0), wide(10)
    print(f"{len(RULES)} rules; {shape}")
    print(f"check: {median_ms(lambda: check(lawful), RUNS):.1f} ms, {check(lawful).outcome}")
    print(f"check, 10 faults: {median_ms(lambda: check(faulty), RUNS):.1f} ms")
    closed = {name: unlinked(item) for name, item in faulty.contracts.items()}
    cases = {
        shape: faulty,
        f"{COLUMNS} columns": wide(10, datasets=1, links=0),
        f"{shape}, and no owner allows a link": replace(faulty, contracts=closed),
    }
    for name, whole in cases.items():
        proposal = propose(whole)
        print(f"propose, 10 faults, {name}: {median_ms(lambda w=whole: propose(w), 3):.0f} ms")
        found = "none" if proposal is None else len(proposal.changes)
        print(f"  changes: {found}, smallest: {proposal is not None and proposal.is_smallest}")


if __name__ == "__main__":
    main()
