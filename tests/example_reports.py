"""The report of every example in the folder of examples, made on made-up data.

A new example is taken by itself: a folder with a plan. One of Voorbeeldstad gets the made-up data
that has its datasets, any other the stand-in of open data.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from attacker.learned import Road
from attacker.reading import Report, read_report
from commanding import works
from grondslag.contracts import read_contracts
from grondslag.plan import read_plan
from grondslag.synthetic import THEMES, make_later_town, make_stand_in, make_theme, make_town
from grondslag.synthetic.later_town import LATER_FILES
from our_source import ROOT

EXAMPLES = ROOT / "examples"
RESIDENTS = 3000
"""Few, so that much is withheld: that is what is attacked."""


@dataclass(frozen=True)
class Example:
    """An example that was run.

    Args:
        project: Its project, with the report in it.
        sources: The made-up data per dataset.
    """

    project: Path
    sources: Mapping[str, Path]

    @property
    def folder(self) -> Path:
        """The report."""
        return self.project / "report"

    def read(self) -> Report:
        """The report as an attacker reads it."""
        return read_report(self.folder, self.project)

    def roads(self, report: Report) -> dict[str, Road]:
        """Length and traffic of areas whose estimate was learned of all: public, as roads are."""
        found = {}
        for table in report.tables:
            if not table.id.endswith("-alike"):
                continue
            first, last = (date.fromisoformat(day) for day in table.period)
            years = round((last - first).days / 365.25, 2)
            lengths = self._lengths(table.id.removesuffix("-alike"))
            for cell in table.cells:
                length = lengths.get(cell.keys[0])
                if length and cell.exposure:
                    found[cell.keys[0]] = Road(cell.exposure, length, years)
        return found

    def _lengths(self, level: str) -> dict[str, float]:
        rows = pq.read_table(self.sources["wegen"], columns=[level, "lengte_m"]).to_pylist()
        lengths: dict[str, float] = {}
        for row in rows:
            lengths[row[level]] = lengths.get(row[level], 0.0) + row["lengte_m"]
        return lengths


def example_names() -> list[str]:
    """Every example that asks something and gives a report of the answer."""
    return sorted(
        folder.name
        for folder in EXAMPLES.iterdir()
        if (folder / "plan.yaml").is_file() and read_plan(folder / "plan.yaml").analysis
    )


def run_example(name: str, folder: Path) -> Example:
    """Take an example the whole road, from made-up data to its report."""
    example = EXAMPLES / name
    plan = read_plan(example / "plan.yaml")
    contracts = read_contracts(example / "contracts")
    used = {need.dataset for need in plan.data}
    used |= {held.dataset for key in used if (held := contracts[key].privacy.objections)}
    made = _made_up(name, used, plan.dated, folder / "data")
    sources = {key: path for key, path in made.items() if key in used}
    given = [part for key, path in sources.items() for part in ("--source", f"{key}={path}")]
    works("run", example, *given, "--out", folder / "out")
    return Example(folder / "out" / "project", sources)


def _made_up(name: str, used: Collection[str], day: date, folder: Path) -> Mapping[str, Path]:
    """The made-up data that has every dataset: a theme, the town later, or the town."""
    if not name.startswith("voorbeeldstad"):
        return make_stand_in(folder)
    for theme in THEMES:
        sources = make_theme(theme, folder / theme).sources
        if set(used) <= sources.keys():
            return sources
    if set(used) <= LATER_FILES.keys():
        return make_later_town(folder / "later").sources
    return make_town(folder / "town", today=day, residents=RESIDENTS).sources
