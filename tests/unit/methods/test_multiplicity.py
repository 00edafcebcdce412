"""Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x: their example.

Fifteen p-values of a trial of thrombolysis. Controlling the false discovery rate at 0.05 the paper
rejects the four smallest; Bonferroni rejects three.
"""

import math

import pytest

from grondslag.errors import InputError
from grondslag.methods import adjusted_p_values, discoveries, sure_discoveries

PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


def test_the_four_smallest_of_the_paper_stand():
    assert discoveries(PAPER, rate=0.05) == (True,) * 4 + (False,) * 11


def test_order_does_not_matter():
    turned = discoveries(PAPER[::-1], rate=0.05)

    assert turned == (False,) * 11 + (True,) * 4


def test_an_adjusted_value_is_the_rate_at_which_it_stands():
    """The fourth: 0.0095 · 15 / 4."""
    assert adjusted_p_values(PAPER)[3] == pytest.approx(0.035625)


def test_no_comparisons_give_no_discoveries():
    assert discoveries([]) == ()


@pytest.mark.parametrize("p_value", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_is_refused(p_value):
    with pytest.raises(InputError) as refused:
        adjusted_p_values([0.5, p_value])

    assert refused.value.code == "methods.not-a-probability"


def test_a_rate_that_is_none_is_refused():
    with pytest.raises(InputError) as refused:
        discoveries([0.5], rate=5)

    assert refused.value.code == "methods.not-a-level"


def test_statements_with_probabilities_by_hand():
    """Newton and others (2004), doi:10.1093/biostatistics/5.2.155, worked by hand.

    Chances of being false .01, .02, .09 and .30: their running means are .01, .015, .04 and .105,
    so at 5% three stand; the fourth would bring the list to one in ten.
    """
    assert sure_discoveries([0.70, 0.99, 0.91, 0.98]) == (False, True, True, True)
    assert sure_discoveries([0.70, 0.99, 0.91, 0.98], rate=0.2) == (True, True, True, True)
    assert sure_discoveries([]) == ()


def test_statements_without_a_probability_are_refused():
    with pytest.raises(InputError):
        sure_discoveries([1.2])
    with pytest.raises(InputError):
        sure_discoveries([0.5], rate=1.0)
