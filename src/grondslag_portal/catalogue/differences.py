"""Words that two datasets define differently: found when a contract comes in."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Aspect, Conflict, Contract, definition_conflicts, word_for
from grondslag.wording import Word
from grondslag_portal.catalogue.models import Dataset, DatasetColumn, Difference, Proposal
from grondslag_portal.catalogue.selectors import all_contracts, contract_in, current_version

_IN_WORDS = frozenset({Aspect.TYPE, Aspect.PERIOD_BASIS, Aspect.CATEGORY})
_AT_ONCE = 25  # contracts read while somebody waits: each takes some ten milliseconds
_PLACE = 16  # signs of a hash: enough to tell differences apart, short in an address


def find_differences(dataset: Dataset, contract: Contract) -> None:
    """Make the differences of a dataset with every other anew; its columns stand in the index.

    With many others the worker does it: each of their contracts must be read.
    """
    sharing = _sharing(dataset)
    if sharing.count() > _AT_ONCE:
        compare_dataset.enqueue(dataset.pk)
        return
    _compare(dataset, contract, sharing)


@task()
def compare_dataset(pk: int) -> None:
    """Make the differences of one dataset anew; what the worker of django-tasks is handed."""
    dataset = Dataset.objects.get(pk=pk)
    contract = contract_in(current_version(dataset))
    with transaction.atomic():
        _compare(dataset, contract, _sharing(dataset))


def _sharing(dataset: Dataset) -> QuerySet[Dataset]:
    """The other datasets with a column that bears a word of this one."""
    words = DatasetColumn.objects.filter(dataset=dataset).values("word")
    return Dataset.objects.filter(columns__word__in=words).exclude(pk=dataset.pk).distinct()


def _compare(dataset: Dataset, contract: Contract, sharing: QuerySet[Dataset]) -> None:
    Difference.objects.filter(Q(first=dataset) | Q(second=dataset)).delete()
    keys = {row.key: row.pk for row in sharing} | {dataset.key: dataset.pk}
    Difference.objects.bulk_create(
        _row(conflict, keys)
        for other in all_contracts(sharing).values()
        for conflict in definition_conflicts([contract, other])
    )


def note_taken_over(dataset: Dataset, contract: Contract, number: int) -> None:
    """What was agreed and now stands in a version of a contract, waits for its owner no longer.

    Args:
        dataset: Whose contract it is.
        contract: As it is now.
        number: Of this version.
    """
    agreed = Proposal.objects.exclude(definition="").exclude(first_by="").exclude(second_by="")
    said = {column.name: column.definition for column in contract.columns}
    for side in ("first", "second"):
        for one in agreed.filter(**{side: dataset, f"{side}_version": None}):
            if said.get(getattr(one, f"{side}_column")) == one.definition:
                setattr(one, f"{side}_version", number)
                one.save(update_fields=[f"{side}_version"])


def differences_of(dataset: Dataset, most: int) -> list[Difference]:
    """In what a dataset differs from others: the first ones, contradictions before the rest."""
    found = Difference.objects.filter(Q(first=dataset) | Q(second=dataset))
    return list(found.select_related("first", "second")[:most])


def says_in_words(difference: Difference) -> tuple[Word | str, Word | str]:
    """What both datasets say, in words where the contract has a key."""
    first, second = difference.first_says, difference.second_says
    if difference.aspect in _IN_WORDS:
        return _word(first), _word(second)
    return first, second


def _word(key: str) -> Word | str:
    return word_for(key) if key else ""


def _row(conflict: Conflict, keys: dict[str, int]) -> Difference:
    # By name, so that a difference keeps its place whichever contract came in last.
    first, second = sorted((conflict.first, conflict.second), key=lambda said: said.dataset)
    place = [conflict.aspect, first.dataset, first.column, second.dataset, second.column]
    return Difference(
        place=sha256_hex(canonical_bytes([str(part) for part in place]))[:_PLACE],
        term=conflict.term[:200], aspect=str(conflict.aspect), severity=str(conflict.severity),
        first_id=keys[first.dataset], first_column=first.column[:200], first_says=first.says,
        second_id=keys[second.dataset], second_column=second.column[:200],
        second_says=second.says,
    )  # fmt: skip
