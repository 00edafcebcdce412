"""Commands about the answer: analyse, release, decide, review, report."""

from pathlib import Path
from typing import Annotated

import typer

from grondslag.analysis.answering import Answer, analyse, release_answer
from grondslag.approval import Signer
from grondslag.cli.context import (
    Context,
    HomeOption,
    JsonOption,
    LanguageOption,
    ProjectArgument,
    context,
    passphrase,
)
from grondslag.decision import read_decision_record, read_review, review
from grondslag.decision.deciding import decide
from grondslag.decision.warning import warnings_of
from grondslag.keys import load_private
from grondslag.plan import read_plan
from grondslag.report import report_project

KeyOption = Annotated[Path | None, typer.Option("--key", help="The signer's own key.")]
PassphraseOption = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file with the passphrase.")
]


def analyse_command(
    project: ProjectArgument,
    actor: Annotated[str, typer.Option("--actor", help="Who analyses.")],
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Put the plan's question to the newest delivery; the numbers stay sealed."""
    ctx = context(language=language, as_json=as_json, home=home)
    made = analyse(project, ctx.installation, clock=ctx.clock, actor=actor)
    ctx.output.say("tell.analysed", file=str(made.path))
    ctx.output.result({"analysis_sha256": made.sha256, "delivery": made.delivery})


def release_command(
    project: ProjectArgument,
    key: KeyOption = None,
    passphrase_file: PassphraseOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Let the figures out, as a second person; in the fast lane nobody needs to sign."""
    ctx = context(language=language, as_json=as_json, home=home)
    signer = None if key is None else _signer(ctx, key, passphrase_file)
    answer = release_answer(project, ctx.installation, signer=signer, clock=ctx.clock)
    tell_answer(ctx, answer)


def decide_command(
    project: ProjectArgument,
    decision: Annotated[Path, typer.Option("--decision", help="decision.yaml")],
    key: Annotated[Path, typer.Option("--key", help="The decider's own key.")],
    passphrase_file: PassphraseOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Record the decision on the newest answer, and sign it."""
    ctx = context(language=language, as_json=as_json, home=home)
    signer = _signer(ctx, key, passphrase_file)
    made = decide(project, ctx.installation, decision, signer=signer, clock=ctx.clock)
    ctx.output.say("tell.decided", subject=made.subject, sha256=made.record.sha256[:16])
    for note in warnings_of(made.record.decision, read_plan(project / "plan.yaml")):
        ctx.output.warn(note.code, **note.fields)
    ctx.output.result({"decision_sha256": made.record.sha256, "decided_by": made.subject})


def review_command(
    project: ProjectArgument,
    outcome: Annotated[Path, typer.Option("--review", help="review.yaml")],
    actor: Annotated[str, typer.Option("--actor", help="Who looked.")],
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Record whether the decision worked."""
    ctx = context(language=language, as_json=as_json, home=home)
    record = read_decision_record(project / "decision.json")
    said = review(record, read_review(outcome), path=project / "review.json", clock=ctx.clock)
    ctx.installation.record(actor, "decision.reviewed", project.name, sha256=said.sha256)
    ctx.output.say("tell.reviewed", worked=said.review.worked, next=said.review.next_step)
    ctx.output.result({"review_sha256": said.sha256, "worked": said.review.worked})


def report_command(
    project: ProjectArgument,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Write the report: one accessible page, and the same as PDF."""
    ctx = context(language=language, as_json=as_json, home=home)
    paths = report_project(project, ctx.installation, clock=ctx.clock, language=language)
    for path in paths:
        ctx.output.say("tell.reported", path=str(path))
    ctx.output.result({"files": [str(path) for path in paths]})


def tell_answer(ctx: Context, answer: Answer) -> None:
    """How many tables were let out, under which profile."""
    ctx.output.say(
        "tell.released", count=len(answer.release.figures), profile=answer.release.profile
    )
    remarks = [
        (figure.id, finding)
        for figure in answer.release.figures
        if figure.model is not None
        for finding in figure.model.findings
    ]
    for figure, finding in remarks:
        words = ctx.output.words(finding.code, **finding.fields)
        ctx.output.say("tell.model-finding", figure=figure, finding=words)
    ctx.output.result(
        {
            "findings": [{"figure": figure, "code": one.code} for figure, one in remarks],
            "release": answer.release.id,
            "figures": [figure.id for figure in answer.release.figures],
            "released_by": answer.released_by,
        }
    )


def _signer(ctx: Context, key: Path, passphrase_file: Path | None) -> Signer:
    return Signer(load_private(key, passphrase(ctx.output, passphrase_file)))
