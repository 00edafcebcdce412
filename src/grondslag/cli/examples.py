"""An example project on the whole road: its approvers are played, with keys made for the occasion.

For `demo` and for `run` of a project marked as an example. Everything goes into one folder; the
example itself is never written to. It keeps its own date, so it ends the same next year.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib import resources
from pathlib import Path

from grondslag.analysis.answering import analyse, release_answer
from grondslag.analysis.usefulness import answer_use
from grondslag.approval import (
    AdviceOutcome,
    Opinion,
    Reply,
    answer_advice,
    bundle_for,
    give_advice,
    required_seats,
    seal_fast_lane,
    sign_bundle,
    sign_consent,
)
from grondslag.cli.output import Output
from grondslag.cli.telling import tell_delivery
from grondslag.clock import Clock, ShiftedClock
from grondslag.contracts import Contract
from grondslag.decision.deciding import decide
from grondslag.delivery import Delivery, deliver, read_project
from grondslag.errors import InputError
from grondslag.plan import Plan, read_plan
from grondslag.report import report_project
from grondslag.synthetic.players import Players, make_players
from grondslag.vocabulary import SigningRole

_MARK = ".grondslag-example"
_ANALYST = "data-analist (voorbeeld)"
_DECISION = "decision.yaml"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an example is played.

    Args:
        out: The folder everything goes into.
        project: The project's folder in it.
        output: Where we tell what happens.
        clock: Runs from the plan's own date.
    """

    out: Path
    project: Path
    output: Output
    clock: Clock


def example_folder(name: str) -> Path:
    """The folder of an example that comes with Grondslag.

    Raises:
        InputError: There is no such example.
    """
    packaged = Path(str(resources.files("grondslag"))) / "examples" / name
    checkout = Path(str(resources.files("grondslag"))).parents[1] / "examples" / name
    for folder in (packaged, checkout):
        if (folder / "plan.yaml").is_file():
            return folder
    raise InputError("demo.no-such-example", name=name)


def set_stage(example: Path, out: Path, output: Output, *, project: str = "project") -> Stage:
    """An empty folder with a copy of the example in it.

    Args:
        example: The example's folder.
        out: The folder everything goes into; emptied when an example stood there before.
        output: Where we tell what happens.
        project: Name of the project's folder.

    Raises:
        InputError: The folder holds something else than an earlier example.
    """
    out = out.absolute()
    if out.exists() and any(out.iterdir()):
        if not (out / _MARK).is_file():
            raise InputError("demo.folder-in-use", folder=str(out))
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).touch()
    target = out / project
    shutil.copytree(example, target, ignore=shutil.ignore_patterns("stand-in", "deliveries"))
    plan = read_plan(target / "plan.yaml")
    start = datetime.combine(plan.dated, time(9, 0), UTC)
    return Stage(out, target, output, ShiftedClock(start))


def play_approval(stage: Stage) -> Players:
    """Make the players and let each of them sign what is theirs to sign.

    Raises:
        PolicyRefusedError, ApprovalError: The example is not lawful, or may not be signed.
    """
    read = read_project(stage.project, clock=stage.clock)
    plan = read.plan
    used = _used(plan, read.contracts)
    players = make_players(
        stage.out / "installation",
        municipality=plan.municipality,
        contracts=used,
        body=plan.controller,
        mandate=plan.question.decision.mandate,
        clock=stage.clock,
    )
    stage.output.say("demo.keys-made", count=len(players.owners) + len(players.signers))
    if read.judgement.lane == "fast":
        _consent(stage, players, plan, used)
        seal_fast_lane(stage.project, players.installation, read.judgement, clock=stage.clock)
        stage.output.say("demo.fast-lane")
        return players
    _advise(stage, players)
    bundle = bundle_for(stage.project, players.installation, read.judgement, clock=stage.clock)
    for seat in required_seats(bundle):
        owner = seat.role is SigningRole.OWNER
        signer = (
            players.owner_of(read.contracts[seat.dataset]) if owner else players.signers[seat.role]
        )
        sign_bundle(
            stage.project,
            players.installation,
            read.judgement,
            seat=seat,
            signer=signer,
            clock=stage.clock,
        )
        role = stage.output.words(f"tell.role-{seat.role.value.replace('_', '-')}")
        stage.output.say("demo.signed", role=role, about=seat.about)
    return players


def play_delivery(stage: Stage, players: Players, sources: Mapping[str, Path]) -> Delivery:
    """Deliver, and tell what was left out.

    Raises:
        GrondslagError: The delivery was refused; nothing was made.
    """
    made = deliver(
        stage.project,
        players.installation,
        clock=stage.clock,
        sources=sources,
        actor=_ANALYST,
        put=answer_use,
    )
    tell_delivery(stage.output, made)
    return made


def play_answer(stage: Stage, players: Players) -> None:
    """Analyse, let a second person release, decide where the example decides, and report.

    Raises:
        DisclosureRefusedError: A figure could show a person.
    """
    if read_plan(stage.project / "plan.yaml").analysis is None:
        _play_report(stage, players)
        return
    analyse(stage.project, players.installation, clock=stage.clock, actor=_ANALYST)
    stage.output.say("demo.analysed")
    answer = release_answer(
        stage.project,
        players.installation,
        signer=players.signers[SigningRole.RELEASER],
        clock=stage.clock,
    )
    code = "demo.released" if answer.released_by else "demo.released-fast"
    stage.output.say(code, count=len(answer.release.figures))
    if (stage.project / _DECISION).is_file():
        decide(
            stage.project,
            players.installation,
            stage.project / _DECISION,
            signer=players.signers[SigningRole.DECIDER],
            clock=stage.clock,
        )
        stage.output.say("demo.decided")
    _play_report(stage, players)


def _play_report(stage: Stage, players: Players) -> None:
    language = stage.output.language
    report_project(stage.project, players.installation, clock=stage.clock, language=language)
    stage.output.say("demo.reported", folder=str(stage.project / "report"))


def _used(plan: Plan, contracts: Mapping[str, Contract]) -> list[Contract]:
    """The contracts a plan opens, those of objections too."""
    names = {need.dataset for need in plan.data}
    names |= {
        found.dataset
        for name in list(names)
        if (found := contracts[name].privacy.objections) is not None
    }
    return [contracts[name] for name in sorted(names)]


def _consent(stage: Stage, players: Players, plan: Plan, used: list[Contract]) -> None:
    for contract in used:
        need = plan.need(contract.name)
        columns = [column.name for column in need.columns] if need else []
        extra = [need.period.column] if need and need.period else []
        extra += [need.area.column] if need and need.area else []
        sign_consent(
            players.installation,
            contract,
            columns=dict.fromkeys([*columns, *extra]),
            until=plan.end_date,
            signer=players.owner_of(contract),
            clock=stage.clock,
        )
        stage.output.say("demo.consented", dataset=contract.name)


def _advise(stage: Stage, players: Players) -> None:
    """The officer advises, the decider answers: both are played."""
    text = stage.output.words("demo.advice-text")
    give_advice(
        stage.project,
        players.installation,
        Opinion(AdviceOutcome.DO_WITH_CONDITIONS, text),
        signer=players.signers[SigningRole.DATA_PROTECTION_OFFICER],
        clock=stage.clock,
    )
    answer_advice(
        stage.project,
        players.installation,
        Reply(followed=True, reason=stage.output.words("demo.advice-answer")),
        signer=players.signers[SigningRole.DECIDER],
        clock=stage.clock,
    )
    stage.output.say("demo.advised")
