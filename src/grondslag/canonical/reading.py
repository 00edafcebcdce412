"""Strict YAML with line numbers.

YAML 1.2 core schema: ``no`` is a text, ``012`` is not octal, dates stay texts. What one reader may
see and another not is refused: duplicate keys, anchors and aliases, tags, several documents,
letters that look like another letter, invisible and direction-changing signs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path as FilePath
from typing import Any

import yaml

from grondslag.canonical.signs import deceiving_sign
from grondslag.errors import InputError

Path = tuple[str | int, ...]
"""Where in a document: keys and positions from the root, such as ``("data", 0, "columns")``."""

_MAX_BYTES = 4 << 20
_MAX_DEPTH = 40
_MAX_INTEGER = 2**53 - 1
_MAX_DIGITS = 32
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
# What an anchor, alias or tag (not within a word) or a directive (of a line) begins with.
# Without one of them the tokens, a third of the work of reading, need no look.
_MAYBE_SHORTCUT = re.compile(r"(?<!\w)[&*!]|(?:^|\r)%", re.MULTILINE)
_CONSTANTS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as read: its content, where each part stands, and its text.

    Args:
        content: Mappings, lists and scalars.
        file: Where it was read from, for messages.
        text: The text itself.
        lines: Line (from 1) per path; see `line`.
    """

    content: Any
    file: str
    text: str
    lines: Mapping[Path, int] = field(repr=False)

    def line(self, path: Path = ()) -> int:
        """The line of a part, or of the nearest part around it that is in the document."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_text(path: FilePath) -> str:
    """The text of a UTF-8 file.

    Raises:
        InputError: No such file, not a plain file, too large, or not UTF-8.
    """
    if not path.is_file():
        raise InputError("canonical.no-such-file", file=path.name, folder=str(path.parent))
    if path.stat().st_size > _MAX_BYTES:
        raise InputError("canonical.too-large", file=path.name, limit=_MAX_BYTES >> 20)
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError("canonical.not-utf8", file=path.name, line=line) from error


def read_document(source: FilePath | str, *, file: str | None = None) -> Document:
    """Read one YAML document, strictly.

    Args:
        source: A file, or the text itself.
        file: The name to use in messages when *source* is a text.

    Raises:
        InputError: Anything a person or another reader could read differently, with its line.
    """
    text = read_text(source) if isinstance(source, FilePath) else source
    name = file or (source.name if isinstance(source, FilePath) else "text")
    _refuse_deceiving(text, name)
    try:
        if _MAYBE_SHORTCUT.search(text):
            for token in yaml.scan(text, Loader=_LOADER):
                _refuse_shortcut(token, name)
        nodes = list(yaml.compose_all(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise _broken(error, name) from error
    except RecursionError as error:
        raise InputError("canonical.too-deep", file=name, line=1, limit=_MAX_DEPTH) from error
    if len(nodes) != 1:
        raise InputError("canonical.not-one-document", file=name, count=len(nodes))
    lines: dict[Path, int] = {}
    content = _build(nodes[0], (), lines, name)
    return Document(content=content, file=name, text=text, lines=lines)


def _broken(error: yaml.YAMLError, file: str) -> InputError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    if "nesting depth" in str(getattr(error, "problem", "")):  # libyaml stops before we do
        return InputError("canonical.too-deep", file=file, line=line, limit=_MAX_DEPTH)
    return InputError("canonical.broken-yaml", file=file, line=line)


def _refuse_shortcut(token: Any, file: str) -> None:
    if isinstance(token, (yaml.AnchorToken, yaml.AliasToken)):
        raise InputError("canonical.anchor", file=file, line=token.start_mark.line + 1)
    if isinstance(token, (yaml.TagToken, yaml.DirectiveToken)):
        raise InputError("canonical.tag", file=file, line=token.start_mark.line + 1)


def _build(node: Any, path: Path, lines: dict[Path, int], file: str) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if len(path) > _MAX_DEPTH:
        raise InputError("canonical.too-deep", file=file, line=line, limit=_MAX_DEPTH)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, file)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, at), lines, file) for at, item in enumerate(node.value)]
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        key = _key(key_node, file)
        if key in content:
            first = lines[(*path, key)]
            raise InputError(
                "canonical.duplicate-key", file=file, line=key_line, key=key, first=first
            )
        lines[(*path, key)] = key_line
        content[key] = _build(value_node, (*path, key), lines, file)
    return content


def _key(node: Any, file: str) -> str:
    line = node.start_mark.line + 1
    named = isinstance(node, yaml.ScalarNode) and (node.value or node.style) and node.value != "<<"
    if not named:
        raise InputError("canonical.key-not-text", file=file, line=line)
    key: str = node.value
    _refuse_deceiving(key, file, line)
    if not key.isascii():  # also a whole word of Cyrillic letters can look Latin
        raise InputError("canonical.look-alike", file=file, line=line)
    return key


def _scalar(node: Any, file: str) -> Any:
    text = node.value
    line = node.start_mark.line + 1
    if node.style not in (None, ""):  # quoted or block: a text, whatever it looks like
        if node.style == '"':  # an escape such as "\u202e" is plain in the file, not in the text
            _refuse_deceiving(text.replace("\n", " "), file, line)
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if not is_number(text):
        return text
    value = _number(text)
    if value is None:
        raise InputError("canonical.number-too-large", file=file, line=line)
    return value


def _number(text: str) -> float | None:
    """The number, or None when not every reader of JSON would read the same (RFC 7493, 2.2)."""
    if len(text) > _MAX_DIGITS:
        return None
    if _INTEGER.fullmatch(text):
        return int(text) if abs(int(text)) <= _MAX_INTEGER else None
    value = float(text)
    vanished = value == 0 and re.search("[1-9]", re.split("[eE]", text)[0]) is not None
    return value if isfinite(value) and not vanished else None


def is_number(text: str) -> bool:
    """Whether a text without quotes would be read as a number; ``012`` would not."""
    digits = text.lstrip("+-")
    leading_zero = len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()
    return not leading_zero and _FLOAT.fullmatch(text) is not None


def _refuse_deceiving(text: str, file: str, line: int = 1) -> None:
    """Refuse a text with a deceiving sign; *line* is where the text begins."""
    found = deceiving_sign(text)
    if found:
        wrong, below = found
        raise InputError(f"canonical.{wrong}", file=file, line=line + below - 1)
