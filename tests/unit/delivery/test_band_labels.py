"""The texts of bands: no digit lost, no two bands with one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.delivery.bands import band_label

LABELS = [
    # edges                        whole  labels, from below the first
    ((0, 20, 75), True, ["<0", "0-19", "20-74", "75+"]),
    ((0, 20, 75), False, ["<0", "0-<20", "20-<75", "75+"]),
    ((10, 11, 13), True, ["<10", "10", "11-12", "13+"]),
    ((-10, -5, 0, 5), True, ["<-10", "-10..-6", "-5..-1", "0-4", "5+"]),
    ((-10, -5), False, ["<-10", "-10-<-5", "-5+"]),
    ((0, 0.05, 10), False, ["<0", "0-<0.05", "0.05-<10", "10+"]),
    ((0, 0.5, 1), True, ["<0", "0-<0.5", "0.5-<1", "1+"]),
    ((1000000, 1000001, 1234567), True, ["<1000000", "1000000", "1000001-1234566", "1234567+"]),
    ((0.1234567, 0.1234568), False, ["<0.1234567", "0.1234567-<0.1234568", "0.1234568+"]),
]


@pytest.mark.parametrize(("edges", "whole", "labels"), LABELS)
def test_labels(edges, whole, labels):
    edges = tuple(float(edge) for edge in edges)

    assert [band_label(edges, at, whole=whole) for at in range(-1, len(edges))] == labels


@given(
    st.lists(st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9), min_size=2, unique=True),
    st.booleans(),
)
def test_no_two_bands_share_a_label(numbers, whole):
    edges = tuple(sorted({float(number) + 0.0 for number in numbers}))

    labels = [band_label(edges, at, whole=whole) for at in range(-1, len(edges))]

    assert len(set(labels)) == len(labels)
