"""A file becomes the same anonymous table as its rows in memory, and nothing else is left."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grondslag.anonymise import (
    DistinctDiversity,
    KAnonymity,
    KMap,
    anonymise,
    anonymise_file,
    files,
    intervals,
    propose,
)
from grondslag.errors import GrondslagError
from grondslag.wording import explain

DRAW = np.random.default_rng(3)
TABLE = pa.table({"age": DRAW.integers(18, 90, 900), "sex": DRAW.choice(["m", "v"], 900),
                  "debt": DRAW.choice(["no", "some", "much"], 900)})  # fmt: skip
ASKED = {
    "hierarchies": [intervals("age", pa.array(range(18, 90)), widths=[5, 10, 20, 40]),
                    propose("sex", TABLE["sex"])],
    "suppression": 0.05,
}  # fmt: skip


@pytest.mark.parametrize("sensitive", [(), ("debt",)])
@pytest.mark.parametrize("blind", [False, True])
def test_a_file_becomes_what_its_table_becomes(tmp_path, monkeypatch, sensitive, blind):
    monkeypatch.setattr(files, "PART", 7)  # so that entries are cut
    table = TABLE.select(["age", "sex", *sensitive])
    pq.write_table(table, tmp_path / "source.parquet")
    models = [KAnonymity(4), *([DistinctDiversity("debt", 2)] if sensitive else [])]
    asked = ASKED | {"model": models, "sensitive": sensitive, "blind": blind}

    made = anonymise_file(tmp_path / "source.parquet", tmp_path / "out.parquet", **asked)

    expected = anonymise(table, **asked)
    assert pq.read_table(made.path).to_pylist() == expected.table.to_pylist()
    assert made.node == expected.node
    assert made.report == expected.report
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "source.parquet"]


REFUSED = [
    ({"model": KMap(2, TABLE)}, "file-beside-population"),
    ({"model": KAnonymity(901)}, "no-way"),
    ({"model": KAnonymity(2), "sensitive": ["income"]}, "unknown-column"),
]


@pytest.mark.parametrize(("changed", "code"), REFUSED)
def test_what_cannot_be_writes_nothing(tmp_path, changed, code):
    pq.write_table(TABLE.select(["age", "sex"]), tmp_path / "source.parquet")

    with pytest.raises(GrondslagError) as refused:
        anonymise_file(tmp_path / "source.parquet", tmp_path / "out.parquet", **(ASKED | changed))

    assert refused.value.code == f"anonymise.{code}"
    assert explain(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["source.parquet"]


def test_a_file_that_is_none_is_refused(tmp_path):
    (tmp_path / "source.parquet").write_bytes(b"nothing")

    with pytest.raises(GrondslagError) as refused:
        anonymise_file(tmp_path / "source.parquet", tmp_path / "out.parquet",
                       model=KAnonymity(2), **ASKED)  # fmt: skip

    assert refused.value.code == "anonymise.file-not-read"
