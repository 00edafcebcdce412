"""What could help: a decision table, and whether there is a case for the public prosecutor."""

import math
from collections.abc import Iterator
from datetime import timedelta

from markupsafe import Markup

from grondslag.analysis import Option, Range, Weighed, claims, weighed
from grondslag.analysis.weighing import YEARS_AFTER
from grondslag.documents import ColumnSpec, table_html
from grondslag.methods import Certainty, certainty_word
from grondslag.methods.published_effects import PublishedEffect, Setting
from grondslag.plan import MeasureKind
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_CAMERAS = (MeasureKind.FIXED_CAMERA, MeasureKind.SECTION_CONTROL)
_DECIDES = {
    MeasureKind.DO_NOTHING: "traffic.decides-municipality",
    MeasureKind.FIXED_CAMERA: "traffic.decides-prosecutor",
    MeasureKind.SECTION_CONTROL: "traffic.decides-prosecutor",
    MeasureKind.REDESIGN: "traffic.decides-municipality",
    MeasureKind.SPEED_DISPLAY: "traffic.decides-municipality",
    MeasureKind.MORE_CHECKS: "traffic.decides-police",
}
_NAMES = {
    MeasureKind.DO_NOTHING: "traffic.option-do-nothing",
    MeasureKind.FIXED_CAMERA: "traffic.option-fixed-camera",
    MeasureKind.SECTION_CONTROL: "traffic.option-section-control",
    MeasureKind.REDESIGN: "traffic.option-redesign",
    MeasureKind.SPEED_DISPLAY: "traffic.option-speed-display",
    MeasureKind.MORE_CHECKS: "traffic.option-more-checks",
}
_OUTCOMES = {
    "crashes": "traffic.outcome-crashes",
    "injury-crashes": "traffic.outcome-injury-crashes",
}
_MEASURED = {
    Setting.TOWN_AREAS: "traffic.effect-whole-areas",
}
_MORE = (Certainty.ALMOST_CERTAIN, Certainty.PROBABLE)
_SLOW_LIMIT = 30
_DAYS_A_YEAR = 365.25


