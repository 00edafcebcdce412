"""Parts of the text of a contract changed; every other sign stays as its owner wrote it."""

import copy
import json
from collections.abc import Mapping
from typing import Any

import yaml

from grondslag.canonical import Document, read_document
from grondslag.canonical import Path as Place
from grondslag.errors import InputError

Value = str | list[str]
_FOLDED = ("|", ">")


def with_values(document: Document, values: Mapping[Place, Value]) -> str:
    """The text of a document with other values at some places.

    Args:
        document: As read.
        values: Per place what must stand there: a text, or a list of texts. A key that is not
            there yet is put in; the lists on the way to it are there.

    Raises:
        InputError: It is written in a way that nothing can be put in: change it by hand.
    """
    text = document.text
    wanted = copy.deepcopy(document.content)
    for place, value in values.items():
        if _value_at(wanted, place) == value:
            continue
        _set(wanted, place, value)
        text = _replaced(text, place, value)
    if read_document(text, file=document.file).content != wanted:
        raise InputError("catalogue.by-hand", file=document.file)
    return text


def _value_at(content: Any, place: Place) -> Any:
    for step in place:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return "" if not isinstance(content, list) else None
    return content


def _set(content: Any, place: Place, value: Value) -> None:
    for step in place[:-1]:
        if isinstance(content, dict) and not isinstance(content.get(step), (dict, list)):
            content[step] = {}
        content = content[step]
    content[place[-1]] = value


def _replaced(text: str, place: Place, value: Value) -> str:
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    steps = list(place)
    while steps:
        inner = _inner(node, steps[0])
        if inner is None:
            break
        node = inner
        steps.pop(0)
    if steps and isinstance(node, yaml.MappingNode) and node.value:
        return _put_in(text, node, str(steps[0]), _nested(steps[1:], value))
    return _put_over(text, node, _nested(steps, value))


def _inner(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((inner for key, inner in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step]
    return None


def _nested(steps: list[str | int], value: Value) -> Any:
    found: Any = value
    for step in reversed(steps):
        found = {str(step): found}
    return found


def _put_in(text: str, mapping: Any, key: str, value: Any) -> str:
    first = mapping.value[0][0].start_mark
    entry = f"{key}: {_written(value)}"
    between = ", " if mapping.flow_style else "\n" + " " * first.column
    return text[: first.index] + entry + between + text[first.index :]


def _put_over(text: str, node: Any, value: Any) -> str:
    start, end = node.start_mark.index, _end(node)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and isinstance(value, list):
        between = "\n" + " " * node.start_mark.column
        new = between.join(f"- {_written(item)}" for item in value)
    else:
        new = _written(value)
    if start == end:  # a key with nothing behind it
        new = " " + new
    if isinstance(node, yaml.ScalarNode) and node.style in _FOLDED:
        new += "\n"
    return text[:start] + new + text[end:]


def _end(node: Any) -> int:
    """Where a part ends; of lines below each other that is where the last one does."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _written(value: Any) -> str:
    """A value as JSON, which is YAML too and needs no rules about signs."""
    return json.dumps(value, ensure_ascii=False)
