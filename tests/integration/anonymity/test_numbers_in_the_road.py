"""A plan that asks anonymous records with numbers that are averaged, moved by chance or rounded."""

import json

import numpy as np
import pytest

from made_contracts import column
from made_records import need
from small_project import lawful_plan, number, write_csv
from small_town import make_small_town, refused

PEOPLE = 400
OFTEN = 60
ASKED = need(
    ("buurt", "area:wijk"), ("leeftijd", "averaged:20"), ("schade", "noisy:50"),
    ("uren", "rounded:5"),
)  # fmt: skip
FORMS = {
    "leeftijd": ("integer", "quasi", ["averaged:20", "averaged:40", "exact"]),
    "schade": ("number", "sensitive", ["noisy:50", "noisy:100", "exact"]),
    "uren": ("integer", "sensitive", ["rounded:5", "exact"]),
}


def rows():
    """Residents with an age, damage and hours; the last of them reported sixty times."""
    made = [
        (f"M{at}", number(at), "2026-05-04", ("B11", "B12", "B21")[at % 3], "te_hard", "0", "",
         18 + at * 7 % 80, 100 + at * 37 % 900 + 0.25, at % 60)
        for at in range(5, PEOPLE)
    ]  # fmt: skip
    return made + [made[-1]] * OFTEN


def write_rows(town, content):
    """Write the reports with their numbers."""
    header = ("melding", "bsn", "dag", "buurt", "soort", "geheim", "verhaal", *FORMS)
    write_csv(town.folder / "data" / "meldingen.csv", (*header, "zonder_privacy"),
              [(*row, "x") for row in content])  # fmt: skip


def describe(town):
    """Let the owner describe the numbers."""

    def change(contract):
        for name, (kind, role, allowed) in FORMS.items():
            entry = {"category": "ordinary", "role": role, "allowed": allowed, "filterable": False}
            contract["schema"][0]["properties"].append(column(name, kind, privacy=entry))

    town.edit("contracts/meldingen.odcs.yaml", change)


def another(town, name, wanted):
    """Another project on the same people, signed."""
    other = town.add_project(name, lawful_plan(wanted, step="anonymous", id=name))
    describe(other)
    other.sign()
    return other


@pytest.fixture
def town(tmp_path):
    made = make_small_town(tmp_path, lawful_plan(ASKED, step="anonymous"))
    describe(made)
    write_rows(made, rows())
    made.sign()
    return made


def told(delivery):
    """What the manifest says of how the reports became anonymous."""
    (entry,) = [one for one in delivery.manifest["tables"] if one["name"] == "meldingen"]
    return entry["anonymisation"]


def test_every_average_is_over_persons_and_not_over_rows(town):
    """All of B21 but for who reports often: who has sixty rows fills no group."""
    delivery = town.deliver()

    table, made = town.open().table("meldingen"), told(delivery)

    level = next(one["level"] for one in made["columns"] if one["column"] == "leeftijd")
    assert made["columns"][1]["levels"][0] == {"kind": "averaged", "persons": 20}
    assert made["counts"] == "persons"
    groups = table.group_by(["buurt", "leeftijd"]).aggregate([([], "count_all")])
    sizes = groups["count_all"].to_pylist()
    assert made["after"]["smallest_group"] >= 10
    assert sum(sizes) == len(rows())
    # Averages over persons, each once: of these 395 ages by hand, sorted, in groups of 20 or more.
    ages = sorted(row[7] for row in rows()[: PEOPLE - 5])
    shown = sorted(set(table["leeftijd"].to_pylist()))
    assert ages[0] < shown[0]
    assert shown[-1] < ages[-1]
    assert len(shown) <= (PEOPLE - 5) // (20 * 2**level)


def test_a_sensitive_number_leaves_with_noise_and_no_other_number_of_the_source(town):
    town.deliver()

    table = town.open().table("meldingen")

    was = sorted(row[8] for row in rows())
    off = np.array(table["schade"].to_pylist())
    assert not set(was) & set(off.tolist())
    assert np.std(off) == pytest.approx(np.sqrt(np.var(was) + 50**2), rel=0.1)
    assert set(np.mod(table["uren"].to_pylist(), 5)) == {0}


