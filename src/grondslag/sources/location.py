"""Where a dataset stands, and whether that file may be opened.

A file must be a plain file in a folder its owner allowed; no part of the way to it below that
folder may be a link. For an example (made-up or open data) the named plain file itself will do.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grondslag.contracts import Contract, DataKind, Server
from grondslag.errors import InputError, SourceError

_DELIVERED = b"PARE"
"""The first bytes of a Parquet file whose footer is encrypted, as every delivered table is."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place that was checked.

    Args:
        server: The contract's server, with its kind.
        path: The file, absolute and without links; None for a database server.
        identity: Device, file number, size and times of change: a file changed or swapped later
            differs, also when its size and time were put back.
    """

    server: Server
    path: Path | None
    identity: tuple[int, ...] | None

    def check_unchanged(self) -> None:
        """Refuse a file that was changed or swapped since it was located.

        Raises:
            SourceError: It is not the same file any more.
        """
        if self.path is None:
            return
        try:
            same = _identity(self.path) == self.identity
        except OSError:
            same = False
        if not same:
            raise SourceError("sources.changed-while-reading", file=self.path.name)


def locate(contract: Contract, folder: Path, *, instead: Path | None = None) -> Location:
    """The place of a dataset, checked.

    Args:
        contract: Describes the dataset.
        folder: The folder its contract file stands in; relative paths start there.
        instead: Another file to read (``--source``), only in a folder the owner allowed.

    Raises:
        InputError: The file may not be opened: wrong folder, a link, not a plain file, a table
            that was delivered to a project.
    """
    if contract.server.kind == "postgres":
        if instead is not None:
            raise InputError("sources.not-a-file", dataset=contract.name)
        return Location(contract.server, None, None)
    # Not Path.resolve(): that would follow the very link we must see.
    named = Path(os.path.abspath(instead or folder / contract.server.path))  # noqa: PTH100
    if not named.exists():
        raise InputError(
            "sources.no-such-file", dataset=contract.name, file=named.name, folder=str(named.parent)
        )
    path = Path(os.path.realpath(named))
    is_example = contract.privacy.data is not DataKind.REAL
    if named.is_symlink() or not stat.S_ISREG(path.lstat().st_mode):
        raise InputError("sources.not-a-plain-file", dataset=contract.name, file=named.name)
    inside = any(_stands_in(folder / text, named, path) for text in contract.privacy.source_folders)
    if not inside and not (is_example and instead is not None):
        raise InputError(
            "sources.folder-not-allowed",
            dataset=contract.name,
            file=named.name,
            contract=contract.file,
        )
    _check_not_delivered(contract, path)
    return Location(contract.server, path, _identity(path))


def _check_not_delivered(contract: Contract, path: Path) -> None:
    """A delivery is bound to its own purpose, links and end date, so it is nobody's source."""
    with path.open("rb") as stream:
        delivered = stream.read(len(_DELIVERED)) == _DELIVERED
    if delivered:
        raise InputError("sources.is-a-delivery", dataset=contract.name, file=path.name)


def _stands_in(allowed: Path, named: Path, path: Path) -> bool:
    """Whether a file stands in an allowed folder, with no link on the way from there to it."""
    place = Path(os.path.realpath(allowed))
    starts = (Path(os.path.abspath(allowed)), place)  # noqa: PTH100 - as named, and as it is
    return any(
        named.is_relative_to(start) and place / named.relative_to(start) == path for start in starts
    )


def _identity(path: Path) -> tuple[int, ...]:
    # The time of the last change to the file's own record cannot be put back, unlike the other.
    facts = path.lstat()
    return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
