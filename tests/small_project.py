"""The documents and data of a tiny lawful project, in which a test knows every count beforehand.

Two hundred made-up residents of two districts sent a report about their street: see `REPORTS`.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grondslag.canonical import write_text
from grondslag.vocabulary import AlternativeWay
from made_contracts import areas_hash, column, write_contract, yaml_of
from made_plans import plan_content, write_plan

MINIMUM = 10
MANDATE = "Mandaatbesluit 2027, artikel 4"
CONFIDED = "vertrouwelijk-geschreven-verhaal"
"""Stands in every free text: it may turn up nowhere."""


class Report(NamedTuple):
    """One row of the reports."""

    report: str
    bsn: str
    dag: str
    buurt: str
    soort: str
    geheim: str
    verhaal: str


def number(at: int) -> str:
    """The made-up number of resident *at*: nine digits that pass the eleven-test."""
    for start in range(90_000_000 + 11 * at, 100_000_000):
        digits = f"{start:08d}"
        last = sum((9 - n) * int(digit) for n, digit in enumerate(digits)) % 11
        if last < 10:
            return f"{digits}{last}"
    raise AssertionError


def report(
    at: int, buurt: str, soort: str, *, dag: str = "2026-05-04", geheim: str = "0"
) -> Report:
    """What resident *at* sent in."""
    return Report(f"M{at:06d}", number(at), dag, buurt, soort, geheim, f"{CONFIDED} {at}")


def _reports() -> list[Report]:
    many = [("B11", "te_hard", 40), ("B12", "te_hard", 30), ("B21", "te_hard", 50)]
    many += [("B11", "oversteek", 20), ("B12", "oversteek", 25), ("B21", "oversteek", 15)]
    rows: list[Report] = []
    for buurt, soort, count in many:
        rows += [report(len(rows) + n, buurt, soort) for n in range(count)]
    at = len(rows)  # 180 persons in six cells
    rows += [report(at + n, "B12", "te_hard", geheim="1") for n in range(12)]
    rows += [report(at + 12 + n, "B21", "anders") for n in range(4)]  # too few to show
    rows += [report(at + 20 + n, "B11", "te_hard", dag="2021-12-31") for n in range(11)]  # too old
    rows += [report(at + 40 + n, "B11", "te_hard", dag="2027-01-05") for n in range(2)]  # too new
    rows += [report(n, "B11", "te_hard", dag="2026-06-01") for n in range(5)]  # reported twice
    return rows


REPORTS: Sequence[Report] = _reports()
"""All reports, in the order in which they came in."""

OBJECTIONS: Sequence[tuple[str, str, str]] = (
    (number(0), "verkeersveiligheid", "ontvangen"),
    (number(1), "verkeersveiligheid", "afgewezen"),
    (number(2), "afvalinzameling", "ontvangen"),
)
"""Person, purpose and state; only the first counts here."""

WIJKEN: Sequence[tuple[str, int]] = (("W1", 5200), ("W2", 3100))

AGGREGATE: Mapping[str, Any] = {
    "dataset": "meldingen",
    "columns": [
        {"name": "buurt", "form": "exact", "reason": "Waar het gebeurde, om te vergelijken."},
        {"name": "soort", "form": "exact", "reason": "De maatregel hangt af van wat er mis gaat."},
    ],
    "rows": {"period": {"column": "dag", "from": "2022-01-01", "until": "2026-12-31"}},
    "output": "aggregate",
    "count": "persons",
}
RECORDS: Mapping[str, Any] = {
    "dataset": "meldingen",
    "columns": [
        {"name": "bsn", "form": "pseudonym", "reason": "Om dezelfde melder te herkennen."},
        {"name": "buurt", "form": "area:wijk", "reason": "Waar het gebeurde, om te vergelijken."},
        {"name": "soort", "form": "exact", "reason": "De maatregel hangt af van wat er mis gaat."},
    ],
    "rows": {"period": {"column": "dag", "from": "2022-01-01", "until": "2026-12-31"}},
    "output": "pseudonymous",
    "count": "rows",
}
OPEN: Mapping[str, Any] = {
    "dataset": "wijken",
    "columns": [
        {"name": "code", "form": "exact", "reason": "Om een aantal bij de wijk te zetten."},
        {"name": "inwoners", "form": "exact", "reason": "Om per inwoner te vergelijken."},
    ],
    "output": "open",
}
_STEPS = {
    "aggregate": "Open cijfers per buurt bestaan niet.",
    "anonymous": "Een telling laat de samenhang niet zien.",
    "pseudonymous": "Alleen zo tellen we een melder die twee keer belt maar één keer.",
}


def lawful_plan(*needs: Mapping[str, Any], step: str = "aggregate", **changes: Any) -> Any:
    """A plan that every rule agrees with; it asks for *needs*."""
    steps = ("open", "aggregate", "anonymous", "pseudonymous")
    reasons = {name: _STEPS[name] for name in steps[1 : steps.index(step) + 1]}
    content = plan_content(
        example=True,
        applicant="A. Aanvrager",
        legal_basis={
            "gdpr": "6.1.e",
            "law": "WVW 1994",
            "article": "18 lid 1 onder d",
            "task": "Het college neemt de verkeersbesluiten voor de wegen van de gemeente.",
        },
        alternatives=[
            {
                "way": way.value,
                "verdict": "no_answer",
                "reason": f"Dit laat de buurt niet zien ({n}).",
            }
            for n, way in enumerate(AlternativeWay)
        ],
        data=[dict(need) for need in needs],
        output={"step": step, "reasons": reasons},
        assessment={
            "list_items": [],
            "criteria": [],
            "high_risk_left": "no",
            "document": "dpia-straat",
        },
    )
    content["question"]["decision"]["decider"]["mandate"] = MANDATE
    ground = {
        "category": "national_id",
        "dataset": "meldingen",
        "exception": "46 lid 1",
        "law": "Wabb",
        "article": "10",
    }
    if any(part["name"] == "bsn" for need in needs for part in need["columns"]):
        content["special_grounds"] = [ground]
    return content | changes


def _seen(name: str, kind: str = "string", **privacy: Any) -> dict[str, Any]:
    """A column about a person by which somebody could be recognised, with others."""
    entry = {"category": "ordinary", "role": "quasi", "allowed": ["exact"], "filterable": True}
    return column(name, kind, privacy=entry | privacy)


def _hidden(name: str, **privacy: Any) -> dict[str, Any]:
    """A column that points at one person."""
    entry = {"category": "ordinary", "role": "direct", "allowed": [], "filterable": False}
    return column(name, privacy=entry | privacy)


def _number_column() -> dict[str, Any]:
    return _hidden("bsn", category="national_id", allowed=["pseudonym"])


def write_small_contracts(folder: Path) -> None:
    """The contracts of the reports, the objections and the districts."""
    home = {"source_folders": ["../../data"]}
    write_contract(
        folder,
        name="meldingen",
        columns=[
            _hidden("melding"),
            _number_column(),
            _seen("dag", "date", allowed=["month", "quarter", "year"]),
            _seen("buurt", allowed=["exact", "area:wijk"], area_level="buurt"),
            _seen("soort", values=["te_hard", "oversteek", "anders"]),
            _seen("geheim", allowed=[], role="none", filterable=False),
            _hidden("verhaal", allowed=["present"], free_text=True),
            column("zonder_privacy") | {"customProperties": []},
        ],
        privacy=home
        | {
            "person_key": "bsn",
            "minimum_group": MINIMUM,
            "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
            "secrecy_mark": {"column": "geheim", "value": "1", "coarsen": {"buurt": "area:wijk"}},
            "objections": {
                "dataset": "bezwaren",
                "person": "bsn",
                "purpose": "doel",
                "state": "staat",
                "left_out_states": ["ontvangen", "toegewezen"],
            },
        },
        server=_file("meldingen.csv"),
        slaProperties=[
            {"property": "retention", "value": 5, "unit": "y", "element": "meldingen.dag"}
        ],
    )
    write_contract(
        folder,
        name="bezwaren",
        columns=[_number_column(), column("doel"), column("staat")],
        privacy=home | {"domain": "public_space"},
        server=_file("bezwaren.csv"),
        team=_team("Juridische Zaken"),
    )
    write_contract(
        folder,
        name="wijken",
        columns=[column("code"), column("inwoners", "integer"), column("naam")],
        privacy=home | {"data": "open", "access": "open"},
        server=_file("wijken.csv"),
        team=_team("Onderzoek"),
    )


def _file(name: str) -> dict[str, Any]:
    return {"server": "bron", "type": "local", "path": f"../../data/{name}", "format": "csv"}


def _team(name: str) -> dict[str, Any]:
    members = [{"username": f"{role}@example", "role": role} for role in ("owner", "steward")]
    return {"name": name, "members": members}


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a source file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


def write_reports(folder: Path, rows: Sequence[Report] = REPORTS) -> None:
    """Write the reports, with a column that nobody described."""
    header = (*Report._fields, "zonder_privacy")
    header = tuple("melding" if name == "report" else name for name in header)
    write_csv(folder / "meldingen.csv", header, [(*row, "x") for row in rows])


def write_assessment(folder: Path) -> None:
    """The finished impact assessment that the plan names."""
    content = {
        "kind": "impact_assessment",
        "key": "dpia-straat",
        "title": "Beoordeling van de vergelijking van meldingen per buurt",
        "dated": "2027-02-01",
        "concluded": "yes",
        "officer_advice": "2027-02-08",
        "high_risk_left": "no",
        "human_intervention": "yes",
        "measures": [{"what": "Melders worden alleen geteld, nooit onder de tien.", "done": "yes"}],
        "review_date": "2028-04-01",
        "covers": {"datasets": ["meldingen"], "purposes": ["verkeersveiligheid"]},
    }
    write_text(folder / "dpia-straat.yaml", yaml_of(content))


def write_small_project(folder: Path, plan: Mapping[str, Any]) -> None:
    """Contracts, plan and assessment of one project; data stands in ``data`` beside it."""
    write_small_contracts(folder / "contracts")
    write_plan(folder, dict(plan))
    write_assessment(folder / "accountability")
