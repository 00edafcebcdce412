"""The columns of a contract and their privacy entries."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath

from grondslag.canonical import Document, Path
from grondslag.contracts.areas import AreaList
from grondslag.contracts.hierarchy_reading import hierarchy_at
from grondslag.contracts.model import Column, ColumnPrivacy, LogicalType, PeriodBasis
from grondslag.contracts.profile import fault, form_at, profile_part, value_at
from grondslag.vocabulary import Form, IdentifierRole, PersonalDataCategory, SpecialKind
from grondslag.vocabulary.forms import DROP

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_NUMBERS = (LogicalType.INTEGER, LogicalType.NUMBER)
_DAYS = (LogicalType.DATE, LogicalType.TIMESTAMP)


def columns_of(
    document: Document, areas: AreaList | None, *, folder: FilePath
) -> tuple[Column, ...]:
    """The columns of the one table, in the order of the file.

    Args:
        document: The contract.
        areas: The list of areas that it pins.
        folder: Where files of hierarchies stand.

    Raises:
        InputError: A column at fault, with its line.
    """
    at: Path = ("schema", 0, "properties")
    names = [raw["name"] for raw in value_at(document, at)]
    for n, name in enumerate(names):
        if not _NAME.fullmatch(name):
            raise fault("contracts.column-name", document, (*at, n))
        if name in names[:n]:
            raise fault("contracts.column-twice", document, (*at, n), column=name)
    columns = (_column(document, (*at, n), areas) for n in range(len(names)))
    return tuple(
        _with_hierarchy(column, document, (*at, n), areas, folder)
        for n, column in enumerate(columns)
    )


def _with_hierarchy(
    column: Column, document: Document, at: Path, areas: AreaList | None, folder: FilePath
) -> Column:
    where = profile_part(document, at, "privacy", "column")
    if column.privacy is None or where is None or "hierarchy" not in value_at(document, where):
        return column
    hierarchy = hierarchy_at(
        document,
        (*where, "hierarchy"),
        column.type,
        privacy=column.privacy,
        areas=areas,
        folder=folder,
    )
    return replace(column, privacy=replace(column.privacy, hierarchy=hierarchy))


def _column(document: Document, at: Path, areas: AreaList | None) -> Column:
    raw = value_at(document, at)
    kind = raw.get("logicalType", "string")
    if kind not in set(LogicalType):
        raise fault("contracts.type", document, (*at, "logicalType"), known=list(LogicalType))
    options = raw.get("logicalTypeOptions") or {}
    definition_at = profile_part(document, at, "definition", "definition")
    further = value_at(document, definition_at) if definition_at else {}
    basis = further.get("period_basis")
    column = Column(
        name=raw["name"],
        type=LogicalType(kind),
        required=bool(raw.get("required", False)),
        unique=bool(raw.get("unique") or raw.get("primaryKey")),
        title=str(raw.get("businessName") or raw["name"]),
        definition=str(raw.get("description") or ""),
        minimum=options.get("minimum"),
        maximum=options.get("maximum"),
        privacy=_privacy(document, at, areas),
        line=document.line((*at, "name")),
        synonyms=tuple(item["synonym"] for item in raw.get("synonyms") or ()),
        unit=further.get("unit", ""),
        period_basis=None if basis is None else PeriodBasis(basis),
    )
    _check_range(column, document, (*at, "logicalTypeOptions"))
    _check_values(column, document, at)
    return column


def _check_range(column: Column, document: Document, at: Path) -> None:
    low, high = column.minimum, column.maximum
    if column.type in _DAYS and not all(_is_day(edge) for edge in (low, high) if edge is not None):
        raise fault("contracts.range-day", document, at, column=column.name)
    backwards = (
        (isinstance(low, str) and isinstance(high, str) and low > high)
        or (isinstance(low, int | float) and isinstance(high, int | float) and low > high)
    )  # fmt: skip
    if backwards:
        raise fault("contracts.range-backwards", document, at, column=column.name)


def _is_day(text: object) -> bool:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_values(column: Column, document: Document, at: Path) -> None:
    """A list of values must hold what the column holds, or no value would ever fit."""
    if column.privacy is None:
        return
    wanted = int if column.type in _NUMBERS else str
    if not all(isinstance(value, wanted) for value in column.privacy.values):
        raise fault("contracts.values-unfit", document, at, column=column.name)


def _privacy(document: Document, at: Path, areas: AreaList | None) -> ColumnPrivacy | None:
    where = profile_part(document, at, "privacy", "column")
    if where is None:
        return None
    raw = value_at(document, where)
    entry = ColumnPrivacy(
        category=PersonalDataCategory(raw["category"]),
        role=IdentifierRole(raw["role"]),
        allowed=tuple(form_at(document, (*where, "allowed"), text) for text in raw["allowed"]),
        default=form_at(document, (*where, "default"), raw.get("default", str(DROP))),
        filterable=raw["filterable"],
        area_level=raw.get("area_level", ""),
        bands={
            name: tuple(float(edge) for edge in edges)
            for name, edges in raw.get("bands", {}).items()
        },
        values=tuple(raw.get("values", ())),
        free_text=raw.get("free_text", False),
        kind=SpecialKind(raw["kind"]) if "kind" in raw else None,
        judged_by=raw.get("judged_by", ""),
    )
    _check_entry(entry, document, where, areas)
    return entry


def _check_entry(
    entry: ColumnPrivacy, document: Document, at: Path, areas: AreaList | None
) -> None:
    """What no schema can say: edges rise, levels exist, forms fit, the default is allowed."""
    if any(list(edges) != sorted(set(edges)) for edges in entry.bands.values()):
        raise fault("contracts.bands-rise", document, (*at, "bands"))
    if entry.area_level and (areas is None or entry.area_level not in areas.levels):
        raise fault("contracts.no-such-level", document, (*at, "area_level"))
    if any(_does_not_fit(form, entry, areas) for form in entry.allowed):
        raise fault("contracts.form-unfit", document, (*at, "allowed"))
    if entry.default not in (DROP, *entry.allowed):
        raise fault("contracts.default-not-allowed", document, (*at, "default"))


def _does_not_fit(form: Form, entry: ColumnPrivacy, areas: AreaList | None) -> bool:
    if form.name in ("band", "age"):
        return form.parameter not in entry.bands
    if form.name != "area":
        return False
    if areas is None or not entry.area_level or form.parameter not in areas.levels:
        return True
    return areas.levels.index(form.parameter) < areas.levels.index(entry.area_level)


def column_named(columns: tuple[Column, ...], name: str) -> Column | None:
    """The column with this name, if any."""
    return next((column for column in columns if column.name == name), None)


def is_any(_column: Column) -> bool:
    """Any column will do."""
    return True


def is_amount(column: Column) -> bool:
    """Whether a column can hold amounts."""
    return column.type in _NUMBERS


def is_dated(column: Column) -> bool:
    """Whether a column can hold a day, a moment or a year."""
    return column.type in (*_DAYS, LogicalType.INTEGER)
