"""On what a project rests in the law, in terms with their facts."""

from grondslag.policy import Outcome
from grondslag.report.standing import Standing
from grondslag.report.words import Voice
from grondslag.wording import day

_OUTCOMES = {
    Outcome.GO: "report.verdict-go",
    Outcome.GO_IF: "report.verdict-go-if",
    Outcome.NOT_YET: "report.verdict-not-yet",
    Outcome.NO: "report.verdict-no",
}


def law_facts(given: Standing, voice: Voice) -> list[tuple[str, str]]:
    """Purpose, ground, controller, verdict and end, each with its term."""
    plan = given.plan
    basis = plan.legal_basis
    lane = "report.lane-fast" if given.proof.lane == "fast" else "report.lane-signed"
    return [
        (voice.say("report.term-purpose"), plan.purpose_text),
        (
            voice.say("report.term-basis"),
            voice.say(
                "report.basis",
                point=basis.gdpr.value.rpartition(".")[2],
                law=basis.law,
                article=basis.article,
            ),
        ),
        (voice.say("report.term-task"), basis.task or plan.purpose_text),
        (
            voice.say("report.term-controller"),
            voice.say(
                "report.controller", body=plan.controller.value, municipality=plan.municipality
            ),
        ),
        (
            voice.say("report.term-verdict"),
            voice.say(_OUTCOMES[given.outcome]),
        ),
        (voice.say("report.term-lane"), voice.say(lane)),
        (
            voice.say("report.term-until"),
            voice.say("report.until", day=day(plan.end_date, language=given.language)),
        ),
    ]
