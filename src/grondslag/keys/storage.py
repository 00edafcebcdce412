"""Where a key may stand, and how a secret is written: once, whole, for its owner only."""

import os
import tempfile
from pathlib import Path

from grondslag.canonical.writing import sync_folder
from grondslag.errors import InputError, SourceError

_PROJECT_MARK = "plan.yaml"


def check_outside_projects(place: Path) -> None:
    """Check that no folder around a place is a project: keys stand outside data and its backups.

    Both the path as written and the path with its links followed are looked at.

    Args:
        place: A folder of keys, or a key file that need not exist yet.

    Raises:
        InputError: A folder on the way holds a ``plan.yaml``.
    """
    for form in (place.absolute(), place.resolve()):
        for folder in (form, *form.parents):
            if (folder / _PROJECT_MARK).exists():
                raise InputError("keys.inside-project", folder=str(place), project=str(folder))


def write_once(path: Path, content: bytes) -> bool:
    """Write a secret whole, mode 0600, only when nothing stands there yet.

    A hard link fails when the name is taken, where a rename would silently replace a key.

    Args:
        path: Where it must stand; its folder is made when absent, for its owner only.
        content: All of it.

    Returns:
        False when something stood there already; that is untouched.

    Raises:
        SourceError: The disk is full or the folder cannot be written.
    """
    aside = ""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:  # mkstemp gives mode 0600
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(aside, path)
        sync_folder(path.parent)
    except FileExistsError:
        return False
    except OSError as error:
        reason = error.strerror or "?"
        raise SourceError("keys.cannot-write", file=str(path), reason=reason) from error
    finally:
        if aside:
            Path(aside).unlink(missing_ok=True)
    return True
