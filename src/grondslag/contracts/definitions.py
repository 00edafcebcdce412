"""One term, defined differently in two contracts: found before the data are put side by side.

Two columns share a term when a name, business name or synonym of the one is one of the other.
What contradicts is a conflict; what may be the same, but is not said the same way, looks alike.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from grondslag.contracts.model import Column, Contract, LogicalType, PeriodBasis
from grondslag.vocabulary import PersonalDataCategory
from grondslag.wording import Word, sentence

_ALIKE_FROM = 0.6  # share of words in common, in order; measured on the table in the tests
_LONGEST = 300
_SMALL_WORDS = frozenset(
    ("de", "het", "een", "van", "in", "op", "the", "a", "an", "of", "on", "is", "dat", "die")
)


class Severity(StrEnum):
    """Whether two contracts contradict each other, or may mean the same."""

    CONFLICT = "conflict"
    LOOKS_ALIKE = "looks_alike"


class Aspect(StrEnum):
    """In what two definitions of a term differ."""

    TYPE = "type"
    UNIT = "unit"
    PERIOD_BASIS = "period_basis"
    VALUES = "values"
    BANDS = "bands"
    AREA_LEVEL = "area_level"
    AREA_LIST = "area_list"
    CATEGORY = "category"
    DEFINITION = "definition"


_CODES = {
    (Aspect.TYPE, Severity.CONFLICT): "contracts.conflict-type",
    (Aspect.UNIT, Severity.CONFLICT): "contracts.conflict-unit",
    (Aspect.UNIT, Severity.LOOKS_ALIKE): "contracts.alike-unit",
    (Aspect.PERIOD_BASIS, Severity.CONFLICT): "contracts.conflict-period",
    (Aspect.PERIOD_BASIS, Severity.LOOKS_ALIKE): "contracts.alike-period",
    (Aspect.VALUES, Severity.CONFLICT): "contracts.conflict-values",
    (Aspect.VALUES, Severity.LOOKS_ALIKE): "contracts.alike-values",
    (Aspect.BANDS, Severity.CONFLICT): "contracts.conflict-bands",
    (Aspect.AREA_LEVEL, Severity.CONFLICT): "contracts.conflict-area-level",
    (Aspect.AREA_LIST, Severity.CONFLICT): "contracts.conflict-area-list",
    (Aspect.CATEGORY, Severity.CONFLICT): "contracts.conflict-category",
    (Aspect.DEFINITION, Severity.CONFLICT): "contracts.conflict-definition",
    (Aspect.DEFINITION, Severity.LOOKS_ALIKE): "contracts.alike-definition",
}

# Keys of our own that an official reads as words; what the owner wrote stays as it is.
_WORDS: dict[str, str] = {
    "string": "contracts.word-string",
    "integer": "contracts.word-integer",
    "number": "contracts.word-number",
    "boolean": "contracts.word-boolean",
    "date": "contracts.word-date",
    "timestamp": "contracts.word-timestamp",
    "moment": "contracts.word-moment",
    "day": "contracts.word-day",
    "month": "contracts.word-month",
    "quarter": "contracts.word-quarter",
    "calendar_year": "contracts.word-calendar-year",
    "school_year": "contracts.word-school-year",
    "first_of_january": "contracts.word-first-of-january",
    "last_of_december": "contracts.word-last-of-december",
    "since_start": "contracts.word-since-start",
    "none": "contracts.word-none",
    "ordinary": "contracts.word-ordinary",
    "sensitive": "contracts.word-sensitive",
    "special": "contracts.word-special",
    "criminal": "contracts.word-criminal",
    "national_id": "contracts.word-national-id",
}
_IN_WORDS = frozenset((Aspect.TYPE, Aspect.PERIOD_BASIS, Aspect.CATEGORY))


def word_for(key: LogicalType | PeriodBasis | PersonalDataCategory | str) -> Word:
    """The word by which an official reads a type of column, a period or a kind of personal data."""
    return Word(_WORDS[str(key)])


@dataclass(frozen=True, slots=True)
class Saying:
    """What one contract says of a term, and where.

    Args:
        file: The contract's file.
        line: The line of the column.
        dataset: Name of the contract.
        column: Name of the column.
        says: Its words about the aspect that differs; empty when it says nothing.
    """

    file: str
    line: int
    dataset: str
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One term, two contracts, one aspect in which they differ.

    Args:
        term: The name they share, as the first contract writes it.
        aspect: In what they differ.
        severity: Whether they contradict each other.
        first: What the one says; by file and line the first.
        second: What the other says.
    """

    term: str
    aspect: Aspect
    severity: Severity
    first: Saying
    second: Saying

    @property
    def code(self) -> str:
        """The code of the sentence that explains it."""
        return _CODES[self.aspect, self.severity]

    def explain(self, *, language: str = "nl") -> str:
        """One sentence or two: the term, both files with their lines, what each says."""
        return sentence(
            self.code,
            language=language,
            term=self.term,
            file=self.first.file,
            line=self.first.line,
            says=self._shown(self.first.says),
            other_file=self.second.file,
            other_line=self.second.line,
            other_says=self._shown(self.second.says),
        )

    def _shown(self, says: str) -> object:
        if not says:
            return None
        return word_for(says) if self.aspect in _IN_WORDS else f"“{says.rstrip('. ')}”"


