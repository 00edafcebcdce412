"""A verdict in the words of other systems: AuthZEN, the Authorization Decision Log, ODRL.

What is exported repeats what the rules said. Nobody is let in by an export: for a delivery the
engine asks the seal of people, always.
"""

from collections.abc import Mapping
from typing import Any

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.contracts import Contract
from grondslag.plan import Plan
from grondslag.policy.checking import rule_set_hash
from grondslag.policy.describing import describe_finding, describe_sources
from grondslag.policy.model import Case, Finding, Outcome, Severity, Verdict


def authzen_request(case: Case) -> dict[str, Any]:
    """The question behind a verdict, as an AuthZEN access evaluation request.

    Args:
        case: What was judged.

    Source:
        OpenID AuthZEN Authorization API 1.0, section 5 (information model) and 6 (request).
    """
    plan = case.plan
    return {
        "subject": {
            "type": "project",
            "id": f"urn:grondslag:project:{plan.id}",
            "properties": {
                "controller": plan.controller.value,
                "municipality": plan.municipality,
                "plan_sha256": plan.sha256,
            },
        },
        "action": {
            "name": "deliver",
            "properties": {
                "purpose": plan.purpose,
                "output": str(plan.output),
                "legal_basis": {
                    "gdpr": plan.legal_basis.gdpr.value,
                    "law": plan.legal_basis.law,
                    "article": plan.legal_basis.article,
                },
            },
        },
        "resource": {
            "type": "datasets",
            "id": f"urn:grondslag:plan-data:{plan.sha256}",
            "properties": {"datasets": [_asked(case, at) for at in range(len(plan.data))]},
        },
        "context": {"date": case.day.isoformat(), "end_date": plan.end_date.isoformat()},
    }


def authzen_response(case: Case, verdict: Verdict, *, language: str = "nl") -> dict[str, Any]:
    """The verdict as an AuthZEN decision: true only when nothing is in the way.

    A verdict with conditions is no yes: people must fulfil and sign for them first. They stand in
    the context, with their law.

    Args:
        case: What was judged.
        verdict: What the rules said of it.
        language: Of the reasons.

    Source:
        OpenID AuthZEN Authorization API 1.0, section 6.2 (response, decision context).
    """
    asked = [one for one in verdict.findings if one.severity is not Severity.NOTES]
    return {
        "decision": verdict.outcome is Outcome.GO,
        "context": {
            "outcome": str(verdict.outcome),
            "rule_set": rule_set_hash(case.day),
            "reasons": [_reason(one, language) for one in asked],
        },
    }


def decision_log_record(
    case: Case, verdict: Verdict, *, moment: str, trace_id: str, span_id: str, language: str = "nl"
) -> dict[str, Any]:
    """The verdict as a record of the Authorization Decision Log, from which it can be replayed.

    Args:
        case: What was judged.
        verdict: What the rules said of it.
        moment: When (RFC 3339).
        trace_id: 32 hexadecimal digits, of the W3C trace.
        span_id: 16 hexadecimal digits.
        language: Of the reasons.

    Source:
        Logius, Authorization Decision Log: timestamp, trace_id, span_id, type, request, response,
        policies, information, configuration. The standard is a draft.
    """
    settings = sha256_hex(canonical_bytes(_settings(case)))
    return {
        "timestamp": moment,
        "trace_id": trace_id,
        "span_id": span_id,
        "type": "evaluation",
        "request": authzen_request(case),
        "response": authzen_response(case, verdict, language=language),
        "policies": [{"id": "urn:grondslag:rules", "version": rule_set_hash(case.day)}],
        "information": [
            {"id": f"urn:grondslag:plan:{case.plan.id}", "version": case.plan.sha256},
            *(
                {"id": contract.id, "version": contract.sha256}
                for _, contract in sorted(_asked_contracts(case).items())
            ),
            *(
                {"id": f"urn:grondslag:accountability:{key}", "version": digest}
                for key, digest in sorted(case.accountability.hashes.items())
            ),
        ],
        "configuration": [{"id": "urn:grondslag:parameters", "version": settings}],
    }


def odrl_request(case: Case) -> dict[str, Any]:
    """What a plan asks of the owners, as an ODRL request: what and why, not how.

    It is no agreement: only signatures make it one.

    Args:
        case: Plan and contracts.

    Source:
        W3C ODRL Information Model 2.2, sections 2.2 (asset), 2.5 (constraint), 2.6 (rule).
    """
    plan = case.plan
    contracts = _asked_contracts(case)
    return {
        "@context": "http://www.w3.org/ns/odrl.jsonld",
        "@type": "Request",
        "uid": f"urn:grondslag:request:{plan.sha256}",
        "profile": "urn:grondslag:odrl-profile:1",
        "permission": [
            _permission(plan, contracts[need.dataset], at)
            for at, need in enumerate(plan.data)
            if need.dataset in contracts
        ],
        "prohibition": [
            {
                "target": contract.id,
                "assigner": contract.owner,
                "assignee": f"urn:grondslag:project:{plan.id}",
                "action": "distribute",
            }
            for contract in contracts.values()
        ],
    }


def _permission(plan: Plan, contract: Contract, at: int) -> dict[str, Any]:
    need = plan.data[at]
    return {
        "target": contract.id,
        "assigner": contract.owner,
        "assignee": f"urn:grondslag:project:{plan.id}",
        "action": "use",
        "constraint": [
            {"leftOperand": "purpose", "operator": "eq", "rightOperand": plan.purpose},
            {
                "leftOperand": "dateTime",
                "operator": "lteq",
                "rightOperand": {"@value": plan.end_date.isoformat(), "@type": "xsd:date"},
            },
            {
                "leftOperand": "urn:grondslag:odrl-profile:1:columns",
                "operator": "isAllOf",
                "rightOperand": [f"{column.name}:{column.form}" for column in need.columns],
            },
            {
                "leftOperand": "urn:grondslag:odrl-profile:1:output",
                "operator": "eq",
                "rightOperand": str(need.output),
            },
        ],
        "duty": [{"action": "delete", "constraint": [_at_the_end(plan)]}],
    }


def _at_the_end(plan: Plan) -> dict[str, Any]:
    return {
        "leftOperand": "dateTime",
        "operator": "eq",
        "rightOperand": {"@value": plan.end_date.isoformat(), "@type": "xsd:date"},
    }


def _asked(case: Case, at: int) -> dict[str, Any]:
    need = case.plan.data[at]
    contract = case.contracts.get(need.dataset)
    return {
        "dataset": need.dataset,
        "contract_sha256": contract.sha256 if contract else None,
        "columns": [f"{column.name}:{column.form}" for column in need.columns],
        "output": str(need.output),
    }


def _asked_contracts(case: Case) -> Mapping[str, Contract]:
    names = [need.dataset for need in case.plan.data]
    return {name: case.contracts[name] for name in names if name in case.contracts}


def _reason(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "line": finding.line,
        "text": describe_finding(finding, language=language),
        "law": list(describe_sources(finding.provisions, language=language)),
    }


def _settings(case: Case) -> Mapping[str, Any]:
    names = sorted({item.name for item in case.parameters.settings})
    return {name: case.parameters.value(name, case.day) for name in names}
