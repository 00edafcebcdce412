"""An installation with a privacy budget, and questions to spend it on."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import (
    Installation,
    PrivacyBudget,
    PrivacyOfficer,
    Settings,
    create_installation,
)
from grondslag.clock import FixedClock
from grondslag.keys import PublicIdentity, public_key_of
from grondslag.release import FourEyes, NoisyQuestion, ReleasedFigure, Scope, release_noisy

CLOCK = FixedClock(datetime(2027, 3, 3, 12, tzinfo=UTC))
EYES = FourEyes("analist", "collega")
START = date(2027, 1, 1)


def with_budget(
    home: Path, epsilon: str = "1", *, one_in: int = 0, renews: str = "never"
) -> Installation:
    """An installation in which every dataset has this budget."""
    settings = Settings(
        {START: 7},
        {START: PrivacyOfficer.APPROVES},
        privacy_budget={START: PrivacyBudget(Fraction(epsilon), one_in, renews)},
    )
    root = PublicIdentity("hoofdsleutel", public_key_of(Ed25519PrivateKey.generate()))
    return create_installation(
        home, root=root, clock=CLOCK, example=True, witness=None, settings=settings
    )


def asked(**changes: Any) -> NoisyQuestion:
    """Persons per kind of report: 40, 30 and none; ``name`` is the table's."""
    settings: dict[str, Any] = {
        "id": changes.pop("name", "noisy-soort"),
        "dataset": "meldingen",
        "population": "persons",
        "scope": Scope(),
        "dimensions": ("soort",),
        "categories": (("te_hard", "oversteek", "?"),),
        "counts": (40, 30, 0),
        "cells_per_person": 1,
        "source": "0" * 64,
        "epsilon": Fraction(1, 10),
    }
    if "epsilon" in changes:
        changes["epsilon"] = Fraction(changes["epsilon"])
    return NoisyQuestion(**(settings | changes))


def let_out_noisy(
    installation: Installation, question: NoisyQuestion | None = None, *, clock: Any = CLOCK
) -> ReleasedFigure:
    """Let a question out."""
    return release_noisy(
        question or asked(), installation=installation, by=EYES, project="p", clock=clock
    )
