"""Where a contract says that its data stand: never inward, never with somebody else.

The engine opens what an approved contract names. So a contract comes in only when it names a
database server on the list of this installation, or a file among its sources.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from grondslag.contracts import Contract
from grondslag.errors import InputError
from grondslag_portal.shared import engine

_ADDRESS = ("host", "location", "endpointUrl", "stagingDir", "account", "serviceName")


def check_servers(contract: Contract) -> None:
    """Refuse a contract that names a place where this portal has nothing to look for.

    Raises:
        InputError: Names the field, its line, and never opens or asks anything.
    """
    document = contract.document
    for at, server in enumerate(document.content.get("servers") or ()):
        for field, value in _addresses(server):
            if not _is_listed(value):
                raise _refused(contract, "catalogue.server-host", ("servers", at, field), field)
        path = server.get("path")
        if path is not None and not _is_source(str(path)):
            raise _refused(contract, "catalogue.server-path", ("servers", at, "path"), "path")
    for at, folder in enumerate(contract.privacy.source_folders):
        if not _is_source(folder):
            where = (*_entry_of(document.content), "value", "source_folders", at)
            raise _refused(contract, "catalogue.server-path", where, "source_folders")


def _addresses(server: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _ADDRESS:
        if server.get(field) is not None:
            yield field, str(server[field])


def _is_listed(host: str) -> bool:
    return host.casefold() in settings.SOURCE_HOSTS


def _is_source(text: str) -> bool:
    """Whether a file or folder is one of the sources, or stands beside the projects."""
    if "\\" in text or ":" in text or "\0" in text:
        return False
    beside = Path(settings.PROJECTS).absolute()
    named = beside / "project" / "contracts" / PurePosixPath(text)
    place = Path(os.path.normpath(named))
    if any(place.is_relative_to(folder) for folder in _source_folders()):
        return True
    if not place.is_relative_to(beside) or PurePosixPath(text).is_absolute():
        return False
    first = beside / place.relative_to(beside).parts[0] if place != beside else beside
    return first != beside and not (first / "plan.yaml").exists()


def _source_folders() -> list[Path]:
    return [Path(folder).absolute() for folder in engine.installation().settings.source_folders]


def _entry_of(content: dict[str, Any]) -> tuple[str | int, ...]:
    properties = content.get("customProperties") or []
    found = [n for n, item in enumerate(properties) if item.get("property") == "privacy"]
    return ("customProperties", found[0])


def _refused(contract: Contract, code: str, at: tuple[str | int, ...], field: str) -> InputError:
    line = contract.document.line(at)
    return InputError(code, file=contract.file, line=line, field=field)
