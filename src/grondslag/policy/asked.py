"""What a plan asks of its contracts: column by column, and whether that is personal data.

Not known counts as personal: a dataset without contract, a column without privacy entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from grondslag.canonical import Path
from grondslag.contracts import Column, ColumnPrivacy, Contract
from grondslag.plan import DataNeed, WantedColumn
from grondslag.policy.model import Case
from grondslag.vocabulary import IdentifierRole, PersonalDataCategory


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """One column that is asked, with what its contract says of it.

    Args:
        where: Where it stands in the plan.
        need: The dataset it is asked of.
        wanted: Name, form and reason.
        contract: None when the dataset has no contract.
        column: None when the contract does not know it.
    """

    where: Path
    need: DataNeed
    wanted: WantedColumn
    contract: Contract | None
    column: Column | None

    @property
    def privacy(self) -> ColumnPrivacy | None:
        """The owner's entry; None when there is none."""
        return None if self.column is None else self.column.privacy

    @property
    def is_personal(self) -> bool:
        """Whether it is personal data, or may be: a name or free text always may.

        Text stays so when it was de-identified, whatever its owner says of the column.
        """
        privacy = self.privacy
        return (
            privacy is None
            or privacy.category is not PersonalDataCategory.NONE
            or privacy.role is IdentifierRole.DIRECT
            or privacy.free_text
            or self.wanted.form.name == "deidentified"
        )

    @property
    def dataset(self) -> str:
        """The dataset it is asked of."""
        return self.need.dataset


def asked_of(case: Case, at: int) -> Iterator[AskedColumn]:
    """The columns asked of the dataset at one place in the plan; what is dropped is not asked."""
    need = case.plan.data[at]
    contract = case.contracts.get(need.dataset)
    columns = {} if contract is None else {column.name: column for column in contract.columns}
    for n, wanted in enumerate(need.columns):
        if wanted.form.name != "drop":
            where = ("data", at, "columns", n)
            yield AskedColumn(where, need, wanted, contract, columns.get(wanted.name))


def asked_columns(case: Case) -> Iterator[AskedColumn]:
    """All columns the plan asks."""
    for at in range(len(case.plan.data)):
        yield from asked_of(case, at)


def uses_person_key(case: Case, need: DataNeed) -> bool:
    """Whether the rows of a dataset are told apart by person: to count, link or leave out."""
    contract = case.contracts.get(need.dataset)
    linked = any(need.dataset in (link.left, link.right) for link in case.plan.links)
    by_owner = contract is None or bool(
        contract.privacy.objections or contract.privacy.secrecy_mark
    )
    return linked or by_owner or need.count == "persons"


def needs_personal_data(case: Case, at: int) -> bool:
    """Whether what is asked of a dataset is personal data, or may be."""
    need = case.plan.data[at]
    return uses_person_key(case, need) or any(asked.is_personal for asked in asked_of(case, at))


def personal_needs(case: Case) -> tuple[int, ...]:
    """The places in the plan of the datasets of which personal data is asked."""
    return tuple(at for at in range(len(case.plan.data)) if needs_personal_data(case, at))


def is_personal(case: Case) -> bool:
    """Whether the plan asks personal data at all."""
    return bool(personal_needs(case))
