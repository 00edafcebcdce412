"""What a check found: counts, names of columns, numbers of lines; never a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grondslag.anonymise import PatternKind, pattern_word
from grondslag.contracts import LogicalType, word_for
from grondslag.wording import sentence


class FaultKind(StrEnum):
    """The ways in which data can break their contract."""

    EMPTY = "empty"
    MISSING_COLUMN = "missing_column"
    COLUMN_TWICE = "column_twice"
    EXTRA_COLUMN = "extra_column"
    TYPE = "type"
    NULLS = "nulls"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NOT_IN_LIST = "not_in_list"
    NOT_AN_AREA = "not_an_area"
    NOT_UNIQUE = "not_unique"
    IDENTICAL_ROWS = "identical_rows"
    STALE = "stale"
    UNDATED = "undated"
    PERSONAL_DATA = "personal_data"


_CODES = {
    FaultKind.EMPTY: "quality.empty",
    FaultKind.MISSING_COLUMN: "quality.missing-column",
    FaultKind.COLUMN_TWICE: "quality.column-twice",
    FaultKind.EXTRA_COLUMN: "quality.extra-column",
    FaultKind.TYPE: "quality.type",
    FaultKind.NULLS: "quality.nulls",
    FaultKind.TOO_LOW: "quality.too-low",
    FaultKind.TOO_HIGH: "quality.too-high",
    FaultKind.NOT_IN_LIST: "quality.not-in-list",
    FaultKind.NOT_AN_AREA: "quality.not-an-area",
    FaultKind.NOT_UNIQUE: "quality.not-unique",
    FaultKind.IDENTICAL_ROWS: "quality.identical-rows",
    FaultKind.STALE: "quality.stale",
    FaultKind.UNDATED: "quality.undated",
    FaultKind.PERSONAL_DATA: "quality.personal-data",
}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows or values.

    Args:
        number: How many.
        is_about: Whether it was rounded, because few people may stand behind it.
    """

    number: int
    is_about: bool = False

    def say(self, *, language: str = "nl") -> str:
        """The number, with a word before it when it was rounded."""
        code = "quality.about" if self.is_about else "quality.exactly"
        return sentence(code, language=language, number=self.number)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the data break their contract.

    Args:
        kind: Which way.
        column: The column; empty when it is about the whole.
        count: How often; the days too late for data that are stale.
        lines: The first lines of the file on which it shows, at most five; none for others than
            the owner, and none for a database.
        line: The line of the contract that is broken.
        type: What the column must hold.
        pattern: What looks like personal data in it.
        in_rows: Whether *lines* are numbers of rows: the file has no lines.
    """

    kind: FaultKind
    column: str
    count: Count
    lines: tuple[int, ...] = ()
    line: int = 0
    type: LogicalType | None = None
    pattern: PatternKind | None = None
    in_rows: bool = False

    @property
    def code(self) -> str:
        """The code of the sentence that explains it."""
        return _CODES[self.kind]

    def explain(self, *, language: str = "nl") -> str:
        """What is wrong and where, in one or two sentences."""
        told = sentence(
            self.code,
            language=language,
            column=self.column,
            count=self.count.say(language=language),
            line=self.line,
            type=None if self.type is None else word_for(self.type),
            pattern=None if self.pattern is None else pattern_word(self.pattern),
        )
        if not self.lines:
            return told
        code = "quality.rows" if self.in_rows else "quality.lines"
        return f"{told} {sentence(code, language=language, lines=self.lines)}"


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Whether data keep their contract.

    Args:
        dataset: Name of the contract.
        contract: The contract's file.
        contract_sha256: Hash of the contract that was checked.
        source_sha256: Hash over the bytes of the file; empty for a database.
        checked: When, as RFC 3339 text.
        rows: How many rows there are.
        faults: In the order of the contract's columns, then about the whole.
    """

    dataset: str
    contract: str
    contract_sha256: str
    source_sha256: str
    checked: str
    rows: Count
    faults: tuple[Fault, ...]

    @property
    def keeps_contract(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def explain(self, *, language: str = "nl") -> str:
        """The outcome in one sentence."""
        code = "quality.kept" if self.keeps_contract else "quality.broken"
        return sentence(
            code,
            language=language,
            dataset=self.dataset,
            rows=self.rows.say(language=language),
            count=len(self.faults),
        )

    def to_mapping(self) -> Mapping[str, Any]:
        """As a document."""
        return {
            "dataset": self.dataset,
            "contract": self.contract,
            "contract_sha256": self.contract_sha256,
            "source_sha256": self.source_sha256,
            "checked": self.checked,
            "keeps_contract": self.keeps_contract,
            "rows": _counted(self.rows),
            "faults": [
                {
                    "kind": str(fault.kind),
                    "column": fault.column,
                    **_counted(fault.count),
                    "lines": list(fault.lines),
                    "pattern": str(fault.pattern or ""),
                }
                for fault in self.faults
            ],
        }


def _counted(count: Count) -> dict[str, Any]:
    return {"count": count.number, "is_about": count.is_about}
