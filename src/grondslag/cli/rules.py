"""Commands about what holds: the rules of law."""

import json
import secrets
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from grondslag.canonical import write_json, write_text
from grondslag.cli.context import JsonOption, LanguageOption, context, day_from
from grondslag.cli.output import Output
from grondslag.cli.plans import case_of
from grondslag.clock import timestamp, today
from grondslag.errors import InputError
from grondslag.policy import (
    RULES,
    Case,
    Rule,
    authzen_request,
    authzen_response,
    check,
    decision_log_record,
    default_parameters,
    describe_difference,
    describe_rule,
    describe_sources,
    differences,
    odrl_request,
    prescan,
    privacy_statement,
    read_tree,
    resting_on,
    rule_set_hash,
)
from grondslag.report.framework import Adopted, framework_html
from grondslag.vocabulary.answers import AssessmentListItem
from grondslag.wording import Word

policy = typer.Typer(no_args_is_help=True, help="The rules of law that a plan is held against.")


@policy.command("list")
def list_rules(
    sources: Annotated[bool, typer.Option("--sources", help="With the articles.")] = False,
    day: Annotated[str, typer.Option("--date", help="The rules of another day (yyyy-mm-dd).")] = "",
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """List the rules in force, each with the promise it keeps."""
    ctx = context(language=language, as_json=as_json)
    when = day_from(day) if day else today(ctx.clock)
    rules = [rule for rule in RULES if rule.is_valid(when)]
    for rule in rules:
        ctx.output.text(f"{rule.id:<46} {describe_rule(rule, language=language)}")
        if sources:
            _tell_sources(ctx.output, rule, indent=47)
    ctx.output.say("cli.rules-counted", count=len(rules), date=when)
    ctx.output.say("cli.rules-hash", sha256=rule_set_hash(when))
    ctx.output.result(
        {
            "date": when.isoformat(),
            "rule_set_hash": rule_set_hash(when),
            "rules": [_rule_mapping(rule, language) for rule in rules],
        }
    )


@policy.command("show")
def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="RULE", help="Its id, as `list` shows it.")],
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Show one rule: what it promises, since when, and by which law."""
    ctx = context(language=language, as_json=as_json)
    found = next((rule for rule in RULES if rule.id == rule_id), None)
    if found is None:
        raise InputError("cli.no-such-rule", rule=rule_id[:80])
    ctx.output.say("cli.rule", style="bold", rule=found.id)
    ctx.output.text(describe_rule(found, language=language))
    ctx.output.say("cli.rule-from", date=found.valid_from)
    if found.valid_until is not None:
        ctx.output.say("cli.rule-until", date=found.valid_until)
    _tell_sources(ctx.output, found, indent=0)
    ctx.output.result(_rule_mapping(found, language))


@policy.command("impact")
def show_impact(
    law: Annotated[str, typer.Option("--law", help="Its key or name, such as UAVG.")],
    article: Annotated[
        str, typer.Option("--article", help="The article, such as '46' or '6 lid 3'.")
    ] = "",
    folder: Annotated[
        Path, typer.Option("--folder", help="Where plans, contracts and agreements stand.")
    ] = Path(),
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """List the projects, contracts, agreements and rules that rest on an article."""
    ctx = context(language=language, as_json=as_json)
    if not folder.is_dir():
        raise InputError("cli.no-such-folder", folder=str(folder))
    rests = resting_on(law, article, read_tree(folder))
    ctx.output.say("policy.impact.asked", style="bold", law=law, article=article or "-")
    ctx.output.table(
        ("policy.impact.kind", "policy.impact.name", "policy.impact.where", "policy.impact.cites"),
        [
            (
                ctx.output.words(f"policy.impact.{item.kind}"),
                item.name,
                f"{item.file}:{item.line}" if item.line else item.file,
                item.cites,
            )
            for item in rests
        ],
    )
    ctx.output.say("policy.impact.counted", count=len(rests))
    ctx.output.result({"law": law, "article": article, "rests": [asdict(item) for item in rests]})


@policy.command("diff")
def show_differences(
    first: Annotated[str, typer.Argument(metavar="DATE1", help="The earlier day (yyyy-mm-dd).")],
    second: Annotated[str, typer.Argument(metavar="DATE2", help="The later day (yyyy-mm-dd).")],
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Show what differs between two days: rules, settings, edges, texts of the law."""
    ctx = context(language=language, as_json=as_json)
    start, end = day_from(first), day_from(second)
    found = differences(start, end, parameters=default_parameters())
    ctx.output.table(
        ("policy.impact.kind", "policy.impact.name", "policy.diff.before", "policy.diff.after"),
        [
            (
                ctx.output.words(f"policy.diff.{item.kind}"),
                describe_difference(item, language=language),
                item.before,
                item.after,
            )
            for item in found
        ],
    )
    ctx.output.say("policy.diff.counted", count=len(found), first=start, second=end)
    ctx.output.result(
        {"first": first, "second": second, "differences": [asdict(item) for item in found]}
    )


