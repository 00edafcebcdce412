"""The smallest plan that is right, as a mapping to change in a test."""

from pathlib import Path
from typing import Any

from grondslag.plan import Plan, read_plan
from made_contracts import yaml_of


def plan_content(**changes: Any) -> dict[str, Any]:
    """A whole plan about the dataset ``meldingen``; every part can be replaced."""
    return {
        "plan": "grondslag/1",
        "id": "veilige-straat",
        "title": "Is de Havenstraat gevaarlijker dan andere straten?",
        "date": "2027-03-01",
        "question": {
            "problem": "Bewoners melden veel bijna-ongelukken in hun straat.",
            "know": "Of er meer meldingen zijn dan in vergelijkbare straten.",
            "decision": {
                "what": "Of de straat opnieuw wordt ingericht.",
                "if_yes": "Dan volgt een ontwerp voor een drempel.",
                "if_no": "Dan blijft de straat zoals zij is.",
                "decider": {"body": "college"},
                "needed_by": "2027-06-01",
            },
            "proceed": {"answer": "go", "reason": "Zonder cijfers beslissen we op gevoel."},
        },
        "alternatives": [
            {
                "way": "existing_figures",
                "verdict": "no_answer",
                "reason": "De landelijke cijfers kennen geen straten.",
            }
        ],
        "purpose": {"key": "verkeersveiligheid", "text": "De straten veiliger maken."},
        "legal_basis": {
            "gdpr": "6.1.e",
            "law": "Wegenverkeerswet 1994",
            "article": "2",
            "task": "Het verzekeren van de veiligheid op de weg.",
        },
        "controller": {"body": "college", "municipality": "Voorbeeldstad"},
        "data": [
            {
                "dataset": "meldingen",
                "columns": [
                    {"name": "soort", "form": "exact", "reason": "Ernst van wat er gebeurde."},
                    {"name": "buurt", "form": "area:wijk", "reason": "Waar het gebeurde."},
                ],
                "rows": {
                    "period": {"column": "dag", "from": "2024-01-01", "until": "2026-12-31"},
                    "area": {"column": "buurt", "codes": ["W1"]},
                },
                "output": "aggregate",
            },
            {
                "dataset": "inwoners",
                "columns": [
                    {"name": "aantal", "form": "exact", "reason": "Om per inwoner te tellen."}
                ],
                "output": "open",
            },
        ],
        "output": {"step": "aggregate", "reasons": {"aggregate": "Open cijfers zijn er niet."}},
        "individual_decision": "no",
        "access": [{"who": "analist verkeer", "why": "Maakt de vergelijking."}],
        "rhythm": {"kind": "once"},
        "end_date": "2027-12-31",
        "stop_criterion": "Als er te weinig meldingen zijn voor een antwoord.",
        "review_date": "2028-06-01",
    } | changes


def write_plan(folder: Path, content: dict[str, Any] | None = None) -> Path:
    """Write a plan into a folder; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.yaml"
    path.write_text(yaml_of(plan_content() if content is None else content), encoding="utf-8")
    return path


def made_plan(folder: Path, **changes: Any) -> Plan:
    """Write a plan and read it back."""
    return read_plan(write_plan(folder, plan_content(**changes)))
