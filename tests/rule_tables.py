"""How a table that a lawyer can read is held against a rule.

A table is a mapping of rule id to rows; a row says in words what differs from a lawful plan, gives
that difference, and names what the rule finds: nothing, or the last word of each sentence's code.
"""

from grondslag.policy import RULES
from made_cases import case

HEADERS = ("what differs from a lawful plan", "the difference", "what the rule finds")
"""The heads of the columns of every table."""

_BY_ID = {rule.id: rule for rule in RULES}


def rows_of(tables):
    """Every row with the rule it is about, for a parametrized test."""
    return [(rule, *row) for rule, rows in tables.items() for row in rows]


def names_of(tables):
    """A name for every row."""
    return [f"{rule}: {row[0]}" for rule, rows in tables.items() for row in rows]


def found(rule, changes):
    """What a rule finds in the lawful plan with these changes."""
    findings = _BY_ID[rule].findings(case(changes))
    return sorted(finding.code.rpartition(".")[2] for finding in findings)
