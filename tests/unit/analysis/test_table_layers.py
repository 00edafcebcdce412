"""Columns of a table as trees: a value must have a place in its owner's groups."""

import hashlib

import pytest

from grondslag.analysis.table_layers import layered
from grondslag.errors import InputError
from made_contracts import column, made_contract

FILE = "winkel;handel\nmarkt;handel\n"


def contract(folder, values):
    folder.mkdir(exist_ok=True)
    (folder / "branche.csv").write_text(FILE, encoding="utf-8")
    entry = {"name": "branche.csv", "sha256": hashlib.sha256(FILE.encode()).hexdigest()}
    privacy = {"values": values, "hierarchy": {"file": entry}}
    return made_contract(folder, columns=[column("branche", privacy=privacy)])


def test_a_value_stands_under_its_group(tmp_path):
    found = layered("branche:1", ["winkel", "markt"], contract(tmp_path, ["winkel", "markt"]), None)

    assert found.keys["winkel"] == ("handel", "winkel")


def test_a_value_without_a_group_is_refused(tmp_path):
    known = contract(tmp_path, ["winkel", "markt"])

    with pytest.raises(InputError) as refused:
        layered("branche:1", ["winkel", "kraam"], known, None)
    assert refused.value.code == "analysis.protected-value-homeless"
    assert "kraam" not in str(refused.value.fields)
