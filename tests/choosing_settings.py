"""A small town in which the municipality makes a choice of its own."""

from dataclasses import replace
from typing import Any

from grondslag.canonical import read_document, to_yaml, write_text
from small_town import SmallTown, reopened


def with_choice(town: SmallTown, setting: str) -> SmallTown:
    """The municipality says yes to a setting, from 2027 on."""
    file = town.folder / "installation" / "installation.yaml"
    content: Any = read_document(file).content
    content["settings"][setting] = [{"from": "2027-01-01", "value": True}]
    write_text(file, to_yaml(content), mode=0o600)
    opened = reopened(town.folder, town.clock)
    return replace(town, players=replace(town.players, installation=opened))
