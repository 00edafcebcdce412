"""Hierarchies told in words, in the form of a contract, and to programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grondslag.canonical import to_yaml
from grondslag.contracts import ColumnHierarchy, Contract, HierarchyKind
from grondslag.contracts.hierarchy_writing import hierarchy_mapping
from grondslag.quality import FoundHierarchy, HierarchyState
from grondslag.wording import sentence

_SAID = {
    HierarchyState.PROPOSED: "cli.hierarchy-proposed",
    HierarchyState.SAID: "cli.hierarchy-said",
    HierarchyState.FOLLOWS: "cli.hierarchy-follows",
    HierarchyState.UNFIT: "cli.hierarchy-unfit",
    HierarchyState.OWNER_MUST_SAY: "cli.hierarchy-owner-must-say",
}


def proposals(found: Sequence[FoundHierarchy]) -> dict[str, ColumnHierarchy]:
    """Per column what is proposed."""
    return {
        one.column: one.hierarchy
        for one in found
        if one.state is HierarchyState.PROPOSED and one.hierarchy is not None
    }


def hierarchy_sentences(
    found: Sequence[FoundHierarchy], *, file: str, language: str
) -> Iterator[str]:
    """How it stands with each column, with the line of the contract.

    Args:
        found: The columns.
        file: The contract.
        language: ``nl`` or ``en``.
    """
    for one in found:
        code = _SAID[one.state]
        if one.state is HierarchyState.UNFIT and one.without_place is None:
            code = "cli.hierarchy-unfit-few"
        fields = {"count": one.without_place, "minimum": one.minimum}
        yield sentence(
            code, language=language, file=file, line=one.line, column=one.column, **fields
        )


def proposals_text(said: Mapping[str, ColumnHierarchy]) -> str:
    """The proposals as they would stand in the contract, per column."""
    return to_yaml({name: {"hierarchy": hierarchy_mapping(one)} for name, one in said.items()})


def hierarchies_mapping(
    contract: Contract, found: Sequence[FoundHierarchy], *, written: bool
) -> dict[str, Any]:
    """The same for programs."""
    return {
        "dataset": contract.name,
        "written": written,
        "columns": [
            {
                "column": one.column,
                "line": one.line,
                "state": str(one.state),
                "hierarchy": _plain(one.hierarchy),
                "without_place": one.without_place,
            }
            for one in found
        ],
    }


def _plain(said: ColumnHierarchy | None) -> dict[str, Any] | None:
    """As it stands in a contract; of a file only that it is one."""
    if said is None:
        return None
    return {"file": {}} if said.kind is HierarchyKind.FILE else hierarchy_mapping(said)
