"""The rules of law over a plan: what they find, what would make it lawful, and at what cost.

    settings_schema  what stands in a file of settings
    parameters  dated settings, and articles a jurist of the municipality confirmed
    matrix      which fields of work may be joined, by which article
    model       a rule, a case, a finding, a verdict
    changes     what a change is, and making one in the plan document
    edits       the changes the engine can make by itself, each with its cost
    anonymous_edits  those to a wish for anonymous records
    people      what only people can do
    asked       what a plan asks of its contracts, column by column
    prescanning whether an impact assessment is needed, each sign with why
    words       whether an answer in words is an answer
    rules       one module per theme of the law, each promise its own rule
    checking    all rules over a case; the hash of the rules in force
    remedies    the smallest set of changes that makes a plan lawful
    impact      what rests on an article; what differs between two days
    statement   text to start a privacy statement from
    exporting   a verdict in the words of other systems: AuthZEN, decision log, ODRL
    describing  rules, findings and changes as sentences

Rules are pure and know no order. What is not known never passes. May import plan, accountability,
contracts, vocabulary, law, canonical, wording, errors.
"""

from grondslag.policy.changes import Change, apply_change, apply_changes
from grondslag.policy.checking import check, is_fast_lane, rule_set_hash
from grondslag.policy.describing import (
    describe_change,
    describe_cost,
    describe_difference,
    describe_finding,
    describe_outcome,
    describe_rule,
    describe_sources,
)
from grondslag.policy.exporting import (
    authzen_request,
    authzen_response,
    decision_log_record,
    odrl_request,
)
from grondslag.policy.impact import (
    Difference,
    DifferenceKind,
    Rest,
    RestKind,
    Tree,
    differences,
    read_tree,
    resting_on,
)
from grondslag.policy.matrix import Edge, Matrix, link_matrix
from grondslag.policy.model import Case, Finding, Outcome, Rule, Severity, Verdict
from grondslag.policy.parameters import (
    Parameters,
    default_parameters,
    parameters_of,
    read_parameters,
)
from grondslag.policy.prescanning import Need, Prescan, prescan
from grondslag.policy.remedies import Option, Proposal, propose
from grondslag.policy.rules import RULES
from grondslag.policy.statement import Statement, privacy_statement

__all__ = [
    "RULES",
    "Case",
    "Change",
    "Difference",
    "DifferenceKind",
    "Edge",
    "Finding",
    "Matrix",
    "Need",
    "Option",
    "Outcome",
    "Parameters",
    "Prescan",
    "Proposal",
    "Rest",
    "RestKind",
    "Rule",
    "Severity",
    "Statement",
    "Tree",
    "Verdict",
    "apply_change",
    "apply_changes",
    "authzen_request",
    "authzen_response",
    "check",
    "decision_log_record",
    "default_parameters",
    "describe_change",
    "describe_cost",
    "describe_difference",
    "describe_finding",
    "describe_outcome",
    "describe_rule",
    "describe_sources",
    "differences",
    "is_fast_lane",
    "link_matrix",
    "odrl_request",
    "parameters_of",
    "prescan",
    "privacy_statement",
    "propose",
    "read_parameters",
    "read_tree",
    "resting_on",
    "rule_set_hash",
]
