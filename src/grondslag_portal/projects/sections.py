"""The sections Vraag, Grond and Gegevens as they stand in a plan: answers, and what is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.forms import BoundField, MultipleChoiceField

from grondslag.contracts import Contract
from grondslag.plan.first import TO_SETTLE, is_to_settle
from grondslag.policy.words import is_decision
from grondslag.project import Step
from grondslag.vocabulary import AlternativeVerdict, AlternativeWay, Proceed
from grondslag.wording import day
from grondslag_portal.projects.data_needs import DATA_SCREENS, column_screen, rows_screen
from grondslag_portal.projects.editing import Content, value_at
from grondslag_portal.projects.fields import Day
from grondslag_portal.projects.forms import ScreenForm
from grondslag_portal.projects.grounds import GROUND_SCREENS
from grondslag_portal.projects.questions import QUESTION_SCREENS, WAYS, way_key
from grondslag_portal.projects.rare import RARE_SCREENS
from grondslag_portal.projects.screens import Item, Screen
from grondslag_portal.shared.words import language, words

SCREENS: Mapping[str, Screen] = {
    screen.key: screen
    for screen in (*QUESTION_SCREENS, *GROUND_SCREENS, *RARE_SCREENS, *DATA_SCREENS)
}
"""Every screen that is the same for each project, in the order of the road."""

SLUGS = {Step.QUESTION: "vraag", Step.GROUND: "grond", Step.DATA: "gegevens"}
_OF_DATASETS = frozenset(
    {"further-dataset", "special-dataset", "left", "right", "analysis-dataset"}
)
_OF_COLUMNS = frozenset({"analysis-area", "severity", "analysis-period"})
_COLUMNS_OF_ANALYSIS = ("area", "severity", "period")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is shown: its question, its value as text or several."""

    label: str
    value: object
    change: str = ""


def screens_of(step: Step) -> list[Screen]:
    """The screens of a section, in order."""
    return [screen for screen in SCREENS.values() if screen.section is step]


def made_for(
    screen: Screen, content: Content, contracts: Mapping[str, Contract] | None = None
) -> Screen:
    """A screen with what this project lets somebody choose: its own datasets, known purposes.

    Args:
        screen: The screen.
        content: The plan.
        contracts: The contracts of the project, where they matter.
    """
    known = {
        need["dataset"]: _title(need["dataset"], contracts)
        for need in content["data"]
        if need["dataset"] != TO_SETTLE
    }
    purposes = sorted({one for item in (contracts or {}).values() for one in item.privacy.purposes})
    columns = _columns_for_analysis(content, contracts)
    items = tuple(_with_choices(item, known, purposes, columns) for item in screen.items)
    rows = screen.rows
    if rows is not None:
        asked = tuple(_with_choices(item, known, purposes, columns) for item in rows.items)
        rows = replace(rows, items=asked)
    facts = dict(screen.facts)
    for way in AlternativeWay:
        if screen.key == way_key(way):
            facts = {"way": words(WAYS[way][1])}
    return replace(screen, items=items, rows=rows, facts=facts)


def answers_on(screen: Screen, content: Content, *, change: str) -> list[Answer]:
    """What was answered on a screen, as somebody reads it.

    Args:
        screen: The screen, made for this project.
        content: The plan.
        change: Its address; empty when it may not be changed.
    """
    return answers_in(ScreenForm(screen, content), change=change)


def answers_in(form: ScreenForm, *, change: str = "") -> list[Answer]:
    """What stands in a form, as somebody reads it."""
    screen = form.screen
    found = [
        Answer(str(form[item.name].label), _said(form[item.name]), change) for item in screen.items
    ]
    if screen.rows is not None:
        label = words(f"projects.title-{screen.key}", **screen.facts)
        said = [_row(fields) for _, fields in form.rows()]
        found.append(Answer(label, [row for row in said if row] or "", change))
    return found


def title_of(screen: Screen) -> str:
    """What a screen is called: a way by itself, the others by their own words."""
    way = screen.facts.get("way")
    return str(way) if way else words(f"projects.title-{screen.key}", **screen.facts)


def ways_left(content: Content) -> int:
    """How many ways without personal data nobody has looked at yet."""
    looked = {
        item["way"]
        for item in content["alternatives"]
        if item["verdict"] != AlternativeVerdict.UNCLEAR and not is_to_settle(item["reason"])
    }
    return len(AlternativeWay) - len(looked)


