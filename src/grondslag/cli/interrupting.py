"""Ctrl-C while something is sought: once is stop with what there is, twice is stop at once."""

import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from grondslag.anonymise.search import Watch
from grondslag.cli.context import Context

SecondsOption = Annotated[
    float | None,
    typer.Option("--seconds", min=0, help="Stop seeking levels then, with the best so far."),
]


@contextmanager
def interrupted() -> Iterator[threading.Event]:
    """While inside, the first Ctrl-C sets the event and the second one stops the command."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop  # only the main thread hears signals
        return

    def heard(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.default_int_handler(number, frame)
        stop.set()

    before = signal.signal(signal.SIGINT, heard)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def watching(ctx: Context) -> Iterator[Watch]:
    """A line that says how far the search is; Ctrl-C stops it with the best so far."""
    with interrupted() as stop, _progress(ctx) as show:

        def watch(looks: int, value: float, bound: float) -> bool:
            gap = 0.0 if not math.isfinite(value) or not value else (value - bound) / value
            show(looks=looks, gap=round(100 * max(gap, 0.0)))
            return not stop.is_set()

        yield watch


@contextmanager
def _progress(ctx: Context) -> Iterator[Callable[..., None]]:
    """Says how far it is, for who sits at a terminal; else says nothing."""
    console = Console(stderr=True)
    if ctx.output.as_json or not console.is_terminal:
        yield lambda **_: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(ctx.output.words("anonymity.reading"), total=None)
        yield lambda **said: progress.update(
            task, description=ctx.output.words("anonymity.searching", **said)
        )


@contextmanager
def working(ctx: Context, code: str) -> Iterator[None]:
    """A line that says what is being done, for who sits at a terminal; Ctrl-C stops it.

    Args:
        ctx: Of the command.
        code: Of the sentence.
    """
    console = Console(stderr=True)
    if ctx.output.as_json or not console.is_terminal:
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task(ctx.output.words(code), total=None)
        yield
