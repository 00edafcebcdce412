"""A report folder as an attacker reads it: every number with what its rounding leaves open."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

Keys = tuple[str, ...]
Range = tuple[float, float]

NAMES = {
    "geteld": "count",
    "bedrag": "amount",
    "noemer": "exposure",
    "geteld, ondergrens": "low",
    "geteld, bovengrens": "high",
    "per eenheid van de noemer": "rate",
    "per eenheid, ondergrens": "rate_low",
    "per eenheid, bovengrens": "rate_high",
    "te verwachten": "expected",
    "keer zo veel": "ratio",
    "keer zo veel, ondergrens": "ratio_low",
    "keer zo veel, bovengrens": "ratio_high",
    "kans op meer": "certainty",
    "blijft staan bij veel gebieden": "stands",
}
"""Heads of the files, and what they are."""


@dataclass(frozen=True)
class Seen:
    """A published cell.

    Args:
        keys: Its keys.
        count: As shown; None when it is withheld.
        numbers: Numbers that stand beside it, each as the range that rounds to it.
        exposure: Its denominator.
        own: Whether it is withheld for its own sake: then it is small, and must stay open.
    """

    keys: Keys
    count: int | None
    numbers: Mapping[str, Range] = field(default_factory=dict)
    exposure: float | None = None
    own: bool = False


@dataclass(frozen=True)
class Table:
    """A published table: what it is about stands on the page, its numbers in a file."""

    id: str
    dataset: str
    population: str
    period: Keys
    where: Mapping[str, str]
    dimensions: Keys
    minimum: int
    covers: bool
    zeros: bool
    parents: Mapping[str, str]
    cells: tuple[Seen, ...]

    @property
    def hidden(self) -> list[Seen]:
        """The cells whose count is not shown."""
        return [cell for cell in self.cells if cell.count is None]


@dataclass(frozen=True)
class Said:
    """A number on the page that stands in no file: beside which area, and in which words."""

    value: int
    area: str
    words: str


@dataclass(frozen=True)
class Report:
    """All that was published: tables, and numbers that only the page has."""

    tables: tuple[Table, ...]
    said: tuple[Said, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def read_report(folder: Path, project: Path) -> Report:
    """The report in a folder.

    Args:
        folder: With ``index.html`` and the files beside it.
        project: Its project: from the release comes what each table is about, no number.
    """
    record = next(path for path in sorted((project / "releases").glob("*.json"))
                  if not path.name.endswith(".answer.json"))  # fmt: skip
    answer = json.loads(next((project / "releases").glob("*.answer.json")).read_bytes())
    about = json.loads(record.read_bytes())["figures"]
    tables = tuple(_table(one, folder / "cijfers") for one in about)
    names = {name: code for code, name in answer["facts"]["names"].items()}
    page = _Page()
    page.feed((folder / "index.html").read_text(encoding="utf-8"))
    return Report(tables, tuple(_only_on_the_page(page, tables, names)), names)


def _table(about: Mapping[str, Any], folder: Path) -> Table:
    name = re.sub(r"[^a-z0-9_-]+", "-", about["id"].lower()).strip("-")
    text = (folder / f"{name}.csv").read_text(encoding="utf-8").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    own = {tuple(cell["keys"]): not cell.get("for_others") for cell in about["cells"]}
    dimensions = tuple(about["dimensions"])
    digits = {
        head: max(len((row[head] or "").partition(",")[2]) for row in rows)
        for head in (rows[0] if rows else ())
    }
    cells = []
    for row in rows:
        keys = tuple(row[name.replace("_", " ")] for name in dimensions)
        cells.append(_cell(keys, row, digits, own=own.get(keys, True)))
    scope = about["scope"]
    return Table(
        id=about["id"],
        dataset=about["dataset"],
        population=about["population"],
        period=tuple(scope["period"] or ()),
        where={key: value for key, value in scope["where"].items() if key != "exposure"},
        dimensions=dimensions,
        minimum=about["minimum"],
        covers=about["covers"] and "exposure" not in scope["where"],
        zeros=about["zeros_disclose"],
        parents=about["area_parents"],
        cells=tuple(cells),
    )


def _cell(keys: Keys, row: Mapping[str, str], digits: Mapping[str, int], *, own: bool) -> Seen:
    texts = {NAMES[head]: text for head, text in row.items() if text and head in NAMES}
    numbers = {
        NAMES[head]: rounded_range(text, digits[head])
        for head, text in row.items()
        if text and head in NAMES and NAMES[head] not in ("count", "exposure")
    }
    count, exposure = texts.get("count"), texts.get("exposure")
    return Seen(
        keys,
        None if count is None else int(count),
        numbers,
        None if exposure is None else float(exposure.replace(",", ".")),
        own=count is None and own,
    )


_TWICE = 0.00005
"""A release holds four decimals, which are rounded again: what that adds."""


def rounded_range(text: str, digits: int) -> Range:
    """What a written number may have been before it was rounded to so many decimals."""
    value, half = float(text.replace(",", ".")), 0.5 * 10.0**-digits + _TWICE
    return value - half, value + half


class _Page(HTMLParser):
    """The rows of all tables, and the sentences outside them; figures by their words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, list[str]]] = []
        self.sentences: list[str] = []
        self._row: list[str] | None = None
        self._caption = ""
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own
        self._within.append(tag)
        if tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._row.append("")
        elif tag == "caption":
            self._caption = ""
        elif tag in ("p", "li", "dd", "dt", "desc", "figcaption", "h1", "h2", "h3"):
            self.sentences.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass
        if tag == "tr" and self._row:
            self.rows.append((self._caption, self._row))
            self._row = None

    def handle_data(self, data: str) -> None:
        if {"style", "code", "pre", "footer", "text", "title"} & set(self._within):
            return  # hashes, commands, and axes: the words of a figure stand in its description
        if self._row:
            self._row[-1] += data
        elif "caption" in self._within:
            self._caption += data
        elif self.sentences:
            self.sentences[-1] += data


