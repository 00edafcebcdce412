"""The shape of the code: documented, small, and named after what it is."""

import ast
from itertools import pairwise

import pytest

from our_source import PORTAL, ROOT, SOURCE, modules, place, tracked_files

VAGUE = {
    "utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base", "core",
    "tools", "stuff", "lib", "shared", "general", "various",
}  # fmt: skip
LARGEST_FILE = 1_000_000
LONGEST_SOURCE, LONGEST_TEST = 400, 450


def public_things(tree):
    """Public classes, functions and methods of a module, by dotted name."""
    for node in tree.body:
        yield from _public(node, "")


def _public(node, within):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    if not isinstance(node, kinds) or node.name.startswith("_") or node.name == "Meta":
        return
    yield f"{within}{node.name}", node
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _public(inner, f"{within}{node.name}.")


def is_property_setter_or_overload(node):
    names = {getattr(mark, "attr", getattr(mark, "id", "")) for mark in node.decorator_list}
    return bool(names & {"setter", "overload", "override"})


def is_generated(path):
    """Whether a file is a change of the portal's tables, which its framework writes."""
    return PORTAL in path.parents and path.parent.name == "migrations" and path.stem != "__init__"


def test_every_module_and_package_says_what_it_is():
    silent = [
        place(path)
        for path, tree in modules()
        if not ast.get_docstring(tree) and not is_generated(path)
    ]

    assert silent == []


def test_every_public_thing_says_what_it_does():
    silent = [
        f"{place(path, node)} {name}"
        for path, tree in modules()
        for name, node in public_things(tree)
        if not ast.get_docstring(node)
        and not is_property_setter_or_overload(node)
        and not is_generated(path)
    ]

    assert silent == []


def test_every_package_is_a_package():
    folders = {path.parent for path, _ in modules()}

    assert [
        place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ] == []


def test_no_file_is_too_long_to_read_at_once():
    tests = [
        path
        for path in tracked_files()
        if path.suffix == ".py" and not {SOURCE, PORTAL} & set(path.parents)
    ]
    limits = [(path, LONGEST_SOURCE) for path, _ in modules()]
    limits += [(path, LONGEST_TEST) for path in tests]

    lengths = [
        (path, len(path.read_text(encoding="utf-8").splitlines()), most) for path, most in limits
    ]

    assert [f"{place(path)}: {lines}" for path, lines, most in lengths if lines > most] == []


def test_no_module_has_a_vague_name():
    names = [
        (path, path.parent.name if path.stem == "__init__" else path.stem)
        for path, _ in modules()
        if path != PORTAL / "shared" / "__init__.py"  # what every app of the portal rests on
    ]

    assert [place(path) for path, name in names if name.strip("_") in VAGUE] == []


def test_no_tracked_file_is_large():
    large = [place(path) for path in tracked_files() if path.stat().st_size > LARGEST_FILE]

    assert large == []


def test_test_files_have_names_of_their_own():
    names = sorted(path.name for path in tracked_files() if path.match("tests/**/test_*.py"))

    assert [name for name, after in pairwise(names) if name == after] == []


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "GLOSSARY.md", "LICENSE", "Makefile"]
)
def test_what_a_newcomer_looks_for_is_there(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip()
