"""Small tables for tests of what may be shown."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from grondslag.clock import FixedClock
from grondslag.release import (
    Cell,
    Figure,
    FourEyes,
    Ledger,
    Profile,
    ReleasedFigure,
    Scope,
    release,
)

OPEN = Profile("open", 10, date(2018, 5, 25))
FOUR_EYES = FourEyes(analysed_by="analyst-key", approved_by="colleague-key")
CLOCK = FixedClock(datetime(2027, 3, 3, 12, tzinfo=UTC))


def figure(cells: Mapping[str, int | None] | Sequence[Cell], **changes: Any) -> Figure:
    """A table of counts per area; a mapping gives bare counts."""
    if isinstance(cells, Mapping):
        cells = [Cell((key,), count) for key, count in cells.items()]
    settings: dict[str, Any] = {
        "id": "areas",
        "title_code": "analysis.title-areas",
        "dataset": "crashes",
        "population": "rows",
        "scope": Scope(),
        "dimensions": ("area",),
        "cells": tuple(cells),
    }
    return Figure(**(settings | changes))


def let_out(folder: Path, *figures: Figure, profile: Profile = OPEN) -> tuple[ReleasedFigure, ...]:
    """Let tables out against the ledger in a folder."""
    return release(
        figures, profile=profile, ledger=Ledger(folder), by=FOUR_EYES, project="p", clock=CLOCK
    )
