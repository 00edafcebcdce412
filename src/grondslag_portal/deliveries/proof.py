"""A delivery with its proof as an archive: unpacked, ``grondslag verify`` says whether it holds.

The tables in it stay encrypted under the key of the delivery, which never leaves the installation;
verifying needs their bytes, not their content.
"""

import zipfile
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from grondslag_portal.projects.folders import folder_of
from grondslag_portal.projects.models import Document, Project

_WITH = ("plan.yaml", "contracts/", "approval/")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files are the same archive


def archive_of(project: Project, delivery: str) -> IO[bytes]:
    """The archive, on disk until it is closed.

    Args:
        project: Of which project.
        delivery: Name of a delivery that stands in its folder.
    """
    stream = TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = Document.objects.filter(project=project, current=True).order_by("path")
        for path, content in rows.values_list("path", "content"):
            if path.startswith(_WITH):
                archive.writestr(_entry(f"{project.key}/{path}"), bytes(content))
        folder = folder_of(project.key) / "deliveries" / delivery
        for file in sorted(folder.iterdir()):
            _add(archive, file, f"{project.key}/deliveries/{delivery}/{file.name}")
    stream.seek(0)
    return stream


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _add(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    with file.open("rb") as source, archive.open(_entry(name), "w") as target:
        while piece := source.read(1 << 20):
            target.write(piece)
