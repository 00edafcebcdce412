"""A source is the file its owner named: not another, not in another folder, not half changed."""

import os
import shutil

import pytest

from grondslag.canonical import read_document, sha256_of_file, to_yaml, write_text
from grondslag.errors import InputError
from grondslag.sources import locate
from made_contracts import column, made_contract, write_contract
from small_project import AGGREGATE, lawful_plan, write_csv
from small_town import make_small_town, refused


def at_step(wanted, action):
    """A progress that does something once, at a step."""
    done = []

    def progress(step, about):
        if f"{step} {about}" == wanted and not done:
            done.append(step)
            action()

    return progress


def grow(path):
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\n")


def rewrite_with_the_same_size_and_time(path):
    before = path.stat()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"te_hard", b"TE_HARD"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap_for_a_copy(path):
    copy = path.with_suffix(".other")
    shutil.copy2(path, copy)
    copy.replace(path)


def swap_for_a_link(path):
    real = path.with_suffix(".real")
    path.rename(real)
    path.symlink_to(real)


@pytest.mark.parametrize("step", ["query meldingen", "write meldingen"])
@pytest.mark.parametrize(
    "change", [grow, rewrite_with_the_same_size_and_time, swap_for_a_copy, swap_for_a_link]
)
def test_a_source_changed_while_it_is_read_stops_the_delivery(town, step, change):
    source = town.folder / "data" / "meldingen.csv"

    with refused("sources.changed-while-reading"):
        town.deliver(progress=at_step(step, lambda: change(source)))

    assert (town.visible, town.unfinished) == ([], [])


def test_the_manifest_holds_the_hash_of_every_source_that_was_read(town):
    delivery = town.deliver()

    hashes = {item["dataset"]: item["sha256"] for item in delivery.manifest["sources"]}

    data = town.folder / "data"
    assert hashes == {
        name: sha256_of_file(data / f"{name}.csv") for name in ("meldingen", "bezwaren", "wijken")
    }


def test_a_source_that_became_a_link_is_refused(town):
    swap_for_a_link(town.folder / "data" / "wijken.csv")

    with refused("sources.not-a-plain-file"):
        town.deliver()


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_a_source_that_is_no_plain_file_is_refused(town, make):
    path = town.folder / "data" / "wijken.csv"
    path.unlink()
    make(path)

    with refused("sources.not-a-plain-file"):
        town.deliver()


def test_a_missing_source_is_refused(town):
    (town.folder / "data" / "wijken.csv").unlink()

    with refused("sources.no-such-file"):
        town.deliver()


@pytest.mark.parametrize("name", ["meldingen", "wijken"])
def test_an_example_may_take_another_plain_file_from_anywhere(town, tmp_path_factory, name):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "other.csv"
    shutil.copy(town.folder / "data" / f"{name}.csv", elsewhere)

    delivery = town.deliver(sources={name: elsewhere})

    assert delivery.manifest["sources"] != []
    assert town.verify().delivery == delivery.id


def test_an_example_takes_no_link_either(town, tmp_path_factory):
    link = tmp_path_factory.mktemp("elsewhere") / "link.csv"
    link.symlink_to(town.folder / "data" / "wijken.csv")

    with refused("sources.not-a-plain-file"):
        town.deliver(sources={"wijken": link})


def test_a_delivery_is_never_a_source_so_purpose_links_and_end_date_stay_with_it(tmp_path):
    town = make_small_town(tmp_path)
    town.sign()
    delivered = town.deliver().folder / "meldingen.parquet"
    second = town.add_project("second", lawful_plan(AGGREGATE, id="second"))
    second.sign()

    with refused("sources.is-a-delivery"):
        second.deliver(sources={"meldingen": delivered})


@pytest.mark.parametrize("name", ["onbekend", "../../data/wijken", "wijken'; drop table x", ""])
def test_another_file_for_a_dataset_nobody_asked_is_refused(town, name):
    with refused("delivery.source-not-asked"):
        town.deliver(sources={name: town.folder / "data" / "wijken.csv"})


