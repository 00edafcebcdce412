"""``python -m grondslag_portal audit_export FOLDER``: the audit chain as the engine's own files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from grondslag.canonical import write_bytes
from grondslag.errors import GrondslagError, InputError, SourceError
from grondslag_portal.shared.engine import installation
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Writes ``chain.jsonl`` and ``heads.jsonl``.

    Put as ``audit`` in a copy of the installation, ``grondslag audit verify`` reads them.
    """

    help = "Write the audit chain as files that `grondslag audit verify` reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="A folder that does not exist yet.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it."""
        folder: Path = options["folder"]
        try:
            if folder.exists():
                raise InputError("shared.folder-exists", folder=str(folder))
            count = _export(folder)
        except GrondslagError as error:
            said = words(error.code, **error.fields)
            raise CommandError(said, returncode=error.exit_status) from error
        self.stdout.write(words("shared.audit-exported", count=count, folder=str(folder)))


def _export(folder: Path) -> int:
    """Write records and heads of one moment; gives how many there are."""
    chain = installation().chain
    with chain.held():
        lines = [record.to_line() for record in chain.records()]
        heads = [head.to_line() for head in chain.heads()]
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise SourceError(
            "audit.cannot-write", file=str(folder), reason=error.strerror or "?"
        ) from error
    for name, written in (("chain.jsonl", lines), ("heads.jsonl", heads)):
        write_bytes(folder / name, b"".join(line + b"\n" for line in written), mode=0o600)
    return len(lines)
