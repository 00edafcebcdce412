"""A resident asks where they were: the right deliveries only, and the number stays nowhere."""

import pytest

from grondslag.delivery import look_up
from grondslag.keys import KeyKind
from small_project import REPORTS, number, report, write_reports
from small_town import files_below, refused

WHY = "Verzoek om inzage, zaak 2027-118"
NEW = [report(6000 + at, "B11", "te_hard", dag="2026-07-01") for at in range(12)]


def ask(town, person, **changes):
    order = {"identifier": person, "reason": WHY, "actor": "balie"} | changes
    return look_up(town.installation, **order)


def names(result):
    return [hit.delivery_id for hit in result.hits]


def test_somebody_is_found_in_the_right_deliveries_only(monthly):
    first = monthly.deliver()
    write_reports(monthly.folder / "data", [row for row in REPORTS if row.soort != "anders"] + NEW)
    monthly.go_on(days=31)
    second = monthly.deliver()

    assert names(ask(monthly, number(5))) == [first.id, second.id]
    assert names(ask(monthly, NEW[0].bsn)) == [second.id]
    assert names(ask(monthly, number(9000))) == []
    assert ask(monthly, number(5)).searched == 2


def test_the_answer_says_for_what_and_on_which_ground(monthly):
    monthly.deliver()

    (hit,) = ask(monthly, number(5)).hits

    assert hit.name == "Is de Havenstraat gevaarlijker dan andere straten?"
    assert hit.purpose == "De straten veiliger maken."
    assert hit.legal_basis == "AVG art. 6.1.e; WVW 1994 art. 18 lid 1 onder d"


@pytest.mark.parametrize("fixture", ["town", "monthly"])
def test_who_objects_and_who_fell_outside_was_not_in_it(fixture, request):
    town = request.getfixturevalue(fixture)
    town.deliver()
    too_old, too_new = number(180 + 20), number(180 + 40)

    assert [names(ask(town, who)) for who in (number(0), too_old, too_new)] == [[], [], []]


def test_a_refused_delivery_may_be_in_the_log_but_never_is_one_missing(town):
    """What stops after the log was written says too much, never too little."""

    def stop(step, _about):
        if step == "manifest":
            raise RuntimeError

    with pytest.raises(RuntimeError):
        town.deliver(progress=stop)
    delivery = town.deliver()

    assert delivery.id in names(ask(town, number(5)))


def test_the_asking_is_audited_with_its_reason_and_without_the_number(town):
    town.deliver()

    ask(town, number(5))

    kept = b"".join(path.read_bytes() for path in files_below(town.installation.audit_folder))
    assert town.audited()[-1] == ("person.looked-up", "processing-log", "ok")
    assert WHY.encode() in kept
    assert number(5).encode() not in kept


@pytest.mark.parametrize("reason", ["", "   ", "zomaar"])
def test_without_a_reason_nothing_is_looked_up(town, reason):
    town.deliver()

    with refused("delivery.lookup-without-reason"):
        ask(town, number(5), reason=reason)

    assert town.audited()[-1][0] == "delivery.made"


def test_a_number_in_the_reason_is_refused(town):
    town.deliver()

    with refused("delivery.lookup-number-in-reason"):
        ask(town, number(5), reason=f"Verzoek van {number(5)}")


def test_without_a_number_nothing_is_looked_up(town):
    with refused("delivery.lookup-without-number"):
        ask(town, " ")


def test_a_year_whose_key_is_destroyed_cannot_be_searched_any_more(town):
    town.deliver()
    town.installation.vault.destroy(KeyKind.LOG, "2027", clock=town.clock)

    result = ask(town, number(5))

    assert (result.hits, result.unsearchable_years, result.searched) == ((), (2027,), 0)


def test_a_delivery_over_the_turn_of_the_year_is_found(monthly):
    """Begun in the old year and logged in the new one."""
    monthly.go_on(days=303)
    monthly.clock.moment = monthly.clock.moment.replace(hour=23, minute=59, second=50)
    assert monthly.clock.moment.date().isoformat() == "2027-12-30"
    monthly.clock.go_on(days=1)

    def into_the_new_year(step, _about):
        if step == "query":
            monthly.clock.go_on(minutes=5)

    delivery = monthly.deliver(progress=into_the_new_year)

    assert monthly.clock.moment.year == 2028
    assert names(ask(monthly, number(5))) == [delivery.id]
