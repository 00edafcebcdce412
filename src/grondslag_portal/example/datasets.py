"""The datasets of Voorbeeldstad: contracts of its examples, each of the department it names."""

from pathlib import Path

from django.utils.text import slugify

from grondslag.cli.examples import example_folder
from grondslag.contracts import read_contract
from grondslag_portal.catalogue.measuring import allow_measuring
from grondslag_portal.catalogue.models import Dataset
from grondslag_portal.catalogue.reading import SUFFIX
from grondslag_portal.catalogue.selectors import contract_files
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.catalogue.terms import write_term
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.shared import engine

THEMES = ("verkeer", "mobiliteit", "wonen", "energie", "veiligheid", "flitspalen")
"""In this order: of a dataset in two examples the first counts."""
PARTNERS = ("Politie", "Regionale Ambulancevoorziening")
MEASURED = ("meldingen", "ongevallen")
"""Of these the owner lets the portal measure the quality."""
TERMS = (
    ("buurt", "Een deel van een wijk, volgens de vaste lijst van gebieden van de gemeente."),
    ("huishouden", "Een of meer personen die samen op één adres wonen."),
    ("ongeval", "Een botsing of val in het verkeer die iemand heeft geregistreerd."),
)


def add_datasets(*, by: Person, data_office: Person) -> None:
    """Fill the catalogue, and let the data office define a few words.

    Args:
        by: Who brings the contracts in.
        data_office: Who writes the definitions.
    """
    for theme in THEMES:
        folder = example_folder(f"voorbeeldstad-{theme}") / "contracts"
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        for name in (name for name in files if name.endswith(SUFFIX)):
            _add(folder / name, files, by)
    for name, definition in TERMS:
        write_term(name, definition, by=data_office)
    for dataset in Dataset.objects.filter(key__in=MEASURED):
        allow_measuring(dataset, by=by, stepped_up=engine.clock().now())


def _add(path: Path, files: dict[str, bytes], by: Person) -> None:
    contract = read_contract(path)
    if contract_files(contract.name):
        return
    keep_contract(
        files[path.name], department=_department(contract.department), by=by.name, beside=files
    )


def _department(name: str) -> Department:
    """The department of a name; two that are nearly written alike are two."""
    found = Department.objects.filter(name=name).first()
    if found is not None:
        return found
    key = slugify(name)[:60]
    if Department.objects.filter(key=key).exists():
        key += "-2"
    return Department.objects.create(key=key, name=name, partner=name.startswith(PARTNERS))
