"""Commands about a plan: new, check, status."""

from pathlib import Path
from typing import Annotated, Any

import typer

from grondslag.accountability import read_accountability
from grondslag.canonical import to_yaml, write_text
from grondslag.cli.context import (
    Context,
    HomeOption,
    JsonOption,
    LanguageOption,
    ProjectArgument,
    context,
)
from grondslag.cli.judging import tell_verdict, verdict_mapping
from grondslag.cli.new_plan import ask_plan, tell_new, write_project
from grondslag.clock import Clock, today
from grondslag.contracts import read_contracts
from grondslag.errors import InputError, PolicyRefusedError
from grondslag.plan import read_plan
from grondslag.policy import (
    Case,
    Outcome,
    Proposal,
    check,
    describe_change,
    parameters_of,
)
from grondslag.project import Status, StepState, Waiting, project_state
from grondslag.synthetic.needs import Use, column_uses

__all__ = ["check_command", "new_command", "status_command", "tell_verdict"]

_STYLES = {Status.DONE: "green", Status.WAITING: "yellow", Status.WRONG: "red"}


def new_command(
    folder: Annotated[Path, typer.Argument(help="The new project's folder.")] = Path(
        "nieuw-project"
    ),
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Write a first plan by asking the four questions, one at a time."""
    ctx = context(language=language, as_json=as_json)
    if folder.exists() or folder.is_symlink():
        raise InputError("cli.folder-exists", folder=str(folder))
    plan = ask_plan(ctx.output, folder, day=today(ctx.clock))
    write_project(folder, plan, ctx.output)
    tell_new(ctx.output, folder, plan)
    ctx.output.result({"project": str(folder), "id": plan.id, "plan_sha256": plan.sha256})


def check_command(
    project: Annotated[Path, typer.Argument(help="A project's folder, or a plan.")],
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write the plan with the smallest change made in it."),
    ] = None,
    needs: Annotated[
        bool,
        typer.Option("--needs", help="Try on made-up data which columns the answer does without."),
    ] = False,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Hold a plan against every rule: what is wrong, by which article, what can be done."""
    ctx = context(language=language, as_json=as_json)
    if write is not None and write.exists():
        raise InputError("cli.file-exists", file=str(write))
    case = case_of(project, clock=ctx.clock)
    verdict = check(case)
    proposal = tell_verdict(ctx.output, case, verdict)
    if write is not None:
        _write_changed(ctx, proposal, write)
    tried = _tell_needs(ctx, case) if needs else {}
    ctx.output.result(verdict_mapping(ctx.output, verdict, proposal) | tried)
    if verdict.outcome in (Outcome.NO, Outcome.NOT_YET):
        raise PolicyRefusedError("cli.plan-not-lawful", plan=case.plan.document.file)


def _tell_needs(ctx: Context, case: Case) -> dict[str, Any]:
    """What the answer does without, tried on made-up data."""
    minimum = case.parameters.value("minimum_group", case.day) or 0
    uses = column_uses(case.plan, case.contracts, day=case.day, minimum=minimum)
    spare = [one for one in uses if one.use is not Use.NEEDED]
    ctx.output.text("")
    ctx.output.say("cli.needs-tried", style="bold")
    for one in spare:
        ctx.output.say("cli.needs-spare", dataset=one.dataset, column=one.column, style="yellow")
        if one.change is not None:
            ctx.output.text(f"  - {describe_change(one.change, language=ctx.output.language)}")
    if not spare:
        ctx.output.say("cli.needs-all", style="green", count=len(uses))
    return {
        "needs": [
            {"dataset": one.dataset, "column": one.column, "form": one.form, "use": str(one.use)}
            for one in uses
        ]
    }


def status_command(
    project: ProjectArgument,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Show where a project stands: done, to do, waiting for whom."""
    ctx = context(language=language, as_json=as_json, home=home)
    if not project.is_dir():
        raise InputError("cli.no-such-folder", folder=str(project))
    at_hand = (ctx.home / "installation.yaml").is_file()
    states = project_state(project, ctx.installation if at_hand else None, clock=ctx.clock)
    _tell_states(ctx, states)
    ctx.output.result({"project": str(project), "steps": [_mapping(ctx, s) for s in states]})


def case_of(path: Path, *, clock: Clock) -> Case:
    """What the rules look at: a project's folder, or a plan with the folders beside it.

    Raises:
        InputError: A document is at fault, or is not there.
    """
    file = path / "plan.yaml" if path.is_dir() else path
    return Case(
        plan=read_plan(file),
        contracts=read_contracts(file.parent / "contracts"),
        accountability=read_accountability(file.parent / "accountability"),
        day=today(clock),
        parameters=parameters_of(file.parent),
    )


def _write_changed(ctx: Context, proposal: Proposal | None, file: Path) -> None:
    """Write the plan with every change the engine can make; what people must do stays to do."""
    if proposal is None or not proposal.best.changes:
        raise InputError("cli.nothing-to-change", file=str(file))
    best = proposal.best
    write_text(file, to_yaml(best.case.plan.document.content))
    ctx.output.text("")
    ctx.output.say("cli.plan-written", file=str(file), count=len(best.changes))
    if best.by_people:
        ctx.output.say("cli.left-for-people", count=len(best.by_people))


def _tell_states(ctx: Context, states: tuple[StepState, ...]) -> None:
    ctx.output.table(
        ("cli.column-step", "cli.column-status", "cli.column-how"),
        [
            (
                ctx.output.words(state.step.word.code),
                ctx.output.words(state.status.word.code),
                state.said.words(ctx.output.language),
            )
            for state in states
        ],
    )
    for state in states:
        for waiting in state.waiting:
            ctx.output.text(_waiting_words(ctx, waiting), style=_STYLES[Status.WAITING])
    following = next((state.following for state in states if state.following is not None), None)
    if following is not None:
        ctx.output.heading("cli.next-step")
        ctx.output.text(following.words(ctx.output.language))


def _waiting_words(ctx: Context, waiting: Waiting) -> str:
    about = ", ".join(part for part in (waiting.about, waiting.dataset) if part)
    who = f"{ctx.output.words(waiting.role.code)} ({about})" if about else waiting.role
    if waiting.since is None:
        return ctx.output.words("cli.waits-for", who=who)
    return ctx.output.words("cli.waits-since", who=who, date=waiting.since)


def _mapping(ctx: Context, state: StepState) -> dict[str, object]:
    language = ctx.output.language
    return {
        "step": str(state.step),
        "status": str(state.status),
        "says": state.said.words(language),
        "waiting": [
            {
                "role": ctx.output.words(item.role.code),
                "about": item.about,
                "dataset": item.dataset,
                "since": None if item.since is None else item.since.isoformat(),
            }
            for item in state.waiting
        ],
        "next": None if state.following is None else state.following.words(language),
    }
