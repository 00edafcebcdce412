"""Strict YAML with line numbers.

YAML 1.2 core schema: ``no`` is a text, ``012`` is not octal, dates stay texts. What one reader may
see and another not is refused: duplicate keys, anchors and aliases, tags, several documents,
letters that look like another letter, invisible and direction-changing signs.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from grondslag.errors import InputError

Path = tuple[str | int, ...]
"""Where in a document: keys and positions from the root, such as ``("data", 0, "columns")``."""

_MAX_BYTES = 4 << 20
_MAX_DEPTH = 40
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
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
    _refuse_deceiving_signs(text, name)
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            _refuse_shortcut(token, name)
        nodes = list(yaml.compose_all(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InputError("canonical.broken-yaml", file=name, line=line) from error
    except RecursionError as error:
        raise InputError("canonical.too-deep", file=name, line=1, limit=_MAX_DEPTH) from error
    if len(nodes) != 1:
        raise InputError("canonical.not-one-document", file=name, count=len(nodes))
    lines: dict[Path, int] = {}
    content = _build(nodes[0], (), lines, name)
    return Document(content=content, file=name, text=text, lines=lines)


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
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or not isinstance(key, str) or key == "<<":
            raise InputError("canonical.key-not-text", file=file, line=key_line)
        if key in content:
            first = lines[(*path, key)]
            raise InputError(
                "canonical.duplicate-key", file=file, line=key_line, key=key, first=first
            )
        lines[(*path, key)] = key_line
        content[key] = _build(value_node, (*path, key), lines, file)
    return content


def _scalar(node: Any, file: str) -> Any:
    text = node.value
    if node.style not in (None, ""):  # quoted or block: a text, whatever it looks like
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) <= 16:
        return int(text)
    if _FLOAT.fullmatch(text) and not _leading_zero(text) and len(text) <= 32:
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise InputError(
                "canonical.number-too-large", file=file, line=node.start_mark.line + 1
            )
        return value
    return text


def _leading_zero(text: str) -> bool:
    digits = text.lstrip("+-")
    return len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()


def _refuse_deceiving_signs(text: str, file: str) -> None:
    """Refuse signs that hide, turn direction, or make a word look like another word."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.isascii():
            if "\x00" in line or "\x1b" in line:
                raise InputError("canonical.hidden-sign", file=file, line=number)
            continue
        if any(unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cs") and sign != "\t"
               for sign in line):
            raise InputError("canonical.hidden-sign", file=file, line=number)
        if unicodedata.normalize("NFC", line) != line:
            raise InputError("canonical.not-composed", file=file, line=number)
        for word in re.findall(r"\w+", line):
            if not word.isascii() and len(_scripts(word)) > 1:
                raise InputError("canonical.look-alike", file=file, line=number)
        key = re.match(r"\s*(?:-\s+)?([^\s:#'\"]+)\s*:", line)
        if key and not key.group(1).isascii():
            raise InputError("canonical.look-alike", file=file, line=number)


def _scripts(word: str) -> set[str]:
    """The scripts of the letters of a word, by the first word of their Unicode names."""
    return {unicodedata.name(sign, "?").split()[0] for sign in word if sign.isalpha()}