def choice_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The decision table per street asked about, and the case for cameras.

    Args:
        given: The report.
        voice: The language.
    """
    found = weighed(given.facts, given.figures)
    for one in found:
        fields = {
            "area": given.facts.name(one.area),
            "expected": round(one.without.value, 1),
            "low": round(one.without.low, 1),
            "high": round(one.without.high, 1),
        }
        said = (
            voice.say("traffic.without", **fields),
            voice.say("traffic.weigh-yourself"),
            *_looking_back(given, one, voice),
        )
        heading = voice.say("traffic.heading-help", area=given.facts.name(one.area))
        yield Part(heading, said, _table(given, one, voice))
        if any(option.kind in _CAMERAS for option in one.options):
            yield _case(given, one.area, voice)


def _looking_back(given: ReportInput, one: Weighed, voice: Voice) -> Iterator[str]:
    """What it takes to see the expected effect, and whether the day to look back is too soon."""
    needed = {
        option.kind: option.years_needed
        for option in one.options
        if option.years_needed is not None
    }
    for kind, years in needed.items():
        fields = {"option": voice.say(_NAMES[kind]), "years": math.ceil(years)}
        yield voice.say("traffic.look-back", **fields)
        # As many crashes must be seen in all; more streets bring them sooner.
        streets = math.ceil(years / YEARS_AFTER)
        if streets > 1:
            yield voice.say("traffic.look-back-streets", streets=streets, years=YEARS_AFTER)
    if given.decision is None or not needed:
        return
    day = given.decision.decision.check_date
    soonest = given.moment.date() + timedelta(days=min(needed.values()) * _DAYS_A_YEAR)
    code = "traffic.look-back-too-soon" if day < soonest else "traffic.look-back-in-time"
    yield voice.say(code, day=day)


def _table(given: ReportInput, one: Weighed, voice: Voice) -> Markup:
    columns = [
        ColumnSpec("option", voice.say("traffic.column-option")),
        ColumnSpec("fewer", voice.say("traffic.column-fewer")),
        ColumnSpec("found", voice.say("traffic.column-found")),
        ColumnSpec("seen", voice.say("traffic.column-seen", years=YEARS_AFTER)),
        ColumnSpec("decides", voice.say("traffic.column-decides")),
        ColumnSpec("cost", voice.say("traffic.column-cost")),
    ]
    rows = [
        {
            "option": voice.say(_NAMES[option.kind]),
            "fewer": _fewer(option, voice),
            "found": _found(option, voice),
            "seen": _seen(option, voice),
            "decides": voice.say(_DECIDES[option.kind]),
            "cost": _cost(option, voice),
        }
        for option in one.options
    ]
    notes = [voice.say("traffic.note-injury"), voice.say("traffic.note-range")]
    notes += [note for option in one.options for note in _notes(option, voice)]
    caption = voice.say("traffic.help-title", area=given.facts.name(one.area))
    return table_html(caption, columns, rows, notes, language=voice.language)


def _notes(option: Option, voice: Voice) -> Iterator[str]:
    """Where the effect comes from, and what was found in town when it is from elsewhere."""
    if option.effect is None:
        return
    name = voice.say(_NAMES[option.kind])
    if not option.in_town:
        source = _source(option.effect)
        yield voice.say("traffic.note-source", option=name, source=source, read=option.effect.read)
    for effect in option.in_town:
        yield voice.say(
            "traffic.note-in-town",
            option=name,
            percent=round(100 * (1 - effect.ratio)),
            outcome=voice.say(_OUTCOMES[effect.outcome.value]),
            source=_source(effect),
        )


def _source(effect: PublishedEffect) -> str:
    return f"{effect.source}, doi:{effect.doi}" if effect.doi else effect.source


def _fewer(option: Option, voice: Voice) -> str:
    found = option.prevented
    if found is None:
        return voice.say("traffic.fewer-unknown")
    if option.kind is MeasureKind.DO_NOTHING:
        return voice.say("traffic.fewer-none")
    fields = {"value": round(found.value, 1), "high": round(found.high, 1)}
    if found.low < 0:
        return voice.say("traffic.fewer-or-more", more=round(-found.low, 1), **fields)
    return voice.say("traffic.fewer", low=round(found.low, 1), **fields)


def _found(option: Option, voice: Voice) -> str:
    effect = option.effect
    if option.kind is MeasureKind.DO_NOTHING:
        return voice.say("traffic.effect-none")
    if effect is None or effect.outcome.value not in _OUTCOMES:
        return voice.say("traffic.effect-unknown")
    percent = round(100 * (1 - effect.ratio))
    fields: dict[str, object] = {
        "percent": percent,
        "outcome": voice.say(_OUTCOMES[effect.outcome.value]),
    }
    if len(option.in_town) > 1:
        shares = [round(100 * (1 - one.ratio)) for one in option.in_town]
        return voice.say("traffic.effect-towns", low=min(shares), high=max(shares))
    if option.prevented is None:
        return voice.say("traffic.effect-elsewhere", **fields)
    limits = effect.interval
    if limits is None:
        return voice.say("traffic.effect-no-range", **fields)
    reach = Range(100 * (1 - limits.high), percent, 100 * (1 - limits.low))
    if reach.low < 0:
        fields |= {"more": round(-reach.low), "high": round(reach.high)}
        said = voice.say("traffic.effect-or-more", **fields)
    else:
        fields |= {"low": round(reach.low), "high": round(reach.high)}
        said = voice.say("traffic.effect", **fields)
    elsewhere = _MEASURED.get(effect.setting)
    return voice.say(elsewhere, effect=said) if elsewhere else said


def _seen(option: Option, voice: Voice) -> str:
    if option.kind is MeasureKind.DO_NOTHING:
        return voice.say("traffic.seen-nothing")
    if option.power is None or option.years_needed is None:
        return voice.say("traffic.seen-unknown")
    word = voice.say(certainty_word(option.power).value)
    fields = {"word": word, "percent": round(100 * option.power)}
    if option.years_needed > YEARS_AFTER:
        return voice.say("traffic.seen-later", years=math.ceil(option.years_needed), **fields)
    return voice.say("traffic.seen", **fields)


def _cost(option: Option, voice: Voice) -> str:
    if option.cost is None:
        return voice.say("traffic.cost-unknown")
    return voice.say("traffic.cost", euros=option.cost, source=option.cost_source)


def _case(given: ReportInput, code: str, voice: Voice) -> Part:
    """What the prosecutor weighs, beside what these figures say of it."""
    asked = claims(given.facts, given.figures, code)
    crashes, speeding = (asked[0].word, asked[1].word) if asked else (None, None)
    more = (crashes in _MORE, speeding in _MORE)
    codes = {
        (True, True): "traffic.case-both",
        (True, False): "traffic.case-crashes",
        (False, True): "traffic.case-speeding",
        (False, False): "traffic.case-none",
    }
    area = given.facts.name(code)
    said = (voice.say("traffic.case-who"), voice.say(codes[more], area=area))
    nothing = voice.say("traffic.weighs-not-in-figures")
    weighs = [
        (voice.say("traffic.weighs-crashes"), _word(crashes, voice)),
        (voice.say("traffic.weighs-speeding"), _word(speeding, voice)),
        (voice.say("traffic.weighs-design"), nothing),
        (voice.say("traffic.weighs-risks"), nothing),
        (voice.say("traffic.weighs-done"), nothing),
    ]
    rows = [{"weighs": one, "known": known} for one, known in weighs]
    limit = given.facts.parts.get("speeds", {}).get("limit", {}).get(code)
    notes = [voice.say("traffic.case-slow-roads")] if limit == _SLOW_LIMIT else []
    columns = [
        ColumnSpec("weighs", voice.say("traffic.column-weighs")),
        ColumnSpec("known", voice.say("traffic.column-known")),
    ]
    caption = voice.say("traffic.case-title", area=area)
    body = table_html(caption, columns, rows, notes, language=voice.language)
    return Part(voice.say("traffic.heading-case"), said, body)


def _word(word: Certainty | None, voice: Voice) -> str:
    return voice.say(word.value if word else "traffic.not-measured")
