"""How a column may become coarser: read from its contract, refused with the line, built."""

import hashlib
from datetime import date

import pyarrow as pa
import pytest

from grondslag.canonical import canonical_bytes, sha256_hex, to_yaml
from grondslag.contracts import HierarchyKind, read_contract
from grondslag.contracts.building import hierarchy_from
from grondslag.errors import InputError
from grondslag.wording import LANGUAGES, explain
from made_contracts import AREAS, areas_hash, column, line_of, write_contract

AT = ("schema", 0, "properties", 0, "customProperties", 0, "value", "hierarchy")
SCHOOL = "vmbo;laag\nhavo;hoog\nvwo;hoog\n"


def written(folder, kind, hierarchy, **privacy):
    """A contract with one column that has a hierarchy."""
    entry = {"category": "ordinary", "role": "quasi", "hierarchy": hierarchy} | privacy
    return write_contract(
        folder,
        columns=[column("kolom", kind, privacy=entry)],
        privacy={"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}},
    )


def pinned(folder, text):
    """A hierarchy in a file beside the contract."""
    (folder / "school.csv").write_text(text, encoding="utf-8")
    return {"file": {"name": "school.csv", "sha256": hashlib.sha256(text.encode()).hexdigest()}}


BUILT = [
    # kind       hierarchy                                              value      its levels
    (
        "integer",
        {"intervals": {"widths": [5, 10], "ends": [0, 80]}},
        33,
        [33, "30–34", "30–39", "*"],
    ),
    ("integer", {"intervals": {"widths": [5, 10], "ends": [0, 80]}}, 97, [97, "≥ 80", "≥ 80", "*"]),
    ("integer", {"intervals": {"widths": [5], "ends": [0, 80]}}, -3, [-3, "< 0", "*"]),
    ("number", {"intervals": {"widths": [5], "origin": 2}}, 3.5, [3.5, "[2, 7)", "*"]),
    (
        "string",
        {"ordered": {"values": ["vmbo", "havo", "vwo"], "sizes": [2]}},
        "havo",
        ["havo", "vmbo – havo", "*"],
    ),
    ("string", {"ordered": {"values": ["vmbo", "havo"]}}, "havo", ["havo", "*"]),
    (
        "string",
        {"masking": {"length": 6, "keep": [4, 2]}},
        "1234AB",
        ["1234AB", "1234**", "12****", "*"],
    ),
    (
        "date",
        {"dates": {"steps": ["month", "decade"]}},
        date(2024, 5, 6),
        [date(2024, 5, 6), "2024-05", "2020–2029", "*"],
    ),
]


@pytest.mark.parametrize(("kind", "hierarchy", "value", "levels"), BUILT)
def test_the_words_of_an_owner_become_levels(tmp_path, kind, hierarchy, value, levels):
    said = read_contract(written(tmp_path, kind, hierarchy)).column("kolom").privacy.hierarchy

    made = hierarchy_from("kolom", pa.array([value]), said)

    at = made.values.to_pylist().index(value)
    labels = [label[int(made.codes[n, at])].as_py() for n, label in enumerate(made.labels)]
    assert labels == levels  # as many levels as were written, however little the data need


def test_areas_lie_in_the_levels_of_the_contracts_own_list(tmp_path):
    path = written(tmp_path, "string", {"areas": {"levels": ["wijk"]}}, area_level="buurt")
    contract = read_contract(path)

    made = hierarchy_from(
        "kolom",
        pa.array(["B11"]),
        contract.column("kolom").privacy.hierarchy,
        areas=contract.privacy.areas,
        level="buurt",
    )

    assert made.values.to_pylist() == ["B11", "B12", "B21"]
    assert made.labels[1].to_pylist() == ["W1", "W2"]
    assert made.height == 3


def test_a_file_beside_the_contract_is_read_when_its_hash_is_right(tmp_path):
    contract = read_contract(written(tmp_path, "string", pinned(tmp_path, SCHOOL)))

    said = contract.column("kolom").privacy.hierarchy

    assert said.kind is HierarchyKind.FILE
    assert hierarchy_from("kolom", pa.array(["vwo"]), said).labels[1].to_pylist() == [
        "laag",
        "hoog",
    ]


FAULTS = [
    ("string", {"intervals": {"widths": [5]}}, {}, "hierarchy-type", ("intervals",)),
    (
        "integer",
        {"intervals": {"widths": [5, 12]}},
        {},
        "hierarchy-widths",
        ("intervals", "widths"),
    ),
    (
        "integer",
        {"intervals": {"widths": [10, 5]}},
        {},
        "hierarchy-widths",
        ("intervals", "widths"),
    ),
    (
        "integer",
        {"intervals": {"widths": [5], "ends": [9, 9]}},
        {},
        "hierarchy-ends",
        ("intervals", "ends"),
    ),
    (
        "string",
        {"ordered": {"values": ["a", "a"]}},
        {},
        "hierarchy-values",
        ("ordered", "values"),
    ),
    (
        "string",
        {"ordered": {"values": ["a", "b"]}},
        {"values": ["a", "b", "c"]},
        "hierarchy-values",
        ("ordered", "values"),
    ),
    (
        "string",
        {"ordered": {"values": ["a", "b"], "sizes": [2, 3]}},
        {},
        "hierarchy-widths",
        ("ordered", "sizes"),
    ),
    (
        "string",
        {"masking": {"length": 6, "keep": [2, 4]}},
        {},
        "hierarchy-keep",
        ("masking", "keep"),
    ),
    ("string", {"masking": {"length": 4, "keep": [4]}}, {}, "hierarchy-keep", ("masking", "keep")),
    ("date", {"dates": {"steps": ["year", "month"]}}, {}, "hierarchy-steps", ("dates", "steps")),
    ("string", {"areas": {"levels": ["wijk"]}}, {}, "hierarchy-no-areas", ("areas",)),
    (
        "string",
        {"areas": {"levels": ["buurt"]}},
        {"area_level": "buurt"},
        "hierarchy-levels",
        ("areas", "levels"),
    ),
]


@pytest.mark.parametrize(("kind", "hierarchy", "more", "code", "at"), FAULTS)
def test_a_hierarchy_that_cannot_be_is_refused_with_its_line(
    tmp_path, kind, hierarchy, more, code, at
):
    path = written(tmp_path, kind, hierarchy, **more)

    with pytest.raises(InputError) as caught:
        read_contract(path)

    assert caught.value.code == f"contracts.{code}"
    assert caught.value.fields["line"] == line_of(path, *AT, *at)
    assert all("{" not in explain(caught.value, language=language) for language in LANGUAGES)


WRONG_FILES = [
    ("", "hierarchy-uneven", 1),
    ("vmbo;laag\nhavo\n", "hierarchy-uneven", 2),
    ("vmbo;\n", "hierarchy-uneven", 1),
    ("vmbo;laag\nvmbo;laag\n", "hierarchy-twice", 2),
    ("a;x;1\nb;y;1\nc;x;2\n", "hierarchy-no-tree", 3),
]


@pytest.mark.parametrize(("text", "code", "line"), WRONG_FILES)
def test_a_file_that_is_no_tree_is_refused_with_its_own_line(tmp_path, text, code, line):
    path = written(tmp_path, "string", pinned(tmp_path, text))

    with pytest.raises(InputError) as caught:
        read_contract(path)

    assert (caught.value.code, caught.value.fields["line"]) == (f"contracts.{code}", line)
    assert caught.value.fields["file"] == "school.csv"


def test_a_file_that_was_changed_is_refused(tmp_path):
    path = written(tmp_path, "string", pinned(tmp_path, SCHOOL))
    (tmp_path / "school.csv").write_text(SCHOOL + "mbo;laag\n", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_contract(path)

    assert caught.value.code == "contracts.hierarchy-changed"


def test_one_way_to_become_coarser_and_no_unknown_words(tmp_path):
    for hierarchy in ({}, {"nonsense": {}}, {"dates": {"steps": ["year"], "extra": 1}}):
        path = written(tmp_path, "date", hierarchy)
        with pytest.raises(InputError) as caught:
            read_contract(path)
        assert caught.value.code.startswith("canonical.schema-"), to_yaml(hierarchy)


def test_an_area_without_a_place_at_a_level_makes_no_hierarchy(tmp_path):
    own = AREAS | {
        "levels": [*AREAS["levels"], "gemeente"],
        "list": [
            {"code": "G", "name": "Voorbeeldstad", "level": "gemeente"},
            {"code": "B9", "name": "Buitengebied", "level": "buurt", "within": "G"},
            *({**area, "within": area.get("within", "G")} for area in AREAS["list"]),
        ],
    }
    entry = {"area_level": "buurt", "hierarchy": {"areas": {"levels": ["wijk", "gemeente"]}}}
    digest = sha256_hex(canonical_bytes(own))
    path = write_contract(
        tmp_path,
        columns=[column("kolom", privacy=entry)],
        privacy={"areas": {"file": "gebieden.areas.yaml", "sha256": digest}},
    )
    (tmp_path / "gebieden.areas.yaml").write_text(to_yaml(own), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_contract(path)

    assert caught.value.code == "contracts.hierarchy-homeless"
    assert (caught.value.fields["level"], caught.value.fields["count"]) == ("wijk", 1)