@policy.command("statement")
def show_statement(
    project: Annotated[Path, typer.Argument(help="A project's folder, or a plan.")],
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Write text to start a privacy statement from: what people must hear of a plan."""
    ctx = context(language=language, as_json=as_json)
    statement = privacy_statement(case_of(project, clock=ctx.clock), language=language)
    if not statement.sentences:
        ctx.output.say("policy.statement.nothing")
    for line in statement.sentences:
        ctx.output.text(line)
    for line in statement.missing:
        ctx.output.text(line, style="yellow")
    ctx.output.result(asdict(statement))


@policy.command("prescan")
def show_prescan(
    project: Annotated[Path, typer.Argument(help="A project's folder, or a plan.")],
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Compute whether an impact assessment is needed, with each sign."""
    ctx = context(language=language, as_json=as_json)
    found = prescan(case_of(project, clock=ctx.clock))
    ctx.output.say(f"policy.prescan.need-{found.need}", style="bold")
    for item in sorted(found.list_items):
        ctx.output.say("policy.prescan.listed", sign=Word(f"policy.prescan.item-{item}"))
    for sign in sorted(found.criteria):
        ctx.output.say("policy.prescan.sign", sign=Word(f"policy.prescan.criterion-{sign}"))
    if found.unanswered:
        names = [_sign_word(name) for name in sorted(found.unanswered)]
        ctx.output.say("policy.prescan.unanswered", names=names, style="yellow")
    ctx.output.say("policy.prescan.source")
    ctx.output.result(
        {
            "need": str(found.need),
            "list_items": sorted(map(str, found.list_items)),
            "criteria": sorted(map(str, found.criteria)),
            "unanswered": sorted(found.unanswered),
        }
    )


def _sign_word(name: str) -> Word:
    """The words of a sign, whichever list it is on."""
    listed = name in set(map(str, AssessmentListItem))
    return Word(f"policy.prescan.item-{name}" if listed else f"policy.prescan.criterion-{name}")


@policy.command("document")
def write_framework(
    municipality: Annotated[str, typer.Option("--municipality", help="Whose framework it is.")],
    out: Annotated[Path, typer.Option("--out", help="The page to write (.html).")],
    since: Annotated[
        str, typer.Option("--since", help="Adopted before on this day: say what changed.")
    ] = "",
    day: Annotated[str, typer.Option("--date", help="The rules of another day (yyyy-mm-dd).")] = "",
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Write the policy framework for information security and data use, from what holds."""
    ctx = context(language=language, as_json=as_json)
    when = day_from(day) if day else today(ctx.clock)
    adopted = Adopted(municipality, when, day_from(since) if since else None)
    write_text(out, framework_html(adopted, language=language))
    ctx.output.say("cli.framework-written", style="green", file=str(out))
    ctx.output.result({"file": str(out), "rule_set_hash": rule_set_hash(when)})


class ExportForm(StrEnum):
    """How a verdict is written for other systems."""

    AUTHZEN = "authzen"
    LOG = "log"
    ODRL = "odrl"


@policy.command("export")
def export_verdict(
    project: Annotated[Path, typer.Argument(help="A project's folder, or a plan.")],
    form: Annotated[
        ExportForm,
        typer.Option("--as", help="AuthZEN answer, Authorization Decision Log record, or ODRL."),
    ] = ExportForm.AUTHZEN,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write (.json).")] = None,
    language: LanguageOption = "nl",
) -> None:
    """Write the verdict on a plan for other systems; it lets nobody in."""
    ctx = context(language=language, as_json=False)
    case = case_of(project, clock=ctx.clock)
    content = _exported(case, form, timestamp(ctx.clock), language)
    if out is None:
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        write_json(out, content)
        ctx.output.say("cli.verdict-exported", style="green", file=str(out))


def _exported(case: Case, form: ExportForm, moment: str, language: str) -> dict[str, Any]:
    if form is ExportForm.ODRL:
        return odrl_request(case)
    verdict = check(case)
    if form is ExportForm.LOG:
        return decision_log_record(
            case,
            verdict,
            moment=moment,
            trace_id=secrets.token_hex(16),
            span_id=secrets.token_hex(8),
            language=language,
        )
    return {
        "request": authzen_request(case),
        "response": authzen_response(case, verdict, language=language),
    }


def _tell_sources(output: Output, rule: Rule, *, indent: int) -> None:
    for source in describe_sources(rule.provisions, language=output.language):
        output.text(" " * indent + source)
    for url in dict.fromkeys(provision.url for provision in rule.provisions):
        output.text(" " * indent + url)


def _rule_mapping(rule: Rule, language: str) -> dict[str, object]:
    return {
        "id": rule.id,
        "promise": describe_rule(rule, language=language),
        "from": rule.valid_from.isoformat(),
        "until": _iso(rule.valid_until),
        "sources": [
            {
                "provision": str(item),
                "url": item.url,
                "version_read": _iso(item.statute.version_read),
                "read": item.is_confirmed,
            }
            for item in rule.provisions
        ],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
