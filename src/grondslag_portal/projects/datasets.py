"""Datasets that a project can ask for: found in the catalogue, put beside the plan.

A contract goes into the project as the owner wrote it, with the files it needs beside it, so that
what was signed stays what it was.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grondslag.contracts import Contract, read_contract
from grondslag.errors import GrondslagError
from grondslag.plan.first import TO_SETTLE
from grondslag.policy.edits import DropDataset
from grondslag.vocabulary import OutputStep
from grondslag_portal.catalogue.selectors import contract_files, contracts_for, search
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.answering import open_plan, write_plan
from grondslag_portal.projects.data_needs import placeholder_column
from grondslag_portal.projects.editing import plan_text
from grondslag_portal.projects.models import Document, Project
from grondslag_portal.projects.selectors import visible_projects
from grondslag_portal.projects.services import at_work

_CONTRACTS = "contracts/"
_CONTRACT = ".odcs.yaml"
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KnownDataset:
    """A dataset as its owner describes it, ready to go into a project.

    Args:
        contract: As read.
        files: Per name in the folder of contracts the bytes: the contract, and what it needs.
    """

    contract: Contract
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Found:
    """A dataset as it is listed: the rest stands on its own page."""

    name: str
    title: str
    department: str
    version: str


def datasets_like(person: Person, typed: str) -> tuple[list[Found], int]:
    """The datasets in which every word that was typed is found, the first twenty; and how many.

    Args:
        person: Who looks.
        typed: What they typed; empty finds all.
    """
    known = contracts_for(person)
    if known.exists():
        rows = search(known, typed)
        listed = [
            Found(row.key, row.title, row.department.name, row.version)
            for row in rows[:_MOST_SHOWN]
        ]
        return listed, rows.count()
    wanted = typed.casefold().split()
    some = [one.contract for one in _of_projects(person).values()]
    found = [
        Found(one.name, one.title, one.department, one.version)
        for one in sorted(some, key=lambda one: one.title.casefold())
        if all(word in _said(one) for word in wanted)
    ]
    return found[:_MOST_SHOWN], len(found)


def known_dataset(person: Person, name: str) -> KnownDataset | None:
    """A dataset by its name, in the catalogue; in projects as long as that is still empty.

    Args:
        person: Who looks.
        name: By which plans call it.
    """
    if contracts_for(person).exists():
        return dataset_of(f"{name}{_CONTRACT}", contract_files(name))
    return _of_projects(person).get(name)


def _of_projects(person: Person) -> dict[str, KnownDataset]:
    """What stands in the projects that somebody may see: the newest contract of each dataset."""
    rows = (
        Document.objects.filter(
            project__in=visible_projects(person), current=True, path__startswith=_CONTRACTS
        )
        .order_by("-id")
        .values_list("path", "project_id", "id")
    )
    newest: dict[str, tuple[int, int]] = {}
    beside: dict[int, dict[str, int]] = {}
    for path, project, row in rows:
        name = path.removeprefix(_CONTRACTS)
        if name.endswith(_CONTRACT):
            newest.setdefault(name, (row, project))
        else:
            beside.setdefault(project, {})[name] = row
    wanted = {row for row, _ in newest.values()}
    contents = _contents(wanted.union(*(set(rows.values()) for rows in beside.values())))
    found = {}
    for name, (row, project) in newest.items():
        text = contents[row]
        leaned_on = {other: at for other, at in beside.get(project, {}).items()
                     if other.encode() in text}  # fmt: skip
        files = {name: text, **{other: contents[at] for other, at in leaned_on.items()}}
        known = dataset_of(name, files)
        if known is not None:
            found[known.contract.name] = known
    return found


def dataset_of(name: str, files: Mapping[str, bytes]) -> KnownDataset | None:
    """A dataset out of its files; None when they hold no contract that can be read.

    Args:
        name: Of the file with the contract.
        files: That file, and those it needs.
    """
    if name not in files:
        return None
    contract = _read(name, tuple(sorted(files.items())))
    return None if contract is None else KnownDataset(contract, files)


def add_dataset(project: Project, dataset: KnownDataset, *, by: Person,
                needs: Iterable[KnownDataset] = ()) -> None:  # fmt: skip
    """Let the plan ask for a dataset; which columns, is answered later.

    Args:
        project: The project.
        dataset: What is added.
        by: Who asks.
        needs: Datasets it leans on, such as that of the objections: their contracts come along.

    Raises:
        ApprovalError: Somebody signed or was asked to.
    """
    name = dataset.contract.name
    with at_work(project, by=by) as place:
        content = open_plan(place)
        for one in (dataset, *needs):
            for file, text in one.files.items():
                (place.folder / _CONTRACTS).mkdir(exist_ok=True)
                if one is dataset or not (place.folder / _CONTRACTS / file).exists():
                    (place.folder / _CONTRACTS / file).write_bytes(text)
        if any(need["dataset"] == name for need in content["data"]):
            return
        data = [need for need in content["data"] if need["dataset"] != TO_SETTLE]
        step = OutputStep.AGGREGATE if dataset.contract.holds_personal_data else OutputStep.OPEN
        need = {"dataset": name, "columns": [placeholder_column()], "output": str(step)}
        write_plan(place, plan_text({**content, "data": [*data, need]}), by=by)


def drop_dataset(project: Project, name: str, *, by: Person) -> None:
    """Let the plan ask no longer for a dataset, nor for what rests on it; its contract stays.

    Raises:
        InputError: The analysis rests on it, or the plan does not ask for it.
        ApprovalError: Somebody signed or was asked to.
    """
    with at_work(project, by=by) as place:
        content = open_plan(place)
        if len(content["data"]) == 1:
            nothing = {"dataset": TO_SETTLE, "columns": [placeholder_column()], "output": "open"}
            content["data"].append(nothing)
        DropDataset(name).edit(content)
        write_plan(place, plan_text(content), by=by)


def _contents(rows: set[int]) -> dict[int, bytes]:
    found = Document.objects.filter(id__in=rows).values_list("id", "content")
    return {row: bytes(content) for row, content in found}


@lru_cache(maxsize=512)
def _read(name: str, files: tuple[tuple[str, bytes], ...]) -> Contract | None:
    with tempfile.TemporaryDirectory() as folder:
        for file, content in files:
            if Path(file).name != file:
                return None
            (Path(folder) / file).write_bytes(content)
        try:
            return read_contract(Path(folder) / name)
        except GrondslagError:
            return None


def _said(contract: Contract) -> str:
    columns = (
        f"{column.name} {column.title} {' '.join(column.synonyms)}" for column in contract.columns
    )
    parts = (contract.name, contract.title, contract.department, contract.privacy.origin, *columns)
    return " ".join(parts).casefold()