def test_the_order_of_rows_does_not_tell_who_had_more(town):
    town.deliver()

    table = town.open().table("meldingen")

    names = [(name, "ascending") for name in table.column_names]
    assert table.equals(table.sort_by(names))


def test_a_second_delivery_has_the_same_averages_and_the_same_noise(town):
    town.deliver()
    other = another(town, "zelfde", ASKED)
    other.deliver()

    assert other.open().table("meldingen").equals(town.open().table("meldingen"))


def test_another_spread_is_another_draw(town):
    """Of two spreads on one draw the number itself could be solved."""
    town.deliver()
    other = another(town, "meer", need(*[
        (name, "noisy:100" if name == "schade" else form)
        for name, form in (("buurt", "area:wijk"), ("leeftijd", "averaged:20"),
                           ("schade", "noisy:50"), ("uren", "rounded:5"))
    ]))  # fmt: skip
    other.deliver()

    first, second = (one.open().table("meldingen")["schade"].to_pylist() for one in (town, other))
    assert sorted(first) != sorted(second)


def test_averages_over_other_people_are_refused_beside_those_that_left(town):
    """Thirty people more: no group differs by few, and still the averages could be subtracted."""
    town.deliver()
    more = [
        (f"N{at}", number(500 + at), "2026-05-04", "B12", "te_hard", "0", "", 30 + at, 150.25, 7)
        for at in range(30)
    ]
    write_rows(town, rows() + more)
    other = another(town, "later", ASKED)

    with refused("delivery.anonymous-other-averages"):
        other.deliver()
    assert other.visible == []


def test_noise_does_not_hide_that_everybody_in_a_group_has_one_number(town):
    """All damage is 500: with noise every number differs, and all tell 500."""
    write_rows(town, [(*row[:8], 500.25, row[9]) for row in rows()])
    town.sign()

    with refused("anonymise.blind-choice-fails"):
        town.deliver()


def test_what_rounds_to_one_number_is_one_number(town):
    """Everybody made 10 to 12 hours: different numbers, and all leave as 10."""
    write_rows(town, [(*row[:9], 10 + at % 3) for at, row in enumerate(rows())])
    town.sign()

    with refused("anonymise.blind-choice-fails"):
        town.deliver()


def test_the_manifest_says_what_was_done_to_each_number_and_how_closely_it_follows(town):
    made = told(town.deliver())

    assert [(one["column"], one["levels"][1]) for one in made["numbers"]] == [
        ("schade", {"kind": "noisy", "amount": 50}), ("uren", {"kind": "rounded", "amount": 5}),
    ]  # fmt: skip
    kept = {one["column"]: one["kept"] for one in made["columns_use"]}
    # The spread of what was there and of the noise, by hand: v² / (v² + s²).
    was = np.var([row[8] for row in rows()])
    assert kept["schade"] == pytest.approx(was / (was + 50**2), abs=0.03)
    assert 0.98 < kept["uren"] < 1
    assert 0.5 < kept["leeftijd"] < 1


def test_it_verifies_and_no_number_of_the_source_stands_in_what_anybody_reads(town):
    delivery = town.deliver()

    assert town.verify().delivery == delivery.id
    text = json.dumps(delivery.manifest)
    assert not [row[8] for row in rows() if f"{row[8]}" in text]


@pytest.mark.parametrize(
    "wanted",
    [
        need(("buurt", "area:wijk"), ("schade", "averaged:20")),
        need(("buurt", "area:wijk"), ("leeftijd", "averaged:30")),
        need(("buurt", "area:wijk"), ("leeftijd", "noisy:5")),
    ],
)
def test_what_the_owner_does_not_allow_is_not_approved(town, wanted):
    with refused("approval.no-go"):
        another(town, "anders", wanted)


def test_too_few_people_with_a_number_are_refused_in_one_sentence(town):
    write_rows(town, [(*row[:7], "", *row[8:]) for row in rows()[10:]] + rows()[:10])
    town.sign()

    with refused("anonymise.fewer-rows"):
        town.deliver()
    assert (town.visible, town.unfinished) == ([], [])
