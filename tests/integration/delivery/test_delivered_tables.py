"""What is delivered is what the plan says, counted by hand from the same rows."""

from collections import defaultdict

from grondslag.keys import KeyKind
from grondslag.processing_log import as_ldv, verify_file
from small_project import MINIMUM, OBJECTIONS, REPORTS, WIJKEN, number

OBJECTING = {number(0)}
WIJK_OF = {"B11": "W1", "B12": "W1", "B21": "W2"}


def rows_that_stay():
    """By hand: in the period, in the time the owner keeps, of who does not object."""
    return [row for row in REPORTS if "2022-03-02" <= row.dag <= "2026-12-31"]


def cells_by_hand():
    """Persons per place and kind; the place of who has the secrecy mark is coarser."""
    persons = defaultdict(set)
    for row in rows_that_stay():
        if row.bsn not in OBJECTING:
            place = WIJK_OF[row.buurt] if row.geheim == "1" else row.buurt
            persons[place, row.soort].add(row.bsn)
    return {cell: len(people) for cell, people in persons.items()}


def removed(delivery, table):
    """Per protection the count in the manifest."""
    entry = next(item for item in delivery.manifest["tables"] if item["name"] == table)
    return {item["protection"]: item["count"] for item in entry["removed"]}


def test_a_count_holds_distinct_persons_per_cell_and_nothing_below_the_minimum(town):
    town.deliver()

    rows = town.open().table("meldingen").to_pylist()

    shown = {(row["buurt"], row["soort"]): row["persons"] for row in rows}
    by_hand = cells_by_hand()
    assert shown == {cell: n if n >= MINIMUM else None for cell, n in by_hand.items()}
    assert min(by_hand.values()) < MINIMUM  # else this test says nothing about small cells
    assert [row["withheld"] for row in rows] == [row["persons"] is None for row in rows]


def test_open_data_is_delivered_as_it_stands_without_the_columns_nobody_asked(town):
    town.deliver()

    table = town.open().table("wijken")

    assert table.schema.names == ["code", "inwoners"]
    assert table.to_pydict() == {
        "code": [code for code, _ in WIJKEN],
        "inwoners": [count for _, count in WIJKEN],
    }


def test_the_manifest_says_what_each_protection_left_out(town):
    delivery = town.deliver()

    counts = removed(delivery, "meldingen")

    outside = [row for row in REPORTS if not "2022-01-01" <= row.dag <= "2026-12-31"]
    marked = [row for row in rows_that_stay() if row.geheim == "1"]
    assert counts["period"] == len(outside) >= MINIMUM
    assert counts["coarsened"] == len(marked) >= MINIMUM
    assert counts["columns"] == 6  # eight columns in the contract, two delivered
    assert counts["retention"] == 0


def test_counts_that_could_be_a_person_are_sealed_for_the_officer(town):
    delivery = town.deliver()

    counts = removed(delivery, "meldingen")

    assert len([row for row in rows_that_stay() if row.bsn in OBJECTING]) in range(1, MINIMUM)
    assert set(counts["objection"]) == set(counts["small_cells"]) == {"sealed"}
    assert len({len(counts[name]["sealed"]) for name in ("objection", "small_cells")}) == 1


def test_only_who_objects_to_this_purpose_and_was_not_turned_down_is_left_out(town):
    assert len(OBJECTIONS) == 3  # another purpose, and a refused objection, do not count

    town.deliver()

    rows = town.open().table("meldingen").to_pylist()
    in_b11 = next(row for row in rows if (row["buurt"], row["soort"]) == ("B11", "te_hard"))
    assert in_b11["persons"] == 40 - 1


def test_the_log_holds_one_record_per_person_who_was_in_it(town):
    delivery = town.deliver()

    path = town.installation.processing_log / "2027" / f"{delivery.id}.parquet"

    persons = {row.bsn for row in rows_that_stay()} - OBJECTING
    records = list(as_ldv(path))
    assert len(records) == len(persons)
    assert len({item["attributes"]["dpl.core.data_subject_id"] for item in records}) == len(persons)
    verify_file(path, delivery.manifest["processing_log"]["sha256"])


def test_records_carry_pseudonyms_and_every_group_reaches_the_minimum(monthly):
    delivery = monthly.deliver()

    rows = monthly.open().table("meldingen").to_pylist()

    asked = [row for row in rows_that_stay() if row.soort != "anders" and row.bsn not in OBJECTING]
    assert len(rows) == len(asked)
    assert all(len(row["bsn"]) == 32 and set(row["bsn"]) <= set("0123456789abcdef") for row in rows)
    assert len({row["bsn"] for row in rows}) == len({row.bsn for row in asked})
    assert sorted((row["buurt"], row["soort"]) for row in rows) == sorted(
        (WIJK_OF[row.buurt], row.soort) for row in asked
    )
    assert delivery.manifest["tables"][0]["risk"]["smallest_group"] >= MINIMUM


def test_every_delivery_leaves_its_trace_in_the_chain(town):
    delivery = town.deliver()

    town.open()

    assert [record for record in town.audited() if record[1] == delivery.id] == [
        ("delivery.begun", delivery.id, "ok"),
        ("delivery.made", delivery.id, "ok"),
        ("delivery.opened", delivery.id, "ok"),
    ]
    assert town.verified_chain().head.number == len(town.audited())
    assert town.installation.vault.has(KeyKind.DELIVERY, delivery.id)
