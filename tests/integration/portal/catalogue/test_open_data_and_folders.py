"""What others may know of open datasets, and a department's own folder that is only read."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from grondslag_portal.catalogue.folders import read_folder
from grondslag_portal.catalogue.models import Dataset
from grondslag_portal.catalogue.services import keep_contract
from made_catalogue import contract_text


@pytest.fixture
def three(mobility):
    """An open, an internal and a restricted dataset."""
    for access in ("open", "internal", "restricted"):
        text = contract_text(f"set-{access}", privacy={"access": access})
        keep_contract(text.encode(), department=mobility, by="x")


def graph(client):
    return json.loads(client.get(reverse("catalogue:json-ld")).content)


def test_only_what_its_own_contract_calls_open_is_told_to_a_stranger(client, three):
    for name in ("json-ld", "turtle"):
        answer = client.get(reverse(f"catalogue:{name}"))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "set-open" in text
        assert "set-internal" not in text
        assert "set-restricted" not in text


def test_a_dataset_says_everything_that_the_profile_asks(client, three):
    """The properties with sh:minCount 1 in DCAT-AP-NL 3.0 (dcat-ap-nl-SHACL.ttl, DatasetShape and
    CatalogShape) and DCAT-AP 3.0, each as often as its sh:maxCount allows."""
    catalogue = graph(client)
    dataset = catalogue["dcat:dataset"]

    assert catalogue["@type"] == "dcat:Catalog"
    for needed in ("dct:title", "dct:description", "dct:publisher", "dcat:contactPoint"):
        assert isinstance(catalogue[needed], dict), needed
    assert dataset["@type"] == "dcat:Dataset"
    for needed in ("dct:accessRights", "dcat:contactPoint", "dct:creator", "dct:publisher",
                   "dcat:theme", "dct:title", "dct:description"):  # fmt: skip
        assert isinstance(dataset[needed], dict), needed
    assert dataset["dct:identifier"] == "urn:voorbeeldstad:set-open"
    assert dataset["dcat:version"] == "1.0.0"
    assert dataset["dcat:theme"]["@id"].endswith("/data-theme/TRAN")


def test_owner_and_steward_stand_there_as_qualified_attribution(client, three):
    """DCAT 3, 14.1: prov:qualifiedAttribution with prov:agent and dcat:hadRole."""
    told = graph(client)["dcat:dataset"]["prov:qualifiedAttribution"]

    assert [
        (one["@type"], one["prov:agent"]["foaf:name"], one["dcat:hadRole"]["@id"].rsplit("/", 1)[1])
        for one in told
    ] == [
        ("prov:Attribution", "eigenaar.verkeer", "owner"),
        ("prov:Attribution", "steward.verkeer", "custodian"),
    ]


def test_quotes_and_strokes_in_a_title_do_not_break_out_of_turtle(client, mobility):
    text = contract_text("gek", privacy={"access": "open", "origin": 'Een " en een \\ . <x> a <y>'})
    keep_contract(text.encode(), department=mobility, by="x")

    turtle = client.get(reverse("catalogue:turtle")).content.decode()

    assert r'"Een \" en een \\ . <x> a <y>"@nl' in turtle


def outcomes(read):
    return {one.file: one.outcome for one in read}


def test_a_folder_is_read_and_says_what_changed_and_nothing_is_written_there(mobility, tmp_path):
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "a.odcs.yaml").write_text(contract_text("a-set"), encoding="utf-8")
    (folder / "b.odcs.yaml").write_text(contract_text("b-set"), encoding="utf-8")
    (folder / "c.odcs.yaml").write_text("geen: afspraak\n", encoding="utf-8")
    (folder / "d.odcs.yaml").symlink_to(folder / "a.odcs.yaml")
    folder.chmod(0o500)

    first = read_folder(mobility, folder)
    folder.chmod(0o700)
    (folder / "b.odcs.yaml").write_text(
        contract_text("b-set").replace("1.0.0", "1.1.0"), encoding="utf-8"
    )
    folder.chmod(0o500)
    second = read_folder(mobility, folder)
    folder.chmod(0o700)

    assert outcomes(first) == {"a.odcs.yaml": "new", "b.odcs.yaml": "new", "c.odcs.yaml": "refused"}
    assert outcomes(second) == {
        "a.odcs.yaml": "same", "b.odcs.yaml": "changed", "c.odcs.yaml": "refused",
    }  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{name}.odcs.yaml" for name in "abcd"
    ]


def test_the_command_says_per_file_what_became_of_it(mobility, tmp_path, settings):
    (tmp_path / "a.odcs.yaml").write_text(contract_text("a-set"), encoding="utf-8")
    (tmp_path / "b.odcs.yaml").write_text(
        contract_text("b-set", department="Geo"), encoding="utf-8"
    )
    settings.CATALOGUE_FOLDERS = {"mobiliteit": tmp_path}
    said = StringIO()

    call_command("read_catalogue", stdout=said)

    lines = said.getvalue().splitlines()
    assert "a.odcs.yaml" in lines[0]
    assert "b.odcs.yaml" in lines[1]
    assert "Mobiliteit" in lines[2]
    assert list(Dataset.objects.values_list("key", flat=True)) == ["a-set"]
