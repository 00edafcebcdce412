"""Hypothesis strategies: contracts, a plan over them, and rows, all as a municipality could have.

Everything goes through the real readers. Names are words that a careless query would trip over.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pyarrow as pa
from hypothesis import strategies as st

from grondslag.canonical import Document, canonical_bytes, read_document, sha256_hex, to_yaml
from grondslag.contracts import Contract, contract_from
from grondslag.plan import Plan, plan_from
from grondslag.sources.typing import ARROW_TYPES
from made_contracts import column as odcs_column
from made_contracts import contract_content
from made_plans import plan_content
from made_values import (
    AREA_FORMS,
    AREAS,
    CODES,
    DATES,
    DAY,
    EDGES,
    FORMS,
    LIKELY,
    MOMENTS,
    NAMES,
    PERIODS,
    VALUES,
)

PURPOSE = "verkeersveiligheid"

_LONGEST = 8_000  # what Hypothesis may print of a case


@dataclass(frozen=True, repr=False)
class Case:
    """A plan over contracts, with the rows that stand in them."""

    plan: Plan
    contracts: dict[str, Contract]
    rows: dict[str, list[dict]]
    minimum: int

    def __repr__(self) -> str:
        lines = [f"minimum {self.minimum}, parties {[str(p.role) for p in self.plan.parties]}"]
        for need in self.plan.data:
            contract = self.contracts[need.dataset]
            wanted = {w.name: str(w.form) for w in need.columns}
            mark, kept = contract.privacy.secrecy_mark, contract.retention
            lines.append(f"{need.dataset} {need.output} {need.count} {wanted}")
            lines.append(f"  {need.period} {need.area}")
            lines.append(f"  mark {mark} retention {kept} least {contract.privacy.minimum_group}")
            for c in contract.columns:
                entry = c.privacy
                lines.append(f"  {c.name} {c.type} {entry.role} {entry.category} {entry.bands}")
        lines += [f"rows of {name}: {rows}" for name, rows in self.rows.items()]
        return "\n".join(lines)[:_LONGEST]

    def _repr_pretty_(self, printer, _cycle) -> None:
        """Hypothesis prints every field of a dataclass otherwise, contracts and all."""
        printer.text(repr(self))

    def table(self, dataset: str, columns) -> pa.Table:
        """Some columns of a dataset in the types of its contract."""
        contract = self.contracts[dataset]
        schema = pa.schema([(n, ARROW_TYPES[contract.column(n).type]) for n in columns])
        wanted = [{n: row[n] for n in columns} for row in self.rows[dataset]]
        return pa.Table.from_pylist(wanted, schema=schema)


def write_areas(folder: Path) -> None:
    """Put the list of areas where the contracts look for it."""
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")


_AREAS = {"file": "gebieden.areas.yaml", "sha256": sha256_hex(canonical_bytes(AREAS))}
_CATEGORIES = st.sampled_from(["none", "ordinary", "ordinary"])
_ROLES = st.sampled_from(["none", "none", "sensitive", "quasi", "direct"])
_TYPES = st.sampled_from(["string", "string", "integer", "number", "boolean", "date", "timestamp"])


def _document(content, *, through_yaml: bool) -> Document:
    if through_yaml:
        return read_document(to_yaml(content), file="made.yaml")
    return Document(content, "made.yaml", "", {})


@st.composite
def _column(draw, name: str, logical_type: str | None = None):
    kind = logical_type or draw(_TYPES)
    forms = list(FORMS[kind])
    level = ""
    if kind in ("string", "integer") and draw(st.booleans()):
        level = draw(st.sampled_from(["straat", "buurt", "wijk"]))
        forms += AREA_FORMS[level] * 2
    allowed = draw(st.lists(st.sampled_from(forms), min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        allowed.insert(draw(st.integers(0, len(allowed))), "exact")
    entry = {
        "category": draw(_CATEGORIES),
        "role": draw(_ROLES),
        "allowed": allowed,
        "filterable": draw(st.sampled_from([True] * 9 + [False])),
        "bands": {
            "een": draw(st.sampled_from(EDGES)),
            "twee": draw(st.sampled_from(EDGES)),
        },
    }
    if level:
        entry["area_level"] = level
    return odcs_column(name, kind, privacy=entry)


def _entry(column):
    return column["customProperties"][0]["value"]


@st.composite
def _dataset(draw, name: str, linked: bool):
    """A contract's content."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    columns = [draw(_column(n)) for n in names]
    privacy = {"minimum_group": draw(st.sampled_from([3, 3, 4])), "areas": _AREAS}
    parts = {}
    if linked or draw(st.sampled_from([True, True, False])):
        privacy["person_key"] = "bsn"
        person = draw(_column("bsn", draw(st.sampled_from(["string", "integer"]))))
        _entry(person)["allowed"] = ["exact", "pseudonym"]
        if draw(st.booleans()):
            _entry(person)["category"] = "national_id"
        columns.append(person)
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["string", "boolean", "integer"]))
        columns.append(draw(_column("geheim", kind)))
        value = {"string": "J'a", "boolean": "true", "integer": "7"}[kind]
        targets = draw(st.lists(st.sampled_from(columns), max_size=3, unique_by=id))
        coarsen = {}
        for column in targets:
            fits = ["drop", "exact", *_entry(column)["allowed"], *FORMS[column["logicalType"]]]
            if _entry(column).get("area_level"):
                fits += AREA_FORMS[_entry(column)["area_level"]]
            coarsen[column["name"]] = draw(st.sampled_from([f for f in fits if f != "pseudonym"]))
        privacy["secrecy_mark"] = {"column": "geheim", "value": value, "coarsen": coarsen}
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["date", "timestamp", "integer"]))
        columns.append(draw(_column("bewaar", kind)))
        unit, amount = draw(
            st.sampled_from([("y", 5), ("m", 36), ("y", 1), ("m", 13), ("y", 2000)])
        )
        element = f"{name}.bewaar"
        parts["slaProperties"] = [
            {"property": "retention", "value": amount, "unit": unit, "element": element}
        ]
    if "person_key" in privacy and draw(st.sampled_from([True, False, False])):
        privacy["objections"] = {
            "dataset": "bezwaren",
            "person": "wie",
            "purpose": "doel",
            "state": "stand",
            "left_out_states": ["ingediend", "toegewezen"],
        }
    return contract_content(name=name, columns=columns, privacy=privacy, **parts)


