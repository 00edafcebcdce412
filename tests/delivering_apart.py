"""One delivery in a process of its own, that is killed or limited on the way.

    run_apart(town, kill_at=3)

The process is told what to do in JSON; it prints the code and sentence of a refusal.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

from grondslag.delivery import deliver
from grondslag.errors import GrondslagError
from grondslag.wording import explain
from small_town import SmallTown, TownClock, reopened

_TESTS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended.

    Args:
        status: Its exit status; below 0 the signal that killed it.
        code: Code of the refusal; empty when it delivered.
        told: What its user reads.
        complaints: What it wrote beside that: a traceback, if anything.
    """

    status: int
    code: str
    told: str
    complaints: str


def start_apart(town: SmallTown, **order: Any) -> subprocess.Popen[str]:
    """Start a delivery in another process.

    Args:
        town: Where.
        order: ``kill_at``: after how many steps it kills itself; ``kill_around_rename``: ``before``
            or ``after``; ``limit``: how long a file may grow, in bytes, from the step ``limit_at``
            on; ``started`` and ``wait_for``: a file it makes when it begins to read, and one it
            then waits for.
    """
    said = {"folder": str(town.folder), "project": str(town.project), **order}
    said["moment"] = town.clock.now().isoformat()
    return subprocess.Popen(
        [sys.executable, str(_TESTS / "delivering_apart.py"), json.dumps(said)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for a process."""
    out, complaints = process.communicate(timeout=120)
    answer = json.loads(out) if out else {"code": "", "told": ""}
    return Ended(process.returncode, answer["code"], answer["told"], complaints)


def run_apart(town: SmallTown, **order: Any) -> Ended:
    """Deliver in another process, a second later than whatever came before, and wait for it."""
    town.clock.go_on(seconds=1)
    return ended(start_apart(town, **order))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _limit_files(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _die_around_rename(when: str) -> None:
    rename = Path.rename

    def dying(self: Path, target: Path) -> Path:
        moved = rename(self, target) if when == "after" else target
        _die()
        return moved

    Path.rename = dying  # type: ignore[method-assign]  # a crash between two system calls


def _main(order: dict[str, Any]) -> int:
    steps = 0

    def progress(step: str, _about: str) -> None:
        nonlocal steps
        if step == order.get("limit_at"):
            _limit_files(order["limit"])
        steps += 1
        if steps == order.get("kill_at"):
            _die()
        if step == "read" and "started" in order:
            Path(order["started"]).touch()
            while not Path(order["wait_for"]).exists():
                sleep(0.02)

    if "kill_around_rename" in order:
        _die_around_rename(order["kill_around_rename"])
    clock = TownClock(datetime.fromisoformat(order["moment"]))
    installation = reopened(Path(order["folder"]), clock)
    if "limit" in order and "limit_at" not in order:
        _limit_files(order["limit"])
    try:
        deliver(Path(order["project"]), installation, clock=clock, progress=progress)
    except GrondslagError as error:
        sys.stdout.write(json.dumps({"code": error.code, "told": explain(error)}))
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(_main(json.loads(sys.argv[1])))
