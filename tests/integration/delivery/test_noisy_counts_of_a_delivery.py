"""Persons of a delivery per cell of fixed lists, let out with noise by a second person."""

import json
from fractions import Fraction

import pytest

from commanding import on, works
from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.analysis.noisy_counts import FOLDER, Asked, noisy_counts, read_noisy_counts
from grondslag.approval import PrivacyBudget
from grondslag.canonical import read_document, to_yaml, write_text
from grondslag.errors import IntegrityError
from grondslag.release import balance
from grondslag.release.noise import Noise
from grondslag.vocabulary import SigningRole
from small_project import AGGREGATE, OPEN, lawful_plan
from small_town import make_small_town, refused, reopened

KINDS = Asked("meldingen", ("soort",), Fraction(1, 2))


def give_budget(town):
    """The municipality sets a budget of 1 for good."""
    file = town.folder / "installation" / "installation.yaml"
    content = read_document(file).content
    value = PrivacyBudget(Fraction(1), 0, "never").to_mapping()
    content["settings"]["privacy_budget"] = [{"from": "2027-01-01", "value": value}]
    write_text(file, to_yaml(content), mode=0o600)
    return reopened(town.folder, town.clock)


def count(town, installation, asked, *, signer=SigningRole.RELEASER, actor="analist"):
    return noisy_counts(
        town.visible[-1],
        installation,
        asked,
        actor=actor,
        signer=town.players.signers[signer],
        clock=town.clock,
    )


@pytest.fixture
def without_noise(monkeypatch):
    """The true counts, to see what is counted."""
    monkeypatch.setattr(Noise, "drawn", lambda _noise, counts: list(counts))


def counted(record):
    return {cell.keys: cell.count for cell in record.figures[0].cells}


def test_distinct_persons_per_value_of_the_list_the_empty_ones_too(monthly, without_noise):
    monthly.deliver()

    record = count(monthly, give_budget(monthly), KINDS)

    # 40 + 30 + 50 and 12 with a secrecy mark; one of them objected.
    expected = {("te_hard",): 131, ("oversteek",): 60, ("anders",): 0, (UNKNOWN,): 0}
    assert counted(record) == expected


def test_two_columns_give_every_combination(monthly, without_noise):
    monthly.deliver()
    asked = Asked("meldingen", ("buurt", "soort"), Fraction(1, 2), adds_up=True)

    found = counted(count(monthly, give_budget(monthly), asked))

    assert len(found) == 3 * 4 + 1
    assert found[("W2", "oversteek")] == 15
    assert found[("*", "*")] == 191


def test_what_came_out_reads_back_with_its_signature(monthly):
    monthly.deliver()
    home = give_budget(monthly)
    record = count(monthly, home, KINDS)

    assert read_noisy_counts(monthly.project, home) == (record,)
    assert record.approved_by == "vrijgever (voorbeeld)"
    assert balance(home, "meldingen", clock=monthly.clock).left == Fraction(1, 2)
    assert ("noisy_counts.released", record.id, "ok") in monthly.audited()


@pytest.mark.parametrize("part", ["asked_by", "signature", "release_sha256"])
def test_a_changed_signature_is_found(monthly, part):
    monthly.deliver()
    home = give_budget(monthly)
    count(monthly, home, KINDS)
    (path,) = (monthly.project / FOLDER).glob("*.signed.json")
    path.write_text(path.read_text().replace(f'"{part}": "', f'"{part}": "x'))

    with pytest.raises(IntegrityError):
        read_noisy_counts(monthly.project, home)


REFUSED = [
    (Asked("klachten", ("soort",), Fraction(1)), "delivery.no-such-table"),
    (Asked("meldingen", (), Fraction(1)), "analysis.noisy-by-what"),
    (Asked("meldingen", ("soort", "soort"), Fraction(1)), "analysis.noisy-by-what"),
    (Asked("meldingen", ("dag",), Fraction(1)), "analysis.column-not-delivered"),
    (Asked("meldingen", ("bsn",), Fraction(1)), "analysis.no-fixed-list"),
    (Asked("meldingen", ("soort",), Fraction(2)), "release.budget-spent-for-good"),
    (Asked("meldingen", ("soort",), Fraction(0)), "release.epsilon-out-of-range"),
    (Asked("meldingen", ("soort",), Fraction(1), 0), "release.cells-per-person"),
]


@pytest.mark.parametrize(("asked", "code"), REFUSED, ids=lambda one: str(one)[-30:])
def test_what_cannot_be_asked_is_refused_in_words(monthly, asked, code):
    monthly.deliver()
    home = give_budget(monthly)

    with refused(code):
        count(monthly, home, asked)

    assert not (monthly.project / FOLDER).exists()


def test_who_asks_does_not_let_it_out(monthly):
    monthly.deliver()

    with refused("release.one-pair-of-eyes"):
        count(monthly, give_budget(monthly), KINDS, actor="Vrijgever (voorbeeld)")


def test_a_key_that_may_not_release_does_not(monthly):
    monthly.deliver()

    with refused("approval.role-not-given"):
        count(monthly, give_budget(monthly), KINDS, signer=SigningRole.DECIDER)


def test_a_table_of_counts_holds_no_persons_to_count(tmp_path):
    town = make_small_town(tmp_path, lawful_plan(AGGREGATE, OPEN))
    town.sign()
    town.deliver()

    with refused("analysis.noisy-needs-persons"):
        count(town, give_budget(town), KINDS)


@pytest.fixture
def say(monthly, monkeypatch):
    """Call the command, as the second person whose key it is."""
    monthly.deliver()
    give_budget(monthly)
    private = monthly.players.signers[SigningRole.RELEASER].private
    monkeypatch.setattr("grondslag.cli.noisy.load_private", lambda *_: private)
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", "niet nodig")
    monkeypatch.setenv("COLUMNS", "120")
    home = monthly.folder / "installation"

    def told(*options):
        with on(monthly.clock.now()):
            return works(
                *("noisy-counts", monthly.visible[-1], "--dataset", "meldingen", "--by", "soort"),
                *("--actor", "analist", "--key", "sleutel", "--home", home, *options),
            )

    return told


def test_the_command_says_how_far_off_a_count_can_be_and_what_is_left(say, without_noise):
    out = say("--epsilon", "0,5", "--adds-up").out

    assert out.splitlines()[2].split("│")[1].strip() == "131"
    assert "binnen ± 6." in out
    assert "Dit kost 0,5 van het privacybudget van meldingen. Er is nog 0,5 over van 1." in out


def test_for_programs_the_command_gives_the_table_with_its_mark(say):
    found = json.loads(say("--epsilon", "0.25", "--json").out)

    assert found["figure"]["noise"]["epsilon"] == "1/4"
    assert found["budget"] == {"left": 0.75, "total": 1.0, "renews": None}
