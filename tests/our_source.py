"""The repository as its own tests see it: tracked files, parsed modules, codes that are raised."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grondslag import errors

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "grondslag"
PORTAL = ROOT / "src" / "grondslag_portal"
LOCALES = (SOURCE / "wording" / "locales", PORTAL / "shared" / "locales")

FAMILIES = frozenset(
    name for name, thing in vars(errors).items() if isinstance(thing, type) and name != "ClassVar"
)
"""Names of the classes that carry a code."""

SPEAKING = frozenset({"sentence", "has_sentence", "words"})
"""Functions of `wording` that take a code."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the source where a code is raised or said.

    Args:
        code: The code, or the fixed part before its first variable part.
        fields: The names of the facts given with it; None when they are not all written there.
        whole: Whether the code is written in full.
        place: File and line.
    """

    code: str
    fields: frozenset[str] | None
    whole: bool
    place: str


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control, as it stands on disk."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every Python file of the engine and the portal, parsed."""
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
        for path in sorted((*SOURCE.rglob("*.py"), *PORTAL.rglob("*.py")))
    )


@cache
def templates() -> tuple[tuple[Path, str], ...]:
    """Every page template of the portal, as text."""
    return tuple(
        (path, path.read_text(encoding="utf-8"))
        for path in sorted(PORTAL.rglob("templates/**/*.*"))
    )


def room_file(path: Path) -> str:
    """``delivery/compile.py`` in the engine, ``grondslag_portal/config/urls.py`` in the portal."""
    return path.relative_to(SOURCE if SOURCE in path.parents else SOURCE.parent).as_posix()


def place(path: Path, node: ast.AST | None = None) -> str:
    """``src/grondslag/clock.py:12``, for messages."""
    line = getattr(node, "lineno", None)
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield called.id, node
            elif isinstance(called, ast.Attribute):
                yield called.attr, node


@cache
def uses_of_codes() -> tuple[Use, ...]:
    """Every place that raises an error of ours or says a sentence."""
    found = []
    for path, tree in modules():
        for name, call in calls(tree):
            if name in FAMILIES | SPEAKING and call.args:
                code, whole = fixed_part(call.args[0])
                if code:
                    found.append(Use(code, named_facts(call, name), whole, place(path, call)))
    return (*found, *_said_in_templates())


_SAID = re.compile(r"""{% say ["']([^"']+)["']([^%]*)%}""")


def _said_in_templates() -> Iterator[Use]:
    """Every ``{% say "code" fact=value %}``."""
    for path, text in templates():
        for line, said in enumerate(text.splitlines(), start=1):
            for code, facts in _SAID.findall(said):
                names = frozenset(re.findall(r"(\w+)=", facts))
                yield Use(code, names, True, f"{place(path)}:{line}")


def fixed_part(node: ast.expr) -> tuple[str, bool]:
    """The text that is certain, and whether that is all of it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, True
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return str(node.values[0].value), False
    return "", False


def named_facts(call: ast.Call, name: str) -> frozenset[str] | None:
    """The names of the facts of a call; None when some come from elsewhere (``**facts``)."""
    names = {keyword.arg for keyword in call.keywords}
    if None in names or name == "has_sentence":
        return None
    own = {"language"} if name in SPEAKING else set()
    return frozenset(fact for fact in names - own if fact is not None)


@cache
def texts_in_source() -> frozenset[str]:
    """Every literal text and number: a code that stands in none of them is used nowhere."""
    literal = {
        str(node.value)
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (str, int)
    }
    # What a contract can say is a closed list in its published schema.
    schema = (SOURCE / "contracts" / "schemas" / "privacy.schema.json").read_text("utf-8")
    literal |= set(re.findall(r'"([a-z_]+)"', schema))
    quoted = {found for _, text in templates() for found in re.findall(r'"([^"\n]+)"', text)}
    said = {code for _, text in templates() for code, _ in _SAID.findall(text)}
    return frozenset(literal | quoted | said)


@cache
def catalogue_texts(language: str) -> dict[str, str]:
    """Every sentence of one language by its code."""
    from babel.messages.pofile import read_po

    sentences = {}
    for path in sorted(path for place in LOCALES for path in (place / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id:
                    sentences[str(message.id)] = str(message.string)
    return sentences
