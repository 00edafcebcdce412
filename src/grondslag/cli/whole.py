"""Commands over the whole road: demo, run, synthetic."""

import shutil
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from grondslag.analysis.answering import analyse, release_answer
from grondslag.analysis.usefulness import answer_use
from grondslag.approval import seal_fast_lane
from grondslag.cli.context import (
    Context,
    HomeOption,
    JsonOption,
    LanguageOption,
    ProjectArgument,
    SourceOption,
    context,
    named_sources,
)
from grondslag.cli.examples import (
    Stage,
    example_folder,
    play_answer,
    play_approval,
    play_delivery,
    set_stage,
)
from grondslag.cli.judging import tell_verdict
from grondslag.cli.output import Output
from grondslag.cli.telling import tell_delivery, tell_verified
from grondslag.clock import today
from grondslag.delivery import deliver, latest_delivery, look_up, read_project, verify_delivery
from grondslag.errors import ApprovalError, GrondslagError, InputError
from grondslag.plan import read_plan
from grondslag.report import report_project
from grondslag.synthetic import Town, make_later_town, make_town
from grondslag.synthetic.people import make_people
from grondslag.synthetic.players import Players
from grondslag.synthetic.themes import THEMES, make_theme

OutOption = Annotated[Path, typer.Option("--out", help="A folder for everything that is made.")]
_EXAMPLE = "voorbeeldstad-verkeer"
_DATA = "voorbeeldstad-data"
_LATER = "flitspalen"
_QUESTIONS = ("verkeer", _LATER, *THEMES)
"""Examples by their theme; the first shows every step, the others go straight to the answer."""


def demo_command(
    out: OutOption = Path("build/demo"),
    example: Annotated[str, typer.Option(help=f"Which question: {', '.join(_QUESTIONS)}.")] = (
        _QUESTIONS[0]
    ),
    residents: Annotated[int, typer.Option(help="How many made-up residents.")] = 60_000,
    language: LanguageOption = "nl",
) -> None:
    """Travel the whole road with made-up data: from a complaint to a recorded decision."""
    output = context(language=language).output
    if example != _QUESTIONS[0]:
        _theme(example, out, output)
        return
    stage = set_stage(example_folder(_EXAMPLE), out, output)
    output.say("demo.title", style="bold")
    output.say("demo.made-up")
    output.heading("demo.step-data")
    town = make_town(stage.out / _DATA, today=today(stage.clock), residents=residents)
    output.say("demo.town", residents=town.residents, datasets=len(town.sources))
    _refused_first(stage)
    output.heading("demo.step-lawful")
    read = read_project(stage.project, clock=stage.clock)
    tell_verdict(output, read.case, read.verdict, briefly=True)
    output.heading("demo.step-sign")
    players = play_approval(stage)
    output.heading("demo.step-deliver")
    play_delivery(stage, players, {})
    output.heading("demo.step-answer")
    play_answer(stage, players)
    output.heading("demo.step-no-way-around")
    _no_way_around(stage, players)
    output.heading("demo.step-verify")
    _verify(stage, players)
    output.heading("demo.step-resident")
    _resident(stage, players, town)
    output.heading("demo.done")
    _where(stage)


def _theme(theme: str, out: Path, output: Output) -> None:
    """An example about neighbourhoods: its data, its plan, and straight on to the report."""
    stage = set_stage(example_folder(f"voorbeeldstad-{theme}"), out, output)
    output.text(read_plan(stage.project / "plan.yaml").title, style="bold")
    output.say("demo.made-up")
    data = stage.out / _DATA
    sources = make_later_town(data).sources if theme == _LATER else make_theme(theme, data).sources
    output.say("demo.theme", datasets=len(sources))
    read = read_project(stage.project, clock=stage.clock)
    tell_verdict(output, read.case, read.verdict, briefly=True)
    players = play_approval(stage)
    play_delivery(stage, players, {})
    play_answer(stage, players)
    _verify(stage, players)
    output.heading("demo.done")
    _where(stage)


