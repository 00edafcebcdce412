"""``python -m grondslag_portal audit_verify``: whether the audit chain of the portal is whole."""

from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from grondslag.audit import verify_chain
from grondslag.errors import GrondslagError
from grondslag_portal.shared.engine import installation
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Finds any edit, deletion, reordering or cut-off tail; 6 when there is one."""

    help = "Find any edit, deletion, reordering or cut-off tail in the audit chain."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look at the whole chain."""
        try:
            home = installation()
            report = verify_chain(
                home.chain, public_key=home.machine_public_key, heads=[], witness=home.witness
            )
        except GrondslagError as error:
            said = words(error.code, **error.fields)
            raise CommandError(said, returncode=error.exit_status) from error
        self.stdout.write(words("cli.audit-whole", count=report.records))