def test_a_folder_between_that_is_a_link_leads_out_of_the_allowed_folder(tmp_path):
    town = make_small_town(tmp_path / "town")
    outside = tmp_path / "outside"
    shutil.copytree(town.folder / "data", outside)
    (town.folder / "data" / "inside").symlink_to(outside)
    town.edit(
        "contracts/wijken.odcs.yaml",
        lambda contract: contract["servers"][0].update(path="../../data/inside/wijken.csv"),
    )
    town.sign()

    with refused("sources.folder-not-allowed"):
        town.deliver()


HOSTILE = ["../wijken", "Wijken", "wijken;drop", "wijken\n", "w\u0133ken", "a" * 200]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_of_a_dataset_is_refused_where_it_is_read(town, name):
    content = read_document(town.project / "contracts" / "wijken.odcs.yaml").content
    write_text(town.project / "contracts" / "wijken.odcs.yaml", to_yaml(content | {"name": name}))

    with refused("contracts.name"):
        town.deliver()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_in_a_plan_is_refused_where_it_is_read(town, name):
    town.edit("plan.yaml", lambda plan: plan["data"][1].update(dataset=name))

    with pytest.raises(InputError) as caught:
        town.deliver()

    assert caught.value.code.startswith("canonical.schema-")
    assert caught.value.fields["line"] > 1


WORDS = ("select", "from", "order", "group", "table", "source", "people", "rows", "limit", "null")


def test_columns_named_after_words_of_the_engine_are_delivered_as_any_other(tmp_path):
    columns = [{"name": word, "form": "exact", "reason": "Nodig voor de proef."} for word in WORDS]
    need = {"dataset": "woorden", "columns": columns, "output": "open"}
    town = make_small_town(tmp_path, lawful_plan(need, step="open"))
    write_contract(
        town.project / "contracts",
        name="woorden",
        columns=[column(word) for word in WORDS],
        privacy={"data": "open", "access": "open", "source_folders": ["../../data"]},
        server={"server": "b", "type": "local", "path": "../../data/woorden.csv", "format": "csv"},
    )
    write_csv(town.folder / "data" / "woorden.csv", WORDS, [[f"x{n}" for n in range(len(WORDS))]])
    town.sign()
    town.deliver()

    assert town.open().table("woorden").to_pylist() == [
        {word: f"x{n}" for n, word in enumerate(WORDS)}
    ]
    town.verify()


def a_file(path, text="code,inwoners\nW1,5\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def outside(folder):
    return a_file(folder / "elsewhere" / "wijken.csv")


def climbing_out(folder):
    outside(folder)
    return folder / "data" / ".." / "elsewhere" / "wijken.csv"


def beside_with_the_same_beginning(folder):
    return a_file(folder / "data-2" / "wijken.csv")


def through_a_linked_folder(folder):
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "in").symlink_to(outside(folder).parent)
    return folder / "data" / "in" / "wijken.csv"


def in_the_folder_of_the_contract(folder):
    return a_file(folder / "project" / "contracts" / "wijken.csv")


@pytest.mark.parametrize(
    "trick",
    [
        outside,
        climbing_out,
        beside_with_the_same_beginning,
        through_a_linked_folder,
        in_the_folder_of_the_contract,
    ],
)
def test_real_data_come_from_the_folders_their_owner_allowed_only(tmp_path, trick):
    place = tmp_path / "project" / "contracts"
    privacy = {"data": "real", "source_folders": ["../../data"]}
    contract = made_contract(place, name="wijken", privacy=privacy)
    allowed = a_file(tmp_path / "data" / "deep" / "wijken.csv")

    assert locate(contract, place, instead=allowed).path == allowed

    with refused("sources.folder-not-allowed"):
        locate(contract, place, instead=trick(tmp_path))
