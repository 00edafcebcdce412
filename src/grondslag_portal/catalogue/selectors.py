"""Reading the catalogue: every civil servant may find every dataset; the data are elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest

from grondslag.contracts import Contract
from grondslag.errors import GrondslagError
from grondslag_portal.catalogue.models import Beside, ContractVersion, Dataset, Note, Term
from grondslag_portal.catalogue.reading import SUFFIX, contract_of
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.shared.access import Role, Standing, roles_of

Stamp = tuple[int, datetime | None]
_KEEPS = (Role.OWNER, Role.STEWARD)


def contracts_for(person: Person) -> QuerySet[Dataset]:
    """Every dataset that exists for somebody, by title: all of them, for who signed in."""
    del person  # datasets are known to every civil servant; what is in them is not
    return Dataset.objects.select_related("department")


def search(found: QuerySet[Dataset], typed: str) -> QuerySet[Dataset]:
    """The datasets in which every word stands: in title, description, people or columns."""
    for word in typed.casefold().split()[:10]:
        found = found.filter(said__contains=word)
    return found


def terms_with(typed: str) -> QuerySet[Term]:
    """The definitions in which every word stands: in the word itself or in what it means."""
    found = Term.objects.all()
    for word in typed.split()[:10]:
        found = found.filter(Q(name__icontains=word) | Q(definition__icontains=word))
    return found


def current_version(dataset: Dataset) -> ContractVersion:
    """The newest version of a contract."""
    return dataset.versions.select_related("dataset").get(current=True)


def version_with_notes(dataset: Dataset) -> tuple[ContractVersion, int]:
    """The newest version of a contract, and how much people said about the dataset."""
    notes = Count("dataset__notes", filter=Q(dataset__notes__answers=None), distinct=True)
    counted = dataset.versions.select_related("dataset").annotate(said=notes)
    found = counted.get(current=True)
    return found, found.said


def contract_in(version: ContractVersion) -> Contract:
    """What the engine reads in a version.

    Raises:
        InputError: The engine refuses today what it accepted when it came in.
    """
    files = version_files(version)
    name = f"{version.dataset.key}{SUFFIX}"
    return contract_of(name, files.pop(name), files)


def version_files(version: ContractVersion) -> dict[str, bytes]:
    """A contract and the files it leans on, as they stand in a folder of contracts."""
    wanted: Mapping[str, str] = version.beside
    rows = Beside.objects.filter(name__in=wanted, sha256__in=wanted.values())
    found = {row.name: bytes(row.content) for row in rows if wanted[row.name] == row.sha256}
    return {f"{version.dataset.key}{SUFFIX}": bytes(version.content), **found}


def contract_files(name: str) -> dict[str, bytes]:
    """The contract of a dataset and the files it leans on; empty when there is no such dataset."""
    version = (
        ContractVersion.objects.select_related("dataset")
        .filter(dataset__key=name, current=True)
        .first()
    )
    return {} if version is None else version_files(version)


def all_contracts(datasets: QuerySet[Dataset]) -> dict[str, Contract]:
    """The contract of each dataset, by name; one that cannot be read today is left out."""
    versions = list(
        ContractVersion.objects.select_related("dataset").filter(dataset__in=datasets, current=True)
    )
    hashes = {digest for version in versions for digest in version.beside.values()}
    beside = {
        (row.name, row.sha256): bytes(row.content)
        for row in Beside.objects.filter(sha256__in=hashes)
    }
    found = {}
    for version in versions:
        files = {name: beside[name, digest] for name, digest in version.beside.items()}
        name = f"{version.dataset.key}{SUFFIX}"
        try:
            found[version.dataset.key] = contract_of(name, bytes(version.content), files)
        except GrondslagError:
            continue
    return found


def departments_kept_by(person: Person) -> QuerySet[Department]:
    """The departments whose datasets somebody may change."""
    grants = [grant for grant in person.grants_today() if grant.role in _KEEPS]
    if any(grant.department is None for grant in grants):
        return Department.objects.all()
    return Department.objects.filter(pk__in=[grant.department_id for grant in grants])


def roles_towards_department(person: Person, department: int) -> frozenset[Role]:
    """The roles somebody has towards the datasets of a department."""
    found = {Role.EVERYBODY}
    for grant in person.grants_today():
        role = Role(grant.role)
        if role not in _KEEPS or grant.department_id in (None, department):
            found.add(role)
    return frozenset(found)


def dataset_standing(request: HttpRequest, *, dataset: str, **_address: Any) -> Standing:
    """How the visitor stands to the dataset of an address.

    Raises:
        Http404: There is none.
    """
    person = person_of(request)
    found = Dataset.objects.select_related("department").filter(key=dataset).first()
    if found is None:
        raise Http404
    return Standing(found, roles_towards_department(person, found.department_id))


def version_standing(
    request: HttpRequest, *, dataset: str, number: int, **_address: Any
) -> Standing:
    """How the visitor stands to one version of a contract.

    Raises:
        Http404: There is none.
    """
    standing = dataset_standing(request, dataset=dataset)
    version = standing.thing.versions.select_related("dataset").filter(number=number).first()
    if version is None:
        raise Http404
    return Standing(version, standing.roles)


def term_standing(request: HttpRequest, *, term: int, **_address: Any) -> Standing:
    """How the visitor stands to a definition.

    Raises:
        Http404: There is none.
    """
    found = Term.objects.filter(pk=term).first()
    if found is None:
        raise Http404
    return Standing(found, roles_of(request))


def note_standing(request: HttpRequest, *, note: int, **_address: Any) -> Standing:
    """How the visitor stands to something that was said.

    Raises:
        Http404: There is nothing.
    """
    found = Note.objects.select_related("dataset", "term").filter(pk=note, answers=None).first()
    if found is None:
        raise Http404
    return Standing(found, roles_of(request))


def open_stamp() -> Stamp:
    """What tells that the open datasets are the same as before: their number and last change."""
    found = Dataset.objects.filter(access="open").aggregate(Count("pk"), Max("changed"))
    return found["pk__count"], found["changed__max"]


def titles_of(datasets: Iterable[str]) -> dict[str, str]:
    """What owners call these datasets; one that the catalogue does not know keeps its name.

    For datasets that the reader may know of already, such as those of a project they read.
    """
    names = set(datasets)
    known = dict(Dataset.objects.filter(key__in=names).values_list("key", "title"))
    return {name: known.get(name, name) for name in names}
