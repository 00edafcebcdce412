"""Screens that few projects need: consent, a computer that decides, employees, an algorithm."""

from grondslag.project import Step
from grondslag_portal.projects.grounds import ANSWERS
from grondslag_portal.projects.screens import Item, Screen

RARE_SCREENS = (
    Screen(
        "ground-consent",
        "toestemming",
        Step.GROUND,
        (
            Item("without-disadvantage", ("consent", "without_disadvantage"), codes=ANSWERS),
            Item("separate", ("consent", "separate"), codes=ANSWERS),
            Item("proof", ("consent", "proof")),
            Item("withdrawal", ("consent", "withdrawal")),
            Item("representative", ("consent", "representative"), codes=ANSWERS),
        ),
        wholes=(("consent",),),
        rare=True,
    ),
    Screen(
        "ground-automation",
        "computer-beslist",
        Step.GROUND,
        (
            Item("solely", ("automation", "solely"), codes=ANSWERS),
            Item("profiling", ("automation", "profiling"), codes=ANSWERS),
            Item("measures", ("automation", "measures")),
        ),
        wholes=(("automation",),),
        rare=True,
    ),
    Screen(
        "ground-works-council",
        "ondernemingsraad",
        Step.GROUND,
        (
            Item("works-council", ("works_council", "answer"), said_as="projects.council-"),
            Item("council-document", ("works_council", "document")),
        ),
        wholes=(("works_council",),),
        rare=True,
    ),
    Screen(
        "ground-algorithm",
        "algoritme",
        Step.GROUND,
        (
            Item("algorithm", ("algorithm", "use"), said_as="policy.algorithm."),
            Item("learning", ("algorithm", "learning"), codes=ANSWERS),
            Item("registered", ("algorithm", "registered"), codes=ANSWERS),
            Item("european", ("algorithm", "european"), codes=ANSWERS),
            Item("told", ("algorithm", "told"), codes=ANSWERS),
        ),
        wholes=(("algorithm",),),
        rare=True,
    ),
    Screen(
        "ground-rights",
        "rechten",
        Step.GROUND,
        (
            Item("rights", ("rights_set_aside", "articles"), said_as="projects.right-"),
            Item("law-behind", ("rights_set_aside", "law")),
            Item("article-behind", ("rights_set_aside", "article")),
            Item("rights-reason", ("rights_set_aside", "reason")),
        ),
        wholes=(("rights_set_aside",),),
        rare=True,
    ),
)
"""Each about one part of the plan; empty answers take that part away."""
