"""Commands about anonymity: anonymise, risk."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from grondslag.analysis.records_out import let_records_out
from grondslag.analysis.usefulness import answer_use
from grondslag.cli.context import (
    Context,
    HomeOption,
    JsonOption,
    LanguageOption,
    context,
)
from grondslag.cli.data import ActorOption, FolderArgument
from grondslag.cli.interrupting import SecondsOption, watching
from grondslag.cli.people import PassphraseFileOption, signer_from
from grondslag.delivery import OpenedDelivery, open_delivery
from grondslag.delivery.anonymous_tables import (
    AnonymousTable,
    anonymise_table,
    kept_tables,
    risk_of_table,
)
from grondslag.delivery.answering_twice import answer_as_told
from grondslag.delivery.asked_of_tables import Wanted
from grondslag.delivery.roles import tables_of_records
from grondslag.errors import InputError
from grondslag.plan import WantedModel, WantedModelKind
from grondslag.report.anonymity import check_name, write_anonymity
from grondslag.report.anonymity_words import risk_sentences, said_of_anonymisation

TableOption = Annotated[str, typer.Option("--table", help="One table of the delivery.")]

_MODELS = (
    "distinct:COLUMN:L entropy:COLUMN:L recursive:COLUMN:C:L"
    " closeness:COLUMN:T[:equal|ordered|hierarchical] kmap:K:TABLE presence:LOW:HIGH:TABLE"
    " uniqueness:SHARE:PEOPLE[:pitman|zayatz]"
)
_Field = tuple[str, Callable[[str], Any]]
_COLUMN: _Field = ("column", str)
_PROMISES: Mapping[str, tuple[WantedModelKind, tuple[_Field, ...], int]] = {
    "distinct": (WantedModelKind.DISTINCT, (_COLUMN, ("l", int)), 0),
    "entropy": (WantedModelKind.ENTROPY, (_COLUMN, ("l", float)), 0),
    "recursive": (WantedModelKind.RECURSIVE, (_COLUMN, ("c", float), ("l", int)), 0),
    "closeness": (WantedModelKind.CLOSENESS, (_COLUMN, ("t", float), ("distance", str)), 1),
    "kmap": (WantedModelKind.KMAP, (("k", int), ("population", str)), 0),
    "presence": (
        WantedModelKind.PRESENCE,
        (("low", float), ("high", float), ("population", str)),
        0,
    ),
    "uniqueness": (
        WantedModelKind.UNIQUENESS,
        (("share", float), ("people", int), ("estimator", str)),
        1,
    ),
}
"""Per promise its fields in the order in which they are typed; so many of the last may go."""


def anonymise_command(
    delivery: FolderArgument,
    k: Annotated[int | None, typer.Option("--k", help="So many persons look alike.")] = None,
    suppress: Annotated[
        str, typer.Option("--suppress", help="Share of rows that may be left out, such as 2%.")
    ] = "0%",
    table: TableOption = "",
    measure: Annotated[str, typer.Option(help="What loss is measured by.")] = "loss",
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", metavar="COLUMN=WEIGHT", help="How much a column matters."),
    ] = None,
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="MODEL", help=_MODELS)
    ] = None,
    local: Annotated[
        bool, typer.Option("--local", help="Each group as fine as its own people allow.")
    ] = False,
    seconds: SecondsOption = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="A page (.html); the PDF comes beside it.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Let out the table that somebody else made, as this .csv."),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="With --out: the second person's own key.")
    ] = None,
    passphrase_file: PassphraseFileOption = None,
    actor: ActorOption = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Make a delivered table anonymous, the rows stay encrypted; or let out what was made."""
    if out is not None:
        if k is not None:
            raise InputError("anonymity.out-apart", file=out.name)
        ctx = context(language=language, as_json=as_json, home=home)
        let_out(ctx, delivery, table, out, key, passphrase_file)
        return
    if k is None:
        raise InputError("anonymity.k-missing")
    promises = tuple(promise_from(text) for text in model or ())
    share, weights = share_from(suppress), weights_from(weight)
    if report is not None:
        check_name(report)
    ctx = context(language=language, as_json=as_json, home=home)
    opened = open_delivery(delivery, ctx.installation, clock=ctx.clock, actor=actor)
    name = _table_named(opened, table)
    with watching(ctx) as watch:
        made = anonymise_table(
            opened,
            name,
            Wanted(k, promises, share, measure, weights, local, seconds, watch),
            ctx.installation,
            clock=ctx.clock,
            actor=actor,
        )
    answer = answer_as_told(
        answer_use(opened, name, made.made.table).to_mapping(), made.description["anonymisation"]
    )
    files: tuple[Path, ...] = ()
    if report is not None:
        files = write_anonymity(
            report,
            made.description,
            answer,
            sha256=made.sha256,
            moment=ctx.clock.now(),
            language=language,
        )
    _tell(ctx, made, answer, files)


