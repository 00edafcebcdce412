"""The first administrator gets in by the command line, with a second factor, and nobody without."""

import io

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from grondslag_portal.organisations.models import Person
from grondslag_portal.shared.access import Role

PASSWORD = "een-lang-eigen-geheim"  # of an account that lives as long as a test


def add(monkeypatch, password, *options):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    told = io.StringIO()
    call_command("add_account", "eerste", "eerste beheerder", *options, by="test", stdout=told)
    return told.getvalue()


def test_the_key_that_is_shown_opens_the_door_with_the_password(portal, client, monkeypatch):
    told = add(monkeypatch, PASSWORD, "--administrator")

    code = pyotp.parse_uri(told.split()[-1]).at(portal.clock.now())
    typed = {"username": "eerste", "password": PASSWORD}
    without = client.post(reverse("organisations:sign-in"), typed)
    signed_in = client.post(reverse("organisations:sign-in"), typed | {"code": code})

    assert without.status_code == 400
    assert signed_in.status_code == 302
    assert Person.objects.get(subject="eerste").roles_today() == {Role.ADMINISTRATOR}
    assert ("organisations.emergency-account", "eerste beheerder") in portal.audited()


@pytest.mark.parametrize("password", ["kort", "password123456", ""])
def test_a_weak_password_makes_no_account(portal, monkeypatch, password):
    with pytest.raises(CommandError, match="14 tekens"):
        add(monkeypatch, password)

    assert not Person.objects.filter(subject="eerste").exists()


def test_an_account_that_is_there_stays_as_it_was(portal, monkeypatch):
    add(monkeypatch, PASSWORD)

    with pytest.raises(CommandError):
        add(monkeypatch, PASSWORD)

    assert Person.objects.filter(subject="eerste").count() == 1
