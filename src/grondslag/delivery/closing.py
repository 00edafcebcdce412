"""Closing: keys are destroyed, and with them every copy and backup of what they opened."""

from dataclasses import dataclass
from pathlib import Path

from grondslag.approval import Installation
from grondslag.clock import Clock, today
from grondslag.delivery.delivering import earlier_deliveries
from grondslag.errors import InputError
from grondslag.keys import Destruction, KeyKind
from grondslag.plan import read_plan


@dataclass(frozen=True, slots=True)
class Closed:
    """What was closed: which keys were destroyed, when, and no more."""

    name: str
    destroyed: tuple[Destruction, ...]


def close_delivery(
    folder: Path, installation: Installation, *, clock: Clock, actor: str = "grondslag"
) -> Closed:
    """Destroy the key of a delivery; who has a copy of its files has nothing any more.

    Raises:
        InputError: There is no such delivery here, or its key was never in this installation.
    """
    if not (folder / "manifest.json").is_file():
        raise InputError("delivery.no-delivery", folder=str(folder))
    destroyed = installation.vault.destroy(KeyKind.DELIVERY, folder.name, clock=clock)
    installation.record(actor, "delivery.closed", folder.name, key_sha256=destroyed.fingerprint)
    return Closed(folder.name, (destroyed,))


def close_project(
    project: Path, installation: Installation, *, clock: Clock, actor: str = "grondslag"
) -> Closed:
    """Destroy the keys of all deliveries of a project, and the project key: nothing links again.

    Raises:
        InputError: The folder holds no plan.
    """
    plan = read_plan(project / "plan.yaml")
    destroyed = [
        installation.vault.destroy(KeyKind.DELIVERY, name, clock=clock)
        for name, _manifest in earlier_deliveries(project)
    ]
    if installation.vault.has(KeyKind.PROJECT, plan.id):
        destroyed.append(installation.vault.destroy(KeyKind.PROJECT, plan.id, clock=clock))
    installation.record(actor, "project.closed", plan.id, keys=len(destroyed))
    return Closed(plan.id, tuple(destroyed))


def close_when_ended(project: Path, installation: Installation, *, clock: Clock) -> Closed | None:
    """Close a project whose end date has passed; None when it has not, or nothing is left."""
    plan = read_plan(project / "plan.yaml")
    if today(clock) <= plan.end_date:
        return None
    names = [name for name, _manifest in earlier_deliveries(project)]
    left = any(installation.vault.has(KeyKind.DELIVERY, name) for name in names)
    if not left and not installation.vault.has(KeyKind.PROJECT, plan.id):
        return None
    return close_project(project, installation, clock=clock)
