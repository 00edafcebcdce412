"""``python -m grondslag_portal add_account``: a local account, also for the first administrator."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

import pyotp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction

from grondslag.errors import GrondslagError, InputError
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.second_factor import new_secret
from grondslag_portal.organisations.services import Gift, add_emergency_account, give_role
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Makes an account with a second factor; its secret is shown once."""

    help = "Add a local account: the emergency door, and the way in for the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account."""
        parser.add_argument("account", help="What they type to sign in.")
        parser.add_argument("name", help="Their name, as everybody reads it.")
        parser.add_argument("--by", required=True, help="Who makes it, for the audit chain.")
        parser.add_argument("--administrator", action="store_true", help="May give others roles.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it; the password comes from the keyboard, or as the one line of standard input."""
        try:
            password = _password()
            with transaction.atomic():
                person = add_emergency_account(
                    options["account"], options["name"], password=password, by=options["by"]
                )
                secret = new_secret(person)
                person.save(update_fields=["time_secret", "time_step"])
                if options["administrator"]:
                    give_role(Gift(person, Role.ADMINISTRATOR), by=options["by"])
        except GrondslagError as error:
            said = words(error.code, **error.fields)
            raise CommandError(said, returncode=error.exit_status) from error
        address = pyotp.TOTP(secret).provisioning_uri(name=person.subject, issuer_name="Grondslag")
        self.stdout.write(words("organisations.account-made", name=person.name))
        self.stdout.write(words("organisations.account-secret", secret=secret))
        self.stdout.write(address)


def _password() -> str:
    """A password that is long enough, typed twice or read from a pipe.

    Raises:
        InputError: It is too short, too usual, or typed differently the second time.
    """
    if sys.stdin.isatty():
        typed = getpass.getpass(words("organisations.ask-password"))
        if getpass.getpass(words("organisations.ask-password-again")) != typed:
            raise InputError("organisations.passwords-differ")
    else:
        typed = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(typed, Person())
    except ValidationError as error:
        raise InputError("organisations.password-weak") from error
    return typed
