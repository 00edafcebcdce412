"""The policy framework: what a municipality adopts is what holds."""

from datetime import date

import pytest
from markupsafe import escape

from grondslag.policy import RULES, describe_rule, rule_set_hash
from grondslag.report.framework import MEASURES, ROLES, TERMS, Adopted, framework_html
from grondslag.wording import LANGUAGES, has_sentence

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_force_stands_in_it_with_its_promise(language):
    html = framework_html(Adopted("Voorbeeldstad", DAY), language=language)

    for rule in RULES:
        if rule.is_valid(DAY):
            assert str(escape(describe_rule(rule, language=language))) in html
    assert rule_set_hash(DAY) in html


def test_a_rule_of_another_day_does_not_stand_in_it():
    later = [rule for rule in RULES if not rule.is_valid(date(2020, 1, 1))]

    html = framework_html(Adopted("Voorbeeldstad", date(2020, 1, 1)))

    assert later
    assert all(str(escape(describe_rule(rule))) not in html for rule in later)


def test_a_first_framework_says_nothing_of_changes():
    assert "Veranderd sinds" not in framework_html(Adopted("Voorbeeldstad", DAY))


def test_what_changed_since_it_was_adopted_stands_at_the_top():
    html = framework_html(Adopted("Voorbeeldstad", DAY, since=date(2020, 1, 1)))

    assert html.index("Veranderd sinds") < html.index("Waar we van uitgaan")
    assert "2020" in html


def test_when_nothing_changed_it_says_so():
    html = framework_html(Adopted("Voorbeeldstad", DAY, since=DAY))

    assert "Er is sindsdien niets veranderd." in html


def test_every_word_that_is_put_together_is_there():
    codes = [f"framework.theme-{rule.id.partition('.')[0]}" for rule in RULES]
    codes += [f"framework.{part}-{role}" for role in ROLES for part in ("role", "does")]
    codes += [f"framework.{part}-{term}" for term in TERMS for part in ("term", "means")]
    for measure, who in MEASURES:
        codes += [f"framework.measure-{measure}", f"framework.measure-{who}"]

    assert [code for code in codes if not has_sentence(code)] == []


def test_a_name_with_signs_stays_a_name():
    html = framework_html(Adopted("<b>Stad</b>", DAY))

    assert "<b>Stad</b>" not in html
