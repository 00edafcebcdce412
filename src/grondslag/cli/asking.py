"""Asking a person something: a line, a yes, a new passphrase.

Everything also works without a keyboard, with one line of standard input per question; what is not
there is said, never guessed.
"""

import hmac
import os
from pathlib import Path

import typer

from grondslag.cli.context import passphrase
from grondslag.cli.output import Output
from grondslag.errors import InputError

_YES = frozenset({"ja", "j", "yes", "y"})


class Asking:
    """Questions to whoever sits at the keyboard, or to the lines of standard input.

    Args:
        output: Where the questions are shown.
    """

    def __init__(self, output: Output) -> None:
        self.output = output
        self.asked = 0
        self._stream = typer.get_text_stream("stdin")

    @property
    def is_person(self) -> bool:
        """Whether somebody can answer again."""
        return self._stream.isatty()

    def line(self) -> str | None:
        """The next line without spaces around it; None when there are no more.

        Raises:
            InputError: It is no text.
        """
        self.asked += 1
        try:
            text = self._stream.readline()
        except UnicodeDecodeError as error:
            raise InputError("cli.answer-not-text", number=self.asked) from error
        return text.strip() if text else None


def confirmed(output: Output, code: str, *, yes: bool, **fields: object) -> None:
    """Go on only when the person says yes.

    Args:
        output: Where the question is shown.
        code: The question.
        yes: Said already, as an option.
        fields: Facts for the question.

    Raises:
        InputError: The answer is not yes, or nobody answers.
    """
    if yes:
        return
    output.say(code, style="bold", **fields)
    answer = Asking(output).line()
    if answer is None or answer.casefold() not in _YES:
        raise InputError("cli.not-confirmed")


def new_passphrase(output: Output, file: Path | None) -> str:
    """A passphrase for a new key: from a file or the environment, or typed twice.

    Raises:
        InputError: There is none, or the second is not the first.
    """
    first = passphrase(output, file)
    if file is not None or os.environ.get("GRONDSLAG_PASSPHRASE"):
        return first
    second = typer.prompt(output.words("cli.ask-passphrase-again"), hide_input=True)
    if not hmac.compare_digest(first.encode(), second.encode()):
        raise InputError("cli.passphrases-differ")
    return first
