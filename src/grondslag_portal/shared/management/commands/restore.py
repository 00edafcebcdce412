"""``python -m grondslag_portal restore FOLDER``: a backup put back into an empty portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from grondslag.errors import GrondslagError
from grondslag_portal.shared.keeping import Backup, put_back
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Puts a backup back and verifies the audit chain."""

    help = "Put a backup back into a portal that has nothing yet."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it stands."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Put it back."""
        folder = options["folder"]
        try:
            records = put_back(Backup(folder / "data.tar", folder / "keys.tar"))
        except GrondslagError as error:
            raise CommandError(
                words(error.code, **error.fields), returncode=error.exit_status
            ) from error
        self.stdout.write(words("shared.restored", count=records))
