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


def known_datasets(person: Person) -> dict[str, KnownDataset]:
    """Every dataset somebody may see, by name: the newest contract of each."""
    rows = (
        Document.objects.filter(
            project__in=visible_projects(person), current=True, path__startswith=_CONTRACTS
        )
        .order_by("-id")
        .values_list("path", "sha256", "project_id", "id")
    )
    newest: dict[str, tuple[int, int, str]] = {}
    beside: dict[int, dict[str, int]] = {}
    for path, sha256, project, row in rows:
        name = path.removeprefix(_CONTRACTS)
        if name.endswith(_CONTRACT):
            newest.setdefault(name, (row, project, sha256))
        else:
            beside.setdefault(project, {})[name] = row
    contents = _contents(
        {row for row, _, _ in newest.values()}
        | {row for rows in beside.values() for row in rows.values()}
    )
    found = {}
    for name, (row, project, _) in newest.items():
        text = contents[row]
        files = {name: text}
        for other, other_row in beside.get(project, {}).items():
            if other.encode() in text:
                files[other] = contents[other_row]
        known = dataset_of(name, files)
        if known is not None:
            found[known.contract.name] = known
    return found


def search_datasets(known: Iterable[KnownDataset], words: str) -> list[KnownDataset]:
    """The datasets in which every word is found: in name, owner, origin or a column.

    Args:
        known: Where to look.
        words: What somebody typed; empty finds all.
    """
    wanted = words.casefold().split()
    found = [one for one in known if all(word in _said(one.contract) for word in wanted)]
    return sorted(found, key=lambda one: one.contract.title.casefold())[:_MOST_SHOWN]


def dataset_of(name: str, files: Mapping[str, bytes]) -> KnownDataset | None:
    """A dataset out of its files; None when they hold no contract that can be read.

    Args:
        name: Of the file with the contract.
        files: That file, and those it needs.
    """
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