def outcome_of(content: Content) -> str:
    """The code of what the four questions came to; empty when there is nothing to tell yet."""
    if content["question"]["proceed"]["answer"] == Proceed.NO:
        return "projects.outcome-no"
    if any(item["verdict"] == AlternativeVerdict.WORKS for item in content["alternatives"]):
        return "projects.outcome-without"
    what = content["question"]["decision"]["what"]
    if not is_to_settle(what) and not is_decision(what):
        return "projects.outcome-no-decision"
    return ""


def unsettled(screen: Screen, content: Content) -> tuple[int, int]:
    """How many questions of a screen have no answer yet, and how many must have one."""
    must = [item for item in screen.items if item.is_needed]
    return sum(item.shown(content) is None for item in must), len(must)


def is_open(screen: Screen, content: Content) -> bool:
    """Whether a question of a screen has no answer yet; a way nobody looked at has none."""
    left, _ = unsettled(screen, content)
    return left > 0 or any(item.shown(content) == "unclear" for item in screen.items)


def fewer(content: Content, contracts: Mapping[str, Contract]) -> tuple[int, int]:
    """How many columns the chosen datasets hold, and how many the plan asks for."""
    offered = sum(
        len(contracts[need["dataset"]].columns)
        for need in content["data"]
        if need["dataset"] in contracts
    )
    asked = sum(
        not is_to_settle(column["name"]) and column["form"] != "drop"
        for need in content["data"]
        if need["dataset"] in contracts
        for column in need["columns"]
    )
    return offered, asked


def chosen_datasets(content: Content) -> list[str]:
    """The datasets that a plan asks for."""
    return [need["dataset"] for need in content["data"] if need["dataset"] != TO_SETTLE]


def screen_about(
    key: str, content: Content, contracts: Mapping[str, Contract], dataset: str, column: str
) -> Screen | None:
    """A screen by its key; None when this project has no such screen.

    Args:
        key: Of the screen.
        content: The plan.
        contracts: The project's contracts.
        dataset: Which it is about; empty for none.
        column: Which column of it.
    """
    if not dataset:
        found = SCREENS.get(key)
        return None if found is None else made_for(found, content, contracts)
    contract = contracts.get(dataset)
    if contract is None or dataset not in chosen_datasets(content):
        return None
    if key == "data-rows":
        return rows_screen(contract)
    chosen = value_at(content, ("data",)) or []
    names = [
        item["name"] for need in chosen if need["dataset"] == dataset for item in need["columns"]
    ]
    return column_screen(contract, column, content) if column in names else None


def _title(dataset: str, contracts: Mapping[str, Contract] | None) -> str:
    return contracts[dataset].title if contracts and dataset in contracts else dataset


def _columns_for_analysis(
    content: Content, contracts: Mapping[str, Contract] | None
) -> Mapping[str, str]:
    """The columns that the analysis may count by: those of its dataset, or of every chosen one."""
    wanted = value_at(content, ("analysis", "dataset"))
    names = [wanted] if wanted else chosen_datasets(content)
    found = {
        column.name: column.title
        for name in names
        if contracts and name in contracts
        for column in contracts[name].columns
    }
    standing = {str(value_at(content, ("analysis", part)) or "") for part in _COLUMNS_OF_ANALYSIS}
    return found if standing - {""} <= found.keys() else {}


def _with_choices(
    item: Item, known: Mapping[str, str], purposes: list[str], columns: Mapping[str, str]
) -> Item:
    if item.name in _OF_DATASETS:
        return replace(item, choices=known)
    if item.name in _OF_COLUMNS and columns:
        return replace(item, choices=columns)
    if item.name == "purpose":
        return replace(item, suggestions=tuple(purposes))
    return item


def _said(field: BoundField) -> object:
    value = field.initial
    choices = dict(getattr(field.field, "choices", ()))
    if isinstance(field.field, MultipleChoiceField):
        return [str(choices.get(one, one)) for one in value or ()]
    if value and isinstance(field.field, Day):
        return day(date.fromisoformat(str(value)), language=language())
    return str(choices.get(value, value)) if value else ""


def _row(fields: list[BoundField]) -> str:
    said: Iterator[str] = (str(_said(field)) for field in fields if field.initial)
    return ". ".join(said)
