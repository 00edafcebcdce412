"""Closing: keys are destroyed, and with them every copy and backup of what they opened."""

from dataclasses import dataclass
from pathlib import Path

from grondslag.approval import Installation
from grondslag.clock import Clock, today
from grondslag.delivery.history import history_of, working_alone
from grondslag.errors import InputError
from grondslag.keys import Destruction, KeyKind, Vault
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

    Also of deliveries whose folder is not here: the audit chain knows them.

    Raises:
        InputError: The folder holds no plan.
        SourceError: A delivery of it is being made.
    """
    plan = read_plan(project / "plan.yaml")
    with working_alone(installation, plan.id):
        keys = [(KeyKind.DELIVERY, name) for name in history_of(installation, plan.id).begun]
        keys.append((KeyKind.PROJECT, plan.id))
        destroyed = [
            record
            for kind, name in keys
            if (record := _destroyed_now(installation.vault, kind, name, clock)) is not None
        ]
        installation.record(actor, "project.closed", plan.id, keys=len(destroyed))
    return Closed(plan.id, tuple(destroyed))


def _destroyed_now(vault: Vault, kind: KeyKind, name: str, clock: Clock) -> Destruction | None:
    """Destroy a key, also one whose destruction was cut off; None when there is nothing to do."""
    if vault.destruction(kind, name) is not None:
        return None
    try:
        return vault.destroy(kind, name, clock=clock)
    except InputError:  # there was never such a key: nobody was counted, or it stopped before
        return None


def close_when_ended(project: Path, installation: Installation, *, clock: Clock) -> Closed | None:
    """Close a project whose end date has passed; None when it has not, or was closed before."""
    plan = read_plan(project / "plan.yaml")
    if today(clock) <= plan.end_date:
        return None
    if history_of(installation, plan.id).closed is not None:
        return None
    return close_project(project, installation, clock=clock)
