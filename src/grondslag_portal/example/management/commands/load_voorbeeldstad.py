"""``python -m grondslag_portal load_voorbeeldstad``: the example, once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from grondslag.errors import GrondslagError
from grondslag_portal.example.loading import load_voorbeeldstad
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Loads Voorbeeldstad into a portal that has nothing yet; otherwise does nothing."""

    help = "Load Voorbeeldstad: made-up data, seven people, projects on their way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--residents", type=int, default=20_000, help="Made-up residents.")
        parser.add_argument("--password", default="voorbeeldstad-2026", help="Of each account.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load it, and tell each step."""
        if (settings.INSTALLATION / "installation.yaml").is_file():
            self.stdout.write(words("example.already"))
            return
        try:
            load_voorbeeldstad(
                password=options["password"],
                residents=options["residents"],
                say=lambda code: self.stdout.write(words(code)),
            )
        except GrondslagError as error:
            raise CommandError(words(error.code, **error.fields)) from error
        accounts = ", ".join(Person.objects.order_by("pk").values_list("subject", flat=True))
        self.stdout.write(
            words("example.accounts", accounts=accounts, password=options["password"])
        )
