"""A list of areas is whole: every level known, every code once, every area within a larger one."""

import copy

import pytest

from grondslag.canonical import to_yaml
from grondslag.contracts import Area, read_areas
from grondslag.errors import InputError
from grondslag.wording import explain
from made_contracts import AREAS, areas_hash, line_of


def written(folder, change=None):
    areas = copy.deepcopy(AREAS)
    if change:
        change(areas)
    path = folder / "gebieden.areas.yaml"
    path.write_text(to_yaml(areas), encoding="utf-8")
    return path


def test_a_list_is_read_from_fine_to_coarse(tmp_path):
    areas = read_areas(written(tmp_path))

    assert (areas.name, areas.levels) == (AREAS["name"], ("buurt", "wijk"))
    assert areas.areas["B11"] == Area("B11", "Havenkwartier", "buurt", "W1")
    assert areas.codes("wijk") == ("W1", "W2")
    assert areas.codes("buurt") == ("B11", "B12", "B21")
    assert areas.mapping("buurt", "wijk") == {"B11": "W1", "B12": "W1", "B21": "W2"}
    assert areas.sha256 == areas_hash()


ANCESTORS = [
    ("B12", "wijk", "W1"),
    ("B12", "buurt", "B12"),
    ("W1", "buurt", None),
    ("X9", "wijk", None),
    ("B12", "stad", None),
]


@pytest.mark.parametrize(("code", "level", "found"), ANCESTORS)
def test_an_area_knows_the_larger_one_around_it(tmp_path, code, level, found):
    assert read_areas(written(tmp_path)).ancestor(code, level) == found


def in_list(at, **changes):
    return lambda areas: areas["list"][at].update(changes)


def without(at, key):
    return lambda areas: areas["list"][at].pop(key)


FAULTS = [
    # change                                      code                              line of
    (in_list(2, level="straat"), "contracts.unknown-level", ("list", 2)),
    (in_list(3, code="B11"), "contracts.area-twice", ("list", 3)),
    (in_list(2, within="W9"), "contracts.area-within-nothing", ("list", 2)),
    (in_list(2, within="B12"), "contracts.area-within-nothing", ("list", 2)),
    (in_list(2, within="B11"), "contracts.area-within-nothing", ("list", 2)),
    (without(2, "within"), "contracts.area-within-nothing", ("list", 2)),
    (in_list(0, within="W2"), "contracts.area-within-nothing", ("list", 0)),
    (without(1, "name"), "canonical.schema-missing-key", ("list", 1)),
    (in_list(1, residents=3), "canonical.schema-unknown-key", ("list", 1, "residents")),
    (in_list(1, code=3), "canonical.schema-wrong-type", ("list", 1, "code")),
    (lambda areas: areas.update(list=[]), "canonical.schema-too-few", ("list",)),
    (lambda areas: areas.update(levels=["Wijk"]), "canonical.schema-wrong-form", ("levels", 0)),
    (
        lambda areas: areas.update(levels=["wijk", "wijk"]),
        "canonical.schema-repeated",
        ("levels",),
    ),
]


@pytest.mark.parametrize(("change", "code", "where"), FAULTS)
def test_a_faulty_list_is_refused_with_its_line(tmp_path, change, code, where):
    path = written(tmp_path, change)

    with pytest.raises(InputError) as caught:
        read_areas(path)

    assert caught.value.code == code
    assert caught.value.fields["line"] == line_of(path, *where)
    assert "{" not in explain(caught.value)


def test_a_list_never_shows_its_areas_in_a_message(tmp_path):
    areas = read_areas(written(tmp_path))

    assert "Havenkwartier" not in repr(areas)
