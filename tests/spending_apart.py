"""Counts with noise in a process of their own: two at once, or one that is killed on the way.

    python spending_apart.py '{"home": ..., "names": ["a", "b"], "kill": "drawing"}'

It prints, as JSON, per name what came out, or the code of the refusal.
"""

import json
import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from grondslag.approval import open_installation
from grondslag.errors import GrondslagError
from grondslag.release import noise, noisy, release_noisy
from made_budget import CLOCK, EYES, asked

_TESTS = Path(__file__).parent


def start_spending(home: Path, names: list[str], **order: Any) -> subprocess.Popen[str]:
    """Ask, in another process, a question under each of these names.

    Args:
        home: Of the installation.
        names: Of the tables: another name is another question.
        order: ``kill``: ``drawing`` or ``writing`` kills it there; ``epsilon``: per question.
    """
    said = json.dumps({"home": str(home), "names": names, **order})
    return subprocess.Popen(
        [sys.executable, str(_TESTS / "spending_apart.py"), said],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def came_of_it(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for it; what came out per name, nothing when it was killed."""
    out, _complaints = process.communicate(timeout=120)
    return json.loads(out) if out else {}


def _die(*_args: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _main(order: dict[str, Any]) -> None:
    if order.get("kill") == "drawing":
        noise.Noise.drawn = _die
    if order.get("kill") == "writing":
        noisy.Ledger.append = _die
    installation = open_installation(Path(order["home"]), clock=CLOCK)
    out: dict[str, Any] = {}
    for name in order["names"]:
        question = asked(name=name, epsilon=Fraction(order.get("epsilon", "1/10")))
        try:
            figure = release_noisy(
                question, installation=installation, by=EYES, project="p", clock=CLOCK
            )
            out[name] = [cell.count for cell in figure.cells]
        except GrondslagError as error:
            out[name] = error.code
    sys.stdout.write(json.dumps(out))


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
