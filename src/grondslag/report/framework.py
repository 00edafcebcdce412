"""The policy framework for information security and the use of data, made from what holds.

What a municipality adopts is what the engine does: the rules in force by their hash, who may do
what, and per measure of the BIO2 what is enforced here, what is recorded, and what the municipality
must see to elsewhere. When it was adopted before, what changed since then stands in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

import grondslag
from grondslag.documents import ColumnSpec, PageFrame, page, table_html
from grondslag.policy import (
    RULES,
    Difference,
    Rule,
    default_parameters,
    describe_difference,
    describe_rule,
    describe_sources,
    differences,
    rule_set_hash,
)
from grondslag.report.words import Voice

ROLES = ("owner", "steward", "privacy", "decider", "officer", "analyst", "releaser", "auditor")
"""Who has a part, in the order of the road; the words stand in `framework.po`."""

TERMS = (
    "personal-data",
    "pseudonym",
    "anonymous",
    "purpose",
    "legal-basis",
    "controller",
    "processor",
    "delivery",
    "release",
    "minimum-group",
)
"""The words that people must share."""

MEASURES = (
    ("5-12-01", "enforced"),
    ("5-16-02", "enforced"),
    ("5-18-02", "elsewhere"),
    ("5-33-01", "enforced"),
    ("6-03-02", "elsewhere"),
    ("8-02-01", "elsewhere"),
    ("8-03-01", "enforced"),
    ("8-15-01", "recorded"),
    ("8-15-02", "enforced"),
    ("8-15-05", "recorded"),
    ("8-24-04", "enforced"),
    ("8-31-01", "enforced"),
)
"""Measures of the BIO2 (version 1.3 of 9 January 2026) that touch data work, and who does them."""


THEMES = (
    "question",
    "alternatives",
    "purpose",
    "ground",
    "consent",
    "controller",
    "data",
    "necessity",
    "output",
    "decision",
    "accuracy",
    "algorithms",
    "anonymity",
    "informing",
    "rights",
    "retention",
    "special",
    "criminal",
    "national-id",
    "brp",
    "secrecy",
    "youth",
    "care",
    "income",
    "education",
    "order",
    "observation",
    "cameras",
    "counting",
    "employees",
    "publication",
    "linking",
    "parties",
    "security",
    "transfers",
    "assessment",
    "access",
    "review",
    "example",
    "settings",
)
"""The themes of the rules, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """When a municipality adopted its framework.

    Args:
        municipality: Which one.
        day: The day it is made for.
        since: The day an earlier one was adopted; None for the first.
    """

    municipality: str
    day: date
    since: date | None = None


def framework_html(adopted: Adopted, *, language: str = "nl") -> str:
    """The policy framework as one page.

    Args:
        adopted: For whom, of which day, and what it follows.
        language: ``nl`` or ``en``.
    """
    voice = Voice(language)
    rules = [rule for rule in RULES if rule.is_valid(adopted.day)]
    parts = [
        _text(voice, "framework.intro", "framework.intro-law"),
        _changed(voice, adopted),
        _heading(voice, "framework.heading-principles"),
        _list(voice, [f"framework.principle-{at}" for at in range(1, 8)]),
        _heading(voice, "framework.heading-roles"),
        _roles(voice),
        _heading(voice, "framework.heading-rules"),
        _text(voice, "framework.rules-intro"),
        *_rules(voice, rules),
        _heading(voice, "framework.heading-measures"),
        _text(voice, "framework.measures-intro"),
        _measures(voice),
        _heading(voice, "framework.heading-terms"),
        _terms(voice),
        _heading(voice, "framework.heading-adoption"),
        _text(voice, "framework.adoption"),
    ]
    digest = rule_set_hash(adopted.day)
    return page(
        title=voice.say("framework.title"),
        language=language,
        body_html=Markup("\n").join(part for part in parts if part),
        frame=PageFrame(
            kicker=voice.say(
                "framework.kicker", municipality=adopted.municipality, day=adopted.day
            ),
            footer=voice.say(
                "framework.footer",
                version=grondslag.__version__,
                count=len(rules),
                sha256=digest,
            ),
        ),
    )


