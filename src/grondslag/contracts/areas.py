"""Fixed lists of areas: streets in neighbourhoods in districts.

A plan can only ask for areas and levels that stand in the list its contract pins by hash: an area
drawn for one question could be drawn around one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grondslag.canonical import (
    canonical_bytes,
    check_schema,
    read_document,
    read_text,
    sha256_hex,
)
from grondslag.errors import InputError

_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["areas", "name", "levels", "list"],
    "properties": {
        "areas": {"const": "grondslag/1"},
        "name": {"type": "string", "minLength": 1},
        "levels": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "string",
                "pattern": "^[a-z][a-z0-9_]{0,30}$",
                "description": "kleine letters, cijfers en _",
            },
        },
        "list": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "name", "level"],
                "properties": {
                    "code": {"type": "string", "minLength": 1, "maxLength": 40},
                    "name": {"type": "string", "minLength": 1, "maxLength": 120},
                    "level": {"type": "string"},
                    "within": {"type": "string"},
                },
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its code, name, level, and the code of the area it lies in."""

    code: str
    name: str
    level: str
    within: str


@dataclass(frozen=True, slots=True)
class AreaList:
    """A fixed list of areas.

    Args:
        name: What the list is called.
        levels: From finest to coarsest.
        areas: Per code.
        sha256: Hash over the canonical content.
    """

    name: str
    levels: tuple[str, ...]
    areas: Mapping[str, Area] = field(repr=False)
    sha256: str

    def codes(self, level: str) -> tuple[str, ...]:
        """All codes of one level, in the order of the list."""
        return tuple(area.code for area in self.areas.values() if area.level == level)

    def ancestor(self, code: str, level: str) -> str | None:
        """The code of the area at *level* in which *code* lies; None when there is none."""
        area = self.areas.get(code)
        while area is not None and area.level != level:
            area = self.areas.get(area.within)
        return None if area is None else area.code

    def mapping(self, from_level: str, to_level: str) -> dict[str, str]:
        """Per code of one level the code of the other, coarser one."""
        pairs = ((code, self.ancestor(code, to_level)) for code in self.codes(from_level))
        return {code: ancestor for code, ancestor in pairs if ancestor is not None}


def read_areas(path: Path) -> AreaList:
    """Read a list of areas (YAML).

    Raises:
        InputError: Not such a list: an unknown level, a code twice, an area within nothing.
    """
    return _areas_in(read_text(path), path.name)


@lru_cache(maxsize=4)
def _areas_in(text: str, file: str) -> AreaList:
    """The list in a text: every contract of a folder pins the same one, so it is read once."""
    document = read_document(text, file=file)
    check_schema(document, _SCHEMA)
    content = document.content
    levels = tuple(content["levels"])
    areas: dict[str, Area] = {}
    for at, item in enumerate(content["list"]):
        line = document.line(("list", at))
        if item["level"] not in levels:
            raise InputError("contracts.unknown-level", file=document.file, line=line, known=levels)
        if item["code"] in areas:
            raise InputError("contracts.area-twice", file=document.file, line=line)
        areas[item["code"]] = Area(
            item["code"], item["name"], item["level"], item.get("within", "")
        )
    for at, area in enumerate(areas.values()):
        above = areas.get(area.within)
        coarser = above is not None and levels.index(above.level) > levels.index(area.level)
        if not coarser and (area.within or area.level != levels[-1]):
            line = document.line(("list", at))
            raise InputError("contracts.area-within-nothing", file=document.file, line=line)
    digest = sha256_hex(canonical_bytes(content))
    return AreaList(content["name"], levels, MappingProxyType(areas), digest)
