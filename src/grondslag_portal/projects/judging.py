"""What the rules say of a project now, for screens: findings, what can be done, which screen."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from grondslag.accountability import Accountability, read_accountability
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Contract, read_contracts
from grondslag.errors import InputError
from grondslag.plan import read_plan
from grondslag.plan.first import is_to_settle
from grondslag.policy import (
    Case,
    Change,
    Finding,
    Option,
    Outcome,
    Prescan,
    Proposal,
    Severity,
    Verdict,
    check,
    default_parameters,
    describe_change,
    describe_cost,
    describe_finding,
    describe_outcome,
    describe_sources,
    parameters_of,
    prescan,
    propose,
)
from grondslag.policy.people import GiveReason
from grondslag.project import Saying, Step, step_of
from grondslag.wording import Word
from grondslag_portal.projects.editing import PLAN, Content, place_of
from grondslag_portal.projects.folders import alone, put_out
from grondslag_portal.projects.models import Document, Project
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import SCREENS
from grondslag_portal.shared import engine
from grondslag_portal.shared.words import language, words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    """A project and what the rules say of it today.

    Args:
        case: What the rules looked at.
        verdict: What they said.
        fault: What is wrong with a contract or a standing fact, when it cannot be read.
    """

    case: Case
    verdict: Verdict
    fault: Saying | None = None

    @property
    def is_unfinished(self) -> bool:
        """Whether part of the plan still says that nobody settled it."""
        return any(_is_unsettled(finding) for finding in self.verdict.findings)

    @property
    def prescan(self) -> Prescan:
        """Whether an assessment of the risks is needed, each sign with why."""
        return prescan(self.case)


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something that takes a finding away.

    Args:
        key: The change's identity; empty when only people can do it.
        says: What changes.
        costs: What that costs the answer.
    """

    key: str
    says: str
    costs: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as somebody reads it.

    Args:
        severity: How much it weighs.
        says: What is wrong, and why.
        sources: The articles behind it.
        remedies: What takes it away.
        screen: The address name of the screen that it is about; empty when it is about none.
    """

    severity: Severity
    says: str
    sources: tuple[str, ...]
    remedies: tuple[Remedy, ...]
    screen: str = ""

    @property
    def kind(self) -> str:
        """Which notice it is: what is refused weighs most."""
        kinds = {Severity.REFUSES: "refused", Severity.NOTES: "info"}
        return kinds.get(self.severity, "warning")

    @property
    def by_click(self) -> tuple[Remedy, ...]:
        """The remedies that the portal can make itself."""
        return tuple(one for one in self.remedies if one.key)

    @property
    def by_people(self) -> tuple[Remedy, ...]:
        """What only people can do."""
        return tuple(one for one in self.remedies if not one.key)

    @property
    def weight(self) -> Word:
        """How much it weighs, in words."""
        return Word(f"projects.weight-{self.severity}")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make a plan lawful, as somebody reads it.

    Args:
        key: Its identity.
        changes: What to change in the plan; each can also be made by itself.
        by_people: What only people can do.
        outcome: What the rules say then.
        is_enough: Whether the plan is allowed then, or allowed with conditions.
    """

    key: str
    changes: tuple[Remedy, ...]
    by_people: tuple[Remedy, ...]
    outcome: str
    is_enough: bool


def judged(project: Project) -> Judged:
    """A project as the rules see it today; worked out once per state of its documents.

    Raises:
        InputError: Its plan is at fault.
        SourceError: Somebody else is busy in it.
    """

    def judge(contracts_sha256: str) -> Judged:
        with alone(project.key) as folder:
            put_out(project)
            return _judge(folder, contracts_sha256)

    return _judged(project, judge)


def judged_in(project: Project, folder: Path) -> Judged:
    """The same, by whoever is alone in the project's folder and has kept what changed there.

    Raises:
        InputError: Its plan is at fault.
    """
    return _judged(project, lambda contracts_sha256: _judge(folder, contracts_sha256))


def told(judgement: Judged, finding: Finding) -> Told:
    """A finding in the words of the reader."""
    said, contracts = language(), judgement.case.contracts
    return Told(
        severity=finding.severity,
        says=describe_finding(finding, language=said, contracts=contracts),
        sources=describe_sources(finding.provisions, language=said),
        remedies=tuple(
            remedy_of(judgement, change)
            for change in finding.remedies
            if not isinstance(change, GiveReason)  # the finding itself asks for that answer
        ),
        screen=_screen_about(judgement, finding),
    )


def _screen_about(judgement: Judged, finding: Finding) -> str:
    """The screen that asks what a finding is about, in the finding's own step first."""
    content = judgement.case.plan.document.content
    found = [
        screen
        for screen in SCREENS.values()
        if any(_touch(finding.where, place_of(content, path)) for path in screen.paths)
    ]
    found.sort(key=lambda screen: screen.section is not step_of(finding))
    return f"projects:{found[0].key}" if found else ""


def remedy_of(judgement: Judged, change: Change) -> Remedy:
    """A change in the words of the reader."""
    said, contracts = language(), judgement.case.contracts
    return Remedy(
        identity(change) if change.is_automatic else "",
        describe_change(change, language=said, contracts=contracts),
        describe_cost(change, language=said, contracts=contracts),
    )


def _told(judgement: Judged, findings: Sequence[Finding]) -> list[Told]:
    """Findings, heaviest first; what nobody settled yet is told once, for all of it."""
    unsettled = [finding for finding in findings if _is_unsettled(finding)]
    found = [told(judgement, finding) for finding in findings if not _is_unsettled(finding)]
    if unsettled:
        heaviest = max((one.severity for one in unsettled), key=_WEIGHTS.index)
        found.append(
            Told(heaviest, words("projects.finding-unsettled", count=len(unsettled)), (), ())
        )
    return sorted(found, key=lambda one: -_WEIGHTS.index(one.severity))


