"""Methods name where they come from, in a form in which it can be looked up."""

import ast
import re

import pytest

from grondslag.methods import PUBLISHED
from our_source import SOURCE, place, tracked_files

METHODS = sorted(path for path in (SOURCE / "methods").glob("*.py") if path.stem != "__init__")
WRITTEN = {".py", ".md", ".yaml", ".po", ".toml"}

DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9(][A-Za-z0-9.()/:;<>_#-]*[A-Za-z0-9#]")
NARROW = {
    "10.2307": re.compile(r"\d{6,8}"),  # JSTOR: a number alone
    "10.1080": re.compile(r"\d{8}\.?\d{4}\.\d{6,8}|\d{14,17}"),  # journal, year, article
    "10.1109": re.compile(r"[A-Z]+\.\d{4}\.\d+"),  # journal, year, article
    "10.1093": re.compile(r"[a-z]+/[a-z0-9.-]+|oxfordjournals\.[a-z]+\.a\d{6}"),
    "10.1145": re.compile(r"\d{6,7}\.\d{6,7}"),  # proceedings, paper
}
"""Publishers whose numbers have one form, so that a slip of the pen shows."""


def is_a_doi(written):
    prefix, _, number = written.partition("/")
    narrow = NARROW.get(prefix)
    return bool(DOI.fullmatch(written)) and (narrow is None or bool(narrow.fullmatch(number)))


def written_dois():
    """Every DOI in the repository with its place; a closing bracket of the sentence is not its."""
    for path in tracked_files():
        if path.suffix not in WRITTEN or path.name == "test_sources.py" or not path.exists():
            continue
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for found in re.findall(r"\bdoi:([^\s{]\S*)", line):
                written = re.sub(r"[.,;:\"'`|*]+$", "", found)
                while written.endswith(")") and written.count(")") > written.count("("):
                    written = re.sub(r"[.,;:]+$", "", written[:-1])
                yield f"{place(path)}:{at}", written


def names_a_source(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    texts = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, holders)]
    return any("Source:" in text for text in texts) or "arithmetic" in texts[0]


@pytest.mark.parametrize("path", METHODS, ids=lambda path: path.stem)
def test_a_method_names_its_source_or_says_that_it_is_arithmetic(path):
    assert names_a_source(path)


def test_every_doi_has_the_form_of_a_doi():
    found = list(written_dois())

    assert len(found) > 100
    assert [(where, written) for where, written in found if not is_a_doi(written)] == []


def test_every_doi_of_a_published_effect_has_the_form_of_a_doi():
    assert [one.source for one in PUBLISHED if one.doi and not is_a_doi(one.doi)] == []


def test_a_doi_is_written_one_way_only():
    """Without an address in front of it, so that all of them are seen by the test above."""
    lines = [
        f"{place(path)}"
        for path in tracked_files()
        if path.suffix in WRITTEN and path.name != "test_sources.py" and path.exists()
        and re.search(r"doi\.org/10\.|\b(DOI:? ?|doi:? )10\.", path.read_text(encoding="utf-8"))
    ]  # fmt: skip

    assert lines == []


@pytest.mark.parametrize(
    "written",
    ["10.2307/23475", "10.2307/234759x", "10.1109/TKDE.129", "10.3141/", "1784-16", "10.31/1784"],
)
def test_what_has_not_the_form_is_seen(written):
    assert not is_a_doi(written)
