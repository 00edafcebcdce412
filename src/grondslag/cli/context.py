"""What every command shares: language, home, clock."""

import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from grondslag.approval import Installation, open_installation
from grondslag.cli.output import Output
from grondslag.clock import Clock, SystemClock
from grondslag.errors import InputError

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
        """The opened installation.

        Raises:
            InputError: There is none in the home folder.
        """
        return open_installation(self.home, clock=self.clock)


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
