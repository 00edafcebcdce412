"""Amounts judged by another column, and organisations that agreed: from contract to table."""

import numpy as np
import pytest
from scipy.optimize import linprog

from commanding import on, works
from grondslag.analysis.protected_tables import TableAsked, protect_delivered
from grondslag.release import ALL
from grondslag.report import report_html
from grondslag.vocabulary import SigningRole
from made_report import made_report
from small_businesses import DISTRICTS, TRADES, amounts_of, rows, small_businesses

LARGE = {
    # energy, turnover, agreed
    ("noord", "bouw"): (9000.0, 9000.0, "ja"),
    ("noord", "zorg"): (9000.0, 100.0, "nee"),
    ("oost", "handel"): (100.0, 9000.0, "nee"),
    ("zuid", "zorg"): (9000.0, 9000.0, "nee"),
}
INNER = [(district, trade) for district in DISTRICTS for trade in TRADES]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Delivered; the table of energy is judged by turnover."""
    return small_businesses(tmp_path_factory.mktemp("energy"), LARGE, judged_by="omzet")


@pytest.fixture(scope="module")
def figure(town):
    """The table of energy, let out."""
    asked = TableAsked(
        "bedrijven",
        ("wijk", "branche"),
        amount="energie",
        audience="internal_policy",
        zeros_tell=False,
    )
    record = protect_delivered(
        town.visible[-1],
        town.installation,
        asked,
        actor="analist",
        signer=town.players.signers[SigningRole.RELEASER],
        clock=town.clock,
    )
    return record.figures[0]


def test_who_agreed_may_dominate_and_who_did_not_stays_hidden(figure):
    """Energy of 9000 beside nine of 100; only the one in noord agreed."""
    shown = amounts_of(figure)

    assert shown["noord", "bouw"] == 9900.0
    assert shown["zuid", "zorg"] is None


def test_turnover_says_who_dominates_the_energy(figure):
    shown = amounts_of(figure)

    assert shown["noord", "zorg"] == 9900.0  # all turnovers are equal there
    assert shown["oost", "handel"] is None  # one has ten times the turnover of the others


def limits_of(shown, keys, known=None):
    """What an attacker concludes of a cell: the least and most that all shown sums allow."""
    every = [(a, b) for a in (*DISTRICTS, ALL) for b in (*TRADES, ALL)]
    own = known or {}
    sums, totals = [], []
    for key in every:
        if shown.get(key) is None:
            continue
        fits = [all(k in (ALL, i) for k, i in zip(key, cell, strict=True)) for cell in INNER]
        sums.append(np.array(fits, dtype=float))
        totals.append(shown[key])
    bounds = [(own.get(cell, 0.0), None) for cell in INNER]
    cost = np.array([cell == keys for cell in INNER], dtype=float)
    low, high = (
        linprog(sign * cost, A_eq=np.array(sums), b_eq=np.array(totals), bounds=bounds)
        for sign in (1.0, -1.0)
    )
    assert low.status == 0
    assert high.status in (0, 3)
    return low.fun, (np.inf if high.status == 3 else -high.fun)


def test_an_agreement_uncovers_nobody_else(figure):
    """Who agreed knows the own amount, and still cannot come near who did not agree."""
    shown = amounts_of(figure)
    own = {("noord", "bouw"): 9000.0, ("zuid", "zorg"): 100.0}

    for keys, total in ((("zuid", "zorg"), 9900.0), (("oost", "handel"), 1000.0)):
        low, high = limits_of(shown, keys, own)
        # Twice the largest must stay possible, as a share of the energy.
        need = (9000.0 / 0.5 - 9900.0) * total / 9900.0
        assert low <= total - min(need, total) + 1e-6
        assert high >= total + need - 1e-6


def test_the_attack_finds_what_it_should_where_nothing_is_withheld(figure):
    """The same attack on the same table with one cell open: else it could find nothing."""
    everything = dict.fromkeys(amounts_of(figure), 0.0)
    for _, _, district, trade, energy, _, _ in rows(LARGE):
        for key in ((district, trade), (district, ALL), (ALL, trade), (ALL, ALL)):
            everything[key] += energy
    everything["zuid", "zorg"] = None

    assert limits_of(everything, ("zuid", "zorg")) == pytest.approx((9900.0, 9900.0))


def test_the_agreement_and_the_judge_are_told_with_the_table(figure, tmp_path):
    page = report_html(made_report(tmp_path / "report", protected=(figure,)))

    assert "is gekeurd met: Omzet." in page
    assert "Getekende verklaringen in zaak 2027-014" in page


def test_the_command_says_who_judged_and_who_agreed(town, monkeypatch):
    private = town.players.signers[SigningRole.RELEASER].private
    monkeypatch.setattr("grondslag.cli.protecting.load_private", lambda *_: private)
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", "niet nodig")
    call = ("protect-table", town.visible[-1], "--dataset", "bedrijven", "--zeros-show")
    who = (
        "--by",
        "wijk",
        "--by",
        "branche",
        "--amount",
        "energie",
        "--audience",
        "internal_policy",
        "--actor",
        "analist",
    )

    with on(town.clock.now()):
        out = works(*call, *who, "--key", "sleutel", "--home", town.folder / "installation").out

    assert "gekeurd met omzet" in out
    assert "zaak 2027-014" in out
    assert "Wie niet instemde, blijft beschermd." in out
