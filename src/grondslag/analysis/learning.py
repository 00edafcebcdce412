"""What was learned over places, described for the checks on models before it is used.

Only counts that will be withheld are hidden: a count that is shown anyway is no secret of a model.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from grondslag.methods import Performance
from grondslag.release import (
    Fitted,
    ModelData,
    ModelOutput,
    Profile,
    judge_model_output,
    model_output,
)


def learned_over(
    counts: Sequence[int],
    predictors: Mapping[str, Sequence[float]],
    learned: Performance,
    *,
    minimum: int,
) -> ModelOutput:
    """A safety performance function, as the checks on models see it.

    Args:
        counts: Events per place.
        predictors: What it learned from.
        learned: What it learned.
        minimum: Smallest group that will be shown.
    """
    means = learned.predicted
    fitted = Fitted(
        means=means.tolist(),
        variances=(means + learned.dispersion * means**2).tolist(),
        slopes=means.tolist(),  # of a logarithm
        further=1,
    )
    hidden = [0 < count < minimum for count in counts]
    data = ModelData([float(count) for count in counts], predictors, hidden=hidden, of_places=True)
    return model_output(data, kind="negative_binomial", outcome="events", fitted=fitted)


def may_be_used(output: ModelOutput, minimum: int) -> bool:
    """Whether the gate would let something of it out; earlier releases are not looked at."""
    findings = judge_model_output(output, profile=Profile("asked", minimum, date.min))
    return not any(finding.refuses for finding in findings)
