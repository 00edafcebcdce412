"""Hierarchies into the text of a contract: what its owner wrote stays as it was written."""

from collections.abc import Mapping
from typing import Any

from grondslag.canonical import Document, Path, read_document, to_yaml
from grondslag.contracts.hierarchies import ColumnHierarchy, HierarchyKind
from grondslag.contracts.model import Contract
from grondslag.contracts.profile import profile_part, value_at
from grondslag.errors import InputError

_KEY = "hierarchy"


def hierarchy_mapping(said: ColumnHierarchy) -> dict[str, Any]:
    """A hierarchy as it stands in a contract.

    Args:
        said: Of any kind but a file, of which the rows alone are known here.
    """
    content: dict[str, Any]
    match said.kind:
        case HierarchyKind.INTERVALS:
            content = {"widths": [_number(width) for width in said.widths]}
            if said.origin:
                content["origin"] = _number(said.origin)
            if said.ends is not None:
                content["ends"] = [_number(end) for end in said.ends]
        case HierarchyKind.ORDERED:
            content = {"values": list(said.values)}
            if said.sizes:
                content["sizes"] = list(said.sizes)
        case HierarchyKind.MASKING:
            content = {"length": said.length, "keep": list(said.keep)}
        case HierarchyKind.DATES:
            content = {"steps": list(said.steps)}
        case HierarchyKind.AREAS:
            content = {"levels": list(said.levels)}
        case HierarchyKind.FILE:
            raise AssertionError(said.kind)  # its name and hash are not known here
    return {str(said.kind): content}


def with_hierarchies(contract: Contract, said: Mapping[str, ColumnHierarchy]) -> str:
    """The text of a contract with hierarchies put in, and nothing else changed.

    Args:
        contract: As read.
        said: Per column without a hierarchy the one it gets.

    Raises:
        InputError: A column's entry is written in a way that nothing can be put in.
    """
    document = contract.document
    lines = document.text.splitlines(keepends=True)
    places = {name: _place(document, name) for name in said}
    for name, at in sorted(places.items(), key=lambda item: -document.line(item[1])):
        _put_in(lines, document, at, {_KEY: hierarchy_mapping(said[name])}, name)
    text = "".join(lines)
    _check_nothing_else(document, text, {places[name]: one for name, one in said.items()})
    return text


def _place(document: Document, name: str) -> Path:
    """Where the privacy entry of a column stands."""
    columns = ("schema", 0, "properties")
    for at, column in enumerate(value_at(document, columns)):
        where = profile_part(document, (*columns, at), "privacy", "column")
        if column["name"] == name and where is not None:
            return where
    raise InputError("contracts.hierarchy-by-hand", file=document.file, line=1, column=name)


def _put_in(
    lines: list[str], document: Document, at: Path, entry: Mapping[str, Any], name: str
) -> None:
    """Put an entry below the last line of a mapping that stands in lines of its own."""
    first, key = min((document.line((*at, key)) - 1, key) for key in value_at(document, at))
    indent = len(lines[first]) - len(lines[first].lstrip(" "))
    if not lines[first].lstrip(" ").startswith(f"{key}:"):  # between braces
        raise InputError(
            "contracts.hierarchy-by-hand", file=document.file, line=first + 1, column=name
        )
    last = first
    for place in range(first, len(lines)):
        text = lines[place].strip()
        deep = len(lines[place]) - len(lines[place].lstrip(" ")) >= indent
        if text and not deep:
            break
        if text and not text.startswith("#"):
            last = place
    if not lines[last].endswith("\n"):
        lines[last] += "\n"
    new = to_yaml(dict(entry)).splitlines(keepends=True)
    lines[last + 1 : last + 1] = [" " * indent + line for line in new]


def _check_nothing_else(
    document: Document, text: str, said: Mapping[Path, ColumnHierarchy]
) -> None:
    """The new text says what the old one did, and the hierarchies.

    Raises:
        InputError: It says something else: the owner writes it by hand.
    """
    new = read_document(text, file=document.file)
    for at, one in said.items():
        entry = value_at(new, at)
        if entry.pop(_KEY, None) != hierarchy_mapping(one):
            raise InputError(
                "contracts.hierarchy-by-hand",
                file=document.file,
                line=document.line(at),
                column=str(value_at(document, (*at[:4], "name"))),
            )
    if new.content != document.content:
        raise InputError("contracts.hierarchy-by-hand", file=document.file, line=1, column="")


def _number(value: float) -> int | float:
    """Whole numbers without a point."""
    return int(value) if value == int(value) else value
