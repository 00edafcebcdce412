"""The certainty word and the class of an area, from released numbers."""

from collections.abc import Container, Mapping
from enum import Enum

from grondslag.methods import Certainty, certainty_word


class AreaClass(Enum):
    """How an area stands against the rest. The value is the code of its words."""

    ALMOST_CERTAIN = "analysis.class-almost-certain"
    PROBABLE = "analysis.class-probable"
    UNCLEAR = "analysis.class-unclear"
    PROBABLY_NOT = "analysis.class-probably-not"
    NO_ANSWER = "analysis.class-no-answer"


_CLASSES = {
    Certainty.ALMOST_CERTAIN: AreaClass.ALMOST_CERTAIN,
    Certainty.PROBABLE: AreaClass.PROBABLE,
    Certainty.UNCLEAR: AreaClass.UNCLEAR,
    Certainty.PROBABLY_NOT: AreaClass.PROBABLY_NOT,
}


def word_of(derived: Mapping[str, float]) -> Certainty | None:
    """The fixed word for "more goes wrong here"; None when there was nothing to compare.

    Where many areas were looked at, one that stands out only by its luck in the draw is called
    probable at most.
    """
    chance = derived.get("certainty")
    if chance is None:
        return None
    word = certainty_word(min(1.0, max(0.0, chance)))
    if word is Certainty.ALMOST_CERTAIN and not derived.get("stands"):
        return Certainty.PROBABLE
    return word


def exposure_at(level: str, names: Container[str]) -> str:
    """Against what a level is compared: areas as busy when that is known, else traffic.

    Args:
        level: Which level.
        names: Ids of the figures that there are.

    Returns:
        ``alike``, ``traffic``, ``residents``, or empty when there is no comparison.
    """
    kinds = ("alike", "traffic", "residents")
    return next((kind for kind in kinds if f"{level}-{kind}" in names), "")


def area_class(derived: Mapping[str, float]) -> AreaClass:
    """The class of an area on a map."""
    word = word_of(derived)
    return AreaClass.NO_ANSWER if word is None else _CLASSES[word]
