"""Where the file of a dataset stands on this installation."""

import os
from pathlib import Path

from django.conf import settings

from grondslag.contracts import Contract
from grondslag.errors import InputError
from grondslag_portal.shared import engine


def contracts_folder() -> Path:
    """The folder from which a contract of the catalogue names its file, as in any project."""
    return Path(settings.PROJECTS).absolute() / "catalogue" / "contracts"


def file_of(contract: Contract) -> Path | None:
    """The file of a dataset in a source folder of the municipality.

    A contract names its file from a folder beside the projects: ``../../data/verkeer/wegen.csv``.
    Where that folder is not there, a source folder of the installation stands in for it: then the
    whole path below it must be the same.

    Returns:
        The file; None when the file stands where the contract says, or nowhere.

    Raises:
        InputError: Two source folders hold such a file, and nobody said which is meant.
    """
    path = contract.server.path
    if not path or Path(path).is_absolute():
        return None
    beside = Path(settings.PROJECTS).absolute()
    named = Path(os.path.normpath(contracts_folder() / path))
    if named.exists() or not named.is_relative_to(beside):
        return None
    below = Path(*named.relative_to(beside).parts[1:])
    folders = engine.installation().settings.source_folders
    found = [file for file in (Path(folder) / below for folder in folders) if file.is_file()]
    if len(found) > 1:
        raise InputError("catalogue.two-sources", dataset=contract.name, file=str(below))
    return found[0] if found else None
