"""The ladder of outputs: every step up needs its reason, no decision falls about one person."""

from collections.abc import Iterator

from grondslag.law import STATUTES
from grondslag.policy.asked import asked_of, is_personal, personal_needs
from grondslag.policy.changes import Change
from grondslag.policy.edits import ChangeOutput, DropDataset
from grondslag.policy.model import Case, Fault, asks, refuses, rule
from grondslag.policy.people import AskOfficer, DoAssessment, GiveReason
from grondslag.policy.words import has_filler
from grondslag.vocabulary import Form, IdentifierRole, OutputStep, Trilean

AVG, UAVG = STATUTES["AVG"], STATUTES["UAVG"]

_LADDER = list(OutputStep)
_EXACT = Form("exact")


@rule(
    "output.each-step-has-a-reason",
    AVG.article("5", 1, "c"),
    AVG.article("25", 2),
    AVG.article("89", 1),
)
def each_step_has_a_reason(case: Case) -> Iterator[Fault]:
    """With personal data, every step up the ladder of outputs has a reason."""
    if not is_personal(case):
        return
    plan = case.plan
    for step in _LADDER[1 : plan.output.height + 1]:
        reason = plan.output_reasons.get(step, "")
        if reason and not has_filler(reason):
            continue
        below = _LADDER[step.height - 1]
        down: tuple[Change, ...] = ()
        if below is not OutputStep.OPEN:
            down = (ChangeOutput(None, below, plan.output.height - below.height),)
        yield refuses(
            "policy.output.each-step-has-a-reason.none",
            ("output", "reasons"),
            *down,
            GiveReason(),
            step=step,
        )


@rule("output.datasets-stay-below-the-plan", AVG.article("25", 2))
def datasets_stay_below_the_plan(case: Case) -> Iterator[Fault]:
    """No dataset leaves on a higher step than the plan as a whole."""
    highest = case.plan.output
    for at, need in enumerate(case.plan.data):
        if need.output.height > highest.height:
            yield refuses(
                "policy.output.datasets-stay-below-the-plan.above",
                ("data", at, "output"),
                ChangeOutput(need.dataset, highest, need.output.height - highest.height),
                dataset=need.dataset,
                step=need.output,
                highest=highest,
            )


@rule("output.step-is-needed", AVG.article("25", 2), AVG.article("89", 1))
def step_is_needed(case: Case) -> Iterator[Fault]:
    """Records with names are asked only when a name is asked.

    A condition, no refusal: else asking a name as well would help.
    """
    for at in personal_needs(case):
        need = case.plan.data[at]
        named = any(
            asked.privacy is None
            or (asked.privacy.role is IdentifierRole.DIRECT and asked.wanted.form == _EXACT)
            for asked in asked_of(case, at)
        )
        if need.output is OutputStep.IDENTIFIED and not named:
            yield asks(
                "policy.output.step-is-needed.no-name",
                ("data", at, "output"),
                ChangeOutput(need.dataset, OutputStep.PSEUDONYMOUS, 1),
                dataset=need.dataset,
            )


@rule("output.open-holds-no-people", AVG.article("5", 1, "f"), AVG.article("25", 2))
def open_holds_no_people(case: Case) -> Iterator[Fault]:
    """What leaves as open data holds no personal data."""
    for at in personal_needs(case):
        need = case.plan.data[at]
        if need.output is not OutputStep.OPEN:
            continue
        counted: tuple[Change, ...] = ()
        if case.plan.output is not OutputStep.OPEN:
            counted = (ChangeOutput(need.dataset, OutputStep.AGGREGATE, 1),)
        yield refuses(
            "policy.output.open-holds-no-people.personal",
            ("data", at, "output"),
            *counted,
            DropDataset(need.dataset),
            dataset=need.dataset,
        )


@rule("decision.a-person-looks-first", AVG.article("22", 1), UAVG.article("40", 1))
def a_person_looks_first(case: Case) -> Iterator[Fault]:
    """A decision about one person rests on data only where a person looks first; unclear is yes."""
    plan = case.plan
    if plan.individual_decision is Trilean.NO or not is_personal(case):
        return
    if plan.automation is not None and plan.automation.solely is Trilean.YES:
        return  # a rule of its own looks at decisions without a person
    where = ("individual_decision",)
    key = "" if plan.assessment is None else plan.assessment.document
    document = case.accountability.assessments.get(key)
    settled = (
        document is not None
        and document.concluded is Trilean.YES
        and document.human_intervention is Trilean.YES
    )
    if settled:
        yield asks("policy.decision.a-person-looks-first.asked", where, AskOfficer())
    else:
        code = (
            "policy.decision.a-person-looks-first.unclear"
            if plan.individual_decision is Trilean.UNCLEAR
            else "policy.decision.a-person-looks-first.not-settled"
        )
        yield refuses(code, where, GiveReason(), DoAssessment())


@rule("output.identified-is-advised-on", AVG.article("5", 1, "c"), AVG.article("89", 1))
def identified_is_advised_on(case: Case) -> Iterator[Fault]:
    """Before records with names leave, the data protection officer gave advice."""
    for at in personal_needs(case):
        need = case.plan.data[at]
        if need.output is OutputStep.IDENTIFIED:
            yield asks(
                "policy.output.identified-is-advised-on.asked",
                ("data", at, "output"),
                AskOfficer(),
                ChangeOutput(need.dataset, OutputStep.PSEUDONYMOUS, 1),
                dataset=need.dataset,
            )