def risk_command(
    delivery: FolderArgument,
    table: TableOption = "",
    population: Annotated[
        str, typer.Option("--population", help="The table with everybody the rows could be of.")
    ] = "",
    people: Annotated[
        int | None, typer.Option("--people", min=1, help="How many people the population has.")
    ] = None,
    actor: ActorOption = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Measure how likely it is that somebody is found in a delivered table."""
    ctx = context(language=language, as_json=as_json, home=home)
    opened = open_delivery(delivery, ctx.installation, clock=ctx.clock, actor=actor)
    names = [_table_named(opened, table)] if table else _tables(opened)
    found = [
        risk_of_table(opened, name, population=population, people=people)
        for name in names
        if name != population
    ]
    ctx.installation.record(actor, "delivery.risk-measured", opened.id)
    for one in found:
        ctx.output.heading("anonymity.risk-of", title=one["title"])
        for line in risk_sentences(one, language=language):
            ctx.output.text(line)
    ctx.output.result({"delivery": opened.id, "tables": found})


def let_out(
    ctx: Context,
    delivery: Path,
    table: str,
    out: Path,
    key: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Let out a table that somebody else made, and tell what left."""
    signer = None if key is None else signer_from(ctx, key, passphrase_file)
    name = table or _only_table(delivery)
    left = let_records_out(delivery, name, out, ctx.installation, signer=signer, clock=ctx.clock)
    ctx.output.say("anonymity.let-out", file=left.path.name, count=left.rows)
    ctx.output.say("anonymity.let-out-by", made_by=left.made_by, subject=left.let_out_by)
    ctx.output.say("anonymity.let-out-proof", file=left.proof.name)
    ctx.output.result({"file": str(left.path), "proof": str(left.proof), **left.statement})


def _only_table(delivery: Path) -> str:
    """The one table that was made anonymous.

    Raises:
        InputError: There is none, or more than one.
    """
    names = kept_tables(delivery)
    if len(names) != 1:
        code = "anonymity.which-table" if names else "anonymity.nothing-made"
        raise InputError(code, known=names)
    return names[0]


def share_from(text: str) -> float:
    """A share as somebody typed it: ``2%``, ``2,5%`` or ``0.02``.

    Raises:
        InputError: It is no share between 0 and 1.
    """
    number = text.strip().removesuffix("%").replace(",", ".")
    try:
        share = float(number) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise InputError("anonymity.no-share", given=text[:20])
    return share


def weights_from(texts: Sequence[str] | None) -> Mapping[str, float]:
    """``COLUMN=WEIGHT`` texts to weights per column.

    Raises:
        InputError: A text is not of that form, or names a column twice.
    """
    found: dict[str, float] = {}
    for text in texts or ():
        name, equals, number = text.partition("=")
        try:
            weight = float(number.replace(",", "."))
        except ValueError:
            weight = math.nan
        if not equals or not name or name in found or not math.isfinite(weight):
            raise InputError("anonymity.no-weight", given=text[:80])
        found[name] = weight
    return found


def promise_from(text: str) -> WantedModel:
    """A promise as somebody typed it.

    Raises:
        InputError: There is no such promise, or a number of it is none.
    """
    name, *parts = text.split(":")
    if name in _PROMISES:
        kind, fields, optional = _PROMISES[name]
        if len(fields) - optional <= len(parts) <= len(fields):
            try:
                given = {
                    field: read(part) for (field, read), part in zip(fields, parts, strict=False)
                }  # the last may be left out
                return WantedModel(kind, **given)
            except ValueError:
                pass
    raise InputError("anonymity.no-model", given=text[:80], known=_MODELS.split())


def _table_named(opened: OpenedDelivery, table: str) -> str:
    """The table that was asked for, or the only one."""
    names = _tables(opened)
    if table and table not in opened.datasets:
        raise InputError("delivery.no-such-table", dataset=table[:63], known=opened.datasets)
    if not table and len(names) > 1:
        raise InputError("anonymity.which-table", known=names)
    return table or names[0]


def _tables(opened: OpenedDelivery) -> tuple[str, ...]:
    names = tables_of_records(opened)
    if not names:
        raise InputError("anonymity.only-counts", delivery=opened.id)
    return names


def _tell(
    ctx: Context, made: AnonymousTable, answer: Mapping[str, Any], files: Sequence[Path]
) -> None:
    """What became of the table, to people and to programs."""
    content = made.description
    ctx.output.heading("anonymity.made", title=content["title"])
    for line in said_of_anonymisation(content, answer, language=ctx.output.language):
        ctx.output.text(line)
    ctx.output.say("anonymity.kept", file=str(made.path))
    for file in files:
        ctx.output.say("anonymity.reported", file=str(file))
    ctx.output.result(
        {
            "description": str(made.path),
            "sha256": made.sha256,
            "report": [str(file) for file in files],
            "answer_use": dict(answer),
            **content,
        }
    )
