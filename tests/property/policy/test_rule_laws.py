"""Laws that hold for every rule: not knowing never helps, asking more never helps, order never
counts."""

import copy
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.accountability import Accountability
from grondslag.canonical import canonical_bytes
from grondslag.contracts import Contract
from grondslag.plan import plan_from
from grondslag.policy import RULES, Parameters, check
from grondslag.policy.edits import DropColumn
from grondslag.policy.remedies import try_change
from made_cases import (
    ASSESSED,
    CONTRACTS,
    GONE,
    PLAN,
    agreement,
    asks,
    case,
    edited,
    impact,
    link,
    party,
)
from made_contracts import as_read

STARTS = {
    "counts": {},
    "records": {
        "plan.data": [
            asks("meldingen", ("melder", "pseudonym"), ("geboortedatum", "year"), "klacht",
                 output="pseudonymous", count="persons")
        ],
        "plan.output": {
            "step": "pseudonymous",
            "reasons": dict.fromkeys(
                ("aggregate", "anonymous", "pseudonymous"), "Minder is niet genoeg hiervoor."
            ),
        },
        "plan.special_grounds": [
            {"category": "special", "dataset": "meldingen", "exception": "24",
             "law": "Wegenwet", "article": "16"}
        ],
        "plan.assessment": ASSESSED,
        "documents": [impact()],
    },
    "linked": {
        "plan.data": [asks("meldingen", ("buurt", "area:wijk")), asks("inwoners", "buurt")],
        "plan.links": [link()],
        "plan.parties": [party()],
        "plan.assessment": ASSESSED,
        "documents": [
            impact(),
            agreement(covers={"datasets": ["meldingen", "inwoners"],
                              "purposes": ["verkeersveiligheid"]}),
        ],
    },
    "refused": {
        "plan.data": [asks("meldingen", "bsn", "naam", "verdenking", output="identified")],
        "plan.question.decision.decider": {"body": "raad", "mandate": "Besluit 2026-14"},
        "plan.parties": [party("recipient", "geen")],
        "plan.alternatives.0.verdict": "works",
        "plan.individual_decision": "unclear",
    },
    "identified": {
        "plan.data": [asks("meldingen", "buurt", output="identified")],
        "plan.output": {
            "step": "identified",
            "reasons": dict.fromkeys(
                ("aggregate", "anonymous", "pseudonymous", "identified"),
                "Minder is niet genoeg hiervoor.",
            ),
        },
    },
    "police": {
        "meldingen.privacy.secrecy": "police",
        "documents": [
            agreement("data_sharing",
                      grounds=[{"party": "Rekenbureau BV", "law": "Wpg", "article": "19"}])
        ],
        "plan.parties": [party("partner")],
    },
}  # fmt: skip
"""Cases of many kinds, lawful and not, to take facts away from."""


@cache
def start(name):
    return case(STARTS[name])


def forgotten_in_plan(whole):
    """The plan with one optional part less. Left out by meaning, not by not knowing: ``rows`` (all
    rows), ``example`` (a real plan), ``count`` (rows), ``analysis``, ``guide``, ``applicant``, and
    lists of datasets, links and parties, which ask less when they are shorter."""
    content = whole.plan.document.content
    paths = ["special_grounds", "assessment", "question.decision.decider.mandate"]
    paths += [f"output.reasons.{step}" for step in content["output"]["reasons"]]
    paths += [f"alternatives.{n}" for n in range(len(content["alternatives"]))]
    paths += [f"parties.{n}.agreement" for n in range(len(content.get("parties", ())))]
    for path in paths:
        try:
            left = edited(content, {path: GONE})
        except KeyError:
            continue
        yield path, replace(whole, plan=plan_from(as_read(left, file="plan.yaml")))


def forgotten_in_contracts(whole):
    """A contract less, or one fact of a contract less."""
    for name, contract in whole.contracts.items():
        others = {key: item for key, item in whole.contracts.items() if key != name}
        yield f"contract {name}", replace(whole, contracts=others)
        for what, poorer in poorer_contracts(contract):
            yield f"{name}: {what}", replace(whole, contracts=others | {name: poorer})


def poorer_contracts(contract: Contract):
    privacy = contract.privacy
    yield "retention", replace(contract, retention=None)
    yield "columns", replace(contract, columns=())
    for part, value in [
        ("purposes", ()), ("compatible_purposes", ()), ("person_key", ""), ("secrecy_mark", None),
        ("linking", None), ("areas", None),
    ]:  # fmt: skip
        yield part, replace(contract, privacy=replace(privacy, **{part: value}))
    for n, column in enumerate(contract.columns):
        columns = list(contract.columns)
        columns[n] = replace(column, privacy=None)
        yield f"entry of {column.name}", replace(contract, columns=tuple(columns))