def _text(voice: Voice, *codes: str) -> Markup:
    return Markup("\n").join(Markup("<p>{}</p>").format(voice.say(code)) for code in codes)


def _heading(voice: Voice, code: str) -> Markup:
    return Markup("<h2>{}</h2>").format(voice.say(code))


def _list(voice: Voice, codes: Sequence[str]) -> Markup:
    items = (Markup("<li>{}</li>").format(voice.say(code)) for code in codes)
    return Markup("<ol>{}</ol>").format(Markup("").join(items))


def _changed(voice: Voice, adopted: Adopted) -> Markup:
    """What changed since the framework was adopted; nothing for a first one."""
    if adopted.since is None:
        return Markup("")
    found = differences(adopted.since, adopted.day, parameters=default_parameters())
    heading = Markup("<h2>{}</h2>").format(
        voice.say("framework.heading-changed", since=adopted.since)
    )
    if not found:
        return heading + _text(voice, "framework.changed-none")
    columns = [
        ColumnSpec("kind", voice.say("policy.impact.kind")),
        ColumnSpec("name", voice.say("policy.impact.name")),
        ColumnSpec("before", voice.say("policy.diff.before")),
        ColumnSpec("after", voice.say("policy.diff.after")),
    ]
    rows = [_difference(voice, one) for one in found]
    caption = voice.say("framework.changed-title", since=adopted.since, day=adopted.day)
    return heading + table_html(caption, columns, rows, language=voice.language)


def _difference(voice: Voice, one: Difference) -> dict[str, str]:
    return {
        "kind": voice.say(f"policy.diff.{one.kind}"),
        "name": describe_difference(one, language=voice.language),
        "before": one.before,
        "after": one.after,
    }


def _roles(voice: Voice) -> Markup:
    columns = [
        ColumnSpec("role", voice.say("framework.column-role")),
        ColumnSpec("does", voice.say("framework.column-does")),
    ]
    rows = [
        {
            "role": voice.say(f"framework.role-{role}"),
            "does": voice.say(f"framework.does-{role}"),
        }
        for role in ROLES
    ]
    caption = voice.say("framework.roles-title")
    return table_html(caption, columns, rows, language=voice.language)


def _rules(voice: Voice, rules: Sequence[Rule]) -> list[Markup]:
    """A table per theme of the law."""
    themes = {
        theme: [rule for rule in rules if rule.id.startswith(f"{theme}.")] for theme in THEMES
    }
    columns = [
        ColumnSpec("promise", voice.say("framework.column-promise")),
        ColumnSpec("law", voice.say("framework.column-law")),
    ]
    return [
        table_html(
            voice.say(f"framework.theme-{theme}"),
            columns,
            [
                {
                    "promise": describe_rule(rule, language=voice.language),
                    "law": "; ".join(describe_sources(rule.provisions, language=voice.language)),
                }
                for rule in held
            ],
            language=voice.language,
        )
        for theme, held in themes.items()
        if held
    ]


def _measures(voice: Voice) -> Markup:
    columns = [
        ColumnSpec("measure", voice.say("framework.column-measure")),
        ColumnSpec("who", voice.say("framework.column-who")),
        ColumnSpec("how", voice.say("framework.column-how")),
    ]
    rows = [
        {
            "measure": f"BIO2 {measure.replace('-', '.')}",
            "who": voice.say(f"framework.measure-{who}"),
            "how": voice.say(f"framework.measure-{measure}"),
        }
        for measure, who in MEASURES
    ]
    caption = voice.say("framework.measures-title")
    return table_html(caption, columns, rows, language=voice.language)


def _terms(voice: Voice) -> Markup:
    pairs = (
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            voice.say(f"framework.term-{term}"), voice.say(f"framework.means-{term}")
        )
        for term in TERMS
    )
    return Markup("<dl>{}</dl>").format(Markup("").join(pairs))
