"""Persons of a delivery per cell, off by the same in every table, let out by a second person."""

import json

import numpy as np
import pytest

from choosing_settings import with_choice
from commanding import on, works
from grondslag.analysis import perturbed_counts as counting
from grondslag.analysis.perturbed_counts import FOLDER, PersonsBy, read_perturbed_counts
from grondslag.anonymise.tables import PerturbationTable
from grondslag.errors import IntegrityError
from grondslag.release import ALL, default_profiles
from grondslag.vocabulary import SigningRole
from small_project import RECORDS, lawful_plan
from small_town import refused

KINDS = PersonsBy("meldingen", ("soort",))
PLACES = PersonsBy("meldingen", ("buurt", "soort"))


@pytest.fixture
def keeping(monthly):
    town = with_choice(monthly, "record_keys")
    town.deliver()
    return town


@pytest.fixture
def exactly(monkeypatch):
    """The true counts, to see what is counted."""
    monkeypatch.setattr(PerturbationTable, "shown", lambda _table, counts, _keys: counts)


def count(town, asked=KINDS, *, signer=SigningRole.RELEASER, actor="analist"):
    return counting.perturbed_counts(
        town.visible[-1],
        town.installation,
        asked,
        actor=actor,
        signer=town.players.signers[signer],
        clock=town.clock,
    )


def counted(record):
    return {cell.keys: cell.count for cell in record.figures[0].cells}


def test_distinct_persons_per_value_of_the_list_and_in_all(keeping, exactly):
    found = counted(count(keeping))

    # 40 + 30 + 50 and 12 with a secrecy mark; one of them objected.
    expected = {("te_hard",): 131, ("oversteek",): 60, ("anders",): 0, ("?",): 0, (ALL,): 191}
    assert found == expected


def test_two_columns_give_every_combination_and_every_total(keeping, exactly):
    found = counted(count(keeping, PLACES))

    assert len(found) == (3 + 1) * (4 + 1)
    assert found["W2", "oversteek"] == 15
    assert found[ALL, "te_hard"] == 131
    assert found[ALL, ALL] == 191


def test_no_count_is_further_off_than_was_said_and_zeros_stay(keeping, monkeypatch):
    seen = counted(count(keeping, PLACES))
    with monkeypatch.context() as patched:
        patched.setattr(PerturbationTable, "shown", lambda _table, counts, _keys: counts)
        true = counted(count(keeping, PLACES))

    off = np.array([seen[keys] - true[keys] for keys in true])
    assert np.abs(off).max() <= 5
    assert off.any()
    assert all(seen[keys] == 0 for keys in true if not true[keys])
    assert not {1, 2} & set(seen.values())


def test_a_total_is_the_same_in_every_table_and_next_month(keeping):
    first = counted(count(keeping))
    wider = counted(count(keeping, PLACES))
    keeping.go_on(days=31)
    keeping.deliver()
    later = counted(count(keeping))

    assert first[ALL,] == wider[ALL, ALL] == later[ALL,]
    assert first["te_hard",] == wider[ALL, "te_hard"] == later["te_hard",]


def test_another_project_gives_the_same_counts_of_the_same_persons(keeping):
    plan = lawful_plan(RECORDS, step="pseudonymous") | {"id": "tweede"}
    other = keeping.add_project("tweede", plan)
    other.sign()
    other.deliver()

    assert counted(count(other, PLACES)) == counted(count(keeping, PLACES))


def test_what_came_out_reads_back_with_its_signature(keeping):
    record = count(keeping)

    assert read_perturbed_counts(keeping.project, keeping.installation) == (record,)
    assert record.approved_by == "vrijgever (voorbeeld)"
    assert ("perturbed_counts.released", record.id, "ok") in keeping.audited()


@pytest.mark.parametrize("part", ["asked_by", "signature", "release_sha256"])
def test_a_changed_signature_is_found(keeping, part):
    count(keeping)
    (path,) = (keeping.project / FOLDER).glob("*.signed.json")
    path.write_text(path.read_text().replace(f'"{part}": "', f'"{part}": "x'))

    with pytest.raises(IntegrityError):
        read_perturbed_counts(keeping.project, keeping.installation)


def test_who_asks_does_not_let_it_out(keeping):
    with refused("release.one-pair-of-eyes"):
        count(keeping, actor="Vrijgever (voorbeeld)")


def test_a_key_that_may_not_release_does_not(keeping):
    with refused("approval.role-not-given"):
        count(keeping, signer=SigningRole.DECIDER)


def test_an_audience_without_such_counts_gets_none(keeping, monkeypatch):
    strict = next(one for one in default_profiles() if one.name == "income_cbs")
    monkeypatch.setattr(counting, "profile_on", lambda *_: strict)

    with refused("release.no-perturbation"):
        count(keeping)

    assert not (keeping.project / FOLDER).exists()


def test_without_numbers_of_persons_there_are_none(monthly):
    monthly.deliver()

    with refused("delivery.no-record-keys"):
        count(monthly)


def test_the_command_says_how_far_off_a_count_can_be(keeping, monkeypatch):
    private = keeping.players.signers[SigningRole.RELEASER].private
    monkeypatch.setattr("grondslag.cli.perturbed.load_private", lambda *_: private)
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", "niet nodig")
    monkeypatch.setenv("COLUMNS", "120")
    home = keeping.folder / "installation"
    call = ("perturbed-counts", keeping.visible[-1], "--dataset", "meldingen", "--by", "soort")
    who = ("--actor", "analist", "--key", "sleutel", "--home", home)

    with on(keeping.clock.now()):
        out = works(*call, *who).out
        told = json.loads(works(*call, *who, "--json").out)

    assert "binnen ± 4." in out
    assert "nooit meer dan 5 ernaast" in out
    assert told["figure"]["perturbed"]["variance"] == 3
    assert {cell["count"] for cell in told["figure"]["cells"]} >= {0}
