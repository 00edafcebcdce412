"""A ``plan.yaml`` to a `Plan`: form by JSON Schema, then what no schema can say."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from grondslag.canonical import (
    Document,
    Path,
    canonical_bytes,
    check_schema,
    read_document,
    read_text,
    sha256_hex,
)
from grondslag.contracts import LegalBasis
from grondslag.errors import InputError
from grondslag.plan.anonymity import anonymity_from
from grondslag.plan.answers import (
    automation_from,
    consent_from,
    further_use_from,
    informing_from,
    set_aside_from,
)
from grondslag.plan.fairness import fairness_from
from grondslag.plan.model import (
    Access,
    Alternative,
    Analysis,
    AreaScope,
    Assessment,
    DataNeed,
    DecisionAhead,
    Exposure,
    GuideNote,
    Link,
    Party,
    Period,
    Plan,
    Question,
    SpecialGround,
    WantedColumn,
)
from grondslag.plan.sector_answers import algorithm_from, works_council_from
from grondslag.plan.traffic import measures_from, monthly_from, speeds_from, taken_from
from grondslag.vocabulary import (
    AdministrativeBody,
    AlternativeVerdict,
    AlternativeWay,
    Form,
    GdprBasis,
    OutputStep,
    PartyRole,
    PersonalDataCategory,
    Proceed,
    RhythmKind,
    Trilean,
)


@cache
def plan_schema() -> Mapping[str, Any]:
    """The published JSON Schema of a plan."""
    path = resources.files(__package__) / "schemas" / "plan.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def read_plan(path: FilePath) -> Plan:
    """Read a plan from a file.

    Raises:
        InputError: A fault in the file, with its line and what was expected.
    """
    return _plan_in(read_text(path), path.name)


@lru_cache(maxsize=64)
def _plan_in(text: str, file: str) -> Plan:
    """The plan in a text: a command or a page reads the one plan of its project many times."""
    return plan_from(read_document(text, file=file))


def plan_from(document: Document, *, has_form: bool = False) -> Plan:
    """A plan from a document that was read already.

    Args:
        document: As read.
        has_form: Whether its form was checked before, and only a change that keeps it was made.

    Raises:
        InputError: A fault in the document, with its line and what was expected.
    """
    if not has_form:
        check_schema(document, plan_schema())
    raw = document.content
    plan = Plan(
        id=raw["id"],
        title=raw["title"],
        example=raw.get("example", False),
        dated=_day(raw["date"]),
        applicant=raw.get("applicant", ""),
        question=_question(raw["question"]),
        alternatives=tuple(
            Alternative(
                AlternativeWay(item["way"]), AlternativeVerdict(item["verdict"]), item["reason"]
            )
            for item in raw["alternatives"]
        ),
        purpose=raw["purpose"]["key"],
        purpose_text=raw["purpose"]["text"],
        legal_basis=_basis(raw["legal_basis"]),
        controller=AdministrativeBody(raw["controller"]["body"]),
        municipality=raw["controller"]["municipality"],
        parties=tuple(
            Party(
                item["name"],
                PartyRole(item["role"]),
                item.get("agreement", ""),
                item.get("country", ""),
            )
            for item in raw.get("parties", ())
        ),
        data=tuple(_need(document, ("data", at)) for at in range(len(raw["data"]))),
        links=tuple(_link(item) for item in raw.get("links", ())),
        special_grounds=tuple(_special(item) for item in raw.get("special_grounds", ())),
        output=OutputStep(raw["output"]["step"]),
        output_reasons={
            OutputStep(step): reason for step, reason in raw["output"]["reasons"].items()
        },
        individual_decision=Trilean(raw["individual_decision"]),
        access=tuple(Access(item["who"], item["why"]) for item in raw["access"]),
        rhythm=RhythmKind(raw["rhythm"]["kind"]),
        rhythm_until=_day(raw["rhythm"]["until"]) if "until" in raw["rhythm"] else None,
        end_date=_day(raw["end_date"]),
        stop_criterion=raw["stop_criterion"],
        review_date=_day(raw["review_date"]),
        assessment=_assessment(raw.get("assessment")),
        analysis=_analysis(raw.get("analysis")),
        guide=tuple(
            GuideNote(item["step"], item["link"], item["note"]) for item in raw.get("guide", ())
        ),
        further_uses=tuple(further_use_from(item) for item in raw.get("further_use", ())),
        informing=informing_from(raw.get("informing")),
        consent=consent_from(raw.get("consent")),
        automation=automation_from(raw.get("automation")),
        set_aside=set_aside_from(raw.get("rights_set_aside")),
        works_council=works_council_from(raw.get("works_council")),
        algorithm=algorithm_from(raw.get("algorithm")),
        sha256=sha256_hex(canonical_bytes(raw)),
        document=document,
    )
    _check_whole(plan)
    return plan


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _basis(raw: Mapping[str, str]) -> LegalBasis:
    return LegalBasis(GdprBasis(raw["gdpr"]), raw["law"], raw["article"], raw["task"])


def _question(raw: Mapping[str, Any]) -> Question:
    ahead = raw["decision"]
    decision = DecisionAhead(
        what=ahead["what"],
        if_yes=ahead["if_yes"],
        if_no=ahead["if_no"],
        body=AdministrativeBody(ahead["decider"]["body"]),
        mandate=ahead["decider"].get("mandate", ""),
        needed_by=_day(ahead["needed_by"]),
    )
    proceed = raw["proceed"]
    return Question(
        problem=raw["problem"],
        know=raw["know"],
        decision=decision,
        proceed=Proceed(proceed["answer"]),
        proceed_reason=proceed["reason"],
        conditions=tuple(proceed.get("conditions", ())),
    )


def _need(document: Document, at: Path) -> DataNeed:
    raw = document.content["data"][at[1]]
    rows = raw.get("rows", {})
    period = rows.get("period")
    area = rows.get("area")
    return DataNeed(
        dataset=raw["dataset"],
        columns=tuple(
            WantedColumn(item["name"], _form(document, (*at, "columns", n, "form")), item["reason"])
            for n, item in enumerate(raw["columns"])
        ),
        period=Period(period["column"], _day(period["from"]), _day(period["until"]))
        if period
        else None,
        area=AreaScope(area["column"], tuple(area["codes"])) if area else None,
        output=OutputStep(raw["output"]),
        count=raw.get("count", "rows"),
        repeats=raw.get("repeats", False),
        anonymous=anonymity_from(raw.get("anonymous")),
    )


def _form(document: Document, at: Path) -> Form:
    text = document.content
    for step in at:
        text = text[step]
    try:
        return Form.parse(str(text))
    except InputError as error:
        raise InputError(
            "plan.unknown-form", file=document.file, line=document.line(at), **error.fields
        ) from error


def _link(raw: Mapping[str, Any]) -> Link:
    return Link(raw["left"], raw["right"], raw["reason"], _basis(raw["ground"]), _day(raw["until"]))


def _special(raw: Mapping[str, str]) -> SpecialGround:
    texts = ("public_interest", "consent_impossible", "safeguards")
    return SpecialGround(
        PersonalDataCategory(raw["category"]),
        raw["dataset"],
        raw["exception"],
        raw["law"],
        raw["article"],
        **{name: raw.get(name, "") for name in texts},
    )


def _assessment(raw: Mapping[str, Any] | None) -> Assessment | None:
    if raw is None:
        return None
    return Assessment(
        tuple(raw["list_items"]),
        tuple(raw["criteria"]),
        Trilean(raw["high_risk_left"]),
        raw.get("document", ""),
        Trilean(raw.get("new_law", Trilean.NO)),
    )


def _exposure(raw: Mapping[str, str] | None) -> Exposure | None:
    return None if raw is None else Exposure(raw["dataset"], raw["area"], raw["value"])


def _analysis(raw: Mapping[str, Any] | None) -> Analysis | None:
    if raw is None:
        return None
    return Analysis(
        question=raw["question"],
        dataset=raw["dataset"],
        area=raw["area"],
        focus=tuple(raw["focus"]),
        comparison=raw["comparison"],
        severity=raw.get("severity", ""),
        period=raw.get("period", ""),
        residents=_exposure(raw.get("residents")),
        traffic=_exposure(raw.get("traffic")),
        map=_exposure(raw.get("map")),
        length=_exposure(raw.get("length")),
        speeds=speeds_from(raw.get("speeds")),
        measures=measures_from(raw.get("measures", ())),
        taken=taken_from(raw.get("taken")),
        monthly=monthly_from(raw.get("monthly")),
        fair=fairness_from(raw.get("fair")),
    )


def _check_whole(plan: Plan) -> None:
    """What a schema can't say: things named twice, dates in the wrong order, links to nothing."""
    document = plan.document
    datasets = [need.dataset for need in plan.data]
    for at, need in enumerate(plan.data):
        names = [column.name for column in need.columns]
        for n, name in enumerate(names):
            if name in names[:n]:
                _fault("plan.column-twice", document, ("data", at, "columns", n), column=name)
        if need.dataset in datasets[:at]:
            _fault("plan.dataset-twice", document, ("data", at), dataset=need.dataset)
        if need.period and need.period.start > need.period.end:
            _fault("plan.period-backwards", document, ("data", at, "rows", "period"))
        _check_anonymous(plan, need, ("data", at, "anonymous"))
    for at, link in enumerate(plan.links):
        if link.left == link.right or not {link.left, link.right} <= set(datasets):
            _fault("plan.link-to-nothing", document, ("links", at), known=datasets)
    if plan.rhythm is not RhythmKind.ONCE and plan.rhythm_until is None:
        _fault("plan.rhythm-without-end", document, ("rhythm",))


def _check_anonymous(plan: Plan, need: DataNeed, at: Path) -> None:
    """Wishes for anonymous records are about columns that are asked, joined ones included."""
    if need.anonymous is None:
        return
    if need.output is not OutputStep.ANONYMOUS:
        _fault("plan.anonymous-elsewhere", plan.document, at, output=need.output)
    joined = [plan.need(link.right) for link in plan.links if link.left == need.dataset]
    asked = [one for one in (need, *joined) if one is not None]
    for name in need.anonymous.columns:
        if not any(one.wants(name) for one in asked):
            _fault("plan.anonymous-unknown-column", plan.document, at, column=name)
    if need.anonymous.local and any(one.is_of_all for one in need.anonymous.models):
        _fault("plan.anonymous-local-of-all", plan.document, (*at, "local"))
    if len(need.anonymous.populations) > 1:
        _fault("plan.anonymous-two-populations", plan.document, at)


def _fault(code: str, document: Document, at: Path, **fields: object) -> None:
    raise InputError(code, file=document.file, line=document.line(at), **fields)
