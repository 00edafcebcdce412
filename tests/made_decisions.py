"""The smallest decision that is right, as a mapping to change in a test."""

from pathlib import Path
from typing import Any

from grondslag.canonical import to_yaml
from grondslag.decision import Decision, Evidence, read_decision

HASH = "0123456789abcdef" * 4
EVIDENCE = Evidence(
    project="veilige-straat",
    delivery="2027-03-01-a1b2c3",
    manifest_sha256=HASH,
    analysis_sha256=HASH[::-1],
    rule_set="ab" * 32,
    plan_sha256="cd" * 32,
    release="0123456789abcdef",
    figures=(("wijk", "ef" * 32),),
)


def option(kind: str, *, chosen: bool = False) -> dict[str, Any]:
    """One option, with something for and something against it."""
    return {
        "kind": kind,
        "name": f"Keuze {kind}",
        "advantages": "Het kost niets en niemand merkt het.",
        "drawbacks": "Er verandert niets in de straat.",
        "chosen": chosen,
    }


def decision_content(**changes: Any) -> dict[str, Any]:
    """A whole decision; every part can be replaced."""
    return {
        "decision": "grondslag/1",
        "sentence": "De Lindelaan krijgt in 2027 drempels en een nieuwe oversteek.",
        "question": "Gaat er in de Lindelaan meer mis dan elders?",
        "data_say": ["Er zijn meer ongevallen dan bij dit verkeer te verwachten is."],
        "data_do_not_say": ["Waarom het misgaat, en of snelheid de oorzaak is."],
        "options": [
            option("do_nothing"),
            option("without_personal_data"),
            option("other", chosen=True),
        ],
        "voices": [{"who": "Bewoners van de straat", "said": "Zij vinden de oversteek eng."}],
        "advices": [
            {
                "by": "data_protection_officer",
                "said": "Tel per straat en niet per persoon.",
                "followed": True,
            }
        ],
        "decided": {"body": "college", "by": "wethouder verkeer", "date": "2027-03-10"},
        "expected": "Een vijfde minder ongevallen in vier jaar.",
        "stop_criterion": "We halen de drempels weg als de hulpdiensten er last van hebben.",
        "check_date": "2029-03-10",
        "public": {"public": True},
    } | changes


def write_decision(folder: Path, content: dict[str, Any] | None = None) -> Path:
    """Write a decision into a folder; gives its path."""
    path = folder / "decision.yaml"
    path.write_text(to_yaml(decision_content() if content is None else content), encoding="utf-8")
    return path


def made_decision(folder: Path, **changes: Any) -> Decision:
    """Write a decision and read it back."""
    return read_decision(write_decision(folder, decision_content(**changes)))
