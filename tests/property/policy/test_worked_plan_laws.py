"""Laws that hold for every worked plan: not knowing and asking more never help, order never
counts, a remedy gives what it promises."""

import copy
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.accountability import Accountability
from grondslag.errors import InputError
from grondslag.plan import plan_from
from grondslag.policy import RULES, apply_change, apply_changes, check, propose
from made_cases import GONE, asks, edited, link, party
from made_contracts import as_read
from worked_plans import worked_plans

PLANS = {plan.name: plan for plan in worked_plans()}
NAMES = sorted(PLANS)

OPTIONAL = (
    "assessment",
    "informing",
    "consent",
    "special_grounds",
    "further_use",
    "question.decision.decider.mandate",
)
"""Parts of a plan whose absence is not knowing. Absence of a link, a party or a right that is set
aside asks less, so those are no part of it."""

PRIVACY = {
    "purposes": (),
    "compatible_purposes": (),
    "person_key": "",
    "secrecy_mark": None,
    "linking": None,
    "collected_from": None,
    "objections": None,
}
"""What a contract says of a dataset, and what it says when it says nothing."""


def with_content(whole, content):
    return replace(whole, plan=plan_from(as_read(content, file="plan.yaml")))


def paths_in(content):
    """Every part of a plan that may be forgotten."""
    yield from OPTIONAL
    yield from (f"alternatives.{n}" for n in range(len(content["alternatives"])))
    yield from (f"output.reasons.{step}" for step in content["output"]["reasons"])
    for n, item in enumerate(content.get("parties", ())):
        yield from (f"parties.{n}.{part}" for part in ("agreement", "country") if part in item)
    for n, item in enumerate(content.get("further_use", ())):
        yield from (f"further_use.{n}.{part}" for part in item if part not in ("dataset", "route"))
    for n, item in enumerate(content.get("special_grounds", ())):
        texts = {"public_interest", "consent_impossible", "safeguards"} & set(item)
        yield from (f"special_grounds.{n}.{part}" for part in texts)


def forgotten(whole):
    """Every case that knows one thing less; a plan with less is read only when it is looked at."""
    content = whole.plan.document.content
    for path in paths_in(content):
        try:
            left = edited(content, {path: GONE})
        except KeyError:
            continue
        yield path, partial(with_content, whole, left)
    for name, contract in whole.contracts.items():
        others = {key: item for key, item in whole.contracts.items() if key != name}
        yield name, partial(replace, whole, contracts=others)
        for part, value in PRIVACY.items():
            poorer = replace(contract, privacy=replace(contract.privacy, **{part: value}))
            yield f"{name}.{part}", partial(replace, whole, contracts=others | {name: poorer})
        for n, column in enumerate(contract.columns):
            columns = list(contract.columns)
            columns[n] = replace(column, privacy=None)
            poorer = replace(contract, columns=tuple(columns))
            yield (
                f"{name}.{column.name}",
                partial(replace, whole, contracts=others | {name: poorer}),
            )
            if column.privacy is not None and column.privacy.kind is not None:
                columns[n] = replace(column, privacy=replace(column.privacy, kind=None))
                poorer = replace(contract, columns=tuple(columns))
                yield (
                    f"{name}.{column.name}.kind",
                    partial(replace, whole, contracts=others | {name: poorer}),
                )
    yield "all standing facts", partial(replace, whole, accountability=Accountability())


@given(name=st.sampled_from(NAMES), data=st.data())
def test_not_knowing_never_helps(name, data):
    whole = PLANS[name].case
    what, poorer = data.draw(st.sampled_from(list(forgotten(whole))), label="forgotten")

    assert check(poorer()).outcome.rank >= check(whole).outcome.rank, what


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_not_knowing_anything_never_helps(name):
    whole = PLANS[name].case
    before = check(whole).outcome

    better = [
        what for what, poorer in forgotten(whole) if check(poorer()).outcome.rank < before.rank
    ]

    assert better == []


def more(content):
    """Every plan that asks one thing more."""
    naam = {"name": "naam", "form": "exact", "reason": "Zonder naam bellen we niemand terug."}
    for n in range(len(content["data"])):
        yield "a column", f"data.{n}.columns", naam | {"name": "nergens_beschreven"}
    yield "a dataset nobody described", "data", asks("kroeglopers", "naam")
    yield "the register of residents", "data", asks("inwoners", "buurt")
    for role in ("recipient", "processor", "joint_controller"):
        yield role, "parties", party(role, "geen", "Ander Bureau BV", "IN")
    names = [item["dataset"] for item in content["data"]]
    if len(names) > 1:
        yield "a link", "links", link(names[0], names[1], until=content["end_date"])


@given(name=st.sampled_from(NAMES), data=st.data())
def test_asking_more_never_helps(name, data):
    whole = PLANS[name].case
    content = copy.deepcopy(whole.plan.document.content)
    what, path, extra = data.draw(st.sampled_from(list(more(content))), label="more")
    part = content
    for step in path.split("."):
        if not step.isdigit():
            part.setdefault(step, [])
        part = part[int(step) if step.isdigit() else step]
    part.append(extra)
    try:
        asked = with_content(whole, content)
    except InputError:
        return  # it was asked already

    before, after = check(whole), check(asked)

    assert after.outcome.rank >= before.outcome.rank, what
    refused = {item.rule for item in before.findings if item.severity == "refuses"}
    assert refused <= {item.rule for item in after.findings}, what


def turned(content):
    """The same content, every mapping the other way round."""
    if isinstance(content, dict):
        return {key: turned(content[key]) for key in reversed(content)}
    return [turned(item) for item in content] if isinstance(content, list) else content


@given(name=st.sampled_from(NAMES), order=st.permutations(range(len(RULES))))
def test_order_does_not_count(name, order):
    whole = PLANS[name].case
    other = with_content(whole, turned(whole.plan.document.content))

    straight, shuffled = check(whole), check(other, rules=[RULES[n] for n in order])

    assert shuffled.outcome == straight.outcome
    assert {item.key for item in shuffled.findings} == {item.key for item in straight.findings}


@pytest.mark.parametrize("name", NAMES)
def test_a_remedy_takes_its_finding_away(name):
    whole = PLANS[name].case

    for finding in check(whole).findings:
        for change in finding.automatic_remedies:
            try:
                plan = apply_change(whole.plan, change)
            except InputError:
                continue  # what is left would be no plan
            left = {item.key for item in check(replace(whole, plan=plan)).findings}
            assert finding.key not in left, change


@given(name=st.sampled_from(NAMES))
def test_what_is_proposed_gives_what_it_promised(name):
    whole = PLANS[name].case
    proposal = propose(whole)
    if proposal is None:
        return

    for option in (proposal.best, *proposal.alternatives):
        plan = apply_changes(whole.plan, ())  # in the lines in which a proposal is written out
        for change in option.changes:
            plan = apply_change(plan, change)
        verdict = check(replace(whole, plan=plan))
        assert verdict == option.verdict
        assert verdict.outcome.rank <= check(whole).outcome.rank
        assert not [
            item
            for item in verdict.findings
            if item.severity == "refuses" and not any(not c.is_automatic for c in item.remedies)
        ]
