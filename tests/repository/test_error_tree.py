"""The tree drawn on top of `errors` is the tree of the classes."""

import re

from grondslag import errors

DRAWN = re.compile(r"^[├└]── (?P<name>\w+)\s+(?P<says>\S.*?)\s+exit (?P<status>\d+)$", re.MULTILINE)


def test_the_drawn_tree_equals_the_classes():
    drawn = {found["name"]: int(found["status"]) for found in DRAWN.finditer(errors.__doc__)}

    classes = {kind.__name__: kind.exit_status for kind in errors.GrondslagError.__subclasses__()}

    assert drawn == classes


def test_the_families_have_no_children():
    # One class per family; what is wrong is in the code (docs/adr/0005).
    families = errors.GrondslagError.__subclasses__()

    assert [child.__name__ for family in families for child in family.__subclasses__()] == []
