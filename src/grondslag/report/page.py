"""The page, in the order in which somebody reads: the answer, the picture, the doubt, the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup

import grondslag
from grondslag.analysis import Statement, Statements, say, told
from grondslag.analysis.result import Note
from grondslag.documents import PageFrame, page, render
from grondslag.plan import Plan
from grondslag.report.anonymity_told import anonymous_html, records_files
from grondslag.report.areas import areas_html
from grondslag.report.computed import computed_html
from grondslag.report.context import beside_html
from grondslag.report.decided import decision_facts, options_html, review_facts, ways_html
from grondslag.report.downloads import DataFile, data_files
from grondslag.report.findings import both_html, severity_html
from grondslag.report.law import law_facts
from grondslag.report.left_out import left_out_html, withheld_cells
from grondslag.report.model import ReportInput
from grondslag.report.noisy import noisy_html, protected_html
from grondslag.report.parts import parts_of
from grondslag.report.proof import proof_facts, signed_by
from grondslag.report.words import OWN_LANGUAGE, Voice

_WORDS = (
    "report.heading-answer",
    "report.term-question",
    "report.term-period",
    "report.term-counted",
    "report.term-fineness",
    "report.term-decided",
    "report.heading-unknown",
    "report.heading-difference",
    "report.heading-beside",
    "report.beside-intro",
    "report.heading-noisy",
    "report.noisy-intro",
    "report.heading-protected",
    "report.protected-intro",
    "report.heading-decision",
    "report.no-decision",
    "report.heading-review",
    "report.heading-quality",
    "report.heading-anonymous",
    "report.anonymous-intro",
    "report.heading-left-out",
    "report.left-out-intro",
    "report.heading-law",
    "report.term-signed",
    "report.heading-ways",
    "report.heading-computed",
    "report.computed-intro",
    "report.heading-data",
    "report.data-intro",
    "report.heading-verify",
    "report.verify-intro",
)
"""Headings and terms of the template, which names them without ``report.``."""


@dataclass(frozen=True, slots=True)
class _Level:
    """The pictures of one level, under a heading."""

    heading: str
    body: Markup


def files_of(given: ReportInput) -> list[DataFile]:
    """The files with numbers that stand beside the page.

    Args:
        given: What the report is made from.
    """
    return [*data_files(given), *records_files(given.manifest, given.language)]


def report_html(given: ReportInput) -> str:
    """The report as one page, whole in itself.

    Args:
        given: What it is made from.

    Raises:
        InputError: Something in it cannot be drawn, such as an outline that is none.
    """
    voice = Voice(given.language)
    said = told(given.facts, given.figures)
    footer = voice.say(
        "report.footer",
        version=grondslag.__version__,
        moment=given.moment,
        release=given.proof.release,
    )
    return framed(given.plan, voice, "report.html", _values(given, said, voice), footer=footer)


def framed(
    plan: Plan, voice: Voice, template: str, values: Mapping[str, Any], *, footer: str
) -> str:
    """A filled-in template as a whole page of a report.

    Args:
        plan: Its title stands above the page, and its municipality.
        voice: The language.
        template: File name of the template.
        values: What the template uses.
        footer: What stands below the page.
    """
    return page(
        title=plan.title,
        language=voice.language,
        body_html=render(__package__, template, **values),
        frame=PageFrame(
            kicker=voice.say("report.kicker", municipality=plan.municipality),
            mark=voice.say("report.mark") if plan.example else "",
            footer=footer,
            title_language=OWN_LANGUAGE,
        ),
        styles=_styles(),
    )


@cache
def _styles() -> str:
    """What reports add to the style of every page."""
    return resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")


def _values(given: ReportInput, said: Statements, voice: Voice) -> dict[str, object]:
    plan, record = given.plan, given.decision
    decision = record.decision if record else None
    return {
        "words": {code.removeprefix("report."): voice.say(code) for code in _WORDS},
        "headline": say(said.headline, language=given.language),
        "answer": _said(said.answer, given),
        "fineness": _said(said.fineness, given),
        "theirs": voice.say("report.words-of-others") if given.language != OWN_LANGUAGE else "",
        "question": voice.theirs(plan.question.know),
        "period": voice.period(given.facts),
        "unit": voice.unit(given.facts),
        "levels": _levels(given, voice),
        "parts": parts_of(given, voice),
        "difference": _said(said.difference, given),
        "both": both_html(given, voice),
        "beside": beside_html(given, voice),
        "noisy": noisy_html(given, voice),
        "protected": protected_html(given, voice),
        "unknowns": _said(given.facts.unknowns, given),
        "decision": decision,
        "decision_facts": decision_facts(decision, given, voice) if decision else [],
        "options": options_html(decision, given, voice) if decision else "",
        "decided": voice.theirs(decision.sentence) if decision else "",
        "data_do_not_say": [voice.theirs(one) for one in decision.data_do_not_say]
        if decision
        else (),
        "review_facts": review_facts(given, voice),
        "ways": ways_html(given, voice),
        "city": _said(said.city, given),
        "severity": severity_html(given, voice),
        "quality": _said(said.quality, given),
        "anonymous": anonymous_html(given.manifest, given.language),
        "left_out": left_out_html(given, voice),
        "withheld": _withheld(given, voice),
        "law": law_facts(given, voice),
        "signed": signed_by(given, voice),
        "computed": computed_html(given, voice),
        "files": files_of(given),
        "proof": proof_facts(given, voice),
        "command": given.proof.command,
    }


def _said(said: tuple[Statement | Note, ...], given: ReportInput) -> list[str]:
    return [say(one, language=given.language) for one in said]


def _levels(given: ReportInput, voice: Voice) -> list[_Level]:
    """The finest level first: that is where the question is."""
    shown = []
    for level in reversed(given.facts.levels):
        body = areas_html(given, level, voice)
        if body:
            heading = voice.say("report.heading-level", level=voice.level(level))
            shown.append(_Level(heading, body))
    return shown


def _withheld(given: ReportInput, voice: Voice) -> str:
    """How many cells are not shown; empty when all are."""
    count = withheld_cells(given)
    return voice.say("report.withheld-cells", count=count) if count else ""
