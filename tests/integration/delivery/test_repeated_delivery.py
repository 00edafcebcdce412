"""Month after month: the same pseudonyms, every gate again, no difference that shows a person."""

import json

import pytest

from grondslag.delivery import close_delivery
from small_project import AGGREGATE, RECORDS, REPORTS, lawful_plan, report, write_reports
from small_town import make_small_town, refused

MONTHLY = {"kind": "monthly", "until": "2027-12-31"}
BEFORE = [row for row in REPORTS if row.soort != "anders"]


def new_reports(count, buurt="B11", soort="te_hard"):
    return [report(5000 + at, buurt, soort, dag="2026-07-01") for at in range(count)]


def next_month(town, rows):
    write_reports(town.folder / "data", rows)
    town.go_on(days=31)
    return town.deliver()


def test_the_same_person_keeps_the_pseudonym(monthly):
    monthly.deliver()
    first = monthly.open().table("meldingen")

    delivery = next_month(monthly, BEFORE)

    assert monthly.open(delivery.folder).table("meldingen").equals(first)


def test_another_project_gives_the_same_person_another_pseudonym(monthly):
    plan = lawful_plan(RECORDS, step="pseudonymous", rhythm=MONTHLY, id="andere-straat")
    other = monthly.add_project("other", plan)
    other.sign()

    monthly.deliver()
    other.deliver()

    mine, theirs = (set(town.open().table("meldingen").column("bsn").to_pylist())
                    for town in (monthly, other))  # fmt: skip
    assert len(mine) == len(theirs)
    assert mine.isdisjoint(theirs)


def test_a_month_gives_one_delivery(monthly):
    monthly.deliver()
    monthly.go_on(days=5)

    with refused("delivery.not-due"):
        monthly.deliver()


def test_the_next_month_is_checked_against_everything_again(monthly):
    monthly.deliver()
    monthly.edit("plan.yaml", lambda plan: plan.update(title="Iets heel anders dan gevraagd?"))
    monthly.go_on(days=31)

    with refused("approval.plan-changed"):
        monthly.deliver()


CHANGES = {
    "nobody": (BEFORE, True),
    "one came": (BEFORE + new_reports(1), False),
    "nine came": (BEFORE + new_reports(9), False),
    "ten came": (BEFORE + new_reports(10), True),
    "one left": (BEFORE[1:], True),  # the one who objects: was never in it
    "another left": ([BEFORE[0], *BEFORE[2:-5], *BEFORE[-4:]], False),
    "ten came and one left": ([*BEFORE[:2], *BEFORE[3:], *new_reports(10)], False),
    "ten came, of whom one elsewhere": (BEFORE + new_reports(9) + new_reports(1, "B21"), False),
    "twenty came in two groups": (BEFORE + new_reports(10) + new_reports(20, "B21")[10:], True),
    "one moved": ([BEFORE[3]._replace(buurt="B21"), *BEFORE[:3], *BEFORE[4:]], False),
    "one called again": ([*BEFORE, BEFORE[100]._replace(report="M999999")], False),
}


@pytest.mark.parametrize(("rows", "allowed"), CHANGES.values(), ids=CHANGES)
def test_a_difference_about_too_few_persons_is_refused(monthly, rows, allowed):
    first = monthly.deliver()

    if allowed:
        delivery = next_month(monthly, rows)
        assert delivery.manifest["compared_with"] == [{"delivery": first.id, "compared": True}]
        return
    with refused("delivery.difference"):
        next_month(monthly, rows)

    assert (monthly.visible, monthly.unfinished) == ([first.folder], [])


def test_after_a_refusal_the_delivery_comes_when_enough_has_changed(monthly):
    monthly.deliver()
    with refused("delivery.difference"):
        next_month(monthly, BEFORE + new_reports(3))

    delivery = next_month(monthly, BEFORE + new_reports(12))

    assert len(monthly.visible) == 2
    assert monthly.verify(delivery.folder).delivery == delivery.id


def test_each_earlier_delivery_is_compared_with_not_only_the_last(monthly):
    monthly.deliver()
    next_month(monthly, BEFORE + new_reports(12))

    with refused("delivery.difference"):
        next_month(
            monthly, BEFORE + new_reports(1)
        )  # eleven left since the last, one since the first


COUNTS = {
    "nobody": (REPORTS, True),
    "one came": ([*REPORTS, *new_reports(1)], False),
    "ten came": ([*REPORTS, *new_reports(10)], True),
    "one in a cell that stays withheld": ([*REPORTS, *new_reports(1, "B21", "anders")], True),
    "a withheld cell comes up": ([*REPORTS, *new_reports(1, "B11", "anders")], False),
    "a withheld cell becomes exactly the minimum": (
        [*REPORTS, *new_reports(6, "B21", "anders")], False,
    ),
    "a withheld cell grows large": ([*REPORTS, *new_reports(30, "B21", "anders")], True),
    "a withheld cell goes": ([row for row in REPORTS if row.soort != "anders"], False),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "allowed"), COUNTS.values(), ids=COUNTS)
def test_a_difference_between_two_counts_about_too_few_persons_is_refused(tmp_path, rows, allowed):
    town = make_small_town(tmp_path, lawful_plan(AGGREGATE, rhythm=MONTHLY))
    town.sign()
    town.deliver()

    if allowed:
        assert next_month(town, rows).manifest["compared_with"][0]["compared"] is True
        return
    with refused("delivery.difference"):
        next_month(town, rows)


def test_a_closed_delivery_is_told_as_not_compared(monthly):
    first = monthly.deliver()
    close_delivery(first.folder, monthly.installation, clock=monthly.clock)

    second = next_month(monthly, BEFORE)

    assert second.manifest["compared_with"] == [{"delivery": first.id, "compared": False}]
    assert monthly.verify(second.folder).delivery == second.id


def test_an_earlier_delivery_put_out_of_sight_stops_the_next(monthly):
    first = monthly.deliver()
    first.folder.rename(monthly.folder / "aside")

    with refused("delivery.earlier-missing"):
        next_month(monthly, BEFORE + new_reports(1))


def test_an_earlier_delivery_that_was_changed_stops_the_next(monthly):
    first = monthly.deliver()
    path = first.folder / "meldingen.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with refused("delivery.damaged"):
        next_month(monthly, BEFORE)


def test_an_earlier_manifest_that_was_changed_stops_the_next(monthly):
    first = monthly.deliver()
    manifest = json.loads((first.folder / "manifest.json").read_bytes())
    manifest["tables"] = []
    (first.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    with refused("delivery.manifest-changed"):
        next_month(monthly, BEFORE + new_reports(1))