_NO_COUNT = re.compile(
    r"(?:artikel|art\.|lid|nummer) \d+|\d+ (?:januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december) \d{4}|\b(?:19|20)\d\d\b|[0-9a-f]{8,}"
    r"|(?:\b[0-9a-f]{4} ?){8,}|\d+ (?:km|m|jaar)\b"
    r"|\d+ van de \d+ keer|\d+ tot \d+%|\d+ per 100\b"
)
"""Numbers of laws, days, years, hashes, distances and chances."""
_COUNT = re.compile(r"(?<![\d.,:/§-])(\d{1,3}(?:\.\d{3})+|\d+)(?![\d%:/-]|[.,]\d)")


def counts_in(text: str) -> list[int]:
    """Whole numbers in Dutch text: no decimals, percentages, dates or hashes."""
    return [int(found.replace(".", "")) for found in _COUNT.findall(_NO_COUNT.sub(" ", text))]


def _only_on_the_page(
    page: _Page, tables: tuple[Table, ...], names: Mapping[str, str]
) -> Iterator[Said]:
    """Numbers that no file has. Where an area is named beside one, it is about that area."""
    known = {round(number) for number in _published(tables)}
    for caption, row in page.rows:
        for text in row[1:]:
            for value in counts_in(text.partition("(")[0]) + counts_in(_inner(text)):
                if value not in known and row[0] in names:
                    yield Said(value, names[row[0]], caption.strip())
    for sentence in page.sentences:
        named = [name for name in names if re.search(rf"\b{re.escape(name)}\b", sentence)]
        rest = re.sub("|".join(map(re.escape, named)) or r"(?!)", " ", sentence)
        for value in counts_in(rest):
            if value not in known:
                area = names[named[0]] if len(named) == 1 else ""
                yield Said(value, area, " ".join(sentence.split()))


def _published(tables: Iterable[Table]) -> Iterator[float]:
    """Every number in the files, and how many cells a table has and hides."""
    for table in tables:
        yield from (len(table.cells), len(table.hidden), len(table.cells) - len(table.hidden))
        for cell in table.cells:
            yield from () if cell.count is None else (cell.count,)
            yield from (sum(cell.numbers[name]) / 2 for name in cell.numbers if name == "expected")


def _inner(text: str) -> str:
    """What stands between brackets when it is a count and no range."""
    inner = text.partition("(")[2].rstrip(")")
    return "" if " tot " in inner else inner


def with_table(report: Report, changed: Table) -> Report:
    """The report with one table in another form: to see whether the attack notices."""
    others = [changed if table.id == changed.id else table for table in report.tables]
    return replace(report, tables=tuple(others))
