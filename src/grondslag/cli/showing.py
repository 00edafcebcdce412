"""What a plan comes to, in plain words: shown to whoever signs it, before they sign."""

from pathlib import Path

from grondslag.approval import AdviceOutcome, Bundle
from grondslag.approval.advice import standing_advice
from grondslag.approval.seal import APPROVAL
from grondslag.cli.output import Output
from grondslag.contracts import Contract
from grondslag.delivery import ReadProject
from grondslag.plan import DataNeed
from grondslag.policy import Severity
from grondslag.policy.describing import describe_finding
from grondslag.vocabulary import Form
from grondslag.wording import Word

_ADVICE = {
    AdviceOutcome.DO: "cli.advice-do",
    AdviceOutcome.DO_WITH_CONDITIONS: "cli.advice-do-with-conditions",
    AdviceOutcome.DO_NOT: "cli.advice-do-not",
}


def show_bundle(output: Output, read: ReadProject, bundle: Bundle, *, project: Path) -> None:
    """Everything somebody puts their name to: what for, which data, until when, on what terms.

    Args:
        output: Where it is shown.
        read: The project as it was judged just now.
        bundle: The bytes that will be signed.
        project: The project's folder, for the advice in it.
    """
    plan = read.plan
    output.heading("cli.about-to-sign", title=plan.title)
    output.say("cli.sign-purpose", purpose=plan.purpose_text)
    output.say("cli.sign-decision", decision=plan.question.decision.what)
    output.say("cli.sign-ground", law=plan.legal_basis.law, article=plan.legal_basis.article)
    output.say("cli.sign-access", who=[item.who for item in plan.access])
    output.say("cli.sign-until", date=plan.end_date)
    for need in plan.data:
        _show_need(output, need, read.contracts[need.dataset])
    for link in plan.links:
        output.say("cli.sign-link", left=link.left, right=link.right, reason=link.reason)
    _show_conditions(output, read)
    _show_advice(output, project)
    output.heading("cli.sign-fingerprint", fingerprint=in_fours(bundle.sha256))


def form_in_words(output: Output, form: Form) -> str:
    """How a column is delivered, in plain words."""
    return output.words(f"policy.form.{form.name}", parameter=form.parameter)


def in_fours(digest: str) -> str:
    """A hash in groups of four, to read to each other."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _show_need(output: Output, need: DataNeed, contract: Contract) -> None:
    output.heading(
        "cli.sign-dataset",
        title=contract.title,
        dataset=need.dataset,
        output=Word(f"policy.step.{need.output}"),
    )
    output.table(
        ("cli.column-data", "cli.column-form", "cli.column-why"),
        [
            (column.name, form_in_words(output, column.form), column.reason)
            for column in need.columns
        ],
    )
    if need.period is not None:
        output.say("cli.sign-period", start=need.period.start, end=need.period.end)
    if need.area is not None:
        output.say("cli.sign-area", codes=need.area.codes)
    if need.period is None and need.area is None:
        output.say("cli.sign-all-rows")


def _show_conditions(output: Output, read: ReadProject) -> None:
    conditions = read.verdict.with_severity(Severity.ASKS)
    if conditions:
        output.heading("cli.sign-conditions", count=len(conditions))
    for finding in conditions:
        output.text("- " + describe_finding(finding, language=output.language))


def _show_advice(output: Output, project: Path) -> None:
    """The officer's advice as it stands; signing verifies it, here people read it."""
    found = standing_advice(project / APPROVAL)
    if found is None:
        output.say("cli.sign-without-advice")
        return
    output.heading("cli.sign-advice", outcome=Word(_ADVICE[AdviceOutcome(found["outcome"])]))
    output.text(str(found["text"]))
