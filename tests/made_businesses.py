"""Made-up businesses in regions, branches and sizes: tables with few large and many small ones."""

import numpy as np
import pyarrow as pa

from grondslag.anonymise.tables.trees import ALL, Dimension, flat

SIZES = ["s1", "s2", "s3", "s4", "s5"]


def tree(name, widths, rng):
    """A tree of levels with so many codes each; every code gets at least one child."""
    parents, above = {}, [ALL]
    for level, width in enumerate(widths):
        codes = [f"{name[0]}{level}-{at:03d}" for at in range(width)]
        owners = list(range(len(above))) + list(rng.integers(0, len(above), width - len(above)))
        parents |= {code: above[owner] for code, owner in zip(codes, sorted(owners), strict=True)}
        above = codes
    return Dimension(name, parents)


def skewed(codes, count, rng, power=1.0):
    """Codes drawn with unequal chances."""
    chances = rng.permutation(1.0 / np.arange(1, len(codes) + 1) ** power)
    return np.array(codes)[rng.choice(len(codes), count, p=chances / chances.sum())]


def businesses(regions, branches, count, seed=1):
    """Rows with region, branch, size, amount and owner."""
    rng = np.random.default_rng(seed)
    amount = np.round(np.exp(rng.normal(3.0, 1.5, count)), 0) + 1
    bounds = np.quantile(amount, [0.5, 0.75, 0.9, 0.97])
    return pa.table(
        {
            "region": skewed(sorted(regions.leaves), count, rng, 0.8),
            "branch": skewed(sorted(branches.leaves), count, rng, 0.9),
            "size": np.array(SIZES)[np.searchsorted(bounds, amount)],
            "amount": amount,
            "owner": np.arange(count),
        }
    )


def size_dimension():
    """The classes of size."""
    return flat("size", SIZES)
