"""Commands about data: deliver, verify, lookup, close."""

from pathlib import Path
from typing import Annotated

import typer

from grondslag.analysis.usefulness import answer_use
from grondslag.approval import Signer
from grondslag.cli.context import (
    HomeOption,
    JsonOption,
    LanguageOption,
    ProjectArgument,
    SourceOption,
    context,
    named_sources,
    passphrase,
)
from grondslag.cli.interrupting import SecondsOption, watching
from grondslag.cli.telling import tell_delivery, tell_verified
from grondslag.delivery import (
    Seeking,
    close_delivery,
    close_project,
    deliver,
    look_up,
    open_small_counts,
    verify_delivery,
)
from grondslag.errors import InputError
from grondslag.keys import load_private, load_public

app = typer.Typer(no_args_is_help=True)

FolderArgument = Annotated[Path, typer.Argument(help="The delivery's own folder.")]
ActorOption = Annotated[str, typer.Option("--actor", help="Who runs this, for the audit chain.")]


def deliver_command(
    project: ProjectArgument,
    source: SourceOption = None,
    seconds: SecondsOption = None,
    actor: ActorOption = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Deliver what the sealed approval allows, encrypted, with proof."""
    ctx = context(language=language, as_json=as_json, home=home)
    made = deliver(
        project,
        ctx.installation,
        clock=ctx.clock,
        sources=named_sources(source),
        actor=actor,
        put=answer_use,
        seeking=Seeking(seconds, lambda: watching(ctx)),
        progress=lambda step, about: ctx.output.say(f"tell.step-{step}", about=about),
    )
    tell_delivery(ctx.output, made)


def verify_command(
    delivery: FolderArgument,
    root: Annotated[
        Path | None, typer.Option("--root", help="The root key's public half (.pub).")
    ] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Verify a delivery offline: seal, rules, query, files, and the chain when it is at hand."""
    ctx = context(language=language, as_json=as_json, home=home)
    if root is not None:
        found = verify_delivery(delivery, root_public_key=load_public(root).public_key)
    else:
        installation = ctx.installation
        found = verify_delivery(
            delivery,
            root_public_key=installation.root_public_key,
            chain=installation.chain,
        )
    tell_verified(ctx.output, found)


def lookup_command(
    reason: Annotated[str, typer.Option("--reason", help="Why you look; it is recorded.")],
    actor: ActorOption = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Tell a resident in which deliveries they were; the number comes from the keyboard."""
    ctx = context(language=language, as_json=as_json, home=home)
    stream = typer.get_text_stream("stdin")
    number = (
        typer.prompt(ctx.output.words("tell.ask-number"), hide_input=True)
        if stream.isatty()
        else stream.readline()
    )
    found = look_up(ctx.installation, identifier=number, reason=reason, actor=actor)
    ctx.output.say("tell.lookup-found", count=len(found.hits))
    for hit in found.hits:
        ctx.output.say(
            "tell.lookup-hit",
            name=hit.name,
            purpose=hit.purpose,
            ground=hit.legal_basis,
            day=hit.time.date(),
        )
    for year in found.unsearchable_years:
        ctx.output.say("tell.lookup-unsearchable", year=str(year))
    ctx.output.say("tell.lookup-without-numbers")
    ctx.output.result(
        {
            "deliveries": [
                {
                    "delivery": hit.delivery_id,
                    "name": hit.name,
                    "purpose": hit.purpose,
                    "legal_basis": hit.legal_basis,
                    "time": hit.time.isoformat(),
                }
                for hit in found.hits
            ],
            "unsearchable_years": list(found.unsearchable_years),
        }
    )


def close_command(
    folder: Annotated[Path, typer.Argument(help="A delivery, or a whole project.")],
    actor: ActorOption = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Destroy the key of a delivery, or all keys of a project; verify still works afterwards."""
    ctx = context(language=language, as_json=as_json, home=home)
    if (folder / "manifest.json").is_file():
        closed = close_delivery(folder, ctx.installation, clock=ctx.clock, actor=actor)
    elif (folder / "plan.yaml").is_file():
        closed = close_project(folder, ctx.installation, clock=ctx.clock, actor=actor)
    else:
        raise InputError("tell.nothing-to-close", folder=str(folder))
    for key in closed.destroyed:
        ctx.output.say("tell.key-destroyed", name=key.name, kind=str(key.kind), at=key.destroyed_at)
    ctx.output.result(
        {"closed": closed.name, "destroyed": [key.to_mapping() for key in closed.destroyed]}
    )


def counts_command(
    delivery: FolderArgument,
    key: Annotated[Path, typer.Option("--key", help="The officer's own key.")],
    reason: Annotated[str, typer.Option("--reason", help="Why you look; it is recorded.")],
    passphrase_file: Annotated[Path | None, typer.Option("--passphrase-file")] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Open the sealed small counts of a delivery, as data protection officer."""
    ctx = context(language=language, as_json=as_json, home=home)
    signer = Signer(load_private(key, passphrase(ctx.output, passphrase_file)))
    found = open_small_counts(
        delivery, ctx.installation, signer=signer, reason=reason, clock=ctx.clock
    )
    for item in found:
        what = ctx.output.words(f"tell.left-out-{item.protection.replace('_', '-')}")
        ctx.output.say("tell.small-count", table=item.table, what=what, count=item.count)
    ctx.output.result(
        {
            "counts": [
                {"table": item.table, "protection": item.protection, "count": item.count}
                for item in found
            ]
        }
    )