def _objections_content():
    return contract_content(
        name="bezwaren", columns=[odcs_column(n) for n in ("wie", "doel", "stand")]
    )


def _columns(content):
    return content["schema"][0]["properties"]


def _area_levels(columns):
    return [c for c in columns if _entry(c).get("area_level")]


@st.composite
def _need(draw, content, output: str, taken: set):
    columns = _columns(content)
    free = [c for c in columns if c["name"] not in taken] or columns
    chosen = draw(st.lists(st.sampled_from(free), min_size=1, max_size=3, unique_by=id))
    if output == "aggregate" and draw(st.sampled_from([True] * 9 + [False])):
        chosen = [c for c in chosen if c["name"] != "bsn" and _entry(c)["role"] != "direct"]
    wanted = [
        {
            "name": c["name"],
            "form": draw(st.sampled_from(_entry(c)["allowed"])),
            "reason": "Nodig voor het antwoord.",
        }
        for c in chosen
    ]
    if not wanted or draw(st.sampled_from([False] * 9 + [True])):
        other = draw(st.sampled_from([c for c in columns if c not in chosen] or columns))
        wanted = [w for w in wanted if w["name"] != other["name"]]
        _entry(other)["allowed"] = [*_entry(other)["allowed"], "drop"]
        wanted.append({"name": other["name"], "form": "drop", "reason": "Toch niet nodig hier."})
    taken |= {w["name"] for w in wanted if w["form"] != "drop"}
    rows = {}
    forms = {w["name"]: w["form"] for w in wanted}
    hidden = {name for name, form in forms.items() if form not in ("exact", "drop")}
    loose = draw(st.sampled_from([False] * 9 + [True]))  # then it may be refused
    kinds = ("date", "timestamp", "integer")
    dated = [c for c in columns if c["logicalType"] in kinds and (loose or c["name"] not in hidden)]
    if dated and draw(st.booleans()):
        column = draw(st.sampled_from(dated))
        whole = [p for p in PERIODS if p[0].endswith("01-01")]
        either = loose or column["logicalType"] != "integer"
        start, end = draw(st.sampled_from(PERIODS if either else whole))
        rows["period"] = {"column": column["name"], "from": start, "until": end}
    areas = [c for c in _area_levels(columns) if loose or c["name"] not in hidden]
    areas += [c for c in _area_levels(columns) if forms.get(c["name"], "").startswith("area:")]
    if areas and draw(st.booleans()):
        column = draw(st.sampled_from(areas))
        levels = AREAS["levels"][AREAS["levels"].index(_entry(column)["area_level"]) :]
        known = [code for level in levels for code in CODES[level]]
        if draw(st.sampled_from([False] * 9 + [True])):
            known = [*CODES["straat"], "W9"]
        codes = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
        rows["area"] = {"column": column["name"], "codes": codes}
    need = {"dataset": content["name"], "columns": wanted, "output": output}
    if rows:
        need["rows"] = rows
    has_person = any(c["name"] == "bsn" for c in columns)
    need["count"] = draw(st.sampled_from(["rows", "persons"])) if has_person else "rows"
    return need


