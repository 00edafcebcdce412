"""One delivery, from sealed approval to encrypted tables with proof.

Everything is made in a folder nobody sees and renamed at the end: a delivery is whole or absent.
The order is such that a stop at any moment leaves no more than a folder without a key, an audit
record that says "begun", and a processing log that says too much, never too little.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval import Installation
from grondslag.clock import Clock, today
from grondslag.delivery.judging import JudgedProject, judge_project
from grondslag.delivery.making import Delivery, Earlier, Maker, Progress
from grondslag.delivery.planning import is_due
from grondslag.errors import ApprovalError, GrondslagError, SourceError
from grondslag.keys import KeyKind


def deliver(
    project: Path,
    installation: Installation,
    *,
    clock: Clock,
    sources: Mapping[str, Path] | None = None,
    actor: str = "grondslag",
    progress: Progress | None = None,
) -> Delivery:
    """Deliver what the project's sealed approval allows, once.

    Args:
        project: The project's folder.
        installation: Where keys and logs stand.
        clock: Tells the day.
        sources: Per dataset another file than its contract names.
        actor: Who runs it, for the audit chain.
        progress: Told at each step.

    Raises:
        PolicyRefusedError: A rule says no today, whatever was approved before.
        ApprovalError: No valid approval, or the rhythm allows no delivery now.
        InputError: A source can't be read as its contract says.
        DisclosureRefusedError: A group, or the difference with an earlier delivery, is too small.
        SourceError: The disk or a database let us down; nothing visible was made.
    """
    say = progress or _nobody
    say("judge", project.name)
    judged = judge_project(project, installation, clock=clock)
    deliveries = project / "deliveries"
    deliveries.mkdir(exist_ok=True)
    with _alone(deliveries):
        abandon_unfinished(project, installation, clock=clock)
        earlier = earlier_deliveries(project)
        _check_due(judged, earlier, today(clock))
        name = f"{today(clock):%Y-%m-%d}-{secrets.token_hex(4)}"
        aside = deliveries / f".{name}.part"
        installation.record(actor, "delivery.begun", name, project=judged.plan.id)
        say("key", name)
        installation.vault.create(KeyKind.DELIVERY, name)
        try:
            aside.mkdir(mode=0o700)
            maker = Maker(judged, installation, clock, sources or {}, project, name, aside, say)
            return maker.make(earlier, actor)
        except GrondslagError as error:
            _discard(aside, name, installation, clock)
            installation.audit.append(
                actor=actor, action="delivery.refused", object=name, result=error.code
            )
            raise


def abandon_unfinished(project: Path, installation: Installation, *, clock: Clock) -> int:
    """Remove what a stopped delivery left: its folder, and the key it was written under.

    Returns:
        How many were removed.
    """
    unfinished = sorted((project / "deliveries").glob(".*.part"))
    for folder in unfinished:
        name = folder.name[1:].removesuffix(".part")
        _discard(folder, name, installation, clock)
        installation.record("grondslag", "delivery.abandoned", name)
    return len(unfinished)


def earlier_deliveries(project: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """Name and manifest of every delivery of a project, oldest first."""
    found = []
    for file in (project / "deliveries").glob("*/manifest.json"):
        if not file.parent.name.startswith("."):
            manifest = json.loads(file.read_text(encoding="utf-8"))
            found.append((str(manifest["made"]), file.parent.name, manifest))
    return [(name, manifest) for _made, name, manifest in sorted(found, key=lambda x: x[:2])]


def _nobody(_step: str, _about: str) -> None:
    return None


def _check_due(judged: JudgedProject, earlier: Earlier, day: date) -> None:
    days = [date.fromisoformat(str(manifest["made"])[:10]) for _name, manifest in earlier]
    if not is_due(judged.plan, days, day):
        raise ApprovalError(
            "delivery.not-due", project=judged.plan.id, rhythm=str(judged.plan.rhythm)
        )


@contextmanager
def _alone(deliveries: Path) -> Iterator[None]:
    """One delivery of a project at a time; a second is refused, it does not wait."""
    descriptor = os.open(deliveries / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise SourceError("delivery.already-running", folder=str(deliveries)) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _discard(aside: Path, name: str, installation: Installation, clock: Clock) -> None:
    """Take away a delivery that will not be: its key first, so that nothing can be read."""
    if installation.vault.has(KeyKind.DELIVERY, name):
        installation.vault.destroy(KeyKind.DELIVERY, name, clock=clock)
    if aside.is_dir():
        for file in aside.iterdir():
            file.unlink()
        aside.rmdir()
