"""What an installation says through its environment is a number that makes sense, or a clear no."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from grondslag_portal.config import environment


@pytest.mark.parametrize(("given", "found"), [(None, 30), ("10", 10), ("120", 120)])
def test_a_number_within_its_limits_counts(monkeypatch, given, found):
    if given is not None:
        monkeypatch.setenv("GRONDSLAG_PORTAL_IDLE_MINUTES", given)

    assert environment.number("IDLE_MINUTES", 30, least=10, most=120) == found


@pytest.mark.parametrize("given", ["", "9", "121", "-5", "half", "30.5", "²", "1" * 400])
def test_anything_else_is_refused_with_the_name_and_the_limits(monkeypatch, given):
    monkeypatch.setenv("GRONDSLAG_PORTAL_IDLE_MINUTES", given)

    with pytest.raises(ImproperlyConfigured, match=r"IDLE_MINUTES: expected .* from 10 to 120"):
        environment.number("IDLE_MINUTES", 30, least=10, most=120)
