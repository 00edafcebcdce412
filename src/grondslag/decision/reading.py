"""``decision.yaml`` and ``review.yaml``: form by JSON Schema, then what no schema can say."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from grondslag.canonical import Document, check_schema, read_document
from grondslag.decision.model import (
    AdviceFrom,
    AdviceGiven,
    Decided,
    Decision,
    NextStep,
    Option,
    OptionKind,
    Review,
    Voice,
    Worked,
)
from grondslag.errors import InputError
from grondslag.vocabulary import AdministrativeBody


@cache
def decision_schema() -> Mapping[str, Any]:
    """The published JSON Schema of a decision."""
    return _schema("decision.schema.json")


@cache
def review_schema() -> Mapping[str, Any]:
    """The published JSON Schema of a review."""
    return _schema("review.schema.json")


def _schema(name: str) -> Mapping[str, Any]:
    path = resources.files(__package__) / "schemas" / name
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def read_decision(path: Path) -> Decision:
    """Read a decision as somebody wrote it down.

    Raises:
        InputError: A fault in the file, with its line: an unknown key, an option that is always
            weighed and is missing, no option chosen or more than one, an advice that was not
            followed without a reason, a check date before the decision, no ground for secrecy.
    """
    document = read_document(path)
    check_schema(document, decision_schema())
    decision = decision_from(document.content)
    _check_options(decision, document)
    _check_advices(decision, document)
    if decision.check_date <= decision.decided.day:
        raise _fault("decision.check-date-too-early", document, "check_date")
    if not decision.public and not decision.woo_ground:
        raise _fault("decision.no-woo-ground", document, "public")
    return decision


def read_review(path: Path) -> Review:
    """Read what came of a decision.

    Raises:
        InputError: A fault in the file, with its line.
    """
    document = read_document(path)
    check_schema(document, review_schema())
    return review_from(document.content)


def decision_from(raw: Mapping[str, Any]) -> Decision:
    """A decision from content that keeps the schema."""
    decided, public = raw["decided"], raw["public"]
    return Decision(
        sentence=raw["sentence"],
        question=raw["question"],
        data_say=tuple(raw["data_say"]),
        data_do_not_say=tuple(raw["data_do_not_say"]),
        options=tuple(
            Option(
                OptionKind(item["kind"]),
                item["name"],
                item["advantages"],
                item["drawbacks"],
                item["chosen"],
            )
            for item in raw["options"]
        ),
        voices=tuple(Voice(item["who"], item["said"]) for item in raw["voices"]),
        advices=tuple(
            AdviceGiven(
                AdviceFrom(item["by"]), item["said"], item["followed"], item.get("reason", "")
            )
            for item in raw["advices"]
        ),
        decided=Decided(
            AdministrativeBody(decided["body"]),
            decided["by"],
            decided.get("mandate", ""),
            date.fromisoformat(decided["date"]),
        ),
        expected=raw["expected"],
        stop_criterion=raw["stop_criterion"],
        check_date=date.fromisoformat(raw["check_date"]),
        public=public["public"],
        woo_ground=public.get("woo_ground", ""),
    )


def decision_content(decision: Decision) -> dict[str, Any]:
    """A decision as the content of its document."""
    decided = {
        "body": decision.decided.body.value,
        "by": decision.decided.by,
        "mandate": decision.decided.mandate,
        "date": decision.decided.day.isoformat(),
    }
    return {
        "decision": "grondslag/1",
        "sentence": decision.sentence,
        "question": decision.question,
        "data_say": list(decision.data_say),
        "data_do_not_say": list(decision.data_do_not_say),
        "options": [
            {
                "kind": option.kind.value,
                "name": option.name,
                "advantages": option.advantages,
                "drawbacks": option.drawbacks,
                "chosen": option.chosen,
            }
            for option in decision.options
        ],
        "voices": [{"who": voice.who, "said": voice.said} for voice in decision.voices],
        "advices": [
            {"by": one.by.value, "said": one.said, "followed": one.followed}
            | ({"reason": one.reason} if one.reason else {})
            for one in decision.advices
        ],
        "decided": decided,
        "expected": decision.expected,
        "stop_criterion": decision.stop_criterion,
        "check_date": decision.check_date.isoformat(),
        "public": {"public": decision.public}
        | ({"woo_ground": decision.woo_ground} if decision.woo_ground else {}),
    }


def review_from(raw: Mapping[str, Any]) -> Review:
    """A review from content that keeps the schema."""
    return Review(
        outcome=raw["outcome"],
        worked=Worked(raw["worked"]),
        learned=raw["learned"],
        next_step=NextStep(raw["next"]["step"]),
        why=raw["next"]["why"],
        by=raw["by"],
        day=date.fromisoformat(raw["date"]),
    )


def review_content(said: Review) -> dict[str, Any]:
    """A review as the content of its document."""
    return {
        "review": "grondslag/1",
        "outcome": said.outcome,
        "worked": said.worked.value,
        "learned": said.learned,
        "next": {"step": said.next_step.value, "why": said.why},
        "by": said.by,
        "date": said.day.isoformat(),
    }


def _check_options(decision: Decision, document: Document) -> None:
    kinds = {option.kind for option in decision.options}
    if OptionKind.DO_NOTHING not in kinds:
        raise _fault("decision.no-do-nothing", document, "options")
    if OptionKind.WITHOUT_PERSONAL_DATA not in kinds:
        raise _fault("decision.no-without-personal-data", document, "options")
    if sum(option.chosen for option in decision.options) != 1:
        raise _fault("decision.not-one-chosen", document, "options")


def _check_advices(decision: Decision, document: Document) -> None:
    for at, advice in enumerate(decision.advices):
        if not advice.followed and not advice.reason:
            raise InputError(
                "decision.advice-without-reason",
                file=document.file,
                line=document.line(("advices", at)),
            )


def _fault(code: str, document: Document, key: str) -> InputError:
    return InputError(code, file=document.file, line=document.line((key,)))
