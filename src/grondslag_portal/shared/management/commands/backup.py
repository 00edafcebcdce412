"""``python -m grondslag_portal backup FOLDER``: two archives, data and keys."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from grondslag.errors import GrondslagError
from grondslag_portal.shared.keeping import make_backup
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Writes a backup of one moment."""

    help = "Write a backup into a folder: data.tar, and keys.tar to keep apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it comes."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it."""
        try:
            made = make_backup(options["folder"])
        except GrondslagError as error:
            raise CommandError(
                words(error.code, **error.fields), returncode=error.exit_status
            ) from error
        self.stdout.write(words("shared.backup-made", data=str(made.data), keys=str(made.keys)))
