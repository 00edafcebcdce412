"""What a command says: sentences to people, or one JSON document to programs."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from grondslag.wording import sentence


def _shown(text: str) -> str:
    """A text without signs that steer a terminal: what is shown for signing is what is there."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)


class Output:
    """Where a command writes.

    Args:
        language: ``nl`` or ``en``.
        as_json: One JSON document on standard output, and no sentences.
    """

    def __init__(self, *, language: str = "nl", as_json: bool = False) -> None:
        self.language = language
        self.as_json = as_json
        self._console = Console(highlight=False, soft_wrap=True)

    def words(self, code: str, **fields: object) -> str:
        """The sentence for a code, in the language of this command."""
        return sentence(code, language=self.language, **fields)

    def say(self, code: str, *, style: str = "", **fields: object) -> None:
        """Say a sentence."""
        self.text(self.words(code, **fields), style=style)

    def warn(self, code: str, **fields: object) -> None:
        """Say on standard error what went wrong beside the command's own work."""
        sys.stderr.write(_shown(self.words(code, **fields)) + "\n")

    def text(self, text: str, *, style: str = "") -> None:
        """Write a line as it is."""
        if not self.as_json:
            self._console.print(_shown(text), style=style or None, markup=False)

    def heading(self, code: str, **fields: object) -> None:
        """A heading with a blank line before it."""
        self.text("")
        self.say(code, style="bold", **fields)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table; column titles are codes of sentences."""
        self.rows([self.words(column) for column in columns], rows)

    def rows(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table; column titles as they are."""
        if self.as_json:
            return
        table = Table(show_edge=False, pad_edge=False, header_style="bold")
        for title in titles:
            table.add_column(_shown(title), overflow="fold")
        for row in rows:
            table.add_row(*map(_shown, row))
        self._console.print(table, markup=False)

    def result(self, content: Mapping[str, Any]) -> None:
        """The outcome, for programs."""
        if self.as_json:
            json.dump(content, sys.stdout, ensure_ascii=False, indent=2, default=str)
            sys.stdout.write("\n")
