"""A probability as one of four fixed words, so that a word means the same in every report.

Where one word ends and the next begins is a choice of this project; the rest is arithmetic.
"""

from enum import Enum

from grondslag.errors import InputError


class Certainty(Enum):
    """How sure a statement is. The value is the code under which `wording` has the word."""

    ALMOST_CERTAIN = "methods.certainty-almost-certain"
    PROBABLE = "methods.certainty-probable"
    UNCLEAR = "methods.certainty-unclear"
    PROBABLY_NOT = "methods.certainty-probably-not"


def certainty_word(probability: float) -> Certainty:
    """The fixed word for the probability that a statement is true.

    The scale is one-sided: the low end says "probably not" and no more. Who also wants to say that
    the opposite is almost certain asks for the word of ``1 - probability``.

    Args:
        probability: From 0 to 1.

    Returns:
        Above 0.95 almost certain; from 0.80 probable; below 0.20 probably not; else unclear.

    Raises:
        InputError: Not a number from 0 to 1.
    """
    if not 0 <= probability <= 1:
        raise InputError("methods.not-a-probability")
    if probability > 0.95:
        return Certainty.ALMOST_CERTAIN
    if probability >= 0.80:
        return Certainty.PROBABLE
    return Certainty.UNCLEAR if probability >= 0.20 else Certainty.PROBABLY_NOT
