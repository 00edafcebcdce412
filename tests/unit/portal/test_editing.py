"""A part of a plan is changed in place; everything around it stays as it was."""

from grondslag_portal.projects.editing import (
    Named,
    parts_sha256,
    place_of,
    value_at,
    with_parts,
)

PLAN = {
    "title": "Fietsen",
    "data": [{"dataset": "wegen"}, {"dataset": "ongevallen", "count": "rows"}],
}
ACCIDENTS = ("data", Named("dataset", "ongevallen"))


def test_an_item_is_found_by_its_name_wherever_it_stands():
    assert value_at(PLAN, (*ACCIDENTS, "count")) == "rows"
    assert place_of(PLAN, (*ACCIDENTS, "count")) == ("data", 1, "count")
    turned = {**PLAN, "data": PLAN["data"][::-1]}
    assert place_of(turned, (*ACCIDENTS, "count")) == ("data", 0, "count")


def test_a_change_leaves_the_original_and_everything_else_alone():
    changed = with_parts(PLAN, {(*ACCIDENTS, "count"): "persons"})

    assert changed["data"][1] == {"dataset": "ongevallen", "count": "persons"}
    assert changed["data"][0] == PLAN["data"][0]
    assert PLAN["data"][1]["count"] == "rows"


def test_what_a_place_needs_around_it_is_made():
    changed = with_parts({}, {("alternatives", Named("way", "survey"), "verdict"): "works"})

    assert changed == {"alternatives": [{"way": "survey", "verdict": "works"}]}


def test_nothing_is_made_to_take_something_away():
    assert with_parts(PLAN, {("informing", "where"): None, ("title",): None}) == {
        "data": PLAN["data"]
    }


def test_a_part_at_the_top_is_put_in_place():
    assert with_parts(PLAN, {("parties",): []})["parties"] == []


def test_the_hash_of_parts_sees_these_parts_only():
    before = parts_sha256(PLAN, [ACCIDENTS])

    assert before == parts_sha256({**PLAN, "title": "Lopen"}, [ACCIDENTS])
    assert before != parts_sha256(with_parts(PLAN, {(*ACCIDENTS, "count"): "x"}), [ACCIDENTS])


def test_a_place_that_is_not_there_yet_has_its_name():
    assert place_of(PLAN, ("informing", "where")) == ("informing", "where")
    assert place_of(PLAN, ("data", Named("dataset", "x"), "count")) == ("data",)
