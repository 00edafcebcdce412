"""A plan against all rules: every finding, and what they come to."""

import hashlib
import inspect
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.policy.asked import asked_columns, uses_person_key
from grondslag.policy.model import Case, Finding, Outcome, Rule, Verdict
from grondslag.policy.parameters import Parameters, default_parameters
from grondslag.policy.rules import RULES
from grondslag.vocabulary import PersonalDataCategory, Secrecy

# What the rules judge by, beside their own functions.
_JUDGED_BY = (
    ("grondslag.law", ("provision.py", "statutes.py", "tasks.py", "territory.py")),
    (
        "grondslag.policy",
        ("asked.py", "edges.yaml", "matrix.py", "model.py", "prescanning.py", "words.py"),
    ),
)


def check(case: Case, *, rules: Iterable[Rule] = RULES) -> Verdict:
    """Check a case against every rule in force on the plan's day or on the day of the check.

    A plan is judged by the law of its own day; a rule that came since counts as well, so that an
    old date never helps. Nothing depends on the order of the rules or of keys in a document.

    Args:
        case: What the rules look at.
        rules: Which rules; all of them by default.
    """
    findings = [
        finding
        for rule in rules
        if rule.is_valid(case.plan.dated) or rule.is_valid(case.day)
        for finding in rule.findings(case)
    ]
    return Verdict(_worst(findings), tuple(sorted(findings, key=lambda item: item.order)))


def _worst(findings: Iterable[Finding]) -> Outcome:
    outcomes = (finding.severity.outcome for finding in findings)
    return max(outcomes, key=lambda outcome: outcome.rank, default=Outcome.GO)


def is_fast_lane(case: Case) -> bool:
    """Whether the owners' standing consent is enough: nothing in the plan can be about a person.

    Every column is known and holds no personal data, no link, nobody is told apart, no secrecy.
    """
    asked = list(asked_columns(case))
    return (
        not case.plan.links
        and all(_is_free(case, need.dataset) for need in case.plan.data)
        and not any(uses_person_key(case, need) for need in case.plan.data)
        and not any(column.is_personal for column in asked)
    )


def _is_free(case: Case, dataset: str) -> bool:
    contract = case.contracts.get(dataset)
    if contract is None or contract.privacy.secrecy is not Secrecy.NONE:
        return False
    if contract.privacy.person_key or contract.privacy.objections is not None:
        return False  # its owner can give no standing consent: it is kept per person
    need = case.plan.need(dataset)
    rows = [] if need is None else [part.column for part in (need.period, need.area) if part]
    known = {column.name: column.privacy for column in contract.columns}
    return all(
        (entry := known.get(name)) is not None and entry.category is PersonalDataCategory.NONE
        for name in rows
    )


def rule_set_hash(day: date, *, parameters: Parameters | None = None) -> str:
    """Hash over the rules in force on a day: another rule, article or setting is another hash.

    Covers per rule its id, promise, provisions with the version read, days and source, with the
    module around it; the settings; and what all rules judge by.

    Args:
        day: The day whose rules count.
        parameters: The settings; those that come with the engine by default.
    """
    settings = parameters or default_parameters()
    valid = tuple(rule.id for rule in RULES if rule.is_valid(day))
    return _hash_of_rules(valid, settings.sha256)


@cache
def _hash_of_rules(valid: tuple[str, ...], settings: str) -> str:
    """The hash for these rules and settings; the code does not change while it runs."""
    return sha256_hex(
        canonical_bytes(
            {
                "rules": [_described(rule) for rule in RULES if rule.id in valid],
                "parameters": settings,
                "judged_by": {
                    f"{package}/{name}": _hash_of(package, name)
                    for package, names in _JUDGED_BY
                    for name in names
                },
            }
        )
    )


def _described(rule: Rule) -> dict[str, object]:
    module = rule.function.__module__.rpartition(".")
    return {
        "id": rule.id,
        "promise": rule.promise,
        "provisions": [
            [str(item), item.statute.identifier, str(item.statute.version_read)]
            for item in rule.provisions
        ],
        "from": rule.valid_from.isoformat(),
        "until": None if rule.valid_until is None else rule.valid_until.isoformat(),
        "source": sha256_hex(inspect.getsource(rule.function).encode()),
        "module": _hash_of(module[0], f"{module[2]}.py"),
    }


def _hash_of(package: str, name: str) -> str:
    return hashlib.sha256((resources.files(package) / name).read_bytes()).hexdigest()
