"""Marks and classes can be told apart with any eye, on any printer."""

from itertools import combinations, pairwise

import pytest

from grondslag.documents.palette import ACCENT, BAND, HATCH_INK, SIGNAL, SOFT, Hatch, Tint
from grondslag.report.certainty import CLASSES

WHITE = "#ffffff"


def linear(colour):
    """The light of red, green and blue, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(light):
    red, green, blue = light
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, "contrast ratio"."""
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
"""Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0, on linear
light, as the authors publish them with the paper."""
SEES_ALL = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
EYES = {
    "all": SEES_ALL,
    "deuteranopia": DEUTERANOPIA,
    "protanopia": PROTANOPIA,
    "tritanopia": TRITANOPIA,
}


def seen(colour, eye):
    light = linear(colour)
    mixed = (sum(part * share for part, share in zip(light, row, strict=True)) for row in eye)
    return [min(1.0, max(0.0, part)) for part in mixed]


def lab(light):
    """CIE 1976 L*a*b* under D65: sRGB by IEC 61966-2-1."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(light, row, strict=True)) for row in rows]
    scaled = [part / white for part, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, eye):
    """CIE 1976 colour difference; about 2.3 is just noticed side by side."""
    pairs = zip(lab(seen(one, eye)), lab(seen(other, eye)), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_the_measures_agree_with_known_values():
    """Black on white is 21 to 1 (WCAG 2.2); white has L* 100 and black 0, 100 apart."""
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert distance("#000000", WHITE, SEES_ALL) == pytest.approx(100, abs=0.1)


def test_a_red_and_a_green_of_one_lightness_are_lost_to_the_eye_that_this_is_about():
    """The measure sees the trouble it is for: else the tests below could not fail."""
    assert distance("#b84a3a", "#6f7a1e", SEES_ALL) > 45
    assert distance("#b84a3a", "#6f7a1e", DEUTERANOPIA) < 15


@pytest.mark.parametrize("eye", EYES)
def test_every_two_classes_of_a_map_differ_for_every_eye(eye):
    for one, other in combinations([tint for _, tint, _ in CLASSES], 2):
        assert distance(one.value, other.value, EYES[eye]) > 15


def test_the_classes_of_a_map_that_lie_next_to_each_other_differ_without_any_colour():
    """By lightness on a grey print, or by hatching."""
    for (_, one, hatch), (_, other, beside) in pairwise(CLASSES):
        darker = contrast(one.value, other.value) >= 1.5
        assert darker or hatch is not beside
    hatches = [hatch for _, _, hatch in CLASSES]
    assert hatches.count(Hatch.NONE) <= 2


@pytest.mark.parametrize("ground", [WHITE, BAND])
def test_marks_stand_out_from_what_they_lie_on(ground):
    """WCAG 2.2, success criterion 1.4.11: 3 to 1 for what carries meaning."""
    for ink in (ACCENT, SIGNAL, SOFT):
        assert contrast(ink, ground) >= 3


def test_hatching_is_seen_on_every_fill_it_is_drawn_on():
    for _, tint, hatch in CLASSES:
        if hatch is not Hatch.NONE:
            ink = WHITE if tint in (Tint.HIGH, Tint.LOW) else HATCH_INK
            assert contrast(ink, tint.value) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_what_stands_out_is_told_from_the_rest_by_every_eye(eye):
    for one, other in combinations((SIGNAL, ACCENT, SOFT), 2):
        assert distance(one, other, EYES[eye]) > 15
