"""The screens of the step Vraag: four questions, of which the fourth in three steps."""

from grondslag.project import Step
from grondslag.vocabulary import AlternativeWay
from grondslag_portal.projects.editing import Named
from grondslag_portal.projects.grounds import (
    BASIS_EXTRA,
    BASIS_INSTEAD,
    BASIS_ITEMS,
    BODIES,
    basis_of_known,
)
from grondslag_portal.projects.screens import DAY, Item, Screen

VERDICTS = {
    "works": "cli.verdict-works",
    "no_answer": "cli.verdict-no-answer",
    "too_late": "cli.verdict-too-late",
    "too_imprecise": "cli.verdict-too-imprecise",
    "too_costly": "cli.verdict-too-costly",
    "unclear": "cli.i-do-not-know",
}
PROCEEDS = {
    "go": "cli.proceed-go",
    "go_if": "cli.proceed-go-if",
    "not_yet": "cli.proceed-not-yet",
    "no": "cli.proceed-no",
}
WAYS = {
    AlternativeWay.EXISTING_FIGURES: ("bestaande-cijfers", "cli.way-existing-figures"),
    AlternativeWay.COUNT_ONLY: ("alleen-tellen", "cli.way-count-only"),
    AlternativeWay.AREA_FIGURES: ("cijfers-per-gebied", "cli.way-area-figures"),
    AlternativeWay.SURVEY: ("vragenlijst", "cli.way-survey"),
    AlternativeWay.SAMPLE: ("kleine-groep", "cli.way-sample"),
    AlternativeWay.OWNER_COUNTS: ("eigenaar-telt", "cli.way-owner-counts"),
    AlternativeWay.MADE_UP_DATA: ("verzonnen-gegevens", "cli.way-made-up-data"),
    AlternativeWay.OBSERVE: ("gaan-kijken", "cli.way-observe"),
}
"""Each way with its word in an address, and its sentence."""


def way_key(way: AlternativeWay) -> str:
    """The key of the screen about one way without personal data."""
    return f"question-{str(way).replace('_', '-')}"


def _way(way: AlternativeWay, following: str) -> Screen:
    path = ("alternatives", Named("way", str(way)))
    return Screen(
        key=way_key(way),
        slug=f"zonder/{WAYS[way][0]}",
        section=Step.QUESTION,
        items=(
            Item("verdict", (*path, "verdict"), codes=VERDICTS),
            Item("way-reason", (*path, "reason"), todo="way"),
        ),
        number=4,
        third=1,
        following=following,
    )


def _ways() -> tuple[Screen, ...]:
    ways = list(AlternativeWay)
    after = [*map(way_key, ways[1:]), "question-allowed"]
    return tuple(_way(way, following) for way, following in zip(ways, after, strict=True))


QUESTION_SCREENS = (
    Screen("question-title", "titel", Step.QUESTION, (Item("title", ("title",)),)),
    Screen(
        "question-problem",
        "probleem",
        Step.QUESTION,
        (Item("problem", ("question", "problem"), todo="problem"),),
        number=1,
        following="question-know",
    ),
    Screen(
        "question-know",
        "weten",
        Step.QUESTION,
        (Item("know", ("question", "know"), todo="know"),),
        number=2,
        following="question-decision",
    ),
    Screen(
        "question-decision",
        "besluit",
        Step.QUESTION,
        (
            Item("decision", ("question", "decision", "what"), todo="decision"),
            Item("if-yes", ("question", "decision", "if_yes"), todo="if-yes"),
            Item("if-no", ("question", "decision", "if_no"), todo="if-no"),
            Item("decider", ("question", "decision", "decider", "body"), codes=BODIES),
            Item("mandate", ("question", "decision", "decider", "mandate")),
            Item("needed-by", ("question", "decision", "needed_by"), todo=DAY),
        ),
        number=3,
        following=way_key(next(iter(AlternativeWay))),
    ),
    *_ways(),
    Screen(
        "question-allowed",
        "mag-het",
        Step.QUESTION,
        BASIS_ITEMS,
        extra=BASIS_EXTRA,
        instead=BASIS_INSTEAD,
        finish=basis_of_known,
        number=4,
        third=2,
        following="question-proceed",
    ),
    Screen(
        "question-proceed",
        "doen-we-het",
        Step.QUESTION,
        (
            Item("proceed", ("question", "proceed", "answer"), codes=PROCEEDS),
            Item("proceed-reason", ("question", "proceed", "reason"), todo="proceed"),
            Item("conditions", ("question", "proceed", "conditions")),
        ),
        number=4,
        third=3,
        following="question-stop",
    ),
    Screen(
        "question-stop",
        "stoppen-en-terugkijken",
        Step.QUESTION,
        (
            Item("stop", ("stop_criterion",), todo="stop"),
            Item("review-date", ("review_date",), todo=DAY),
        ),
    ),
)
"""In the order in which they are asked."""
