"""A verdict in the words of other systems."""

import json
from dataclasses import replace

import pytest

from grondslag.canonical import canonical_bytes
from grondslag.policy import (
    Finding,
    Outcome,
    Severity,
    Verdict,
    authzen_request,
    authzen_response,
    check,
    decision_log_record,
    odrl_request,
)
from made_cases import case

MOMENT = "2027-03-01T09:00:00.000Z"


def record(given):
    return decision_log_record(
        given, check(given), moment=MOMENT, trace_id="a" * 32, span_id="b" * 16
    )


def test_a_request_holds_who_what_and_why():
    given = case()

    asked = authzen_request(given)

    assert set(asked) == {"subject", "action", "resource", "context"}
    assert asked["subject"]["properties"]["plan_sha256"] == given.plan.sha256
    assert asked["action"]["properties"]["purpose"] == given.plan.purpose
    names = [one["dataset"] for one in asked["resource"]["properties"]["datasets"]]
    assert names == [need.dataset for need in given.plan.data]


@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_yes_without_conditions_is_a_yes(outcome):
    answered = authzen_response(case(), verdict_of(outcome))

    assert answered["decision"] is (outcome is Outcome.GO)
    assert answered["context"]["outcome"] == str(outcome)


def verdict_of(outcome):
    """A verdict with one finding of the weight that makes this outcome."""
    weight = next(one for one in Severity if one.outcome is outcome)
    finding = Finding(
        rule="question.we-do-this",
        code="policy.own-rule",
        severity=weight,
        where=(),
        line=1,
        provisions=(),
        fields={},
        remedies=(),
    )
    return Verdict(outcome, (finding,))


def test_every_reason_names_rule_and_law():
    (reason,) = authzen_response(case(), verdict_of(Outcome.NO))["context"]["reasons"]

    assert reason["rule"] == "question.we-do-this"
    assert reason["law"]


def test_a_log_record_can_be_replayed_from_its_hashes():
    given = case()

    made = record(given)

    assert set(made) == {
        "timestamp", "trace_id", "span_id", "type", "request", "response",
        "policies", "information", "configuration",
    }  # fmt: skip
    versions = {one["version"] for one in made["information"]}
    assert given.plan.sha256 in versions
    for need in given.plan.data:
        assert given.contracts[need.dataset].sha256 in versions
    assert canonical_bytes(made) == canonical_bytes(record(given))


def test_another_plan_is_another_record():
    given = case()
    other = replace(given, plan=replace(given.plan, sha256="0" * 64))

    assert canonical_bytes(record(given)) != canonical_bytes(record(other))


def test_what_is_asked_is_a_request_and_never_an_agreement():
    given = case()

    made = odrl_request(given)

    assert made["@type"] == "Request"
    assert json.loads(json.dumps(made)) == made
    targets = [one["target"] for one in made["permission"]]
    assert targets == [given.contracts[need.dataset].id for need in given.plan.data]
    for permission in made["permission"]:
        purpose = permission["constraint"][0]
        assert purpose["rightOperand"] == given.plan.purpose


def test_a_note_is_no_reason_to_say_no():
    answered = authzen_response(case(), verdict_of(Outcome.GO))

    assert answered["context"]["reasons"] == []
