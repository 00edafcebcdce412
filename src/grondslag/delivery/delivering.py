"""One delivery, from sealed approval to encrypted tables with proof.

Everything is made in a folder nobody sees and renamed at the end: a delivery is whole or absent.
The order is such that a stop at any moment leaves no more than a folder without a key, an audit
record that says "begun", and a processing log that says too much, never too little.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from grondslag.approval import Installation
from grondslag.clock import Clock, today
from grondslag.delivery.anonymous_records import Seeking
from grondslag.delivery.answering_twice import PutTwice
from grondslag.delivery.history import History, history_of, manifest_of, working_alone
from grondslag.delivery.judging import JudgedProject, judge_project
from grondslag.delivery.ledger import records_alone
from grondslag.delivery.making import Delivery, Earlier, Maker, Progress
from grondslag.delivery.planning import is_due
from grondslag.errors import ApprovalError, GrondslagError, InputError, SourceError
from grondslag.keys import KeyKind
from grondslag.vocabulary import OutputStep


def deliver(  # noqa: PLR0913 - all but two are given by name, and may be left out
    project: Path,
    installation: Installation,
    *,
    clock: Clock,
    sources: Mapping[str, Path] | None = None,
    actor: str = "grondslag",
    progress: Progress | None = None,
    put: PutTwice | None = None,
    seeking: Seeking | None = None,
) -> Delivery:
    """Deliver what the project's sealed approval allows, once.

    Args:
        project: The project's folder.
        installation: Where keys and logs stand.
        clock: Tells the day.
        sources: Per dataset another file than its contract names.
        actor: Who runs it, for the audit chain.
        progress: Told at each step.
        put: Puts the plan's question to anonymous records and to what they were made of, so that
            the manifest says how the answer fares; left out, nothing is said.
        seeking: How long the levels of anonymous records are sought; left out, until it is proven
            that none are better.

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
    _check_asked(judged, sources or {})
    try:
        with working_alone(installation, judged.plan.id), _one_by_one(judged, installation):
            abandon_unfinished(project, installation, clock=clock)
            history = history_of(installation, judged.plan.id)
            _check_due(judged, history, today(clock))
            earlier = [
                (past.name, manifest_of(past, project, installation)) for past in history.made
            ]
            name = f"{today(clock):%Y-%m-%d}-{secrets.token_hex(4)}"
            aside = project / "deliveries" / f".{name}.part"
            work = Maker(
                judged, installation, clock, sources or {}, project, name, aside, say, put=put,
                seeking=seeking or Seeking(),
            )  # fmt: skip
            return _make(work, earlier, actor)
    except OSError as error:
        raise SourceError("delivery.disk", reason=error.strerror or "?") from error


def _make(work: Maker, earlier: Earlier, actor: str) -> Delivery:
    """Make one delivery; when it stops half-way, what there was of it goes."""
    installation, name = work.installation, work.name
    # First the folder: as long as it is there, the next delivery knows what to clear away.
    work.aside.mkdir(mode=0o700, parents=True)
    try:
        installation.record(actor, "delivery.begun", name, project=work.judged.plan.id)
        work.say("key", name)
        installation.vault.create(KeyKind.DELIVERY, name)
        return work.make(earlier, actor)
    except BaseException as error:
        # What went wrong is what must be told, also when clearing away goes wrong too.
        with suppress(GrondslagError, OSError):
            _discard(work.aside, name, installation, work.clock)
            installation.audit.append(
                actor=actor, action="delivery.refused", object=name, result=_result(error)
            )
        raise


def _result(error: BaseException) -> str:
    return error.code if isinstance(error, GrondslagError) else type(error).__name__


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


@contextmanager
def _one_by_one(judged: JudgedProject, installation: Installation) -> Iterator[None]:
    """Anonymous records of two projects are not made at once: the later must know the earlier."""
    if all(need.output is not OutputStep.ANONYMOUS for need in judged.plan.data):
        yield
        return
    with records_alone(installation):
        yield


def _nobody(_step: str, _about: str) -> None:
    return None


def _check_asked(judged: JudgedProject, sources: Mapping[str, Path]) -> None:
    """A file for a dataset that is not read would be ignored: its user means another."""
    for dataset in sources:
        if dataset not in judged.contracts:
            known = tuple(sorted(judged.contracts))
            raise InputError("delivery.source-not-asked", dataset=dataset, known=known)


def _check_due(judged: JudgedProject, history: History, day: date) -> None:
    plan = judged.plan
    if history.closed is not None:
        raise ApprovalError("delivery.project-closed", project=plan.id, date=history.closed)
    if not is_due(plan, [past.day for past in history.made], day):
        raise ApprovalError("delivery.not-due", project=plan.id, rhythm=str(plan.rhythm))


def _discard(aside: Path, name: str, installation: Installation, clock: Clock) -> None:
    """Take away a delivery that will not be; its folder last, so that a stop here is finished.

    The files go before the key: on a full disk the record that the key is gone needs their room.
    """
    if aside.is_dir():
        for file in aside.iterdir():
            file.unlink()
    if installation.vault.has(KeyKind.DELIVERY, name):
        installation.vault.destroy(KeyKind.DELIVERY, name, clock=clock)
    if aside.is_dir():
        aside.rmdir()
