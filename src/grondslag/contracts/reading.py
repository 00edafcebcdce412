"""An ODCS file to a `Contract`: every fault with its file and line.

The file is held against the standard's own JSON Schema first, then our profile against ours, then
what no schema can say: columns that other parts name must exist, bands must rise, areas must fit.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from grondslag.canonical import (
    Document,
    Path,
    canonical_bytes,
    read_document,
    read_text,
    sha256_hex,
)
from grondslag.contracts.columns import column_named, columns_of, is_amount, is_any, is_dated
from grondslag.contracts.dataset import dataset_privacy, pinned_areas
from grondslag.contracts.hierarchies import HierarchyKind
from grondslag.contracts.keeping import (
    department_of,
    freshness_of,
    member_of,
    reading_of,
    retention_of,
    server_of,
)
from grondslag.contracts.model import Column, Contract
from grondslag.contracts.profile import check_standard, fault, profile_part
from grondslag.contracts.waivers import check_waivers
from grondslag.errors import InputError

_VERSIONS = ("v3.1.0", "v3.2.0")
_KEY = re.compile(r"[a-z][a-z0-9-]{0,62}")
# Per name and text of a file what was read: a project's contracts are read at every look at it.
_READ: dict[tuple[str, str], Contract] = {}
_KEEP = 256


def read_contracts(folder: FilePath) -> dict[str, Contract]:
    """Read every ``*.odcs.yaml`` in a folder, per name.

    Raises:
        InputError: The folder is absent, a file is at fault, or two contracts have one name.
    """
    if not folder.is_dir():
        raise InputError("contracts.no-such-folder", folder=str(folder))
    contracts: dict[str, Contract] = {}
    for path in sorted(folder.glob("*.odcs.yaml")):
        contract = read_contract(path)
        if contract.name in contracts:
            other = contracts[contract.name].file
            raise InputError("contracts.name-twice", file=path.name, other=other)
        contracts[contract.name] = contract
    return contracts


def read_contract(path: FilePath) -> Contract:
    """Read one contract; its list of areas is read from the same folder.

    The same text gives the same contract, as long as what it pins stands beside it.

    Raises:
        InputError: A fault in the file, with its line and what was expected.
    """
    text = read_text(path)
    kept = _READ.get((path.name, text))
    if kept is not None:
        privacy_at = profile_part(kept.document, (), "privacy", "dataset")
        if privacy_at is not None:
            pinned_areas(path.parent, kept.document, privacy_at)
        return kept
    contract = contract_from(read_document(text, file=path.name), folder=path.parent)
    if not any(_rests_on_a_file(column) for column in contract.columns):
        if len(_READ) >= _KEEP:
            _READ.clear()
        _READ[path.name, text] = contract
    return contract


def _rests_on_a_file(column: Column) -> bool:
    """Whether a file of its own says how a column becomes coarser."""
    hierarchy = column.privacy.hierarchy if column.privacy else None
    return hierarchy is not None and hierarchy.kind is HierarchyKind.FILE


def contract_from(document: Document, *, folder: FilePath) -> Contract:
    """A contract from a document that was read already.

    Args:
        document: As read.
        folder: Where its list of areas and files of hierarchies stand.

    Raises:
        InputError: A fault in the document, with its line and what was expected.
    """
    content = document.content
    if not isinstance(content, dict) or content.get("apiVersion") not in _VERSIONS:
        raise fault("contracts.version", document, ("apiVersion",), known=_VERSIONS)
    sha256 = sha256_hex(canonical_bytes(content))
    check_standard(document, sha256)
    privacy_at = profile_part(document, (), "privacy", "dataset")
    if privacy_at is None:
        raise InputError("contracts.no-privacy", file=document.file, line=1)
    table = _only_table(document)
    areas = pinned_areas(folder, document, privacy_at)
    freshness_days, freshness_column = freshness_of(document)
    contract = Contract(
        name=_name(document),
        id=content["id"],
        version=str(content["version"]),
        title=str(table.get("businessName") or content["name"]),
        table=table["name"],
        department=department_of(content),
        owner=member_of(document, "owner"),
        steward=member_of(document, "steward"),
        columns=columns_of(document, areas, folder=folder),
        privacy=dataset_privacy(document, privacy_at, areas),
        reading=reading_of(document),
        server=server_of(document),
        retention=retention_of(document),
        freshness_days=freshness_days,
        freshness_column=freshness_column,
        sha256=sha256,
        document=document,
    )
    _check_columns_named(contract, privacy_at)
    check_waivers(contract, privacy_at)
    return contract


def _name(document: Document) -> str:
    """The name by which plans call it: a key, as the plan's schema has it."""
    name = document.content.get("name")
    if not isinstance(name, str) or not name:
        raise InputError("contracts.missing", file=document.file, line=1, key="name")
    if not _KEY.fullmatch(name):
        raise fault("contracts.name", document, ("name",))
    return name


def _only_table(document: Document) -> Mapping[str, Any]:
    tables = document.content.get("schema") or []
    if len(tables) != 1 or not tables[0].get("properties"):
        raise fault("contracts.one-table", document, ("schema",), count=len(tables))
    table: Mapping[str, Any] = tables[0]
    return table


def _check_columns_named(contract: Contract, privacy_at: Path) -> None:
    """Every column that another part of the contract names must exist and be of the right type."""
    for name, at, fits in _named(contract, privacy_at):
        column = column_named(contract.columns, name)
        if column is None or not fits(column):
            raise fault(
                "contracts.names-no-column",
                contract.document,
                at,
                column=name[:63],
                known=contract.column_names,
            )


def _named(
    contract: Contract, privacy_at: Path
) -> Iterator[tuple[str, Path, Callable[[Column], bool]]]:
    """Every column that a part of the contract names: where, and what it must be."""
    privacy = contract.privacy
    if privacy.person_key:
        yield privacy.person_key, (*privacy_at, "person_key"), is_any
    if privacy.secrecy_mark:
        at = (*privacy_at, "secrecy_mark")
        yield privacy.secrecy_mark.column, (*at, "column"), is_any
        for column in privacy.secrecy_mark.coarsen:
            yield column, (*at, "coarsen", column), is_any
    if privacy.waivers:
        yield privacy.waivers.column, (*privacy_at, "waivers", "column"), is_any
    for n, one in enumerate(contract.columns):
        if one.privacy is not None and one.privacy.judged_by:
            yield one.privacy.judged_by, ("schema", 0, "properties", n), is_amount
    if privacy.linking:
        yield privacy.linking.key, (*privacy_at, "linking", "key"), is_any
    if contract.retention:
        yield contract.retention.column, ("slaProperties",), is_dated
    if contract.freshness_column:
        yield contract.freshness_column, ("slaProperties",), is_dated
