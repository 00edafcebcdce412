"""The screens of the step Gegevens: which data, why, how coarse, for whom and until when."""

from collections.abc import Mapping
from typing import Any

from grondslag.contracts import Contract
from grondslag.plan.first import TO_SETTLE, is_to_settle, to_settle
from grondslag.project import Step
from grondslag.vocabulary import Form
from grondslag_portal.projects.editing import Content, Named, Path, value_at
from grondslag_portal.projects.grounds import basis_items
from grondslag_portal.projects.screens import DAY, Item, Rows, Screen
from grondslag_portal.shared.words import words

WHYS = {
    "compare": "projects.why-compare",
    "join": "projects.why-join",
    "reach": "projects.why-reach",
    "law": "projects.why-law",
    "other": "projects.why-other",
    "unknown": "cli.i-do-not-know",
}
"""Why somebody needs a column; who does not know, does not need it."""

COUNTS = {"rows": "projects.count-rows", "persons": "projects.count-persons"}

DATA_SCREENS = (
    Screen(
        "data-output",
        "wat-eruit-komt",
        Step.DATA,
        (
            Item("output", ("output", "step"), said_as="policy.step."),
            Item("reason-aggregate", ("output", "reasons", "aggregate")),
            Item("reason-anonymous", ("output", "reasons", "anonymous")),
            Item("reason-pseudonymous", ("output", "reasons", "pseudonymous")),
            Item("reason-identified", ("output", "reasons", "identified")),
        ),
        following="data-access",
    ),
    Screen(
        "data-access",
        "wie-mag-erbij",
        Step.DATA,
        rows=Rows(("access",), (Item("who", ("who",)), Item("access-why", ("why",))), least=1),
        following="data-term",
    ),
    Screen(
        "data-term",
        "tot-wanneer",
        Step.DATA,
        (
            Item("end-date", ("end_date",), todo=DAY),
            Item("rhythm", ("rhythm", "kind"), said_as="projects.rhythm-"),
            Item("rhythm-until", ("rhythm", "until")),
        ),
    ),
    Screen(
        "data-links",
        "koppelen",
        Step.DATA,
        rows=Rows(
            ("links",),
            (
                Item("left", ("left",)),
                Item("right", ("right",)),
                Item("link-reason", ("reason",)),
                *basis_items("ground"),
                Item("link-until", ("until",)),
            ),
        ),
    ),
    Screen(
        "data-analysis",
        "analyse",
        Step.DATA,
        (
            Item("analysis", ("analysis", "question"), said_as="projects.analysis-"),
            Item("analysis-dataset", ("analysis", "dataset")),
            Item("analysis-area", ("analysis", "area")),
            Item("focus", ("analysis", "focus")),
            Item("comparison", ("analysis", "comparison")),
            Item("severity", ("analysis", "severity")),
            Item("analysis-period", ("analysis", "period")),
        ),
        wholes=(("analysis",),),
    ),
)
"""In the order in which they are asked; those about one dataset are made when it is known."""


def need_path(dataset: str) -> Path:
    """Where a plan asks for a dataset."""
    return ("data", Named("dataset", dataset))


def placeholder_column() -> dict[str, str]:
    """What stands among the columns of a dataset of which none was chosen yet."""
    return {
        "name": TO_SETTLE.replace("-", "_"),
        "form": "drop",
        "reason": to_settle("column"),
    }


def form_words(form: Form) -> str:
    """How a form of a column is called."""
    return words(f"policy.form.{form.name}", parameter=form.parameter)


def rows_screen(contract: Contract) -> Screen:
    """Which rows of a dataset, what leaves of it, and what is counted."""
    need = need_path(contract.name)
    names = {column.name: column.title for column in contract.columns}
    return Screen(
        "data-rows",
        "rijen",
        Step.DATA,
        (
            Item("need-output", (*need, "output"), said_as="policy.step."),
            Item("count", (*need, "count"), codes=COUNTS),
            Item("period-column", (*need, "rows", "period", "column"), choices=names),
            Item("period-from", (*need, "rows", "period", "from")),
            Item("period-until", (*need, "rows", "period", "until")),
            Item("area-column", (*need, "rows", "area", "column"), choices=names),
            Item("area-codes", (*need, "rows", "area", "codes")),
        ),
        wholes=((*need, "rows", "period"), (*need, "rows", "area")),
        facts={"dataset": contract.title},
    )


def column_screen(contract: Contract, name: str, content: Content) -> Screen:
    """Why a column is needed, and how coarse it may be.

    Raises:
        InputError: The contract has no such column.
    """
    column = contract.column(name)
    path = (*need_path(contract.name), "columns", Named("name", name))
    allowed = () if column.privacy is None else column.privacy.allowed
    forms = {str(form): form_words(form) for form in allowed}
    wanted = value_at(content, path) or {}
    coarser = len(allowed) > 1 and wanted.get("form") != str(allowed[-1])
    facts: dict[str, object] = {"dataset": contract.title, "column": column.title}
    if coarser:
        facts["coarser"] = form_words(allowed[-1])

    def finish(parts: Mapping[Path, Any], answers: Mapping[str, Any]) -> Mapping[Path, Any]:
        """Leave the column out when nobody knows what it is for; else begin with why."""
        if answers["why"] == "unknown":
            return without_column(answers["plan"], contract.name, name)
        reason = str(parts[(*path, "reason")])
        told = _why_of(reason)
        if told:
            reason = reason.removeprefix(_beginning(told))
        begin = "" if answers["why"] == "other" else _beginning(answers["why"])
        return {**parts, (*path, "reason"): begin + reason}

    return Screen(
        "data-column",
        "gegeven",
        Step.DATA,
        (
            Item("form-coarser" if coarser else "form", (*path, "form"), choices=forms),
            Item("column-reason", (*path, "reason"), todo="column"),
        ),
        extra=(
            Item(
                "why",
                (),
                todo="",
                start=_why_in(wanted),
                choices={key: words(code) for key, code in WHYS.items()},
            ),
        ),
        finish=finish,
        facts=facts,
    )


def _beginning(why: str) -> str:
    """How a reason begins when somebody chose why."""
    return f"{words(WHYS[why])}. "


def _why_of(reason: str) -> str:
    """Which why a reason begins with; empty when with none of them."""
    return next((why for why in WHYS if reason.startswith(_beginning(why))), "")


def _why_in(wanted: Mapping[str, Any]) -> str:
    reason = str(wanted.get("reason", ""))
    if not reason or is_to_settle(reason):
        return ""
    return _why_of(reason) or "other"


def without_column(content: Mapping[str, Any], dataset: str, name: str) -> dict[Path, Any]:
    """The parts that take a column out of a plan; a dataset never stays without columns."""
    path = (*need_path(dataset), "columns")
    left = [item for item in value_at(content, path) or [] if item["name"] != name]
    return {path: left or [placeholder_column()]}
