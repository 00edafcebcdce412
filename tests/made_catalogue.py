"""Contracts in a portal, as texts to change in a test."""

from grondslag.canonical import to_yaml
from made_contracts import contract_content


def contract_text(name="ongevallen", *, department="Mobiliteit", **parts):
    """The text of the smallest contract that is right, of a department of the portal."""
    content = contract_content(name=name, **parts)
    content["team"]["name"] = department
    return to_yaml(content)
