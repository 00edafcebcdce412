"""What a plan comes to, in plain words: shown to whoever signs it, before they sign."""

from pathlib import Path

from grondslag.approval import Bundle
from grondslag.cli.output import Output
from grondslag.delivery import ReadProject
from grondslag.policy.describing import describe_finding
from grondslag.project.to_sign import DatasetToSign, ToSign, form_said, in_fours, to_sign
from grondslag.vocabulary import Form

__all__ = ["form_in_words", "in_fours", "show_bundle"]


def show_bundle(output: Output, read: ReadProject, bundle: Bundle, *, project: Path) -> None:
    """Everything somebody puts their name to: what for, which data, until when, on what terms.

    Args:
        output: Where it is shown.
        read: The project as it was judged just now.
        bundle: The bytes that will be signed.
        project: The project's folder, for the advice in it.
    """
    shown = to_sign(read, bundle, project)
    output.heading("cli.about-to-sign", title=shown.title)
    output.say("cli.sign-purpose", purpose=shown.purpose)
    output.say("cli.sign-decision", decision=shown.decision)
    output.say("cli.sign-ground", law=shown.law, article=shown.article)
    output.say("cli.sign-access", who=list(shown.access))
    output.say("cli.sign-until", date=shown.until)
    for dataset in shown.datasets:
        _show_dataset(output, dataset)
    for link in shown.links:
        output.say("cli.sign-link", left=link.left, right=link.right, reason=link.reason)
    if shown.conditions:
        output.heading("cli.sign-conditions", count=len(shown.conditions))
    for finding in shown.conditions:
        output.text("- " + describe_finding(finding, language=output.language))
    _show_advice(output, shown)
    output.heading("cli.sign-fingerprint", fingerprint=shown.fingerprint)


def form_in_words(output: Output, form: Form) -> str:
    """How a column is delivered, in plain words."""
    return form_said(form).words(output.language)


def _show_dataset(output: Output, found: DatasetToSign) -> None:
    output.heading(
        "cli.sign-dataset", title=found.title, dataset=found.dataset, output=found.output
    )
    output.table(
        ("cli.column-data", "cli.column-form", "cli.column-why"),
        [
            (column.name, column.form.words(output.language), column.reason)
            for column in found.columns
        ],
    )
    for said in found.rows:
        output.text(said.words(output.language))


def _show_advice(output: Output, shown: ToSign) -> None:
    if shown.advice is None:
        output.say("cli.sign-without-advice")
        return
    output.heading("cli.sign-advice", outcome=shown.advice)
    output.text(shown.advice_text)