_WEIGHTS = list(Severity)


def _is_unsettled(finding: Finding) -> bool:
    """Whether it repeats the words for what nobody settled yet: then that is what is wrong."""
    return any(isinstance(fact, str) and is_to_settle(fact) for fact in finding.fields.values())


def findings_on(judgement: Judged, screen: Screen, content: Content) -> list[Told]:
    """The findings that an answer on a screen can take away."""
    places = [place_of(content, path) for path in screen.paths]
    return _told(
        judgement,
        [
            finding
            for finding in judgement.verdict.findings
            if any(_touch(finding.where, place) for place in places)
        ],
    )


def findings_of(judgement: Judged, step: Step) -> list[Told]:
    """The findings of a step of the road."""
    return _told(judgement, [one for one in judgement.verdict.findings if step_of(one) is step])


def findings_at(judgement: Judged, place: Sequence[object]) -> list[Told]:
    """The findings about a part of the plan, or about something in it."""
    wanted = tuple(place)
    return _told(
        judgement,
        [one for one in judgement.verdict.findings if tuple(one.where[: len(wanted)]) == wanted],
    )


def proposed(project: Project, judgement: Judged) -> Proposal | None:
    """The smallest set of changes after which the plan is lawful; worked out once per state.

    None when nothing that we know of makes it lawful.
    """
    if judgement.fault is not None:
        return None
    key, _ = _state_of(project)
    return _PROPOSED.get(key, lambda: propose(judgement.case))


def way_of(judgement: Judged, option: Option) -> Way:
    """A way to make a plan lawful, in the words of the reader."""
    return Way(
        identity_of(option.changes),
        tuple(remedy_of(judgement, change) for change in option.changes),
        tuple(remedy_of(judgement, change) for change in option.by_people),
        describe_outcome(option.verdict.outcome, language=language()),
        option.verdict.outcome in (Outcome.GO, Outcome.GO_IF),
    )


def option_with(project: Project, judgement: Judged, key: str) -> Option | None:
    """The way with an identity, among those proposed now; None when it is gone."""
    options = _options(project, judgement)
    return next((one for one in options if identity_of(one.changes) == key), None)


def _options(project: Project, judgement: Judged) -> tuple[Option, ...]:
    found = proposed(project, judgement)
    return () if found is None else (found.best, *found.alternatives)


def identity_of(changes: Sequence[Change]) -> str:
    """What tells several changes together from every other."""
    return sha256_hex(canonical_bytes([identity(change) for change in changes]))[:32]


def identity(change: Change) -> str:
    """What tells a change from every other: its kind and its facts."""
    return sha256_hex(canonical_bytes([str(part) for part in change.order]))[:32]


def change_with(project: Project, judgement: Judged, key: str) -> Change | None:
    """The change of the plan with an identity, among what can be done; None when it is gone."""
    for finding in judgement.verdict.findings:
        for change in finding.automatic_remedies:
            if identity(change) == key:
                return change
    for option in _options(project, judgement):  # a way may hold a change that no finding names
        for change in option.changes:
            if identity(change) == key:
                return change
    return None


class _Newest(Generic[T]):
    """The newest so many things that were worked out in this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[tuple[str, ...], T] = OrderedDict()

    def get(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """What was worked out for a key, or *make* it now."""
        if key not in self._found:
            self._found[key] = make()
        self._found.move_to_end(key)
        while len(self._found) > self._most:
            self._found.popitem(last=False)
        return self._found[key]


_JUDGED: _Newest[Judged] = _Newest(64)
_PROPOSED: _Newest[Proposal | None] = _Newest(64)
_CONTRACTS: _Newest[Mapping[str, Contract]] = _Newest(32)


def _judged(project: Project, judge: Callable[[str], Judged]) -> Judged:
    key, contracts = _state_of(project)
    return _JUDGED.get(key, lambda: judge(contracts))


def _state_of(project: Project) -> tuple[tuple[str, ...], str]:
    """What tells a state of a project from every other, and the hash of its contracts."""
    rows = [
        (path, sha256)
        for path, sha256 in Document.objects.filter(project=project, current=True)
        .order_by("path")
        .values_list("path", "sha256")
        if path in (PLAN, "settings.yaml") or path.startswith(("contracts/", "accountability/"))
    ]
    contracts = _hash_of([row for row in rows if row[0].startswith("contracts/")])
    return (project.key, _hash_of(rows), engine.today().isoformat()), contracts


def _judge(folder: Path, contracts_sha256: str) -> Judged:
    plan = read_plan(folder / PLAN)
    fault: Saying | None = None
    contracts: Mapping[str, Contract] = {}
    accountability, parameters = Accountability(), default_parameters()
    try:
        if (folder / "contracts").is_dir():
            contracts = _CONTRACTS.get(
                (contracts_sha256,), lambda: read_contracts(folder / "contracts")
            )
        accountability = read_accountability(folder / "accountability")
        parameters = parameters_of(folder)
    except InputError as error:
        fault = Saying(error.code, error.fields)
    case = Case(plan, contracts, accountability, engine.today(), parameters)
    return Judged(case, check(case), fault)


def _hash_of(rows: Sequence[tuple[str, str]]) -> str:
    return sha256_hex(canonical_bytes([list(row) for row in rows]))


def _touch(where: Sequence[object], place: Sequence[object]) -> bool:
    """Whether a finding is about a part, or about something in it or around it."""
    shortest = min(len(where), len(place))
    return bool(shortest) and tuple(where[:shortest]) == tuple(place[:shortest])