@st.composite
def _rows(draw, content, persons):
    """Few different values per column, so that rows tie, groups fill and persons come back."""
    domains = {}
    for column in _columns(content):
        values = list(VALUES[column["logicalType"]])
        level = _entry(column).get("area_level")
        if level:
            codes = CODES[level]
            if column["logicalType"] == "integer":
                codes = [int(c) for c in codes if c.isdigit()]
            values = [*codes, *codes, *values]
        if column["logicalType"] in LIKELY:  # so that a period or a term keeps some rows
            values += LIKELY[column["logicalType"]] * 8
        few = draw(st.lists(st.sampled_from(values), min_size=1, max_size=3))
        if draw(st.sampled_from([False, False, True])):
            few.append(None)
        domains[column["name"]] = few
    names = [column["name"] for column in _columns(content)]
    if "bsn" in names:
        kind = next(c["logicalType"] for c in _columns(content) if c["name"] == "bsn")
        domains["bsn"] = [int(p) for p in persons if p.isdigit()] if kind == "integer" else persons
        if draw(st.sampled_from([False] * 19 + [True])):
            domains["bsn"] = [*domains["bsn"], None]
    if "geheim" in names:
        kind = next(c["logicalType"] for c in _columns(content) if c["name"] == "geheim")
        known = {"string": ["J'a", "N", "N"], "boolean": [True, False], "integer": [7, 0, 0]}[kind]
        domains["geheim"] = draw(st.sampled_from([known, known[1:], [*known, None]]))
    if "bewaar" in names:
        kind = next(c["logicalType"] for c in _columns(content) if c["name"] == "bewaar")
        edge = {"integer": [2022, 2026, 2027, 27], "date": DATES, "timestamp": MOMENTS}[kind]
        recent = {
            "integer": [2027],
            "date": [DAY, date(2022, 3, 3), date(2022, 3, 2)],
            "timestamp": [
                datetime.combine(d, time(12)) for d in (DAY, date(2024, 3, 3), date(2024, 3, 2))
            ],
        }[kind]
        domains["bewaar"] = [*recent, draw(st.sampled_from(edge)), recent[0]]
    row = st.tuples(*(st.sampled_from(domains[n]) for n in names))
    least = draw(st.sampled_from([0, 3, 3, 6]))
    different = draw(st.lists(row, min_size=least, max_size=8))
    often = draw(st.sampled_from([1, 1, 2, 3, 6]))
    rows = [dict(zip(names, values, strict=True)) for values in different for _ in range(often)]
    if "bsn" in names and often > 1 and draw(st.booleans()):
        for at, made in enumerate(rows):  # the same facts about different persons
            made["bsn"] = domains["bsn"][at % len(domains["bsn"])]
    return rows


