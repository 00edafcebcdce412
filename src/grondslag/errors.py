"""Every error the engine raises on purpose, in one tree.

GrondslagError
├── InputError              a file, argument or document must be mended      exit 2
├── PolicyRefusedError      a rule of law says no                            exit 3
├── ApprovalError           no valid approval: unsigned, expired, revoked    exit 4
├── DisclosureRefusedError  the output could identify people                 exit 5
├── IntegrityError          evidence does not add up: hash, chain, signature exit 6
└── SourceError             a file, disk or database let us down             exit 7

An error carries a stable `code` and plain fields. `wording` turns them into one clear sentence in
Dutch or English, from the catalogue named after the first part of the code. A repository test
holds that every code raised has its sentence in both languages.
No field ever holds a value from a row of data: names, counts, lines, dates and files only.
"""

from typing import ClassVar


class GrondslagError(Exception):
    """Root of every deliberate error.

    Args:
        code: ``<room>.<what-is-wrong>``, stable; the room names the catalogue with its sentence.
        fields: Facts for the sentence: file, line, names, counts, dates. Never a value from a row.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, /, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!s}" for name, value in self.fields.items())
        return f"{self.code} ({facts})" if facts else self.code


class InputError(GrondslagError):
    """A file, argument or document that the caller can mend."""

    exit_status = 2


class PolicyRefusedError(GrondslagError):
    """A rule of law says no."""

    exit_status = 3


class ApprovalError(GrondslagError):
    """There is no valid approval for this: unsigned, edited, expired, revoked."""

    exit_status = 4


class DisclosureRefusedError(GrondslagError):
    """An output could identify people."""

    exit_status = 5


class IntegrityError(GrondslagError):
    """Evidence does not add up: a hash, a chain or a signature."""

    exit_status = 6


class SourceError(GrondslagError):
    """A file, disk or database let us down."""

    exit_status = 7
