"""Read the folders of departments: ``python -m grondslag_portal read_catalogue``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grondslag.errors import GrondslagError
from grondslag_portal.catalogue.folders import read_every_folder
from grondslag_portal.catalogue.measuring import measure_files
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Takes in what departments changed in their own folder, and measures; never writes there."""

    help = "Read the folders of departments, say what changed, measure what owners let us measure."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read every folder of the setting."""
        try:
            found = read_every_folder()
        except GrondslagError as error:
            raise CommandError(words(error.code, **error.fields)) from error
        for department, files in found.items():
            for one in files:
                said = words(f"catalogue.read-{one.outcome}", file=one.file, department=department)
                self.stdout.write(said)
                if one.fault is not None:
                    self.stdout.write(f"  {words(one.fault.code, **one.fault.fields)}")
        for measured in measure_files():
            code = "catalogue.read-not-measured" if measured.refused else "catalogue.read-measured"
            about = {"dataset": measured.dataset.key, "code": measured.refused}
            self.stdout.write(words(code, **about))
