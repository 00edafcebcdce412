"""`protect-table`: a table of a delivery with all its totals, protected and let out."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.analysis.protected_tables import TableAsked, Way, protect_delivered
from grondslag.approval import Signer
from grondslag.cli.context import HomeOption, JsonOption, LanguageOption, context, passphrase
from grondslag.cli.interrupting import working
from grondslag.cli.output import Output
from grondslag.errors import InputError
from grondslag.keys import load_private
from grondslag.release import ALL, ReleasedFigure


def protect_table_command(
    delivery: Annotated[Path, typer.Argument(help="The delivery's own folder.")],
    dataset: Annotated[str, typer.Option("--dataset", help="Which delivered table.")],
    by: Annotated[
        list[str],
        typer.Option("--by", help="A column, or COLUMN:LEVEL with what its values lie in."),
    ],
    actor: Annotated[str, typer.Option("--actor", help="Who asks.")],
    key: Annotated[Path, typer.Option("--key", help="The key of who lets it out.")],
    method: Annotated[
        str, typer.Option("--method", help="suppress, round or adjust.")
    ] = "suppress",
    amount: Annotated[
        str, typer.Option("--amount", help="With suppress: a column to add up as well.")
    ] = "",
    base: Annotated[
        int | None, typer.Option("--base", help="With round: multiples of this; 5 when left out.")
    ] = None,
    linked: Annotated[
        list[str] | None,
        typer.Option("--linked", help="COLUMN,COLUMN: another table, protected together."),
    ] = None,
    audience: Annotated[
        str, typer.Option("--audience", help="Whose rules hold: open, internal_policy, ...")
    ] = "open",
    zeros_show: Annotated[
        bool, typer.Option("--zeros-show", help="A cell with nobody in it says nothing.")
    ] = False,
    passphrase_file: Annotated[Path | None, typer.Option("--passphrase-file")] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Protect a table with its totals: withhold, round or adjust; a second person signs."""
    ways = {way.value: way for way in Way}
    if method not in ways:
        raise InputError("cli.unknown-method", method=method[:40], known=list(ways))
    ctx = context(language=language, as_json=as_json, home=home)
    signer = Signer(load_private(key, passphrase(ctx.output, passphrase_file)))
    asked = TableAsked(
        dataset,
        tuple(by),
        ways[method],
        amount,
        base,
        audience,
        zeros_tell=not zeros_show,
        linked=tuple(tuple(one.split(",")) for one in linked or ()),
    )
    with working(ctx, "tell.protecting"):
        record = protect_delivered(
            delivery, ctx.installation, asked, actor=actor, signer=signer, clock=ctx.clock
        )
    for figure in record.figures:
        tell_protected(ctx.output, figure)
    first, *others = (figure.to_mapping() for figure in record.figures)
    ctx.output.result({"release": record.id, "figure": first, "linked": others})


def tell_protected(output: Output, figure: ReleasedFigure) -> None:
    """The table, what was hidden, what that cost, and what an attack found."""
    words = {ALL: output.words("tell.noisy-all"), UNKNOWN: output.words("tell.noisy-unknown")}
    of_area = str(figure.fields.get("area", "area"))
    names = [of_area if name == "area" else name for name in figure.dimensions]
    head = [*names, output.words("tell.protected-number")]
    rows = []
    for cell in figure.cells:
        row = [words.get(key, key) for key in cell.keys] + [_number(output, cell.count)]
        if figure.measured:
            row.append(_number(output, cell.amount))
        rows.append(tuple(row))
    if figure.measured:
        head.append(figure.measured)
    output.rows(tuple(head), rows)
    _say_what_it_cost(output, figure)


def _number(output: Output, number: float | None) -> str:
    if number is None:
        return output.words("tell.protected-withheld")
    return output.words("tell.number", number=round(number))


def _say_what_it_cost(output: Output, figure: ReleasedFigure) -> None:
    if "judged_by" in figure.fields:
        output.say("tell.protected-judged-by", column=figure.fields["judged_by"])
    if "waivers" in figure.fields:
        said = {
            "statement": figure.fields["waivers"],
            "date": date.fromisoformat(figure.fields["waivers_date"]),
        }
        output.say("tell.protected-waivers", **said)
    mark = figure.changed
    if mark is not None and mark.change == "round":
        output.say("tell.protected-rounded", base=figure.rounding, off=mark.off)
        output.say("tell.protected-attacked")
    elif mark is not None:
        output.say("tell.protected-adjusted", off=mark.off)
        output.say("tell.protected-attacked")
        output.say("tell.protected-not-attacked")
    else:
        output.say(
            "tell.protected-hidden",
            cells=len(figure.cells),
            own=figure.withheld_for_itself,
            others=figure.withheld_for_others,
        )
        output.say("tell.protected-attacked")
    if mark is not None:
        output.say("tell.protected-alone")
