"""The four classes of certainty as a reader sees them: the same fills and words on every map."""

from grondslag.analysis import AreaClass
from grondslag.documents import Hatch, MapClass, Tint
from grondslag.report.words import Voice

CLASSES = (
    (AreaClass.ALMOST_CERTAIN, Tint.HIGH, Hatch.NONE),
    (AreaClass.PROBABLE, Tint.SOMEWHAT_HIGH, Hatch.RISING),
    (AreaClass.UNCLEAR, Tint.MIDDLE, Hatch.NONE),
    (AreaClass.PROBABLY_NOT, Tint.SOMEWHAT_LOW, Hatch.DOTS),
)
"""From "almost certainly more" to "probably not", each with its fill and hatching."""


def certainty_classes(voice: Voice) -> list[MapClass]:
    """The classes of a certainty map with their words, in the order of its legend."""
    return [MapClass(klass.name, voice.klass(klass), tint, hatch) for klass, tint, hatch in CLASSES]
