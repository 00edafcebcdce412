"""Counts that are off by a little, by the same in every table: how many persons per cell."""

from pathlib import Path
from typing import Annotated

import typer

from grondslag.analysis.perturbed_counts import PersonsBy, perturbed_counts
from grondslag.approval import Signer
from grondslag.cli.context import HomeOption, JsonOption, LanguageOption, context, passphrase
from grondslag.cli.output import Output
from grondslag.cli.telling import tell_counts
from grondslag.errors import InputError
from grondslag.keys import load_private
from grondslag.release import ReleasedFigure


def perturbed_counts_command(
    delivery: Annotated[Path, typer.Argument(help="The delivery's own folder.")],
    dataset: Annotated[str, typer.Option("--dataset", help="Which delivered table.")],
    by: Annotated[list[str], typer.Option("--by", help="A column; more than once for more.")],
    actor: Annotated[str, typer.Option("--actor", help="Who asks.")],
    key: Annotated[Path, typer.Option("--key", help="The key of who lets it out.")],
    passphrase_file: Annotated[Path | None, typer.Option("--passphrase-file")] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Count persons per cell, off by the same in every table (cell keys); a second person signs."""
    ctx = context(language=language, as_json=as_json, home=home)
    signer = Signer(load_private(key, passphrase(ctx.output, passphrase_file)))
    record = perturbed_counts(
        delivery,
        ctx.installation,
        PersonsBy(dataset, tuple(by)),
        actor=actor,
        signer=signer,
        clock=ctx.clock,
    )
    tell_perturbed(ctx.output, record.figures[0], release=record.id)


def tell_perturbed(output: Output, figure: ReleasedFigure, *, release: str) -> None:
    """The counts, and how far each can be off."""
    mark = figure.perturbed
    if mark is None:
        raise InputError("release.not-through-the-gate", figure=figure.id)
    tell_counts(output, figure, of=output.words("tell.perturbed-persons"))
    output.say(
        "tell.perturbed-margin", certainty=mark.certainty, margin=mark.margin, most=mark.most
    )
    if mark.none_up_to:
        output.say("tell.perturbed-none", most=mark.none_up_to)
    output.say("tell.perturbed-sums")
    output.result({"release": release, "figure": figure.to_mapping()})
