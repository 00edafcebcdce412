"""Each example about neighbourhoods on the whole road, once per session."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commanding import works
from grondslag.analysis import AreaClass, Facts, area_class
from grondslag.release import Ledger, ReleasedCell, ReleasedFigure, read_release


@dataclass(frozen=True)
class Road:
    """An example that was played.

    Args:
        theme: Of the example.
        folder: Everything that was made.
        facts: Of its analysis.
        figures: As released.
        truth: What was planted.
        page: The report as text.
    """

    theme: str
    folder: Path
    facts: Facts
    figures: tuple[ReleasedFigure, ...]
    truth: dict[str, Any]
    page: str

    def cell(self, figure: str, code: str) -> ReleasedCell | None:
        """One released cell."""
        return next(one for one in self.figures if one.id == figure).cell(code)

    def verdict(self, figure: str, code: str) -> AreaClass:
        """What is said of an area."""
        cell = self.cell(figure, code)
        return AreaClass.NO_ANSWER if cell is None else area_class(cell.derived)


def _played(theme: str, folder: Path) -> Road:
    works("demo", "--example", theme, "--out", folder)
    project = folder / "project"
    answer = next((project / "releases").glob("*.answer.json"))
    path = answer.with_name(answer.name.replace(".answer.json", ".json"))
    released = read_release(path, Ledger(folder / "installation" / "ledger"))
    return Road(
        theme=theme,
        folder=folder,
        facts=Facts.from_mapping(json.loads(answer.read_text())["facts"]),
        figures=released.figures,
        truth=json.loads((folder / "voorbeeldstad-data" / f"truth-{theme}.json").read_text()),
        page=(folder / "report" / "index.html").read_text(),
    )


@pytest.fixture(scope="session")
def energie(tmp_path_factory) -> Road:
    return _played("energie", tmp_path_factory.mktemp("energie") / "out")


@pytest.fixture(scope="session")
def veiligheid(tmp_path_factory) -> Road:
    return _played("veiligheid", tmp_path_factory.mktemp("veiligheid") / "out")


@pytest.fixture(scope="session")
def wonen(tmp_path_factory) -> Road:
    return _played("wonen", tmp_path_factory.mktemp("wonen") / "out")


@pytest.fixture(scope="session")
def mobiliteit(tmp_path_factory) -> Road:
    return _played("mobiliteit", tmp_path_factory.mktemp("mobiliteit") / "out")
