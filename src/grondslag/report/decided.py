"""Options that were weighed, and the decision with what became of it."""

from markupsafe import Markup

from grondslag.decision import AdviceFrom, Decision, NextStep, OptionKind, Worked
from grondslag.documents import ColumnSpec, table_html
from grondslag.report.model import ReportInput
from grondslag.report.standing import Standing
from grondslag.report.words import Voice
from grondslag.vocabulary import AlternativeVerdict, AlternativeWay
from grondslag.wording import day

_KINDS = {
    OptionKind.DO_NOTHING: "report.option-do-nothing",
    OptionKind.WITHOUT_PERSONAL_DATA: "report.option-without-personal-data",
}
_ADVISERS = {
    AdviceFrom.DATA_PROTECTION_OFFICER: "report.adviser-fg",
    AdviceFrom.SECURITY_OFFICER: "report.adviser-ciso",
    AdviceFrom.ETHICS: "report.adviser-ethics",
    AdviceFrom.OTHER: "report.adviser-other",
}
_WORKED = {
    Worked.YES: "report.worked-yes",
    Worked.PARTLY: "report.worked-partly",
    Worked.NO: "report.worked-no",
    Worked.UNCLEAR: "report.worked-unclear",
}
_NEXT = {
    NextStep.KEEP: "report.next-keep",
    NextStep.CHANGE: "report.next-change",
    NextStep.STOP: "report.next-stop",
    NextStep.DELETE: "report.next-delete",
}
_WAYS = {
    AlternativeWay.EXISTING_FIGURES: "report.way-existing-figures",
    AlternativeWay.COUNT_ONLY: "report.way-count-only",
    AlternativeWay.AREA_FIGURES: "report.way-area-figures",
    AlternativeWay.SURVEY: "report.way-survey",
    AlternativeWay.SAMPLE: "report.way-sample",
    AlternativeWay.OWNER_COUNTS: "report.way-owner-counts",
    AlternativeWay.MADE_UP_DATA: "report.way-made-up-data",
    AlternativeWay.OBSERVE: "report.way-observe",
}
_VERDICTS = {
    AlternativeVerdict.WORKS: "report.way-works",
    AlternativeVerdict.NO_ANSWER: "report.way-no-answer",
    AlternativeVerdict.TOO_LATE: "report.way-too-late",
    AlternativeVerdict.TOO_IMPRECISE: "report.way-too-imprecise",
    AlternativeVerdict.TOO_COSTLY: "report.way-too-costly",
    AlternativeVerdict.UNCLEAR: "report.way-unclear",
}


def options_html(decision: Decision, given: ReportInput, voice: Voice) -> Markup:
    """The options beside each other: what speaks for and against each."""
    columns = [
        ColumnSpec("name", voice.say("report.column-option")),
        ColumnSpec("for", voice.say("report.column-for")),
        ColumnSpec("against", voice.say("report.column-against")),
        ColumnSpec("chosen", voice.say("report.column-chosen")),
    ]
    rows = []
    for option in decision.options:
        kind = _KINDS.get(option.kind)
        said = voice.say(kind) if kind else ""
        name = voice.theirs(option.name)
        if said and said != option.name.lower():
            name = Markup("{} ({})").format(name, said)
        chosen = "report.chosen" if option.chosen else "report.not-chosen"
        rows.append(
            {
                "name": name,
                "for": voice.theirs(option.advantages),
                "against": voice.theirs(option.drawbacks),
                "chosen": voice.say(chosen),
            }
        )
    return table_html(voice.say("report.options-title"), columns, rows, language=given.language)


def ways_html(given: Standing, voice: Voice) -> Markup:
    """The ways without personal data that were weighed first."""
    columns = [
        ColumnSpec("way", voice.say("report.column-way")),
        ColumnSpec("verdict", voice.say("report.column-works")),
        ColumnSpec("reason", voice.say("report.column-why")),
    ]
    rows = [
        {
            "way": voice.say(_WAYS[one.way]),
            "verdict": voice.say(_VERDICTS[one.verdict]),
            "reason": voice.theirs(one.reason),
        }
        for one in given.plan.alternatives
    ]
    return table_html(voice.say("report.ways-title"), columns, rows, language=given.language)


def decision_facts(decision: Decision, given: ReportInput, voice: Voice) -> list[tuple[str, str]]:
    """The decision as terms with their facts, in the order in which somebody asks for them."""
    decided = decision.decided
    who = voice.say(
        "report.decided-by",
        by=decided.by,
        body=decided.body.value,
        day=day(decided.day, language=given.language),
    )
    facts = [(voice.say("report.term-who"), who)]
    if decided.mandate:
        facts.append((voice.say("report.term-mandate"), voice.theirs(decided.mandate)))
    facts += [
        (voice.say("report.term-heard"), voice.theirs(f"{one.who}: {one.said}"))
        for one in decision.voices
    ]
    for advice in decision.advices:
        code = "report.advice-followed" if advice.followed else "report.advice-not-followed"
        text = voice.say(code, said=advice.said, reason=advice.reason)
        facts.append((voice.say(_ADVISERS[advice.by]), text))
    facts += [
        (voice.say("report.term-expected"), voice.theirs(decision.expected)),
        (voice.say("report.term-stop"), voice.theirs(decision.stop_criterion)),
        (voice.say("report.term-check"), day(decision.check_date, language=given.language)),
        (voice.say("report.term-public"), _public(decision, voice)),
    ]
    return facts


def review_facts(given: ReportInput, voice: Voice) -> list[tuple[str, str]]:
    """What came of it; empty when nobody looked back yet."""
    if given.review is None:
        return []
    said = given.review.review
    return [
        (voice.say("report.term-outcome"), voice.theirs(said.outcome)),
        (voice.say("report.term-worked"), voice.say(_WORKED[said.worked])),
        (voice.say("report.term-learned"), voice.theirs(said.learned)),
        (voice.say("report.term-next"), f"{voice.say(_NEXT[said.next_step])}. {said.why}"),
        (voice.say("report.term-looked"), f"{said.by}, {day(said.day, language=given.language)}"),
    ]


def _public(decision: Decision, voice: Voice) -> str:
    if decision.public:
        return voice.say("report.public")
    return voice.say("report.not-public", ground=decision.woo_ground)
