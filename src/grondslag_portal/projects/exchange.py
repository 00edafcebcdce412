"""A project as a folder in a zip: out whole, in without anybody's word.

What comes out is what `grondslag check` and `grondslag run` read. What goes in never brings an
approval, a delivery, figures or a decision with it: those were given elsewhere, to something else.
"""

import io
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from grondslag.canonical import read_document, to_yaml
from grondslag.errors import InputError
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.editing import PLAN, plan_of
from grondslag_portal.projects.models import ADDRESSES, Document, Project
from grondslag_portal.projects.services import add_project

MOST_FILES = 300
MOST_BYTES = 5 << 20  # of all files together, unpacked
MOST_PER_FILE = 1 << 20
_MADE = 0o100644 << 16
_MOST_SIGNS = 200  # of a path, as documents are kept
_DEPTH = 2  # a folder and a file in it: the engine reads no deeper
_COMES_IN = ("contracts", "accountability")
_ALONE = (PLAN, "settings.yaml")


@dataclass(frozen=True, slots=True)
class Packed:
    """What an uploaded folder holds.

    Args:
        documents: What comes in, by path.
        left: Paths that were left behind: approvals and everything that rests on them.
    """

    documents: Mapping[str, bytes]
    left: tuple[str, ...]


def packed(project: Project) -> bytes:
    """A project's documents as a zip with one folder in it; the same documents, the same bytes."""
    found = io.BytesIO()
    rows = Document.objects.filter(project=project, current=True).order_by("path")
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in rows.values_list("path", "content"):
            entry = zipfile.ZipInfo(f"{project.key}/{path}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _MADE
            archive.writestr(entry, bytes(content))
    return found.getvalue()


def unpacked(content: bytes) -> Packed:
    """The documents in an uploaded zip.

    Raises:
        InputError: It is no zip, holds too much or an entry that is no plain file, or has no plan.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _sorted_out(_files(archive))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError("projects.no-zip") from error


def import_project(
    content: bytes, *, by: Person, department: Department, restricted: bool = False
) -> tuple[Project, tuple[str, ...]]:
    """Begin a project with the documents of an uploaded folder.

    Returns:
        The project, and what was left behind.

    Raises:
        InputError: See `unpacked`; or the plan is at fault, or its key is in use.
    """
    found = unpacked(content)
    try:
        text = found.documents[PLAN].decode("utf-8")
    except UnicodeDecodeError as error:
        line = found.documents[PLAN][: error.start].count(b"\n") + 1
        raise InputError("canonical.not-utf8", file=PLAN, line=line) from error
    plan = plan_of(found.documents[PLAN])
    if plan.id in ADDRESSES or Project.objects.filter(key=plan.id).exists():
        raise InputError("projects.key-in-use", key=plan.id)
    raw = dict(read_document(text, file=PLAN).content)
    raw["applicant"] = by.human.name  # who brings it in asks for it; they never sign
    documents = {**found.documents, PLAN: to_yaml(raw).encode("utf-8")}
    project = add_project(documents, by=by, department=department, restricted=restricted)
    return project, found.left


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise InputError("projects.zip-too-big", most=MOST_BYTES >> 20)
    found: dict[str, bytes] = {}
    for entry in entries:
        path = _safe(entry)
        with archive.open(entry) as stream:
            text = stream.read(MOST_PER_FILE + 1)  # a header that lies about its size does not help
        if len(text) > MOST_PER_FILE:
            raise InputError("projects.zip-too-big", most=MOST_BYTES >> 20)
        if path in found:
            raise InputError("projects.zip-twice", file=path[:80])
        found[path] = text
    return found


def _safe(entry: zipfile.ZipInfo) -> str:
    """The path of an entry that is a plain file below the folder."""
    path = PurePosixPath(entry.filename)
    mode = entry.external_attr >> 16
    strange = mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode)
    unsafe = path.is_absolute() or ".." in path.parts or "\\" in entry.filename
    unsafe = unsafe or len(entry.filename) > _MOST_SIGNS
    if unsafe or strange or not entry.filename.isprintable():
        raise InputError("projects.zip-path", file=path.name[:80])
    return path.as_posix()


def _sorted_out(files: Mapping[str, bytes]) -> Packed:
    plans = [path for path in files if PurePosixPath(path).name == PLAN]
    nearest = min(plans, key=lambda path: path.count("/"), default=None)
    if nearest is None:
        raise InputError("projects.zip-without-plan")
    top = nearest.removesuffix(PLAN)
    documents, left = {}, []
    for path, content in files.items():
        name = path.removeprefix(top)
        parts = PurePosixPath(name).parts
        inside = len(parts) == _DEPTH and parts[0] in _COMES_IN
        if path.startswith(top) and (name in _ALONE or inside):
            documents[name] = content
        else:
            left.append(name)
    return Packed(documents, tuple(sorted(left)))