def run_command(
    project: ProjectArgument,
    out: Annotated[
        Path | None, typer.Option("--out", help="For an example: a folder for everything made.")
    ] = None,
    source: SourceOption = None,
    actor: Annotated[str, typer.Option("--actor", help="Who runs this.")] = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Take all steps that need no further signature; an example plays its own approvers."""
    ctx = context(language=language, as_json=as_json, home=home)
    sources = named_sources(source)
    plan = read_plan(project / "plan.yaml")
    if not plan.example:
        _run_real(ctx, project, sources, actor)
        return
    if out is None:
        raise InputError("demo.out-needed", project=plan.id)
    stage = set_stage(project, out, ctx.output)
    read = read_project(stage.project, clock=stage.clock)
    tell_verdict(ctx.output, read.case, read.verdict, briefly=True)
    players = play_approval(stage)
    play_delivery(stage, players, {name: path.absolute() for name, path in sources.items()})
    play_answer(stage, players)
    _verify(stage, players)
    _where(stage)
    ctx.output.result({"project": plan.id, "report": str(stage.project / "report" / "index.html")})


def synthetic_command(
    out: OutOption,
    residents: Annotated[int, typer.Option(help="How many residents.")] = 60_000,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal files.")] = 2026,
    day: Annotated[str, typer.Option(help="The day it is in the town (yyyy-mm-dd).")] = "",
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Write Voorbeeldstad: a made-up municipality with a known truth."""
    ctx = context(language=language, as_json=as_json)
    try:
        when = date.fromisoformat(day) if day else today(ctx.clock)
    except ValueError as error:
        raise InputError("demo.no-such-day", day=day[:20]) from error
    town = make_town(out, today=when, residents=residents, seed=seed)
    ctx.output.say("demo.town", residents=town.residents, datasets=len(town.sources))
    ctx.output.result({name: str(path) for name, path in town.sources.items()})


def _run_real(ctx: Context, project: Path, sources: dict[str, Path], actor: str) -> None:
    """A real project: as far as it goes without a further signature."""
    installation = ctx.installation
    judgement = read_project(project, clock=ctx.clock).judgement
    fast = judgement.lane == "fast"
    if fast and not (project / "approval").is_dir():
        seal_fast_lane(project, installation, judgement, clock=ctx.clock)
    made = deliver(
        project, installation, clock=ctx.clock, sources=sources, actor=actor, put=answer_use
    )
    tell_delivery(ctx.output, made)
    if read_plan(project / "plan.yaml").analysis is None:
        report_project(project, installation, clock=ctx.clock, language=ctx.output.language)
        ctx.output.say("demo.reported", folder=str(project / "report"))
        return
    analyse(project, installation, clock=ctx.clock, actor=actor)
    ctx.output.say("demo.analysed")
    if not fast:
        ctx.output.say("demo.release-next")
        return
    answer = release_answer(project, installation, signer=None, clock=ctx.clock)
    ctx.output.say("demo.released-fast", count=len(answer.release.figures))
    report_project(project, installation, clock=ctx.clock, language=ctx.output.language)
    ctx.output.say("demo.reported", folder=str(project / "report"))


def _refused_first(stage: Stage) -> None:
    """The first, unlawful plan: refused with the articles, and the smallest lawful change."""
    stage.output.heading("demo.step-refused")
    good = stage.project / "plan.yaml"
    kept = good.read_bytes()
    good.write_bytes((stage.project / "plan-eerste.yaml").read_bytes())
    try:
        read = read_project(stage.project, clock=stage.clock)
        tell_verdict(stage.output, read.case, read.verdict, briefly=True)
    finally:
        good.write_bytes(kept)


def _no_way_around(stage: Stage, players: Players) -> None:
    """Edit the plan after it was approved, and try to deliver."""
    plan = stage.project / "plan.yaml"
    kept = plan.read_bytes()
    more = b"      - {name: buurt, form: exact, reason: Dan weten we ook de buurt.}\n"
    at = kept.index(b"      - name: wijk", kept.index(b"dataset: wegen"))
    plan.write_bytes(kept[:at] + more + kept[at:])
    try:
        deliver(stage.project, players.installation, clock=stage.clock)
    except GrondslagError as error:
        stage.output.say("demo.tried-column")
        stage.output.text("  " + stage.output.words(error.code, **error.fields), style="red")
    else:
        raise ApprovalError("demo.got-round")
    finally:
        plan.write_bytes(kept)


def _verify(stage: Stage, players: Players) -> None:
    found = verify_delivery(
        latest_delivery(stage.project),
        root_public_key=players.installation.root_public_key,
        chain=players.installation.chain,
    )
    tell_verified(Output(language=stage.output.language, as_json=False), found)


def _resident(stage: Stage, players: Players, town: Town) -> None:
    """A resident asks where their data was used; who it is comes from the maker of the town."""
    people = make_people(town.seed, town.residents, today(stage.clock))
    number = str(people.number[people.secret.argmin()])
    found = look_up(
        players.installation,
        identifier=number,
        reason=stage.output.words("demo.lookup-reason"),
        actor="burgerzaken (voorbeeld)",
    )
    for hit in found.hits:
        stage.output.say(
            "tell.lookup-hit",
            name=hit.name,
            purpose=hit.purpose,
            ground=hit.legal_basis,
            day=hit.time.date(),
        )


def _where(stage: Stage) -> None:
    """Where everything stands."""
    delivery = latest_delivery(stage.project)
    report = stage.out / "report"
    shutil.copytree(stage.project / "report", report)
    for code, path in (
        ("demo.where-report", report / "index.html"),
        ("demo.where-pdf", report / "report.pdf"),
        ("demo.where-plan", stage.project / "plan.yaml"),
        ("demo.where-approval", stage.project / "approval"),
        ("demo.where-manifest", delivery / "manifest.json"),
        ("demo.where-decision", stage.project / "decision.json"),
    ):
        if path.exists():
            stage.output.say(code, path=str(path))
    stage.output.say("demo.where-verify", delivery=str(delivery), root=str(stage.out / "root.pub"))
