"""A form's answers as the engine's own documents: ``decision.yaml`` and ``review.yaml``."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from grondslag.plan import Plan
from grondslag_portal.decisions.forms import KINDS, OPTIONS, VOICES


def decision_document(
    answers: Mapping[str, Any], plan: Plan, *, by: str, day: date
) -> dict[str, Any]:
    """The content of a decision.

    Args:
        answers: Of a `DecisionForm` that is whole.
        plan: Says question, body, mandate and stop criterion; those are not chosen again.
        by: Who decides.
        day: Today.
    """
    ahead = plan.question.decision
    public = answers["public"] == "yes"
    return {
        "decision": "grondslag/1",
        "sentence": answers["sentence"],
        "question": plan.question.know,
        "data_say": _lines(answers["data_say"]),
        "data_do_not_say": _lines(answers["data_do_not_say"]),
        "options": _options(answers),
        "voices": [
            {"who": answers[f"voice_{at}_who"], "said": answers[f"voice_{at}_said"]}
            for at in range(VOICES)
            if answers.get(f"voice_{at}_who") and answers.get(f"voice_{at}_said")
        ],
        "advices": _advices(answers),
        "decided": {
            "body": str(ahead.body),
            "by": by,
            **({"mandate": ahead.mandate} if ahead.mandate else {}),
            "date": day.isoformat(),
        },
        "expected": answers["expected"],
        "stop_criterion": plan.stop_criterion,
        "check_date": _day(answers["check_date"]),
        "public": {"public": public} | ({} if public else {"woo_ground": answers["woo_ground"]}),
    }


def review_document(answers: Mapping[str, Any], *, by: str, day: date) -> dict[str, Any]:
    """The content of a look back, from a `ReviewForm` that is whole."""
    return {
        "review": "grondslag/1",
        "outcome": answers["outcome"],
        "worked": answers["worked"],
        "learned": answers["learned"],
        "next": {"step": answers["next_step"], "why": answers["why"]},
        "by": by,
        "date": day.isoformat(),
    }


def _options(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "kind": KINDS[at].value,
            "name": answers[f"option_{at}_name"],
            "advantages": answers[f"option_{at}_advantages"],
            "drawbacks": answers[f"option_{at}_drawbacks"],
            "chosen": answers["chosen"] == str(at),
        }
        for at in range(OPTIONS)
        if answers.get(f"option_{at}_name")
    ]


def _advices(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not answers.get("advice_said"):
        return []
    followed = answers["advice_followed"] == "yes"
    reason = answers.get("advice_reason") or ""
    return [
        {"by": "data_protection_officer", "said": answers["advice_said"], "followed": followed}
        | ({"reason": reason} if reason else {})
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(value: date | str) -> str:
    return value.isoformat() if isinstance(value, date) else value
