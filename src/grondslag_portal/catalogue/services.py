"""Keeping contracts: the only module that does, each time with an audit record."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db import transaction

from grondslag.canonical import sha256_hex
from grondslag.contracts import Contract
from grondslag.errors import ApprovalError, InputError
from grondslag_portal.catalogue.dcat import Told, told_of
from grondslag_portal.catalogue.differences import find_differences, note_taken_over
from grondslag_portal.catalogue.models import Beside, ContractVersion, Dataset, DatasetColumn
from grondslag_portal.catalogue.reading import (
    MOST_BYTES,
    SUFFIX,
    contract_of,
    pinned_hash,
    pins_of,
    text_of,
)
from grondslag_portal.catalogue.selectors import contract_in, current_version
from grondslag_portal.catalogue.servers import check_servers
from grondslag_portal.catalogue.words import word_of
from grondslag_portal.organisations.models import Department
from grondslag_portal.shared import engine


def keep_contract(
    content: bytes, *, department: Department, by: str, dataset: Dataset | None = None,
    seen: int | None = None, beside: Mapping[str, bytes] | None = None,
) -> Dataset:  # fmt: skip
    """Keep a contract as the newest version of a dataset; what does not change keeps nothing.

    Args:
        content: The bytes as they came in.
        department: Whose it is; the contract must say so too.
        by: Who brings it in.
        dataset: Which dataset it must be about; None for a new one, or whichever it names.
        seen: The number of the version that somebody changed; None when they replace it whole.
        beside: Files it leans on that came along; the others are known already.

    Raises:
        InputError: A fault in the contract, with its line; or it is about another dataset, of
            another department, or names a place where this portal has nothing to look for.
        ApprovalError: Somebody else changed it meanwhile.
    """
    name = f"{dataset.key}{SUFFIX}" if dataset else f"contract{SUFFIX}"
    files = _files(content, name, beside or {})
    contract = contract_of(name, content, files)
    _check_whose(contract, department, dataset)
    check_servers(contract)
    with transaction.atomic():
        found = Dataset.objects.select_for_update().filter(key=contract.name).first()
        if found is not None and found.department_id != department.pk:
            raise InputError("catalogue.name-taken", file=name, dataset=contract.name)
        newest = found.versions.filter(current=True).first() if found else None
        if seen is not None and newest is not None and newest.number != seen:
            raise ApprovalError("catalogue.overtaken", by=newest.by)
        hashes = {file: _kept(file, text) for file, text in files.items()}
        digest = sha256_hex(content)
        if found and newest and (newest.sha256, newest.beside) == (digest, hashes):
            return found
        kept = _indexed(found, contract, department)
        ContractVersion.objects.filter(dataset=kept, current=True).update(current=False)
        number = newest.number + 1 if newest else 1
        ContractVersion.objects.create(
            dataset=kept, number=number, content=content,
            sha256=digest, beside=hashes, by=by,
        )  # fmt: skip
        find_differences(kept, contract)
        note_taken_over(kept, contract, number)
        engine.installation().record(
            by, "catalogue.contract-kept", kept.key, sha256=digest, version=contract.version,
            department=department.name,
        )  # fmt: skip
    return kept


def _files(content: bytes, name: str, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files a contract leans on: those that came along, else those that are known.

    One that is nowhere is left out: the engine says which, and where it is named.
    """
    too_large = [file for file, found in given.items() if len(found) > MOST_BYTES]
    if len(content) > MOST_BYTES or too_large:
        raise InputError(
            "catalogue.too-large", file=too_large[0] if too_large else name, limit=MOST_BYTES >> 20
        )
    found: dict[str, bytes] = {}
    for file, pinned in pins_of(content, name=name).items():
        if file in given:
            found[file] = given[file]
            continue
        known = Beside.objects.filter(name=file, pinned=pinned).first()
        if known is not None:
            found[file] = bytes(known.content)
    return found


def _check_whose(contract: Contract, department: Department, dataset: Dataset | None) -> None:
    if contract.department != department.name:
        raise InputError(
            "catalogue.other-department",
            file=contract.file,
            line=contract.document.line(("team", "name")),
            department=department.name,
        )
    if dataset is not None and contract.name != dataset.key:
        raise InputError(
            "catalogue.other-name",
            file=contract.file,
            line=contract.document.line(("name",)),
            dataset=dataset.key,
        )


def _kept(name: str, content: bytes) -> str:
    digest = sha256_hex(content)
    Beside.objects.get_or_create(
        name=name, sha256=digest,
        defaults={"content": content, "pinned": pinned_hash(name, content)},
    )  # fmt: skip
    return digest


def _indexed(found: Dataset | None, contract: Contract, department: Department) -> Dataset:
    """The row of a dataset, made anew from its contract."""
    row = found or Dataset(key=contract.name)
    row.title = contract.title[:200]
    row.department = department
    row.owner, row.steward = contract.owner[:120], contract.steward[:120]
    row.version = contract.version[:40]
    row.domain = str(contract.privacy.domain)
    row.access = contract.privacy.access
    row.personal = contract.holds_personal_data
    row.said = " ".join(_said(contract)).casefold()
    told = told_of(contract)
    row.told = None if told is None else asdict(told)
    row.save()
    row.columns.all().delete()
    DatasetColumn.objects.bulk_create(
        DatasetColumn(
            dataset=row, name=column.name[:200], title=column.title[:200], word=word[:200]
        )
        for column in contract.columns
        for word in sorted({word_of(n) for n in (column.name, column.title, *column.synonyms)})
    )
    return row


def _said(contract: Contract) -> Iterable[str]:
    description = contract.document.content.get("description")
    yield from (contract.name, contract.title, contract.department, contract.owner)
    yield from (contract.steward, contract.privacy.origin, contract.privacy.collection)
    if isinstance(description, dict):
        yield from (str(value) for value in description.values() if isinstance(value, str))
    yield from contract.privacy.purposes
    for column in contract.columns:
        yield from (column.name, column.title, column.definition, *column.synonyms)


def told_datasets() -> list[Told]:
    """What is told of every open dataset; read from its contract when that was not done yet."""
    found = Dataset.objects.filter(access="open")
    for dataset in found.filter(told=None):
        told = told_of(contract_in(current_version(dataset)))
        found.filter(pk=dataset.pk).update(told=None if told is None else asdict(told))
    return [Told(**row.told) for row in found.exclude(told=None).only("told") if row.told]


def version_text(version: ContractVersion) -> str:
    """The text of a version, to show and to change."""
    return text_of(bytes(version.content), name=f"{version.dataset.key}{SUFFIX}")
