"""A contract as rows of a page: facts, columns, quality; words of the owner stay their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from grondslag.contracts import Column, Contract
from grondslag.vocabulary import PersonalDataCategory
from grondslag.wording import Word
from grondslag_portal.catalogue.managing import Managed
from grondslag_portal.shared.words import words

_HEAVY = frozenset(
    {
        PersonalDataCategory.SENSITIVE,
        PersonalDataCategory.SPECIAL,
        PersonalDataCategory.CRIMINAL,
        PersonalDataCategory.NATIONAL_ID,
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing an owner tells of a dataset.

    Args:
        label: What it is about.
        value: What they say; one or more texts.
    """

    label: Word
    value: object


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column as its owner describes it.

    Args:
        name: In files and plans.
        title: What people call it.
        definition: What it means.
        mark: That it is about people, or sensitive; None when it is not.
        forms: In which forms it may leave, from finest to coarsest; empty for not at all.
        quality: What the owner promises of its values.
    """

    name: str
    title: str
    definition: str
    mark: Word | None
    forms: tuple[str, ...]
    quality: tuple[Word, ...]


def facts_of(contract: Contract, managed: Managed) -> list[Fact]:
    """What an owner tells of a dataset as a whole, and who keeps it here."""
    return [Fact(Word(code), value) for code, value in _facts(contract, managed) if value]


def columns_of(contract: Contract) -> list[ColumnShown]:
    """Every column of a dataset, in the order of the contract."""
    return [_column(column) for column in contract.columns]


def breaks_of(contract: Contract) -> list[str]:
    """From when it is not the same as before, in the words of the owner."""
    return [
        words("catalogue.break", year=str(one.year), said=one.said)
        for one in contract.privacy.breaks
    ]


def _facts(contract: Contract, managed: Managed) -> Iterator[tuple[str, object]]:
    privacy = contract.privacy
    said = contract.document.content.get("description")
    description = said if isinstance(said, dict) else {}
    yield "catalogue.fact-department", contract.department
    yield "catalogue.fact-owner", [contract.owner, *managed.owners]
    yield "catalogue.fact-steward", [contract.steward, *managed.stewards]
    yield "catalogue.fact-deputy", list(managed.deputies)
    yield "catalogue.fact-purpose", description.get("purpose")
    yield "catalogue.fact-limits", description.get("limitations")
    yield "catalogue.fact-origin", privacy.origin
    yield "catalogue.fact-collection", privacy.collection
    yield "catalogue.fact-purposes", [one.replace("-", " ") for one in privacy.purposes]
    yield "catalogue.fact-domain", Word(f"policy.domain.{privacy.domain}")
    yield "catalogue.fact-access", Word(f"catalogue.access-{privacy.access}")
    if contract.freshness_days is not None:
        yield "catalogue.fact-fresh", words("catalogue.days", count=contract.freshness_days)
    if contract.retention is not None:
        yield "catalogue.fact-kept", _kept(contract.retention.months)
    yield "catalogue.fact-version", contract.version


def _column(column: Column) -> ColumnShown:
    privacy = column.privacy
    promised = [
        Word(code)
        for code, holds in (
            ("catalogue.always-filled", column.required),
            ("catalogue.each-once", column.unique),
        )
        if holds
    ]
    forms = () if privacy is None else privacy.allowed
    return ColumnShown(
        column.name, column.title, column.definition, _mark(column),
        tuple(words(f"policy.form.{form.name}", parameter=form.parameter) for form in forms),
        tuple(promised),
    )  # fmt: skip


def _mark(column: Column) -> Word | None:
    if column.privacy is None or column.privacy.category in _HEAVY:
        return Word("catalogue.mark-sensitive")
    if column.privacy.category is PersonalDataCategory.NONE:
        return None
    return Word("catalogue.mark-personal")


def _kept(months: int) -> str:
    years, rest = divmod(months, 12)
    if years and not rest:
        return words("catalogue.years", count=years)
    return words("catalogue.months", count=months)
