"""Leaving a dataset out of a fair comparison: what it rests on stays, a survey may go."""

import pytest

from grondslag.errors import InputError
from grondslag.plan import read_plan
from grondslag.policy import apply_change
from grondslag.policy.edits import DropDataset
from our_source import ROOT


def safety():
    return read_plan(ROOT / "examples" / "voorbeeldstad-veiligheid" / "plan.yaml")


def test_a_survey_may_be_left_out():
    without = apply_change(safety(), DropDataset("veiligheidsenquete"))

    assert without.analysis.fair.survey is None
    assert without.need("veiligheidsenquete") is None


@pytest.mark.parametrize("dataset", ["misdrijven", "misdrijven-slachtoffers", "aanwezigen"])
def test_what_the_comparison_rests_on_may_not(dataset):
    with pytest.raises(InputError):
        apply_change(safety(), DropDataset(dataset))
