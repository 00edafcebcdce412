"""Colours of a municipality in which text cannot be read are told when the portal starts."""

import pytest
from django.core.checks import run_checks

from grondslag_portal.shared.contrast import PAIRS, TAG, contrast, pairs_of

THEME = "onze-stad"


@pytest.fixture
def tokens(tmp_path, settings):
    """Writes tokens of a municipality, and says what the check then tells."""
    settings.FRONTEND, settings.THEME = tmp_path, THEME

    def write(body, *, selector=f".{THEME}"):
        (tmp_path / "tokens").mkdir(exist_ok=True)
        (tmp_path / "tokens" / "theme.css").write_text(f"{selector} {{ {body} }}")
        return [message.msg for message in run_checks(tags=[TAG])]

    return write


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.478), ("#767676", "#ffffff", 4.542)],
)
def test_the_ratio_is_that_of_the_web(one, other, ratio):
    """The greys on both sides of the limit, as WebAIM's contrast checker gives them."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


def test_our_own_colours_can_be_read(tmp_path):
    assert [pair for pair in pairs_of(tmp_path, THEME) if not pair.is_readable] == []


def test_text_that_cannot_be_read_is_told_with_both_names_and_the_ratio(tokens):
    told = tokens("--basis-color-default-color-subtle: #767676; --grijs: #777; "
                  "--utrecht-link-color: var(--grijs);")  # fmt: skip

    assert any("link" in line and "ground" in line and "4.4" in line for line in told)
    assert not any("text-subtle op ground:" in line for line in told)


@pytest.mark.parametrize("value", ["rgb(119 119 119)", "rgb(119,119,119)", "#777", "#777777"])
def test_a_colour_is_understood_however_it_is_written(tokens, value):
    assert any("4.4" in line for line in tokens(f"--basis-color-default-color-document: {value};"))


@pytest.mark.parametrize("value", ["color-mix(in srgb, red, blue)", "rgb(300 0 0)", "var(--mist)"])
def test_a_colour_of_which_nobody_can_tell_is_told_too(tokens, value):
    told = tokens(f"--basis-color-default-color-document: {value};")

    assert any("text" in line and "niet te bepalen" in line for line in told)


def test_tokens_that_stand_for_each_other_end(tokens):
    told = tokens("--basis-color-default-color-document: var(--a); --a: var(--b); --b: var(--a);")

    assert any("niet te bepalen" in line for line in told)


def test_tokens_of_another_theme_do_not_count(tokens):
    assert tokens("--utrecht-link-color: #fff;", selector=".elders") == []


def test_every_name_stands_in_our_style_sheet(tmp_path):
    names = {name for pair in PAIRS for name in pair}
    known = {pair.text for pair in pairs_of(tmp_path, THEME) if pair.ratio}
    assert {pair[0] for pair in PAIRS} == known
    assert len(names) > len(known)
