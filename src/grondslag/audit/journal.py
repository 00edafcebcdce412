"""A file of lines that only grows, and survives a killed process and a full disk.

A line counts when its line feed is there. What a killed process left after the last line feed is
moved to a file of its own before the next line is written: never mixed with what follows, never
thrown away.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from grondslag.canonical.writing import sync_folder, write_bytes
from grondslag.errors import SourceError

_STEP = 1 << 16


class Journal:
    """A file of lines, for its owner only.

    Args:
        path: The file; made at the first line, with its folder.
    """

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> Iterator[bytes]:
        """The whole lines, without line feeds; none when there is no file.

        Raises:
            SourceError: The file cannot be read.
        """
        try:
            with self.path.open("rb") as stream:
                for line in stream:
                    if line.endswith(b"\n"):
                        yield line[:-1]
        except FileNotFoundError:
            return
        except OSError as error:
            raise _cannot("audit.cannot-read", self.path, error) from error

    def last(self) -> bytes | None:
        """The last whole line, found from the end.

        Raises:
            SourceError: The file cannot be read.
        """
        try:
            with self.path.open("rb") as stream:
                start = stream.seek(0, os.SEEK_END)
                end = b""
                while start and end.count(b"\n") < 2:  # one closes it, one precedes it
                    step = min(_STEP, start)
                    start = stream.seek(start - step)
                    end = stream.read(step) + end
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _cannot("audit.cannot-read", self.path, error) from error
        whole = end.split(b"\n")[:-1]
        return whole[-1] if whole else None

    def torn(self) -> int:
        """How many lines were cut off while being written: set aside, or still at the end."""
        standing = self.path.is_file() and _torn_from(self.path) < self.path.stat().st_size
        return len(self._set_aside()) + standing

    def touch(self) -> None:
        """Make the file when there is none.

        Raises:
            SourceError: The folder cannot be written.
        """
        try:
            os.close(self._open())
        except OSError as error:
            raise _cannot("audit.cannot-write", self.path, error) from error

    def append(self, line: bytes) -> None:
        """Add one line and flush it to disk; one writer at a time.

        Raises:
            SourceError: The disk is full, or the file cannot be written. The line is not there.
        """
        try:
            descriptor = self._open()
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                self._set_torn_aside(descriptor)
                _write_whole(descriptor, line + b"\n")
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _cannot("audit.cannot-write", self.path, error) from error

    def _open(self) -> int:
        is_new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        descriptor = os.open(self.path, flags, 0o600)
        if is_new:
            sync_folder(self.path.parent)
        return descriptor

    def _set_torn_aside(self, descriptor: int) -> None:
        start = _torn_from(self.path)
        size = os.fstat(descriptor).st_size
        if start == size:
            return
        number = len(self._set_aside()) + 1
        aside = self.path.with_name(f"{self.path.name}.torn-{number:04d}")
        write_bytes(aside, os.pread(descriptor, size - start, start), mode=0o600)
        os.ftruncate(descriptor, start)
        os.fsync(descriptor)

    def _set_aside(self) -> list[Path]:
        return list(self.path.parent.glob(f"{self.path.name}.torn-*"))


def _torn_from(path: Path) -> int:
    """Where the last whole line ends; the size of the file when nothing is torn."""
    with path.open("rb") as stream:
        start = stream.seek(0, os.SEEK_END)
        while start:
            step = min(_STEP, start)
            start = stream.seek(start - step)
            at = stream.read(step).rfind(b"\n")
            if at >= 0:
                return start + at + 1
    return 0


def _write_whole(descriptor: int, content: bytes) -> None:
    """Write all of it or nothing: a disk that fills up half-way is put back as it was."""
    size = os.fstat(descriptor).st_size
    try:
        written = 0
        while written < len(content):
            written += os.write(descriptor, content[written:])
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def _cannot(code: str, path: Path, error: OSError) -> SourceError:
    return SourceError(code, file=str(path), reason=error.strerror or "?")
