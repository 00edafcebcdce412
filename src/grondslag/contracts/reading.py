"""An ODCS file to a `Contract`: every fault with its file and line.

The file is held against the standard's own JSON Schema first, then our profile against ours, then
what no schema can say: columns that other parts name must exist, bands must rise, areas must fit.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from grondslag.canonical import (
    Document,
    Path,
    canonical_bytes,
    check_schema,
    read_document,
    sha256_hex,
)
from grondslag.contracts.areas import AreaList, read_areas
from grondslag.contracts.model import (
    Column,
    ColumnPrivacy,
    CompatiblePurpose,
    Contract,
    DataKind,
    DatasetPrivacy,
    LegalBasis,
    Linking,
    LogicalType,
    Objections,
    Reading,
    Retention,
    SecrecyMark,
    Server,
)
from grondslag.errors import InputError
from grondslag.vocabulary import (
    Domain,
    Form,
    GdprBasis,
    IdentifierRole,
    PersonalDataCategory,
    Secrecy,
)

_VERSIONS = ("v3.1.0", "v3.2.0")
_FILE_FORMATS = ("csv", "parquet", "geojson", "sqlite")
_FACTORS = ("link", "context", "nature", "consequences", "safeguards")


@cache
def privacy_profile() -> Mapping[str, Any]:
    """The published JSON Schema of our profile (parts ``dataset``, ``column``, ``reading``)."""
    path = resources.files(__package__) / "schemas" / "privacy.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def _standard() -> Mapping[str, Any]:
    """The standard's own JSON Schema, as the Bitol project ships it in its Python package."""
    path = resources.files("open_data_contract_standard") / "schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


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

    Raises:
        InputError: A fault in the file, with its line and what was expected.
    """
    document = read_document(path)
    content = document.content
    if not isinstance(content, dict) or content.get("apiVersion") not in _VERSIONS:
        line = document.line(("apiVersion",))
        raise InputError("contracts.version", file=document.file, line=line, known=_VERSIONS)
    check_schema(document, _standard())
    privacy_at = _own_property(document, (), "privacy")
    if privacy_at is None:
        raise InputError("contracts.no-privacy", file=document.file, line=1)
    check_schema(document, _part("dataset"), at=privacy_at)
    table = _only_table(document)
    privacy = _at(document, privacy_at)
    areas = _areas(path.parent, document, privacy_at)
    columns = tuple(
        _column(document, ("schema", 0, "properties", at), areas)
        for at in range(len(table["properties"]))
    )
    contract = Contract(
        name=_text(content, "name", document),
        id=content["id"],
        version=str(content["version"]),
        title=str(table.get("businessName") or content["name"]),
        table=table["name"],
        department=_department(content),
        owner=_member(document, "owner"),
        steward=_member(document, "steward"),
        columns=columns,
        privacy=_dataset(privacy, areas),
        reading=_reading(document),
        server=_server(document),
        retention=_retention(document),
        freshness_days=_freshness(content)[0],
        freshness_column=_freshness(content)[1],
        sha256=sha256_hex(canonical_bytes(content)),
        document=document,
    )
    _check_columns_named(contract, privacy_at)
    return contract


@cache
def _part(name: str) -> Mapping[str, Any]:
    profile = privacy_profile()
    return {"$defs": profile["$defs"], "$ref": f"#/$defs/{name}"}


def _at(document: Document, path: Path) -> Any:
    part = document.content
    for step in path:
        part = part[step]
    return part


def _own_property(document: Document, at: Path, name: str) -> Path | None:
    """Where the value of our custom property *name* stands, below *at*; refused when twice."""
    properties = _at(document, at).get("customProperties") or []
    found = [n for n, item in enumerate(properties) if item.get("property") == name]
    if len(found) > 1:
        line = document.line((*at, "customProperties", found[1]))
        raise InputError("contracts.property-twice", file=document.file, line=line, property=name)
    return (*at, "customProperties", found[0], "value") if found else None


def _text(content: Mapping[str, Any], key: str, document: Document) -> str:
    value = content.get(key)
    if not isinstance(value, str) or not value:
        raise InputError("contracts.missing", file=document.file, line=1, key=key)
    return value


def _only_table(document: Document) -> Mapping[str, Any]:
    tables = document.content.get("schema") or []
    if len(tables) != 1 or not tables[0].get("properties"):
        line = document.line(("schema",))
        raise InputError("contracts.one-table", file=document.file, line=line, count=len(tables))
    names = [column.get("name") for column in tables[0]["properties"]]
    for at, name in enumerate(names):
        if name in names[:at]:
            line = document.line(("schema", 0, "properties", at))
            raise InputError("contracts.column-twice", file=document.file, line=line, column=name)
    table: Mapping[str, Any] = tables[0]
    return table


def _areas(folder: FilePath, document: Document, privacy_at: Path) -> AreaList | None:
    pinned = _at(document, privacy_at).get("areas")
    if pinned is None:
        return None
    areas = read_areas(folder / pinned["file"])
    if areas.sha256 != pinned["sha256"]:
        line = document.line((*privacy_at, "areas"))
        raise InputError(
            "contracts.areas-changed",
            file=document.file,
            line=line,
            areas=pinned["file"],
            sha256=areas.sha256,
        )
    return areas


def _column(document: Document, at: Path, areas: AreaList | None) -> Column:
    raw = _at(document, at)
    line = document.line((*at, "name"))
    kind = raw.get("logicalType", "string")
    if kind not in set(LogicalType):
        raise InputError("contracts.type", file=document.file, line=line, known=list(LogicalType))
    options = raw.get("logicalTypeOptions") or {}
    return Column(
        name=raw["name"],
        type=LogicalType(kind),
        required=bool(raw.get("required", False)),
        unique=bool(raw.get("unique") or raw.get("primaryKey")),
        title=str(raw.get("businessName") or raw["name"]),
        definition=str(raw.get("description") or ""),
        minimum=options.get("minimum"),
        maximum=options.get("maximum"),
        privacy=_column_privacy(document, at, areas),
        line=line,
    )


def _column_privacy(document: Document, at: Path, areas: AreaList | None) -> ColumnPrivacy | None:
    privacy_at = _own_property(document, at, "privacy")
    if privacy_at is None:
        return None
    check_schema(document, _part("column"), at=privacy_at)
    raw = _at(document, privacy_at)
    allowed = tuple(_form(document, (*privacy_at, "allowed"), text) for text in raw["allowed"])
    bands = {
        name: tuple(float(edge) for edge in edges) for name, edges in raw.get("bands", {}).items()
    }
    level = raw.get("area_level", "")
    faults: list[tuple[bool, str]] = [
        (
            any(list(edges) != sorted(set(edges)) for edges in bands.values()),
            "contracts.bands-rise",
        ),
        (bool(level) and (areas is None or level not in areas.levels), "contracts.no-such-level"),
        (any(_does_not_fit(form, bands, level, areas) for form in allowed), "contracts.form-unfit"),
    ]
    for is_wrong, code in faults:
        if is_wrong:
            raise InputError(code, file=document.file, line=document.line(privacy_at))
    return ColumnPrivacy(
        category=PersonalDataCategory(raw["category"]),
        role=IdentifierRole(raw["role"]),
        allowed=allowed,
        default=_form(document, (*privacy_at, "default"), raw.get("default", "drop")),
        filterable=raw["filterable"],
        area_level=level,
        bands=bands,
        values=tuple(raw.get("values", ())),
        free_text=raw.get("free_text", False),
    )


def _does_not_fit(
    form: Form, bands: Mapping[str, object], level: str, areas: AreaList | None
) -> bool:
    if form.name in ("band", "age"):
        return form.parameter not in bands
    if form.name == "area":
        if areas is None or not level or form.parameter not in areas.levels:
            return True
        return areas.levels.index(form.parameter) < areas.levels.index(level)
    return False


def _form(document: Document, at: Path, text: str) -> Form:
    try:
        return Form.parse(text)
    except InputError as error:
        raise InputError(
            "contracts.unknown-form", file=document.file, line=document.line(at), **error.fields
        ) from error


def _department(content: Mapping[str, Any]) -> str:
    team = content.get("team")
    return str(team.get("name") or "") if isinstance(team, dict) else ""


def _member(document: Document, role: str) -> str:
    """Who plays a role in the team; without an owner or a steward nothing can be delivered."""
    team = document.content.get("team")
    members = team.get("members", []) if isinstance(team, dict) else (team or [])
    for member in members:
        if member.get("role") == role:
            return str(member.get("username") or "")
    line = document.line(("team",))
    raise InputError("contracts.no-member", file=document.file, line=line, role=role)


def _dataset(raw: Mapping[str, Any], areas: AreaList | None) -> DatasetPrivacy:
    mark = raw.get("secrecy_mark")
    objections = raw.get("objections")
    linking = raw.get("linking")
    basis = raw["legal_basis"]
    return DatasetPrivacy(
        data=DataKind(raw["data"]),
        access=raw["access"],
        domain=Domain(raw["domain"]),
        secrecy=Secrecy(raw["secrecy"]),
        purposes=tuple(raw["purposes"]),
        compatible_purposes=tuple(
            CompatiblePurpose(item["purpose"], {key: item[key] for key in _FACTORS})
            for item in raw.get("compatible_purposes", ())
        ),
        legal_basis=LegalBasis(
            GdprBasis(basis["gdpr"]), basis["law"], basis["article"], basis.get("task", "")
        ),
        data_subjects=tuple(raw.get("data_subjects", ())),
        origin=raw["origin"],
        collection=raw["collection"],
        processing_activity=raw.get("processing_activity", ""),
        person_key=raw.get("person_key", ""),
        minimum_group=raw["minimum_group"],
        secrecy_mark=None
        if mark is None
        else SecrecyMark(
            mark["column"],
            mark["value"],
            {column: Form.parse(form) for column, form in mark["coarsen"].items()},
        ),
        objections=None
        if objections is None
        else Objections(
            objections["dataset"],
            objections["person"],
            objections["purpose"],
            objections["state"],
            tuple(objections["left_out_states"]),
        ),
        linking=None if linking is None else Linking(linking["key"], tuple(linking["domains"])),
        areas=areas,
        source_folders=tuple(raw.get("source_folders", ())),
    )


def _reading(document: Document) -> Reading:
    at = _own_property(document, (), "reading")
    if at is None:
        return Reading()
    check_schema(document, _part("reading"), at=at)
    raw = dict(_at(document, at))
    if "missing" in raw:
        raw["missing"] = tuple(raw["missing"])
    return Reading(**raw)


def _server(document: Document) -> Server:
    servers = document.content.get("servers") or []
    line = document.line(("servers",))
    if len(servers) != 1:
        raise InputError("contracts.one-server", file=document.file, line=line, count=len(servers))
    raw = servers[0]
    kind = raw["type"]
    if kind == "local" and raw.get("format") in _FILE_FORMATS:
        table = next(
            (
                str(item["value"])
                for item in raw.get("customProperties", ())
                if item.get("property") == "table"
            ),
            document.content["schema"][0]["name"],
        )
        return Server(raw["format"], path=str(raw["path"]), table=table)
    if kind in ("postgres", "postgresql"):
        table = document.content["schema"][0].get("physicalName")
        return Server(
            "postgres",
            table=str(table or document.content["schema"][0]["name"]),
            host=str(raw["host"]),
            port=int(raw["port"]),
            database=str(raw["database"]),
            schema=str(raw["schema"]),
        )
    known = [f"local ({name})" for name in _FILE_FORMATS] + ["postgres"]
    raise InputError("contracts.server-kind", file=document.file, line=line, known=known)


def _sla(content: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    found = (item for item in content.get("slaProperties") or () if item.get("property") == name)
    return next(found, None)


def _retention(document: Document) -> Retention | None:
    """Retention as ODCS says it; a legal period is counted in calendar years or months."""
    raw = _sla(document.content, "retention")
    if raw is None:
        return None
    unit = {"y": "y", "yr": "y", "year": "y", "years": "y"}.get(str(raw.get("unit")), "")
    unit = unit or {"m": "m", "mo": "m", "month": "m", "months": "m"}.get(str(raw.get("unit")), "")
    column = str(raw.get("element", "")).rpartition(".")[2]
    if not unit or not column or not isinstance(raw.get("value"), int) or raw["value"] < 1:
        line = document.line(("slaProperties",))
        raise InputError("contracts.retention", file=document.file, line=line)
    return Retention(column, raw["value"], unit, str(raw.get("description") or ""))


def _freshness(content: Mapping[str, Any]) -> tuple[int | None, str]:
    raw = _sla(content, "latency")
    if raw is None or not isinstance(raw.get("value"), int):
        return None, ""
    return raw["value"], str(raw.get("element", "")).rpartition(".")[2]


def _check_columns_named(contract: Contract, privacy_at: Path) -> None:
    """Every column that another part of the contract names must exist and be of the right type."""
    privacy = contract.privacy
    anything = _is_any
    named: list[tuple[str, Path, Callable[[Column], bool]]] = []
    if privacy.person_key:
        named.append((privacy.person_key, (*privacy_at, "person_key"), anything))
    if privacy.secrecy_mark:
        at = (*privacy_at, "secrecy_mark")
        named += [(privacy.secrecy_mark.column, at, anything)]
        named += [(column, at, anything) for column in privacy.secrecy_mark.coarsen]
    if privacy.linking:
        named.append((privacy.linking.key, (*privacy_at, "linking"), anything))
    if contract.retention:
        named.append((contract.retention.column, ("slaProperties",), _is_dated))
    if contract.freshness_column:
        named.append((contract.freshness_column, ("slaProperties",), _is_dated))
    for name, at, fits in named:
        column = next((item for item in contract.columns if item.name == name), None)
        if column is None or not fits(column):
            raise InputError(
                "contracts.names-no-column",
                file=contract.file,
                line=contract.document.line(at),
                column=name,
                known=contract.column_names,
            )


def _is_dated(column: Column) -> bool:
    return column.type in (LogicalType.DATE, LogicalType.TIMESTAMP, LogicalType.INTEGER)


def _is_any(_column: Column) -> bool:
    return True
