"""Only a plain file in a folder its owner allowed is opened, with no link on the way."""

import os

import pytest

from grondslag.errors import InputError, SourceError
from grondslag.sources import locate
from made_contracts import made_contract

REAL = {"data": "real", "source_folders": ["bron"]}


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "bron" / "diep").mkdir(parents=True)
    (folder / "bron" / "meldingen.csv").write_text("soort,aantal\n", encoding="utf-8")
    (folder / "bron" / "diep" / "meldingen.csv").write_text("soort,aantal\n", encoding="utf-8")
    outside = tmp_path / "elders"
    outside.mkdir()
    (outside / "meldingen.csv").write_text("soort,aantal\n", encoding="utf-8")
    return folder


def contract_of(project, path="bron/meldingen.csv", **privacy):
    server = {"server": "bestand", "type": "local", "path": path, "format": "csv"}
    return made_contract(project, server=server, privacy=REAL | privacy)


def refusal(project, path="bron/meldingen.csv", instead=None, **privacy):
    with pytest.raises(InputError) as caught:
        locate(contract_of(project, path, **privacy), project, instead=instead)
    return caught.value.code


@pytest.mark.parametrize(
    "path", ["bron/meldingen.csv", "bron/diep/meldingen.csv", "./bron/../bron/meldingen.csv"]
)
def test_a_plain_file_in_an_allowed_folder_is_found(project, path):
    found = locate(contract_of(project, path), project)

    assert found.path == project / "bron" / path.rpartition("bron/")[2]


def test_another_file_in_an_allowed_folder_may_be_pointed_to(project):
    instead = project / "bron" / "diep" / "meldingen.csv"

    assert locate(contract_of(project), project, instead=instead).path == instead


@pytest.mark.parametrize(
    "path",
    [
        "../elders/meldingen.csv",
        "bron/../../elders/meldingen.csv",
        "meldingen.odcs.yaml",
        "gebieden.areas.yaml",
    ],
)
def test_a_file_outside_the_allowed_folders_is_refused(project, path):
    assert refusal(project, path) == "sources.folder-not-allowed"


def test_a_folder_whose_name_only_begins_the_same_is_another_folder(project):
    (project / "bronnen").mkdir()
    (project / "bronnen" / "meldingen.csv").write_text("x\n", encoding="utf-8")

    assert refusal(project, "bronnen/meldingen.csv") == "sources.folder-not-allowed"


def test_a_link_to_a_file_is_refused(project):
    (project / "bron" / "link.csv").symlink_to(project / "bron" / "meldingen.csv")

    assert refusal(project, "bron/link.csv") == "sources.not-a-plain-file"


@pytest.mark.parametrize("target", ["../../elders", "diep"])
def test_a_link_to_a_folder_on_the_way_is_refused(project, target):
    (project / "bron" / "weg").symlink_to(target, target_is_directory=True)

    assert refusal(project, "bron/weg/meldingen.csv") == "sources.folder-not-allowed"


def test_the_way_back_through_a_link_is_refused(project):
    (project / "bron" / "weg").symlink_to("../../elders", target_is_directory=True)

    code = refusal(project, "bron/weg/../project/../elders/meldingen.csv")

    assert code in ("sources.no-such-file", "sources.folder-not-allowed")


def test_a_link_that_leads_nowhere_is_no_file(project):
    (project / "bron" / "link.csv").symlink_to("nergens.csv")

    assert refusal(project, "bron/link.csv") == "sources.no-such-file"


@pytest.mark.parametrize("path", ["bron", "bron/diep"])
def test_a_folder_is_no_file(project, path):
    assert refusal(project, path) == "sources.not-a-plain-file"


def test_a_pipe_is_no_file(project):
    os.mkfifo(project / "bron" / "pijp.csv")

    assert refusal(project, "bron/pijp.csv") == "sources.not-a-plain-file"


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/stdin"])
def test_a_device_is_no_file(project, device):
    from pathlib import Path

    code = refusal(project, instead=Path(device), data="made_up")

    assert code in ("sources.not-a-plain-file", "sources.no-such-file")


def test_real_data_is_never_taken_from_elsewhere(project):
    elsewhere = project.parent / "elders" / "meldingen.csv"

    assert refusal(project, instead=elsewhere) == "sources.folder-not-allowed"


def test_for_an_example_the_named_file_itself_will_do(project):
    elsewhere = project.parent / "elders" / "meldingen.csv"

    found = locate(contract_of(project, data="made_up"), project, instead=elsewhere)

    assert found.path == elsewhere


def test_for_an_example_a_link_will_not_do(project):
    link = project.parent / "link.csv"
    link.symlink_to(project.parent / "elders" / "meldingen.csv")

    assert refusal(project, instead=link, data="made_up") == "sources.not-a-plain-file"


def test_without_allowed_folders_nothing_real_is_opened(project):
    assert refusal(project, source_folders=[]) == "sources.folder-not-allowed"


def _swapped(path):
    new = path.with_name("nieuw.csv")
    new.write_bytes(path.read_bytes())
    new.rename(path)


def _linked(path):
    aside = path.with_name("opzij.csv")
    path.rename(aside)
    path.symlink_to(aside)


def _put_back(path):
    facts = path.stat()
    path.write_text("soort,aantaL\n", encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


CHANGES = {
    "another size": lambda path: path.write_text("soort,aantal\na,1\n", encoding="utf-8"),
    "another file put there": _swapped,
    "a link put there": _linked,
    "gone": lambda path: path.unlink(),
    "written again with its time put back": _put_back,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changed_since_it_was_found_is_refused(project, change):
    found = locate(contract_of(project), project)
    found.check_unchanged()

    CHANGES[change](project / "bron" / "meldingen.csv")

    with pytest.raises(SourceError) as caught:
        found.check_unchanged()
    assert caught.value.code == "sources.changed-while-reading"


def test_a_database_server_takes_no_file(project):
    server = {
        "server": "db",
        "type": "postgres",
        "host": "db.voorbeeldstad.example",
        "port": 5432,
        "database": "verkeer",
        "schema": "public",
    }
    contract = made_contract(project, server=server, privacy=REAL)

    assert locate(contract, project).path is None
    with pytest.raises(InputError) as caught:
        locate(contract, project, instead=project / "bron" / "meldingen.csv")
    assert caught.value.code == "sources.not-a-file"
