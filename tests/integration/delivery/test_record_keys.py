"""A number per person beside a delivered table: the same everywhere, and no use to anybody else."""

import pytest

from choosing_settings import with_choice
from grondslag.delivery import close_delivery, record_keys_of
from grondslag.delivery.sealing import read_table
from grondslag.errors import IntegrityError
from grondslag.keys import KeyKind
from small_project import RECORDS, lawful_plan
from small_town import refused


@pytest.fixture
def keeping(monthly):
    return with_choice(monthly, "record_keys")


def numbers(town, folder=None):
    found = record_keys_of(town.open(folder), town.installation, "meldingen")
    return dict(zip(found["person"].to_pylist(), found["number"].to_pylist(), strict=True))


def test_every_delivered_person_has_a_number(keeping):
    keeping.deliver()

    delivered = set(keeping.open().table("meldingen")["bsn"].to_pylist())

    assert set(numbers(keeping)) == delivered
    assert len(set(numbers(keeping).values())) == len(delivered)


def test_a_person_has_the_same_number_next_month(keeping):
    keeping.deliver()
    keeping.go_on(days=31)
    keeping.deliver()

    first, second = (numbers(keeping, folder) for folder in keeping.visible)

    assert first == second


def test_a_person_has_the_same_number_in_another_project_under_another_pseudonym(keeping):
    plan = lawful_plan(RECORDS, step="pseudonymous")
    plan["id"] = "tweede"
    other = keeping.add_project("tweede", plan)
    other.sign()
    keeping.deliver()
    other.deliver()

    here, there = numbers(keeping), numbers(other)

    assert not here.keys() & there.keys()
    assert sorted(here.values()) == sorted(there.values())


def test_without_the_choice_of_the_municipality_nothing_is_kept(monthly):
    monthly.deliver()

    assert [file.suffix for file in monthly.visible[0].iterdir()].count(".parquet") == 1
    with refused("delivery.no-record-keys"):
        numbers(monthly)


def test_the_key_of_the_delivery_alone_opens_no_numbers(keeping):
    keeping.deliver()
    (folder,) = keeping.visible
    key = keeping.installation.vault.read(KeyKind.DELIVERY, folder.name)

    with pytest.raises(IntegrityError):
        read_table(folder / "meldingen.record_keys.parquet", key)


def test_the_numbers_die_with_the_delivery(keeping):
    keeping.deliver()
    opened = keeping.open()
    close_delivery(opened.folder, keeping.installation, clock=keeping.clock)

    with refused("keys.destroyed"):
        record_keys_of(opened, keeping.installation, "meldingen")


def test_a_delivery_with_numbers_verifies_and_a_changed_one_does_not(keeping):
    keeping.deliver()
    assert keeping.verify().delivery == keeping.visible[0].name

    file = keeping.visible[0] / "meldingen.record_keys.parquet"
    file.write_bytes(file.read_bytes() + b"x")

    with pytest.raises(IntegrityError):
        keeping.verify()
    with pytest.raises(IntegrityError):
        numbers(keeping)
