"""A table of a delivery with its totals: withheld, rounded or adjusted, let out by a second."""

import json

import pytest

from commanding import on, works
from grondslag.analysis.protected_tables import (
    FOLDER,
    TableAsked,
    Way,
    protect_delivered,
    read_protected_tables,
)
from grondslag.release import ALL
from grondslag.report import report_html
from grondslag.vocabulary import SigningRole
from made_report import made_report
from small_town import refused

BY = ("buurt", "soort")


def asked(way=Way.SUPPRESS, **more):
    return TableAsked("meldingen", BY, way, zeros_tell=False, **more)


@pytest.fixture
def delivered(monthly):
    monthly.deliver()
    return monthly


def protect(town, wanted=None, *, signer=SigningRole.RELEASER, actor="analist"):
    return protect_delivered(
        town.visible[-1],
        town.installation,
        wanted or asked(),
        actor=actor,
        signer=town.players.signers[signer],
        clock=town.clock,
    )


def counts(record):
    return {cell.keys: cell.count for cell in record.figures[0].cells}


def adds_up(found):
    """Every total over its first or second column, from the cells one by one."""
    inner = {keys: count for keys, count in found.items() if ALL not in keys}
    return all(
        count
        == sum(
            value
            for other, value in inner.items()
            if all(mine in (ALL, its) for mine, its in zip(keys, other, strict=True))
        )
        for keys, count in found.items()
    )


def test_every_combination_and_every_total_is_there(delivered):
    found = counts(protect(delivered))

    assert len(found) == (3 + 1) * (4 + 1)
    assert adds_up(found)


def test_small_groups_and_what_gives_them_away_are_withheld(delivered):
    """135 drive too fast and 60 cross; where 100 is the least, 195 - 135 may not be seen either."""
    wanted = TableAsked("meldingen", ("soort",), audience="income_cbs", zeros_tell=False)

    figure = protect(delivered, wanted).figures[0]

    found = {cell.keys: cell.count for cell in figure.cells}
    assert found["oversteek",] is None
    assert None in (found["te_hard",], found[ALL,])
    assert figure.withheld_for_itself >= 1
    assert figure.withheld_for_others >= 1


def test_a_base_that_hides_too_little_is_refused(delivered):
    wanted = TableAsked("meldingen", ("soort",), Way.ROUND, base=2)

    with refused("tables.base-too-small"):
        protect(delivered, wanted)


def test_a_rounded_table_adds_up_in_multiples(delivered):
    record = protect(delivered, asked(Way.ROUND, base=25))

    found = counts(record)
    assert adds_up(found)
    assert all(count % 25 == 0 for count in found.values())
    assert record.figures[0].changed.off >= 24
    assert found[ALL, ALL] == 200  # 195; with 50, 75, 25 and 50 inside every total is the nearest


def test_an_adjusted_table_adds_up(delivered):
    found = counts(protect(delivered, asked(Way.ADJUST)))

    assert adds_up(found)
    assert min(found.values()) >= 0


def test_a_rounded_table_stands_alone(delivered):
    protect(delivered, asked(Way.ROUND, base=25))
    protect(delivered, asked(Way.ROUND, base=25))  # the same again says nothing new

    with refused("release.beside-changed"):
        protect(delivered)
    with refused("release.changed-beside-others"):
        protect(delivered, asked(Way.ADJUST))


def test_beside_an_exact_table_nothing_is_rounded(delivered):
    protect(delivered)

    with refused("release.changed-beside-others"):
        protect(delivered, asked(Way.ROUND, base=25))


def test_what_came_out_reads_back_with_its_signature(delivered):
    record = protect(delivered, asked(Way.ROUND, base=25))

    assert read_protected_tables(delivered.project, delivered.installation) == (record,)
    assert ("protected_tables.released", record.id, "ok") in delivered.audited()


def test_who_asks_does_not_let_it_out(delivered):
    for way in Way:
        with refused("release.one-pair-of-eyes"):
            protect(delivered, asked(way), actor="Vrijgever (voorbeeld)")
    assert not (delivered.project / FOLDER).exists()


