"""A delivered table that no figures can be made of: one clear sentence, and nothing is let out."""

import pyarrow as pa
import pytest

from commanding import call, on
from grondslag.analysis.protected_tables import FOLDER
from grondslag.delivery import OpenedDelivery
from grondslag.vocabulary import SigningRole
from small_businesses import small_businesses

BY = ("--by", "wijk", "--by", "branche")
AMOUNT = (*BY, "--amount", "energie")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """Only looked at: nothing is ever let out of it."""
    return small_businesses(tmp_path_factory.mktemp("bad"), {})


def businesses(count, **changed):
    """So many businesses in one cell of two, of which something is changed."""
    columns = {
        "kvk": [f"k{at}" for at in range(count)],
        "wijk": ["noord" if at % 2 else "zuid" for at in range(count)],
        "branche": ["zorg"] * count,
        "energie": [10.0] * count,
        "omzet": [10.0] * count,
        "akkoord": ["nee"] * count,
    }
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    for name, values in changed.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(values))
    return table


BAD = [
    ("no rows", businesses(0), BY, "geen rijen"),
    ("one row", businesses(1), BY, "minder dan 10"),
    ("one business with forty rows", businesses(40, kvk=["k"] * 40), BY, "minder dan 10"),
    ("all equal", businesses(40, wijk=["zuid"] * 40), BY, "één cel"),
    ("one debt", businesses(40, energie=[-1.0, *[10.0] * 39]), AMOUNT, "onder nul"),
    ("a missing amount", businesses(40, energie=[None, *[1.0] * 39]), AMOUNT, "leeg of geen getal"),
    ("no number", businesses(40, energie=[float("nan"), *[1.0] * 39]), AMOUNT, "geen getal"),
    ("words", businesses(40, energie=["veel"] * 40), AMOUNT, "geen getal"),
    ("a column twice", businesses(40), (*BY, "--by", "wijk"), "kolom"),
    ("no such level", businesses(40), ("--by", "wijk:stad"), "wijk"),
    ("no fixed list", businesses(40), ("--by", "energie"), "energie"),
]


@pytest.mark.parametrize(
    ("table", "options", "sentence"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_a_table_that_cannot_be_made_is_one_sentence(
    delivered, monkeypatch, table, options, sentence
):
    private = delivered.players.signers[SigningRole.RELEASER].private
    monkeypatch.setattr("grondslag.cli.protecting.load_private", lambda *_: private)
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", "niet nodig")
    monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: table)
    who = ("--actor", "analist", "--key", "sleutel", "--home", delivered.folder / "installation")

    with on(delivered.clock.now()):
        said = call(
            "protect-table", delivered.visible[-1], "--dataset", "bedrijven", *options, *who
        )

    assert said.status in (2, 5)
    assert len(said.err.strip().splitlines()) == 1
    assert sentence in said.complaint
    assert not (delivered.project / FOLDER).exists()
