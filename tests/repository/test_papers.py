"""What stands in the papers is true: commands, tests, records, locks, rooms."""

import re
import tomllib

import pytest

from grondslag import __version__
from our_source import ROOT, place, tracked_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
HEADINGS = ["## Status", "## Context", "## Decision", "## Consequences"]
LONGEST_RECORD = 65

MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(w[o]rk|t[m]p|r[o]ot|h[o]me|U[s]ers)/|\.\./sh[a]red")
HOSTS = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|deb\.debian\.org|crates\.io")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def lines_of_tracked_files():
    """Every line of every text file under version control, with its place."""
    for path in tracked_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, start=1):
            yield f"{place(path)}:{number}", line


def make_targets():
    """Each target of the Makefile with what it depends on."""
    found = re.findall(r"^([a-z-]+):(.*)$", text_of("Makefile"), re.MULTILINE)
    return {name: rest.partition("##")[0].split() for name, rest in found}


def test_no_file_mentions_a_place_on_one_machine():
    assert [where for where, line in lines_of_tracked_files() if MACHINE_PATHS.search(line)] == []


def test_no_file_names_a_host_of_a_registry():
    assert [where for where, line in lines_of_tracked_files() if HOSTS.search(line)] == []


@pytest.mark.parametrize("extra", ["", "-differential-privacy", "-dev", "-setup"])
def test_locks_hold_hashes_and_no_addresses(extra):
    lock = text_of(f"requirements{extra}.lock")
    packages = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)

    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in lock


def test_the_development_lock_agrees_with_the_lock():
    def versions(name):
        return set(re.findall(r"^([a-z0-9.-]+==\S+)", text_of(name), re.MULTILINE))

    assert versions("requirements.lock") - versions("requirements-dev.lock") == set()


def test_every_target_says_what_it_does():
    targets = re.findall(r"^([a-z-]+):(?!=)(.*)$", text_of("Makefile"), re.MULTILINE)

    assert [name for name, rest in targets if "## " not in rest] == []


def test_check_runs_the_layers():
    targets = make_targets()

    assert {"lint", "types", "imports"} <= set(targets["check"])
    assert re.search(r"^imports:.*\n\t.*lint-imports", text_of("Makefile"), re.MULTILINE)


def test_ci_runs_the_targets_that_people_run():
    run = text_of(".ci/run")

    assert "check test" in run
    assert {"check", "test"} <= set(make_targets())


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/security.md", "docs/adr/0003-dependencies.md"]
)
def test_a_command_in_the_papers_is_a_target(name):
    named = set(re.findall(r"(?:^|`)make ((?!`)[a-z-]+)", text_of(name), re.MULTILINE))

    assert sorted(named - set(make_targets())) == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_a_link_in_the_papers_leads_somewhere(name):
    links = re.findall(
        r"\]\(([^)#:]+)\)", re.sub(r"<!--.*?-->", "", text_of(name), flags=re.DOTALL)
    )

    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_four_headings_and_fits_on_a_page(record):
    text = record.read_text(encoding="utf-8")

    assert re.findall(r"^## .*$", text, re.MULTILINE) == HEADINGS
    assert re.match(rf"# {int(record.name[:4])}\. \S", text)
    told = [line for line in text.splitlines() if not line.startswith("| ")]
    assert len(told) <= LONGEST_RECORD  # rows of a table apart: one per library


def test_decision_records_are_numbered_without_gaps():
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_every_dependency_has_its_reason():
    reasons = text_of("docs/adr/0003-dependencies.md")
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    wanted += [
        one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra
    ]
    names = [re.split(r"[<>=\[]", one)[0] for one in wanted]

    # "pytest with randomly, timeout, xdist" names three at once.
    silent = [
        name for name in names if not re.search(rf"\b{name.removeprefix('pytest-')}\b", reasons)
    ]

    assert silent == []


def test_every_room_stands_in_the_architecture():
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = re.findall(r"\w+", " ".join(layers))
    drawn = text_of("docs/architecture.md")

    assert [room for room in rooms if room != "__main__" and f"`{room}`" not in drawn] == []


@pytest.mark.parametrize("name", ["docs/security.md", "docs/architecture.md"])
def test_a_test_named_in_the_papers_exists(name):
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )
    named = set(re.findall(r"`(test_\w+)`", text_of(name)))

    assert named
    assert sorted(test for test in named if f"def {test}(" not in tests) == []


def test_the_table_of_threats_names_a_test_or_says_open():
    rows = [
        line.split("|")
        for line in text_of("docs/security.md").splitlines()
        if line.startswith("| ")
    ]
    cells = [row[3].strip() for row in rows if row[3].strip() != "test"]

    assert cells
    assert [
        cell for cell in cells if not re.fullmatch(r"open|`test_\w+`(, `test_\w+`)*", cell)
    ] == []


def test_a_changelog_fragment_is_one_sentence_of_a_known_kind():
    kinds = {kind["directory"] for kind in PROJECT["tool"]["towncrier"]["type"]}
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))

    wrong = [
        path.name
        for path in fragments
        if not re.fullmatch(rf"\d+\.[a-z_-]+\.({'|'.join(kinds)})\.md", path.name)
        or len(path.read_text(encoding="utf-8").strip().splitlines()) != 1
    ]

    assert wrong == []


def test_the_version_is_the_same_everywhere():
    stated = re.search(r'^softwareVersion: "(.*)"$', text_of("publiccode.yml"), re.MULTILINE)

    assert PROJECT["project"]["version"] == __version__ == stated[1]
