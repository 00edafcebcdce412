"""Where a project stands: computed from its documents each time, never stored beside them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from grondslag.approval import Installation
from grondslag.approval.authorities import ROLE_WORDS
from grondslag.clock import Clock
from grondslag.delivery import read_manifest
from grondslag.delivery.planning import is_due
from grondslag.errors import IntegrityError
from grondslag.keys import KeyKind
from grondslag.plan import Plan
from grondslag.project.approving import approval_state
from grondslag.project.documents import Documents, attempt, read_documents
from grondslag.project.model import Saying, Status, Step, StepState, Waiting, saying
from grondslag.project.recorded import DECIDED, REVIEWED, check_recorded, read_json
from grondslag.release import Ledger, read_release
from grondslag.vocabulary import SigningRole

_ANSWER = ".answer.json"
_OPEN = {
    Step.QUESTION: "project.question-open",
    Step.GROUND: "project.ground-open",
    Step.DATA: "project.data-open",
}
_CLOSED = {
    Step.QUESTION: "project.question-done",
    Step.GROUND: "project.ground-done",
    Step.DATA: "project.data-done",
}


def project_state(
    folder: Path, installation: Installation | None, *, clock: Clock
) -> tuple[StepState, ...]:
    """Every step of a project: done, to do, waiting for whom.

    An unfinished or damaged project is no error here: the step says what is wrong.

    Args:
        folder: The project's folder.
        installation: Where it is known who may sign and which keys are left; None when it is not
            at hand: then nothing that rests on it is called done.
        clock: Tells the day.
    """
    documents = read_documents(folder, clock=clock)
    question = _question(documents)
    if documents.is_no_go:
        closed = saying("project.closed-by-no")
        later = [StepState(step, Status.CANNOT_YET, closed) for step in list(Step)[1:]]
        return (question, *later)
    approval = _safely(Step.APPROVAL, partial(approval_state, documents, installation, clock=clock))
    delivery = _safely(Step.DELIVERY, partial(_delivery, documents, installation, approval))
    insight = _safely(Step.INSIGHT, partial(_insight, documents, installation, delivery))
    decision = _safely(Step.DECISION, partial(_decision, documents, installation, insight))
    return (
        question,
        _ground(documents),
        _data(documents),
        approval,
        delivery,
        insight,
        decision,
        _safely(Step.REVIEW, partial(_review, documents, installation, decision)),
    )


def _safely(step: Step, look: Callable[[], StepState]) -> StepState:
    """The state of a step, or that a document of it is wrong."""
    found = attempt(look)
    return StepState(step, Status.WRONG, found) if isinstance(found, Saying) else found


def _question(documents: Documents) -> StepState:
    plan = documents.plan
    if isinstance(plan, Saying):
        if plan.code == "canonical.no-such-file":
            said, following = saying("project.no-plan"), saying("project.next-new")
            return StepState(Step.QUESTION, Status.NOT_STARTED, said, (), following)
        return StepState(Step.QUESTION, Status.WRONG, plan, (), saying("project.next-mend"))
    if documents.is_no_go:
        return StepState(Step.QUESTION, Status.DONE, saying("project.no-go"))
    return _by_rules(documents, Step.QUESTION)


def _ground(documents: Documents) -> StepState:
    if isinstance(documents.plan, Saying):
        return StepState(Step.GROUND, Status.CANNOT_YET, saying("project.first-plan"))
    if isinstance(documents.accountability, Saying):
        fault = documents.accountability
        return StepState(Step.GROUND, Status.WRONG, fault, (), saying("project.next-mend"))
    return _by_rules(documents, Step.GROUND)


def _data(documents: Documents) -> StepState:
    if isinstance(documents.plan, Saying):
        return StepState(Step.DATA, Status.CANNOT_YET, saying("project.first-plan"))
    fault = documents.contracts
    if isinstance(fault, Saying):
        if fault.code == "contracts.no-such-folder":
            said, following = saying("project.no-contracts"), saying("project.next-contracts")
            return StepState(Step.DATA, Status.NOT_STARTED, said, (), following)
        return StepState(Step.DATA, Status.WRONG, fault, (), saying("project.next-mend"))
    return _by_rules(documents, Step.DATA)


def _by_rules(documents: Documents, step: Step) -> StepState:
    """Busy while a rule waits or refuses here."""
    points = documents.open_points(step)
    if not points:
        return StepState(step, Status.DONE, saying(_CLOSED[step]))
    said = saying(_OPEN[step], count=len(points))
    following = saying("project.next-check", project=str(documents.folder))
    return StepState(step, Status.BUSY, said, (), following)


def _delivery(
    documents: Documents, installation: Installation | None, approval: StepState
) -> StepState:
    made = [
        read_manifest(file.parent)
        for file in sorted((documents.folder / "deliveries").glob("*/manifest.json"))
        if not file.parent.name.startswith(".")
    ]
    if made and isinstance(documents.plan, Plan):
        return _delivered(documents, documents.plan, installation, made)
    if documents.is_ended or approval.status is not Status.DONE:
        said = saying("project.first-approval")
        return StepState(Step.DELIVERY, Status.CANNOT_YET, said)
    following = saying("project.next-deliver", project=str(documents.folder))
    said = saying("project.not-delivered")
    return StepState(Step.DELIVERY, Status.NOT_STARTED, said, (), following)


def _delivered(
    documents: Documents,
    plan: Plan,
    installation: Installation | None,
    made: list[Mapping[str, Any]],
) -> StepState:
    days = [_day(manifest, "made") for manifest in made]
    last = max(days)
    newest = str(max(made, key=lambda manifest: str(manifest["made"]))["delivery"])
    closed = (
        None if installation is None else installation.vault.destruction(KeyKind.DELIVERY, newest)
    )
    name = str(documents.folder)
    if closed is not None:
        said = saying("project.delivery-closed", date=_day(closed.to_mapping(), "destroyed_at"))
        return StepState(Step.DELIVERY, Status.DONE, said)
    if documents.is_ended:
        said = saying("project.delivery-ended", date=plan.end_date)
        following = saying("project.next-close", project=name)
        return StepState(Step.DELIVERY, Status.DONE, said, (), following)
    if is_due(plan, days, documents.day):
        said = saying("project.delivery-due", date=last)
        following = saying("project.next-deliver", project=name)
        return StepState(Step.DELIVERY, Status.BUSY, said, (), following)
    said = saying("project.delivered", date=last, until=plan.end_date)
    return StepState(Step.DELIVERY, Status.DONE, said)


def _insight(
    documents: Documents, installation: Installation | None, delivery: StepState
) -> StepState:
    folder = documents.folder
    released = sorted(
        path for path in (folder / "releases").glob("*.json") if not path.name.endswith(_ANSWER)
    )
    if installation is not None:
        ledger = Ledger(installation.ledger)
        for path in released:
            read_release(path, ledger)
    if released:
        return StepState(Step.INSIGHT, Status.DONE, saying("project.released", count=len(released)))
    analysed = sorted((folder / "analysis").glob("*.json"))
    if analysed:
        since = _newest(analysed, "made")
        waiting = Waiting(ROLE_WORDS[SigningRole.RELEASER], since=since)
        following = saying("project.next-release", project=str(folder))
        said = saying("project.analysed")
        return StepState(Step.INSIGHT, Status.WAITING, said, (waiting,), following)
    if delivery.status is not Status.DONE:
        return StepState(Step.INSIGHT, Status.CANNOT_YET, saying("project.first-delivery"))
    following = saying("project.next-analyse", project=str(folder))
    said = saying("project.not-analysed")
    return StepState(Step.INSIGHT, Status.NOT_STARTED, said, (), following)


def _decision(
    documents: Documents, installation: Installation | None, insight: StepState
) -> StepState:
    path = documents.folder / "decision.json"
    if path.exists():
        check_recorded(path, DECIDED, installation)
        return StepState(Step.DECISION, Status.DONE, saying("project.decided"))
    plan = documents.plan
    if insight.status is not Status.DONE or isinstance(plan, Saying):
        return StepState(Step.DECISION, Status.CANNOT_YET, saying("project.first-insight"))
    ahead = plan.question.decision
    since = _newest(sorted((documents.folder / "releases").glob("*.json")), "released_at")
    waiting = Waiting(ROLE_WORDS[SigningRole.DECIDER], str(ahead.body), since=since)
    said = saying("project.decision-waiting", date=ahead.needed_by)
    following = saying("project.next-decide", project=str(documents.folder))
    return StepState(Step.DECISION, Status.WAITING, said, (waiting,), following)


def _review(
    documents: Documents, installation: Installation | None, decision: StepState
) -> StepState:
    path = documents.folder / "review.json"
    if path.exists():
        check_recorded(path, REVIEWED, installation)
        return StepState(Step.REVIEW, Status.DONE, saying("project.reviewed"))
    plan = documents.plan
    if decision.status is not Status.DONE or isinstance(plan, Saying):
        return StepState(Step.REVIEW, Status.CANNOT_YET, saying("project.first-decision"))
    if documents.day < plan.review_date:
        said = saying("project.review-later", date=plan.review_date)
        return StepState(Step.REVIEW, Status.NOT_STARTED, said)
    body = str(plan.question.decision.body)
    waiting = Waiting(ROLE_WORDS[SigningRole.DECIDER], body, since=plan.review_date)
    said = saying("project.review-due", date=plan.review_date)
    following = saying("project.next-review", project=str(documents.folder))
    return StepState(Step.REVIEW, Status.WAITING, said, (waiting,), following)


def _newest(paths: list[Path], key: str) -> date | None:
    """The newest day that documents give under a key; None when none of them says."""
    documents = [read_json(path) for path in paths]
    return max((_day(found, key) for found in documents if key in found), default=None)


def _day(found: Mapping[str, Any], key: str) -> date:
    """The day of a moment in a document of ours."""
    try:
        return datetime.fromisoformat(str(found[key])).date()
    except (KeyError, ValueError) as error:
        raise IntegrityError("project.no-moment", part=key) from error
