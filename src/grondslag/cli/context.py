"""What every command shares: language, home, clock."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from typer._click.globals import get_current_context  # typer<0.30 shows it nowhere else

from grondslag.approval import Installation, open_installation
from grondslag.cli.output import Output
from grondslag.clock import Clock, SystemClock
from grondslag.errors import GrondslagError, InputError

_HEADS = "grondslag.heads"

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document, for programs.")]
LanguageOption = Annotated[
    str, typer.Option("--language", envvar="GRONDSLAG_LANGUAGE", help="nl or en.")
]
HomeOption = Annotated[
    Path | None,
    typer.Option("--home", envvar="GRONDSLAG_HOME", help="The installation's folder."),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="DATASET=PATH", help="Read another file for a dataset."),
]
ProjectArgument = Annotated[Path, typer.Argument(help="The project's folder.")]


@dataclass(frozen=True, slots=True)
class Context:
    """What a command works with."""

    output: Output
    clock: Clock
    home: Path

    @property
    def installation(self) -> Installation:
        """The opened installation; what the command adds to its audit chain is sent at the end.

        Raises:
            InputError: There is none in the home folder.
        """
        opened = open_installation(self.home, clock=self.clock)
        command = get_current_context(silent=True)
        if opened.settings.heads_to and command is not None and _HEADS not in command.meta:
            command.meta[_HEADS] = True  # once, however often the command opens it
            command.call_on_close(lambda: self._send_heads(opened))
        return opened

    def _send_heads(self, installation: Installation) -> None:
        """A head that does not arrive stops nobody: a later one vouches for the same records."""
        failed: Sequence[GrondslagError]
        try:
            failed = installation.send_heads(language=self.output.language)
        except GrondslagError as error:
            failed = [error]
        for fault in failed:
            self.output.warn(fault.code, **fault.fields)


def context(*, language: str = "nl", as_json: bool = False, home: Path | None = None) -> Context:
    """The context of a command.

    Raises:
        InputError: A language we do not speak.
    """
    if language not in ("nl", "en"):
        raise InputError("cli.unknown-language", given=language[:10])
    output = Output(language=language, as_json=as_json)
    return Context(output, SystemClock(), home or Path.home() / ".grondslag")


def named_sources(texts: list[str] | None) -> dict[str, Path]:
    """``DATASET=PATH`` texts to paths per dataset.

    Raises:
        InputError: A text is not of that form, or names a dataset twice.
    """
    found: dict[str, Path] = {}
    for text in texts or []:
        name, equals, path = text.partition("=")
        if not equals or not name or not path or name in found:
            raise InputError("cli.source-form", source=text[:80])
        found[name] = Path(path)
    return found


def day_from(text: str) -> date:
    """A day as somebody typed it.

    Raises:
        InputError: It is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("cli.no-such-day", day=text[:20]) from error


def passphrase(output: Output, file: Path | None) -> str:
    """A passphrase from a file, the environment, or the keyboard.

    Raises:
        InputError: The file can't be read, or there is neither file nor keyboard.
    """
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("cli.no-passphrase-file", file=file.name) from error
    if os.environ.get("GRONDSLAG_PASSPHRASE"):
        return os.environ["GRONDSLAG_PASSPHRASE"]
    if not sys.stdin.isatty():
        raise InputError("cli.no-passphrase")
    return str(typer.prompt(output.words("cli.ask-passphrase"), hide_input=True))
