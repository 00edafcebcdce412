"""After closing, nothing opens any more: no copy, no backup, no delivery that was put aside."""

import json
import shutil

import pytest

from grondslag.delivery import close_delivery, close_project, close_when_ended, look_up
from grondslag.keys import KeyKind
from small_project import number
from small_town import files_below, refused


def close(town):
    return close_delivery(town.visible[-1], town.installation, clock=town.clock)


def keys_of(town, kind):
    """Names of the keys, and of the records that one is gone."""
    folder = town.installation.home / "vault" / kind
    keys = {path.stem for path in folder.glob("*.key")}
    gone = {path.name.removesuffix(".destroyed.json") for path in folder.glob("*.destroyed.json")}
    return keys, gone


def test_a_copy_of_a_closed_delivery_does_not_open_and_still_verifies(town):
    delivery = town.deliver()
    copy = town.folder / "copy"
    shutil.copytree(delivery.folder, copy)

    close(town)
    shutil.rmtree(delivery.folder)
    shutil.copytree(copy, delivery.folder)

    with refused("keys.destroyed"):
        town.open()
    assert town.verify().delivery == delivery.id
    assert town.verify(chain=False).steps != ()


def test_a_delivery_that_is_open_while_it_is_closed_is_refused_at_the_next_opening(town):
    town.deliver()
    opened = town.open()
    close(town)

    assert opened.table("wijken").num_rows == 2  # what is in memory cannot be taken back

    with refused("keys.destroyed"):
        town.open()


def test_closing_says_which_key_when_and_no_more(town):
    delivery = town.deliver()

    closed = close(town)

    (record,) = closed.destroyed
    assert (closed.name, record.kind, record.name) == (delivery.id, KeyKind.DELIVERY, delivery.id)
    assert keys_of(town, "delivery") == (set(), {delivery.id})
    tomb = town.installation.home / "vault" / "delivery" / f"{delivery.id}.destroyed.json"
    assert json.loads(tomb.read_bytes()) == record.to_mapping()
    assert set(record.to_mapping()) == {"kind", "name", "fingerprint", "destroyed_at"}
    assert town.audited()[-1] == ("delivery.closed", delivery.id, "ok")


def test_closing_again_changes_nothing(town):
    town.deliver()
    first = close(town)
    town.clock.go_on(hours=1)

    assert close(town).destroyed == first.destroyed


def test_what_is_no_delivery_is_not_closed(town):
    nothing = town.project / "deliveries" / "2027-01-01-00000000"

    with refused("delivery.no-delivery"):
        close_delivery(nothing, town.installation, clock=town.clock)


def test_closing_a_project_destroys_every_key_of_it_and_no_other(monthly):
    deliveries = [monthly.deliver().id]
    monthly.go_on(days=31)
    deliveries.append(monthly.deliver().id)

    closed = close_project(monthly.project, monthly.installation, clock=monthly.clock)

    assert {record.name for record in closed.destroyed} == {*deliveries, "veilige-straat"}
    assert keys_of(monthly, "delivery") == (set(), set(deliveries))
    assert keys_of(monthly, "project") == (set(), {"veilige-straat"})
    assert keys_of(monthly, "log") == ({"2027", "sealed-counts"}, set())
    for folder in monthly.visible:
        with refused("keys.destroyed"):
            monthly.open(folder)
        assert monthly.verify(folder).delivery == folder.name


def test_a_closed_project_delivers_no_more(monthly):
    monthly.deliver()
    close_project(monthly.project, monthly.installation, clock=monthly.clock)
    monthly.go_on(days=31)

    with refused("delivery.project-closed"):
        monthly.deliver()

    assert keys_of(monthly, "delivery")[0] == set()


def test_the_key_of_a_closed_project_never_comes_back(monthly):
    monthly.deliver()
    close_project(monthly.project, monthly.installation, clock=monthly.clock)

    with refused("keys.destroyed"):
        monthly.installation.vault.create(KeyKind.PROJECT, "veilige-straat")


def test_closing_a_project_also_closes_what_was_put_aside(town):
    delivery = town.deliver()
    aside = town.folder / "aside"
    delivery.folder.rename(aside)

    close_project(town.project, town.installation, clock=town.clock)
    aside.rename(delivery.folder)

    with refused("keys.destroyed"):
        town.open()


def test_a_project_closes_by_itself_after_its_end_date_and_once(town):
    town.deliver()
    assert close_when_ended(town.project, town.installation, clock=town.clock) is None
    town.clock.go_on(days=400)

    closed = close_when_ended(town.project, town.installation, clock=town.clock)

    assert len(closed.destroyed) == 2
    assert keys_of(town, "delivery")[0] == keys_of(town, "project")[0] == set()
    assert close_when_ended(town.project, town.installation, clock=town.clock) is None


def test_a_closing_that_was_cut_off_is_finished(town):
    delivery = town.deliver()
    tomb = town.installation.home / "vault" / "delivery" / f"{delivery.id}.destroyed.json"
    key = tomb.with_name(f"{delivery.id}.key")
    kept = key.read_bytes()
    close(town)
    key.write_bytes(kept)  # as if killed between the tombstone and the overwriting
    key.chmod(0o600)

    close_project(town.project, town.installation, clock=town.clock)

    assert keys_of(town, "delivery") == (set(), {delivery.id})


@pytest.mark.parametrize("what", ["delivery", "project"])
def test_after_closing_a_resident_still_hears_that_they_were_in_it(town, what):
    delivery = town.deliver()
    if what == "delivery":
        close(town)
    else:
        close_project(town.project, town.installation, clock=town.clock)

    found = look_up(
        town.installation, identifier=number(5), reason="Verzoek om inzage", actor="balie"
    )

    assert [hit.delivery_id for hit in found.hits] == [delivery.id]


def test_no_file_holds_a_destroyed_key(town):
    delivery = town.deliver()
    vault = town.installation.vault
    keys = [
        vault.read(KeyKind.DELIVERY, delivery.id),
        vault.read(KeyKind.PROJECT, "veilige-straat"),
    ]

    close_project(town.project, town.installation, clock=town.clock)

    held = [path.name for path in files_below(town.folder) for key in keys
            if key in path.read_bytes() or key.hex().encode() in path.read_bytes()]  # fmt: skip
    assert held == []