def test_an_empty_cell_that_says_something_never_shows_as_empty(delivered):
    """Adjusted, an empty cell shows somebody; that a zero says something is said by default."""
    wanted = TableAsked("meldingen", BY, Way.ADJUST)

    figure = protect(delivered, wanted).figures[0]

    assert figure.zeros_disclose
    assert min(cell.count for cell in figure.cells) > 0


BAD = [
    (asked(Way.ROUND, amount="soort"), "analysis.protected-amount"),
    (asked(Way.ROUND, base=1), "tables.base-out-of-range"),
    (asked(base=25), "analysis.protected-base"),
    (asked(Way.ADJUST, base=25), "analysis.protected-base"),
    (asked(Way.ADJUST, audience="income_cbs"), "release.rounder-for-audience"),
    (asked(Way.ROUND, base=25, audience="income_cbs"), "release.rounder-for-audience"),
    (asked(linked=(("soort", "buurt"),)), "analysis.protected-table-twice"),
    (asked(linked=((),)), "analysis.noisy-by-what"),
    (TableAsked("meldingen", ("buurt:provincie",)), "analysis.protected-no-level"),
    (TableAsked("meldingen", ("buurt:buurt",)), "analysis.protected-no-level"),
    (TableAsked("meldingen", ("soort:1",)), "analysis.protected-no-level"),
    (TableAsked("meldingen", ("buurt", "buurt:wijk")), "analysis.noisy-by-what"),
    (asked(audience="iedereen"), "release.unknown-profile"),
    (asked(amount="bedrag"), "analysis.column-not-delivered"),
    (TableAsked("meldingen", ()), "analysis.noisy-by-what"),
    (TableAsked("niets", BY), "delivery.no-such-table"),
]


@pytest.mark.parametrize(("wanted", "code"), BAD)
def test_what_cannot_be_made_is_said_in_one_sentence(delivered, wanted, code):
    with refused(code):
        protect(delivered, wanted)
    assert not (delivered.project / FOLDER).exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--zeros-show",), "verborgen om de mensen erin"),
        (("--method", "round", "--base", "25"), "veelvoud van 25"),
        (("--method", "adjust"), "Wij rekenden na"),
    ],
)
def test_the_command_says_what_is_hidden_and_what_that_cost(delivered, monkeypatch, options, said):
    private = delivered.players.signers[SigningRole.RELEASER].private
    monkeypatch.setattr("grondslag.cli.protecting.load_private", lambda *_: private)
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", "niet nodig")
    monkeypatch.setenv("COLUMNS", "160")
    home = delivered.folder / "installation"
    call = ("protect-table", delivered.visible[-1], "--dataset", "meldingen")
    who = ("--by", "buurt", "--by", "soort", "--actor", "analist", "--key", "sleutel")

    with on(delivered.clock.now()):
        out = works(*call, *who, "--home", home, *options).out
        told = json.loads(works(*call, *who, "--home", home, *options, "--json").out)

    assert said in out
    assert told["figure"]["dimensions"] == ["area", "soort"]
    assert told["figure"]["fields"] == {"area": "buurt"}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (TableAsked("meldingen", ("soort",), audience="income_cbs", zeros_tell=False),
         "te klein, 1 om andere te beschermen."),
        (asked(Way.ROUND, base=25), "De totalen kloppen met elkaar."),
        (asked(Way.ADJUST), "De totalen kloppen met elkaar."),
    ],
    ids=["withheld", "rounded", "adjusted"],
)  # fmt: skip
def test_the_report_shows_the_table_and_what_was_done_to_it(delivered, tmp_path, wanted, said):
    figure = protect(delivered, wanted).figures[0]

    page = report_html(made_report(tmp_path / "report", protected=(figure,)))

    part = page.partition("Tabellen met totalen")[2].partition("<h2>")[0]
    assert said in part
    shown = [cell.count for cell in figure.cells if cell.count is not None]
    assert all(f">{count}<" in part for count in shown)
    assert part.count("niet getoond") == len(figure.cells) - len(shown)
