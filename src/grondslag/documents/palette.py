"""Colours and hatchings of the figures.

Orange against blue keeps its contrast in the common forms of colour blindness, and the strong tints
differ in lightness from the soft ones, so that a grey print keeps the order. Colour is never alone:
a class also has a hatching or a word.
"""

from enum import Enum


class Tint(Enum):
    """Fills for classes, from clearly below to clearly above, and one for nothing to say."""

    LOW = "#1f5c8b"
    SOMEWHAT_LOW = "#a9cbe3"
    MIDDLE = "#efece3"
    SOMEWHAT_HIGH = "#f2b98a"
    HIGH = "#b4470d"
    NOTHING = "#ffffff"


class Hatch(Enum):
    """What is drawn over a fill. The value is a path in a tile of 8 by 8."""

    NONE = ""
    RISING = "M-2 2L2-2M0 8L8 0M6 10L10 6"
    FALLING = "M-2 6L2 10M0 0L8 8M6-2L10 2"
    DOTS = "M2 1.2A.8.8 0 1 0 2 2.8A.8.8 0 1 0 2 1.2M6 5.2A.8.8 0 1 0 6 6.8A.8.8 0 1 0 6 5.2"
    LEVEL = "M0 2H8M0 6H8"


ACCENT = "#0b4f6c"
"""For the marks of a chart; 8.9 to 1 on white."""

SOFT = "#6b7280"
"""For marks that are held back; 4.8 to 1 on white."""

RULE = "#d5d9de"
"""For lines that only guide the eye."""

HATCH_INK = "#4a4f57"
"""For hatching on a light fill."""

SIGNAL = "#b4470d"
"""For the marks that stand out; 5.6 to 1 on white, 5.0 to 1 on `BAND`."""

BAND = "#eaeff3"
"""For what chance makes of it: light enough for every mark on it."""
