"""Reading what was delivered, what was left out and why, and the analysis of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest

from grondslag.delivery import read_manifest
from grondslag.delivery.told import LeftOut, left_out
from grondslag.errors import GrondslagError
from grondslag.keys import KeyKind
from grondslag.report.downloads import FOLDER
from grondslag_portal.projects.folders import folder_of
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Standing

_REPORT = "report"


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table of a delivery: what it is called, and how large it is."""

    title: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery as it is shown.

    Args:
        name: Of the delivery.
        made: When.
        tables: What is in it.
        left_out: What is not, and why.
        manifest_sha256: Hash over the manifest, as the proof says.
        closed: When its key was destroyed; None while it can be opened.
    """

    name: str
    made: datetime
    tables: tuple[TableShown, ...]
    left_out: tuple[LeftOut, ...]
    manifest_sha256: str
    closed: date | None


@dataclass(frozen=True, slots=True)
class Analysed:
    """An analysis whose numbers are sealed still.

    Args:
        sha256: Of the analysis.
        by: Who made it; somebody else releases.
        made: When.
        delivery: On which delivery it rests.
    """

    sha256: str
    by: str
    made: datetime
    delivery: str


@dataclass(frozen=True, slots=True)
class Released:
    """What may be shown: how many tables, by whom."""

    tables: int
    by: str
    at: datetime


def deliveries_of(project: Project) -> list[Delivered]:
    """The deliveries of a project, newest first."""
    folder = folder_of(project.key) / "deliveries"
    found = [
        _delivered(path)
        for path in folder.glob("*")
        if not path.name.startswith(".") and (path / "proof.json").is_file()
    ]
    return sorted(found, key=lambda one: one.made, reverse=True)


def analysis_of(project: Project) -> Analysed | None:
    """The newest analysis; None when there is none."""
    found = [
        json.loads(bytes(content))
        for content in project.documents.filter(
            current=True, path__startswith="analysis/"
        ).values_list("content", flat=True)
    ]
    if not found:
        return None
    newest = max(found, key=lambda one: str(one["made"]))
    return Analysed(
        str(newest["sha256"]), str(newest["analysed_by"]),
        datetime.fromisoformat(str(newest["made"])), str(newest["delivery"]),
    )  # fmt: skip


def release_of(project: Project, analysis: Analysed | None) -> Released | None:
    """What was let out of an analysis; None when nothing was."""
    rows = project.documents.filter(current=True, path__startswith="releases/")
    kept = {path: json.loads(bytes(text)) for path, text in rows.values_list("path", "content")}
    for path, answer in kept.items():
        if analysis is None or answer.get("analysis_sha256") != analysis.sha256:
            continue
        record = kept[path.replace(".answer.json", ".json")]
        return Released(
            len(record["figures"]), str(answer["released_by"]),
            datetime.fromisoformat(str(answer["time"])),
        )  # fmt: skip
    return None


def report_file(project: Project, name: str) -> Path | None:
    """A file of the report; None when it was not made.

    Args:
        project: Of which project.
        name: Of the file, within the folder of the report.
    """
    path = folder_of(project.key) / _REPORT / name
    return path if path.is_file() and not path.is_symlink() else None


def _delivered(folder: Path) -> Delivered:
    manifest: Mapping[str, Any] = read_manifest(folder)
    proof = json.loads((folder / "proof.json").read_bytes())
    return Delivered(
        name=folder.name,
        made=datetime.fromisoformat(str(manifest["made"])),
        tables=tuple(
            TableShown(str(table["title"]), int(table["file"]["rows"]), len(table["columns"]))
            for table in manifest["tables"]
        ),
        left_out=tuple(left_out(manifest)),
        manifest_sha256=str(proof["manifest_sha256"]),
        closed=_closed(folder.name),
    )


def _closed(name: str) -> date | None:
    try:
        found = engine.installation().vault.destruction(KeyKind.DELIVERY, name)
    except GrondslagError:
        return None
    if found is None:
        return None
    return datetime.fromisoformat(str(found.to_mapping()["destroyed_at"])).date()


def delivery_standing(request: HttpRequest, *, key: str, name: str) -> Standing:
    """How the visitor stands to one delivery of a project; the thing is both.

    Raises:
        Http404: There is no such project or delivery for them.
    """
    standing = project_standing(request, key=key)
    if name not in {one.name for one in deliveries_of(standing.thing)}:
        raise Http404
    return replace(standing, thing=(standing.thing, name))


def figures_standing(request: HttpRequest, *, key: str, name: str) -> Standing:
    """How the visitor stands to one file with the numbers of a report; the thing is both.

    Raises:
        Http404: There is no such project or file for them.
    """
    standing = project_standing(request, key=key)
    is_name = re.fullmatch(r"[a-z0-9_-]+\.csv", name) is not None
    file = report_file(standing.thing, f"{FOLDER}/{name}") if is_name else None
    if file is None:
        raise Http404
    return replace(standing, thing=(standing.thing, file))
