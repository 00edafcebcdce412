"""Chance from one seed: a stream of its own per subject, so that none disturbs another."""

import zlib

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]


def stream(seed: int, subject: str) -> np.random.Generator:
    """The stream of random numbers for one subject: more residents leave the crashes alone."""
    key = zlib.crc32(subject.encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(key,))))


def drawn(chance: np.random.Generator, weights: Floats, count: int) -> Integers:
    """Positions drawn with weights."""
    edges = np.cumsum(weights / weights.sum())
    edges[-1] = 1.0
    return np.searchsorted(edges, chance.random(count), side="right").astype(np.int64)