_PERSONS = ["123", "7", "0", "900", "41", "55", "é'", 'p"q', "007"]


@st.composite
def cases(draw, folder: Path, *, yaml_share: int = 10):
    """A `Case`; one in *yaml_share* is written as YAML and read back.

    Args:
        folder: Holds the list of areas; see `write_areas`.
        yaml_share: How often documents go through their text; 1 is always.
    """
    through_yaml = yaml_share == 1 or draw(st.integers(1, yaml_share)) == 1
    count = draw(st.sampled_from([1, 1, 2, 2, 3]))
    names = ["hoofd", "rechts-een", "rechts-twee"][:count]
    linked = count > 1 and draw(st.sampled_from([True, True, False]))
    contents = {name: draw(_dataset(name, linked)) for name in names}
    # Anonymous records have a table of their own: what is delivered follows from a search.
    outputs = ["aggregate", "aggregate", "pseudonymous", "identified", "open"]
    main = draw(st.sampled_from(outputs))
    taken: set[str] = set()
    needs = []
    for name in names:
        output = main if linked else draw(st.sampled_from(outputs))
        needs.append(draw(_need(contents[name], output, taken if linked else set())))
    persons = draw(st.sampled_from([_PERSONS, _PERSONS[:5], _PERSONS[:2]]))
    rows = {name: draw(_rows(contents[name], persons)) for name in names}
    if linked:
        for name in names[1:]:
            if draw(st.sampled_from([True] * 14 + [False])):  # mostly a person stands there once
                rows[name] = list({row["bsn"]: row for row in rows[name]}.values())
    if any("objections" in _privacy(content) for content in contents.values()):
        contents["bezwaren"] = _objections_content()
        who = st.sampled_from([*persons, None, "999"])
        why = st.sampled_from([PURPOSE, PURPOSE, "iets-anders", None])
        state = st.sampled_from(["ingediend", "toegewezen", "afgewezen", None])
        made = draw(st.lists(st.tuples(who, why, state), min_size=1, max_size=3))
        rows["bezwaren"] = [dict(zip(("wie", "doel", "stand"), o, strict=True)) for o in made]
    links = [
        {
            "left": "hoofd",
            "right": name,
            "reason": "Nodig voor het antwoord.",
            "ground": {
                "gdpr": "6.1.e",
                "law": "Wegenverkeerswet 1994",
                "article": "2",
                "task": "De veiligheid op de weg.",
            },
            "until": "2027-12-31",
        }
        for name in (names[1:] if linked else [])
    ]
    parties = draw(st.sampled_from([[], [], [{"name": "Politie", "role": "partner"}]]))
    parties = parties or draw(st.sampled_from([[], [{"name": "Bureau", "role": "processor"}]]))
    plan = plan_content(data=needs, links=links, parties=parties)
    contracts = {
        name: contract_from(_document(content, through_yaml=through_yaml), folder=folder)
        for name, content in contents.items()
    }
    return Case(
        plan=plan_from(_document(plan, through_yaml=through_yaml)),
        contracts=contracts,
        rows=rows,
        minimum=draw(st.sampled_from([1, 3, 3, 5])),
    )


def _privacy(content):
    return content["customProperties"][0]["value"]
