"""A small town whose deliveries keep a number per person."""

from dataclasses import replace
from typing import Any

from grondslag.canonical import read_document, to_yaml, write_text
from small_town import SmallTown, reopened


def with_record_keys(town: SmallTown) -> SmallTown:
    """The municipality chooses to keep them, from 2027 on."""
    file = town.folder / "installation" / "installation.yaml"
    content: Any = read_document(file).content
    content["settings"]["record_keys"] = [{"from": "2027-01-01", "value": True}]
    write_text(file, to_yaml(content), mode=0o600)
    opened = reopened(town.folder, town.clock)
    return replace(town, players=replace(town.players, installation=opened))