@dataclass(frozen=True, slots=True)
class _Part:
    contract: Contract
    column: Column


def definition_conflicts(contracts: Iterable[Contract]) -> list[Conflict]:
    """Every term that two contracts define differently.

    Args:
        contracts: Any number, each with a name of its own.

    Returns:
        Conflicts first, then what looks alike; each by file and line. The order in which the
        contracts are given makes no difference.
    """
    ordered = sorted(contracts, key=lambda contract: (contract.file, contract.name))
    parts: dict[str, list[_Part]] = {}
    for contract in ordered:
        for column in contract.columns:
            for term in _terms(column):
                parts.setdefault(term, []).append(_Part(contract, column))
    found: dict[tuple[str, int, str, int, Aspect], Conflict] = {}
    for sharing in parts.values():
        for first, second in combinations(sharing, 2):
            if first.contract.name != second.contract.name:
                for conflict in _compare(first, second):
                    found.setdefault(_where(conflict), conflict)
    return sorted(found.values(), key=lambda conflict: (conflict.severity, _where(conflict)))


def _where(conflict: Conflict) -> tuple[str, int, str, int, Aspect]:
    first, second = conflict.first, conflict.second
    return (first.file, first.line, second.file, second.line, conflict.aspect)


def _terms(column: Column) -> list[str]:
    """The names of a column without case, accents and joining signs, each once."""
    names = (column.name, column.title, *column.synonyms)
    return sorted({" ".join(_words(name)) for name in names} - {""})


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain)


def _compare(first: _Part, second: _Part) -> Iterator[Conflict]:
    for aspect, says, judge in _ASPECTS:
        one, other = says(first), says(second)
        severity = judge(one, other)
        if severity is not None:
            yield Conflict(
                term=_shared_term(first.column, second.column),
                aspect=aspect,
                severity=severity,
                first=_saying(first, one),
                second=_saying(second, other),
            )


def _shared_term(first: Column, second: Column) -> str:
    """The shared name as the first contract writes it; its business name before its short one."""
    shared = set(_terms(first)) & set(_terms(second))
    names = (first.title, first.name, *first.synonyms)
    return next(name for name in names if " ".join(_words(name)) in shared)


def _saying(part: _Part, says: str) -> Saying:
    shown = says if len(says) <= _LONGEST else says[:_LONGEST] + "…"
    return Saying(part.contract.file, part.column.line, part.contract.name, part.column.name, shown)


def _differs(one: str, other: str) -> Severity | None:
    """Both must say the same; when one says nothing they may still mean the same."""
    if one == other:
        return None
    return Severity.CONFLICT if one and other else Severity.LOOKS_ALIKE


def _contradicts(one: str, other: str) -> Severity | None:
    """Only what both say can differ."""
    return Severity.CONFLICT if one and other and one != other else None


def _differs_in_words(one: str, other: str) -> Severity | None:
    """Texts that say the same but for case, signs and small words are the same."""
    words, others = _telling(one), _telling(other)
    if words == others:
        return None
    if not words or not others:
        return Severity.LOOKS_ALIKE
    alike = SequenceMatcher(None, words, others, autojunk=False).ratio()
    return Severity.LOOKS_ALIKE if alike >= _ALIKE_FROM else Severity.CONFLICT


def _telling(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _SMALL_WORDS]


def _values(part: _Part) -> str:
    privacy = part.column.privacy
    return "" if privacy is None else ", ".join(sorted(str(value) for value in privacy.values))


def _bands(part: _Part) -> str:
    privacy = part.column.privacy
    if privacy is None:
        return ""
    edges = (
        f"{name}: {' '.join(f'{edge:g}' for edge in edges)}"
        for name, edges in sorted(privacy.bands.items())
    )
    return "; ".join(edges)


def _area_level(part: _Part) -> str:
    return "" if part.column.privacy is None else part.column.privacy.area_level


def _area_list(part: _Part) -> str:
    """The list by name and the start of its hash: two lists can bear one name."""
    areas = part.contract.privacy.areas
    return f"{areas.name} ({areas.sha256[:8]})" if areas and _area_level(part) else ""


def _category(part: _Part) -> str:
    """The kind of personal data, where it is personal data.

    A district is that of a resident and not of a road: that is no other definition.
    """
    privacy = part.column.privacy
    if privacy is None or privacy.category is PersonalDataCategory.NONE:
        return ""
    return str(privacy.category)


_Says = Callable[[_Part], str]
_Judge = Callable[[str, str], Severity | None]
_ASPECTS: tuple[tuple[Aspect, _Says, _Judge], ...] = (
    (Aspect.TYPE, lambda part: str(part.column.type), _contradicts),
    (Aspect.UNIT, lambda part: part.column.unit, _differs),
    (Aspect.PERIOD_BASIS, lambda part: part.column.period_basis or "", _differs),
    (Aspect.VALUES, _values, _differs),
    (Aspect.BANDS, _bands, _contradicts),
    (Aspect.AREA_LEVEL, _area_level, _contradicts),
    (Aspect.AREA_LIST, _area_list, _contradicts),
    (Aspect.CATEGORY, _category, _contradicts),
    (Aspect.DEFINITION, lambda part: part.column.definition, _differs_in_words),
)
