"""Commands about the audit chain: whole or not, its newest records, its head."""

import re
from collections import deque
from pathlib import Path
from typing import Annotated

import typer

from grondslag.approval import Installation
from grondslag.audit import AuditRecord, SignedHead, verify_chain
from grondslag.canonical import read_document
from grondslag.cli.context import Context, HomeOption, JsonOption, LanguageOption, context
from grondslag.cli.output import Output
from grondslag.errors import InputError

audit = typer.Typer(no_args_is_help=True, help="The audit chain: who did what, and when.")

_RESULT = {"ok": "cli.audit-ok"}


@audit.command("verify")
def verify_audit(
    head: Annotated[
        list[Path] | None,
        typer.Option("--head", help="A head kept elsewhere, as `audit head` gave it."),
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option("--paper", metavar="NUMBER=HASH", help="A printed head, as you read it."),
    ] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Find any edit, deletion, reordering or cut-off tail in the audit chain."""
    ctx = context(language=language, as_json=as_json, home=home)
    installation = ctx.installation
    report = verify_chain(
        installation.chain,
        public_key=installation.machine_public_key,
        heads=[_head_in(path) for path in head or ()],
        witness=installation.witness,
        on_paper=dict(_read_from_paper(text) for text in paper or ()),
    )
    ctx.output.say("cli.audit-whole", style="green", count=report.records)
    if report.torn:
        ctx.output.say("cli.audit-torn", style="yellow", count=report.torn)
    if installation.witness is None and not installation.settings.heads_to:
        ctx.output.say("cli.home-without-witness", style="yellow")
    ctx.output.result(
        {
            "records": report.records,
            "first": report.first,
            "last": report.last,
            "torn": report.torn,
            "head": None if report.head is None else report.head.to_mapping(),
        }
    )


@audit.command("show")
def show_audit(
    last: Annotated[int, typer.Option("--last", min=1, help="How many records.")] = 20,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Show the newest records: who did what to what, and when."""
    ctx = context(language=language, as_json=as_json, home=home)
    store = ctx.installation.chain
    records = list(deque(store.records(), maxlen=last))
    ctx.output.table(
        ("cli.column-time", "cli.column-actor", "cli.column-action", "cli.column-object",
         "cli.column-result"),
        [_row(ctx.output, record) for record in records],
    )  # fmt: skip
    ctx.output.result({"records": [record.to_mapping() for record in records]})


@audit.command("head")
def show_head(
    send: Annotated[
        bool, typer.Option("--send", help="Also send it now, by mail and to the printer.")
    ] = False,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Show the newest signed head: keep it elsewhere, and a cut-off tail will show."""
    ctx = context(language=language, as_json=as_json, home=home)
    installation = ctx.installation
    head = installation.audit.head()
    if send:
        _send(ctx, installation)
    if head is None:
        raise InputError("cli.audit-empty")
    ctx.output.say("cli.audit-head", number=head.number, hash=head.hash, time=head.time)
    ctx.output.say("cli.audit-head-keep")
    ctx.output.result(head.to_mapping())


def _row(output: Output, record: AuditRecord) -> tuple[str, str, str, str, str]:
    known = _RESULT.get(record.result)
    result = record.result if known is None else output.words(known)
    return (record.time[:19].replace("T", " "), record.actor, record.action, record.object, result)


def _send(ctx: Context, installation: Installation) -> None:
    """Send the head, for somebody who tries whether it arrives."""
    if not installation.settings.heads_to:
        raise InputError("cli.heads-to-nowhere", file=str(installation.home / "installation.yaml"))
    for error in installation.send_heads(language=ctx.output.language):
        raise error
    for channel in installation.settings.heads_to:
        ctx.output.say("cli.audit-head-sent", style="green", to=channel.key)


def _read_from_paper(text: str) -> tuple[int, str]:
    """``NUMBER=HASH`` as somebody read it: at least sixteen digits, with spaces or without."""
    number, _, typed = text.partition("=")
    digits = typed.replace(" ", "").lower()
    if not number.strip().isascii() or not number.strip().isdigit() or int(number) < 1:
        raise InputError("cli.paper-form")
    if not re.fullmatch("[0-9a-f]{16,64}", digits):
        raise InputError("cli.paper-form")
    return int(number), digits


def _head_in(path: Path) -> SignedHead:
    content = read_document(path).content
    if not isinstance(content, dict):
        raise InputError("cli.no-head-in-file", file=path.name)
    return SignedHead.from_mapping(content)
