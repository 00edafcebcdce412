"""A department's own folder, or its checkout of git: read, reported, never written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from grondslag.errors import GrondslagError, InputError
from grondslag_portal.catalogue.models import Dataset
from grondslag_portal.catalogue.reading import MOST_BYTES, SUFFIX
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.organisations.models import Department
from grondslag_portal.tasks.chores import daily

_MOST_FILES = 500
_BESIDE = (".yaml", ".yml", ".csv")


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one file with a contract.

    Args:
        file: Its name.
        outcome: ``new``, ``changed``, ``same`` or ``refused``.
        fault: Why it was refused.
    """

    file: str
    outcome: str
    fault: GrondslagError | None = None


def read_folder(department: Department, folder: Path) -> list[Read]:
    """Take in every contract in a folder of a department, each as if they brought it themselves.

    Args:
        department: Whose folder it is; a contract of another is refused.
        folder: With ``*.odcs.yaml`` and the files they lean on; links are not followed.

    Raises:
        InputError: There is no such folder, or it holds too many files.
    """
    if not folder.is_dir():
        raise InputError("catalogue.no-folder", folder=str(folder))
    files = list(_plain_files(folder))
    if len(files) > _MOST_FILES:
        raise InputError("catalogue.too-many-files", folder=str(folder), limit=_MOST_FILES)
    beside = {path.name: path.read_bytes() for path in files if path.name.endswith(_BESIDE)}
    known = {row.key: row.versions.count() for row in Dataset.objects.filter(department=department)}
    return [
        _taken_in(path, department, beside, known) for path in files if path.name.endswith(SUFFIX)
    ]


def read_every_folder() -> dict[str, list[Read]]:
    """Read the folder of every department that has one; see ``CATALOGUE_FOLDERS``.

    Raises:
        InputError: A department or folder that is not there.
    """
    found = {}
    for key, folder in settings.CATALOGUE_FOLDERS.items():
        department = Department.objects.filter(key=key).first()
        if department is None:
            raise InputError("catalogue.no-department", department=key)
        found[key] = read_folder(department, folder)
    return found


@daily("catalogue.read-folders")
def read_daily() -> None:
    """What departments changed in their own folder since yesterday."""
    read_every_folder()


def _plain_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_BYTES:
            yield path


def _taken_in(
    path: Path, department: Department, beside: dict[str, bytes], known: dict[str, int]
) -> Read:
    try:
        kept = keep_contract(
            path.read_bytes(), department=department, by=f"map van {department.name}",
            beside=beside,
        )  # fmt: skip
    except GrondslagError as error:
        return Read(path.name, "refused", error)
    if kept.key not in known:
        return Read(path.name, "new")
    changed = kept.versions.count() > known[kept.key]
    return Read(path.name, "changed" if changed else "same")
