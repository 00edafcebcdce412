"""Counts with noise: how many persons per cell, paid from the dataset's privacy budget."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from grondslag.analysis.noisy_counts import Asked, noisy_counts
from grondslag.approval import Signer
from grondslag.cli.context import HomeOption, JsonOption, LanguageOption, context, passphrase
from grondslag.cli.output import Output
from grondslag.cli.telling import tell_counts
from grondslag.errors import InputError
from grondslag.keys import load_private
from grondslag.release import Balance, ReleasedFigure, balance


def noisy_counts_command(
    delivery: Annotated[Path, typer.Argument(help="The delivery's own folder.")],
    dataset: Annotated[str, typer.Option("--dataset", help="Which delivered table.")],
    by: Annotated[list[str], typer.Option("--by", help="A column; more than once for more.")],
    epsilon: Annotated[str, typer.Option("--epsilon", help="What it may cost, such as 0.5.")],
    actor: Annotated[str, typer.Option("--actor", help="Who asks.")],
    key: Annotated[Path, typer.Option("--key", help="The key of who lets it out.")],
    cells_per_person: Annotated[
        int, typer.Option("--cells-per-person", help="In how many cells one person counts.")
    ] = 1,
    adds_up: Annotated[
        bool, typer.Option("--adds-up", help="With a total to which the cells add up.")
    ] = False,
    passphrase_file: Annotated[Path | None, typer.Option("--passphrase-file")] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Count persons per cell with noise (differential privacy); a second person signs."""
    ctx = context(language=language, as_json=as_json, home=home)
    signer = Signer(load_private(key, passphrase(ctx.output, passphrase_file)))
    asked = Asked(dataset, tuple(by), _epsilon(epsilon), cells_per_person, adds_up)
    installation = ctx.installation
    record = noisy_counts(
        delivery, installation, asked, actor=actor, signer=signer, clock=ctx.clock
    )
    left = balance(installation, dataset, clock=ctx.clock)
    tell_noisy(ctx.output, record.figures[0], left, release=record.id)


def tell_noisy(output: Output, figure: ReleasedFigure, left: Balance, *, release: str) -> None:
    """The counts, how far each can be off, and what is left of the budget."""
    mark = figure.noise
    if mark is None:
        raise InputError("release.not-through-the-gate", figure=figure.id)
    tell_counts(output, figure, of=output.words("tell.noisy-persons"))
    output.say("tell.noisy-margin", certainty=mark.certainty, margin=mark.margin)
    if mark.total_margin:
        output.say("tell.noisy-total", certainty=mark.certainty, margin=mark.total_margin)
    output.say("tell.noisy-cells", most=mark.cells_per_person)
    output.say(
        "tell.noisy-budget",
        dataset=figure.dataset,
        epsilon=float(Fraction(mark.epsilon)),
        left=float(left.left),
        total=float(left.total),
    )
    output.result(
        {
            "release": release,
            "figure": figure.to_mapping(),
            "budget": {
                "left": float(left.left),
                "total": float(left.total),
                "renews": left.renews,
            },
        }
    )


def _epsilon(text: str) -> Fraction:
    """The decimal number as it was typed, exactly."""
    try:
        return Fraction(Decimal(text.replace(",", ".")))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise InputError("tell.noisy-epsilon", epsilon=text[:20]) from error
