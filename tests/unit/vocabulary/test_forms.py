"""A form is one known word, with a parameter where it takes one."""

import pytest

from grondslag.errors import InputError
from grondslag.vocabulary import Form, IdentifierRole, OutputStep
from grondslag.wording import explain

FORMS = [
    ("drop", Form("drop"), True),
    ("exact", Form("exact"), False),
    ("year", Form("year"), True),
    ("pseudonym", Form("pseudonym"), True),
    ("area:buurt", Form("area", "buurt"), True),
    ("band:inkomen_5", Form("band", "inkomen_5"), True),
    ("age:tien", Form("age", "tien"), True),
    ("prefix:4", Form("prefix", "4"), True),
    ("averaged:10", Form("averaged", "10"), True),
    ("noisy:0.05", Form("noisy", "0.05"), True),
    ("rounded:1000", Form("rounded", "1000"), True),
]


@pytest.mark.parametrize(("text", "form", "masked"), FORMS)
def test_a_form_reads_and_writes_the_same(text, form, masked):
    assert Form.parse(text) == form
    assert str(form) == text
    assert form.is_masked is masked


REFUSED = [
    "", "blur", "Exact", "exact:", "exact:1", "area", "area:", "area:Wijk", "prefix:0", "prefix:10",
    "prefix", "band:1x", "year:2020", "area:wijk:buurt", "area:wijk\n", " exact", "prefix:4\n",
    "averaged", "averaged:1", "averaged:0", "averaged:1000", "averaged:2.5", "averaged:05",
    "noisy:0", "noisy:-5", "noisy:1.50", "noisy:.5", "noisy:5%", "noisy:nan", "noisy:1e3",
    "rounded:0", "rounded:00", "rounded:0.0", "rounded:10.", "rounded:1234567890", "rounded:inf",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_with_what_is_known(text):
    with pytest.raises(InputError) as caught:
        Form.parse(text)

    assert caught.value.code == "vocabulary.unknown-form"
    assert "exact" in explain(caught.value)


def test_the_ladder_goes_from_open_to_identified():
    assert [step.height for step in OutputStep] == [0, 1, 2, 3, 4]
    assert OutputStep.OPEN.height < OutputStep.AGGREGATE.height < OutputStep.IDENTIFIED.height


SUITS = [
    # form, direct, quasi, sensitive, none
    ("averaged:10", False, True, False, False),
    ("noisy:5", False, False, True, True),
    ("rounded:5", False, False, True, True),
    ("exact", True, True, True, True),
    ("present", True, True, True, True),
]


@pytest.mark.parametrize(("text", "direct", "quasi", "sensitive", "none"), SUITS)
def test_a_form_of_numbers_suits_the_roles_it_does_something_for(
    text, direct, quasi, sensitive, none
):
    said = {
        IdentifierRole.DIRECT: direct,
        IdentifierRole.QUASI: quasi,
        IdentifierRole.SENSITIVE: sensitive,
        IdentifierRole.NONE: none,
    }

    assert {role: Form.parse(text).suits(role) for role in IdentifierRole} == said
    assert Form.parse(text).is_of_numbers is (not all(said.values()))
