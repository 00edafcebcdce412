"""What a screen asks: which parts of the plan, in whose words. Pages and forms follow from it.

A screen knows no rule: what an answer must look like stands in the plan's own schema.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grondslag.plan import plan_schema
from grondslag.plan.first import TO_SETTLE, is_to_settle, to_settle
from grondslag.project import Step
from grondslag_portal.projects.editing import Content, Path, value_at

NO_TODO = None
"""For a part that may be absent: an empty answer takes it away."""

DAY = "day"
"""For a day that nobody knows yet: what stood there stays."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question on a screen.

    Args:
        name: Of its field; its words are ``projects.ask-<name>`` and, when there, ``…hint-<name>``.
        path: Where its answer stands: in the plan, or within its row.
        todo: Which words stand for "not settled yet" (`plan.first.to_settle`); None when the part
            may be absent.
        said_as: Start of the code of each choice: its words are ``<said_as><value>``.
        codes: The code of each choice, where no one start serves for all.
        choices: What may be chosen, when the schema does not list it: value to words.
        suggestions: What is probably meant; anything else may be typed as well.
        start: What stands there before anybody answered.
    """

    name: str
    path: Path
    todo: str | None = NO_TODO
    said_as: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] | None = None
    suggestions: tuple[str, ...] = ()
    start: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether something must stand there: an answer, or that nobody knows it yet."""
        return self.todo is not None

    def shown(self, content: Content) -> Any:
        """Its answer in a plan, None when nobody settled it yet."""
        found = value_at(content, self.path)
        if isinstance(found, str) and is_to_settle(found):
            return None
        if self.todo == DAY and found == content.get("date"):
            return None  # what a first plan has for a day that nobody knows
        return found

    def unsettled(self, schema: Mapping[str, Any]) -> str:
        """What stands for an answer that nobody knows yet."""
        if "pattern" in schema:
            return TO_SETTLE if "-" in schema["pattern"] else TO_SETTLE.replace("-", "_")
        return to_settle(self.todo or "")


@dataclass(frozen=True, slots=True)
class Rows:
    """A list on a screen: as many answers of the same kind as somebody has.

    Args:
        path: Of the list in the plan.
        items: The questions of a row; their paths stand within it.
        least: The first rows may not all be taken away when this is one.
    """

    path: Path
    items: tuple[Item, ...]
    least: int = 0


Decorate = Callable[[Mapping[Path, Any], Mapping[str, Any]], Mapping[Path, Any]]
"""The last word of a screen over its parts: from what was answered."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One page with questions.

    Args:
        key: Its name; its words are ``projects.title-<key>`` and, when there, ``…lead-<key>``.
        slug: In its address, after that of the section.
        section: The step of the road it belongs to.
        items: Its questions.
        rows: Its list, when it has one.
        number: Which of the four questions it is; 0 for none of them.
        third: Which step of the fourth question; 0 for none.
        wholes: Parts that are only there when something in them is answered, such as ``informing``.
        extra: Questions that are no part of the plan by themselves; `finish` uses their answers.
        instead: Per such question the questions that need no answer once it has one.
        finish: Makes the parts from the answers, when that is more than putting them in place.
        following: The key of the screen that comes next; empty for the answers of the section.
        facts: Facts for its words.
        rare: Whether few projects need it; it is no stop of the road through its section.
    """

    key: str
    slug: str
    section: Step
    items: tuple[Item, ...] = ()
    rows: Rows | None = None
    number: int = 0
    third: int = 0
    wholes: tuple[Path, ...] = ()
    extra: tuple[Item, ...] = ()
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    finish: Decorate | None = None
    following: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    rare: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The parts of the plan it changes."""
        found = tuple(item.path for item in self.items)
        return found if self.rows is None else (*found, self.rows.path)


def schema_at(path: Sequence[Any]) -> Mapping[str, Any]:
    """What the plan's schema says of a place; empty when it says nothing."""
    whole = plan_schema()
    found: Mapping[str, Any] = whole
    for step in path:
        found = _followed(found, whole)
        found = found.get("properties", {}).get(step, {}) if isinstance(step, str) else (
            found.get("items", {})
        )  # fmt: skip
    return _followed(found, whole)


def must_stand(path: Sequence[Any]) -> bool:
    """Whether the schema wants something at this place, once there is anything around it."""
    around = schema_at(path[:-1])
    return path[-1] in around.get("required", ())


def _followed(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema
