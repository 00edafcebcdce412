"""The command line as a person calls it: arguments in; exit status, output and files out."""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from grondslag.canonical import to_yaml, write_text
from grondslag.cli import main
from grondslag.clock import FixedClock
from grondslag.keys import load_public

NOW = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
"""Two days after the plan of the example."""

PASSPHRASE = "vier losse gewone woorden"


@dataclass(frozen=True)
class Said:
    """What a command said.

    Args:
        status: Its exit status.
        out: Standard output.
        err: Standard error.
    """

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error; fails when there is none, or more."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def call(*arguments: Any, lines: Sequence[str] = ()) -> Said:
    """Call the command line in this process.

    Args:
        arguments: As typed.
        lines: Lines of standard input.
    """
    out, err = io.StringIO(), io.StringIO()
    typed = io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()))
    before = sys.argv, sys.stdin
    sys.argv = ["grondslag", *map(str, arguments)]
    sys.stdin = typed
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv, sys.stdin = before
    status = ended.value.code
    return Said(status if isinstance(status, int) else 0, out.getvalue(), err.getvalue())


def works(*arguments: Any, lines: Sequence[str] = ()) -> Said:
    """Call the command line, and expect it to work."""
    said = call(*arguments, lines=lines)
    assert said.status == 0, said.err
    return said


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """Inside, every command thinks it is this moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grondslag.cli.context.SystemClock", lambda: FixedClock(moment))
        yield


@dataclass(frozen=True)
class People:
    """Keys of people in files, made with the command line itself.

    Args:
        folder: Where they stand.
    """

    folder: Path

    def key(self, name: str) -> Path:
        """The private key of somebody; made when it is not there yet."""
        path = self.folder / f"{name}.key"
        if not path.exists():
            works("identity", "new", f"{name.title()} (voorbeeld)", "--to", path)
        return path

    def entry(self, name: str, *roles: str, departments: Sequence[str] = ("*",)) -> dict[str, Any]:
        """A line of the list of authorities."""
        public = load_public(self.key(name).with_name(f"{name}.key.pub"))
        return {
            "subject": public.name,
            "public_key": public.public_key,
            "roles": list(roles),
            "departments": list(departments),
            "bodies": ["college"] if "decider" in roles else [],
            "mandate": "Mandaatbesluit Voorbeeldstad 2026, nummer 14, afdelingshoofd Mobiliteit",
            "from": date(2026, 1, 1).isoformat(),
            "until": date(2030, 1, 1).isoformat(),
        }


def write_authorities(path: Path, entries: Sequence[dict[str, Any]], *, machine: str) -> Path:
    """A list of authorities, not signed yet."""
    content = {
        "authorities": "grondslag/1",
        "municipality": "Voorbeeldstad",
        "example": True,
        "number": 1,
        "issued": date(2026, 1, 1).isoformat(),
        "machines": [machine],
        "entries": list(entries),
    }
    write_text(path, to_yaml(content))
    return path
