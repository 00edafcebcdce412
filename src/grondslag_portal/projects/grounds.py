"""The screens of the step Grond: purpose, legal basis, who is responsible, what people are told."""

from collections.abc import Mapping
from typing import Any

from grondslag.law import TASKS
from grondslag.project import Step
from grondslag_portal.projects.editing import Path
from grondslag_portal.projects.screens import Item, Rows, Screen

ANSWERS = {
    "yes": "projects.answer-yes",
    "no": "projects.answer-no",
    "unclear": "cli.i-do-not-know",
}
BODIES = {
    "college": "cli.body-college",
    "burgemeester": "cli.body-burgemeester",
    "raad": "cli.body-raad",
}


def basis_items(*inside: str) -> tuple[Item, ...]:
    """The questions about a legal basis, wherever it stands."""
    return (
        Item("gdpr", (*inside, "gdpr"), said_as="projects.basis-"),
        Item("law", (*inside, "law"), todo="", suggestions=_laws()),
        Item("article", (*inside, "article"), todo=""),
        Item("task", (*inside, "task"), todo="task"),
    )


def _laws() -> tuple[str, ...]:
    return tuple(sorted({task.provision.statute.key for task in TASKS}))


def known_tasks() -> dict[str, str]:
    """The articles that give a municipality a task, by a key of their own, with their words."""
    return {
        f"{task.provision.statute.key}|{task.provision.article}": (
            f"{task.provision} ({task.provision.statute.name})"
        )
        for task in TASKS
    }


def basis_of_known(parts: Mapping[Path, Any], answers: Mapping[str, Any]) -> Mapping[Path, Any]:
    """A task that was chosen from the list goes before what was typed as law and article."""
    if not answers.get("known-task"):
        return parts
    law, _, article = str(answers["known-task"]).partition("|")
    typed = str(parts.get(("legal_basis", "article"), ""))
    narrowed = typed if typed.startswith(article) else article  # "18 lid 1 onder d" stays
    return {**parts, ("legal_basis", "law"): law, ("legal_basis", "article"): narrowed}


BASIS_ITEMS = basis_items("legal_basis")
BASIS_EXTRA = (Item("known-task", (), choices=known_tasks()),)

BASIS_INSTEAD = {"known-task": ("law", "article")}

GROUND_SCREENS = (
    Screen(
        "ground-purpose",
        "doel",
        Step.GROUND,
        (
            Item("purpose", ("purpose", "key"), todo=""),
            Item("purpose-text", ("purpose", "text"), todo="purpose"),
        ),
        following="ground-basis",
    ),
    Screen(
        "ground-basis",
        "taak-en-wet",
        Step.GROUND,
        BASIS_ITEMS,
        extra=BASIS_EXTRA,
        instead=BASIS_INSTEAD,
        finish=basis_of_known,
        following="ground-controller",
    ),
    Screen(
        "ground-controller",
        "wie-is-verantwoordelijk",
        Step.GROUND,
        (
            Item("controller", ("controller", "body"), codes=BODIES),
            Item("municipality", ("controller", "municipality"), todo=""),
            Item("individual", ("individual_decision",), codes=ANSWERS),
        ),
        following="ground-parties",
    ),
    Screen(
        "ground-parties",
        "met-wie",
        Step.GROUND,
        rows=Rows(
            ("parties",),
            (
                Item("party", ("name",)),
                Item("party-role", ("role",), said_as="projects.party-"),
                Item("agreement", ("agreement",)),
                Item("country", ("country",)),
            ),
        ),
        following="ground-further",
    ),
    Screen(
        "ground-further",
        "eerder-verzameld",
        Step.GROUND,
        rows=Rows(
            ("further_use",),
            (
                Item("further-dataset", ("dataset",)),
                Item("route", ("route",), said_as="projects.route-"),
                Item("factor-link", ("link",)),
                Item("factor-context", ("context",)),
                Item("factor-nature", ("nature",)),
                Item("factor-consequences", ("consequences",)),
                Item("factor-safeguards", ("safeguards",)),
                Item("law-behind", ("law",)),
                Item("article-behind", ("article",)),
            ),
        ),
        following="ground-special",
    ),
    Screen(
        "ground-special",
        "gevoelige-gegevens",
        Step.GROUND,
        rows=Rows(
            ("special_grounds",),
            (
                Item("special", ("category",), said_as="projects.special-"),
                Item("special-dataset", ("dataset",)),
                Item("exception", ("exception",)),
                Item("law-behind", ("law",)),
                Item("article-behind", ("article",)),
                Item("public-interest", ("public_interest",)),
                Item("consent-impossible", ("consent_impossible",)),
                Item("safeguards", ("safeguards",)),
            ),
        ),
        following="ground-informing",
    ),
    Screen(
        "ground-informing",
        "vertellen",
        Step.GROUND,
        (
            Item("informing", ("informing", "way"), said_as="projects.telling-"),
            Item("where", ("informing", "where")),
            Item("not-told", ("informing", "reason")),
            Item("law-behind", ("informing", "law")),
            Item("article-behind", ("informing", "article")),
        ),
        wholes=(("informing",),),
        following="ground-assessment",
    ),
    Screen(
        "ground-assessment",
        "risico",
        Step.GROUND,
        (
            Item("list-items", ("assessment", "list_items"), said_as="policy.prescan.item-"),
            Item("criteria", ("assessment", "criteria"), said_as="policy.prescan.criterion-"),
            Item("high-risk", ("assessment", "high_risk_left"), codes=ANSWERS),
            Item("new-law", ("assessment", "new_law"), codes=ANSWERS),
            Item("assessment", ("assessment", "document")),
        ),
        wholes=(("assessment",),),
    ),
)
"""In the order in which they are asked."""