def forgotten_facts(whole):
    """An agreement or an assessment less, or a setting less."""
    known = whole.accountability
    for key in known.agreements:
        left = {name: item for name, item in known.agreements.items() if name != key}
        yield key, replace(whole, accountability=Accountability(left, known.assessments))
    for key, item in known.assessments.items():
        yield key, replace(whole, accountability=Accountability(known.agreements, {}))
        silent = replace(item, officer_advice=None)
        yield key, replace(whole, accountability=Accountability(known.agreements, {key: silent}))
    for n in range(len(whole.parameters.settings)):
        settings = list(whole.parameters.settings)
        del settings[n]
        yield f"setting {n}", replace(whole, parameters=Parameters(tuple(settings)))


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("forgotten", [forgotten_in_plan, forgotten_in_contracts, forgotten_facts])
def test_not_knowing_never_helps(name, forgotten):
    before = check(start(name)).outcome

    better = [
        what for what, poorer in forgotten(start(name)) if check(poorer).outcome.rank < before.rank
    ]

    assert better == []


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_not_knowing_never_lets_a_single_rule_pass_what_no_other_rule_stops(name, rule):
    whole = start(name)
    heavy = {finding.key for finding in rule.findings(whole) if finding.severity != "notes"}
    if not heavy:
        return

    for _, poorer in (*forgotten_in_contracts(whole), *forgotten_facts(whole)):
        still = {finding.key for finding in rule.findings(poorer)}
        others = check(poorer)

        assert heavy <= still or others.outcome.rank >= check(whole).outcome.rank


MORE = {
    "a column": ("data.0.columns", {"name": "naam", "form": "exact",
                                    "reason": "Zonder naam kunnen we niemand terugbellen."}),
    "a column nobody described": ("data.0.columns", {"name": "duister", "form": "exact",
                                  "reason": "Zonder dit gegeven komen we er echt niet uit."}),
    "a dataset": ("data", asks("inwoners", "buurt")),
    "a dataset nobody described": ("data", asks("kroeglopers", "naam")),
    "a recipient": ("parties", party("recipient", "geen", "Ander Bureau BV")),
    "a processor": ("parties", party("processor", "geen", "Ander Bureau BV")),
}  # fmt: skip


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("more", MORE)
def test_asking_more_never_helps(name, more):
    whole = start(name)
    content = copy.deepcopy(whole.plan.document.content)
    path, extra = MORE[more]
    part = content
    for step in path.split("."):
        if not step.isdigit() and step not in part:
            part[step] = []
        part = part[int(step) if step.isdigit() else step]
    part.append(extra)
    names = [item["dataset"] for item in content["data"]]
    columns = [item["name"] for item in content["data"][0]["columns"]]
    if len(names) != len(set(names)) or len(columns) != len(set(columns)):
        return  # it was asked already

    asked = replace(whole, plan=plan_from(as_read(content, file="plan.yaml")))

    before, after = check(whole), check(asked)
    assert after.outcome.rank >= before.outcome.rank
    kept = {finding.rule for finding in before.findings if finding.severity == "refuses"}
    assert kept <= {finding.rule for finding in after.findings}


@pytest.mark.parametrize("name", [name for name in STARTS if name != "linked"])
def test_a_link_never_helps(name):
    whole = start(name)
    content = copy.deepcopy(whole.plan.document.content)
    content["data"].append(asks("inwoners", "buurt"))
    without = replace(whole, plan=plan_from(as_read(content, file="plan.yaml")))
    content["links"] = [link()]

    linked = replace(whole, plan=plan_from(as_read(content, file="plan.yaml")))

    assert check(linked).outcome.rank >= check(without).outcome.rank


@given(order=st.permutations(range(len(RULES))), name=st.sampled_from(sorted(STARTS)))
def test_the_order_of_rules_does_not_count(order, name):
    shuffled = [RULES[n] for n in order]

    assert check(start(name), rules=shuffled) == check(start(name))


def reversed_keys(content):
    """The same content, every mapping the other way round."""
    if isinstance(content, dict):
        return {key: reversed_keys(content[key]) for key in reversed(content)}
    if isinstance(content, list):
        return [reversed_keys(item) for item in content]
    return content


@pytest.mark.parametrize("name", STARTS)
def test_the_order_of_keys_in_a_plan_does_not_count(name):
    whole = start(name)
    turned = reversed_keys(whole.plan.document.content)
    assert canonical_bytes(turned) == canonical_bytes(whole.plan.document.content)
    plan = plan_from(as_read(turned, file="plan.yaml"))

    after = check(replace(whole, plan=plan))

    assert after.outcome == check(whole).outcome
    assert {item.key for item in after.findings} == {item.key for item in check(whole).findings}


@pytest.mark.parametrize("name", STARTS)
def test_looking_twice_finds_the_same(name):
    assert check(start(name)) == check(start(name))


def test_a_case_to_forget_from_is_not_empty():
    assert CONTRACTS
    assert check(case()).findings == ()
    assert try_change(case().plan, DropColumn("meldingen", "dag")).sha256 != case().plan.sha256
    assert PLAN["alternatives"]
