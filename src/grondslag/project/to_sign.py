"""What a plan comes to, as values: shown in plain words to whoever signs it, before they sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grondslag.approval import APPROVAL, AdviceOutcome, Bundle, standing_advice
from grondslag.contracts import Contract
from grondslag.delivery import ReadProject
from grondslag.plan import DataNeed, Link
from grondslag.policy import Finding, Severity
from grondslag.project.model import Saying, saying
from grondslag.vocabulary import Form
from grondslag.wording import Word

ADVICE_WORDS: Mapping[AdviceOutcome, Word] = {
    AdviceOutcome.DO: Word("cli.advice-do"),
    AdviceOutcome.DO_WITH_CONDITIONS: Word("cli.advice-do-with-conditions"),
    AdviceOutcome.DO_NOT: Word("cli.advice-do-not"),
}


@dataclass(frozen=True, slots=True)
class ColumnToSign:
    """A column somebody puts their name to.

    Args:
        name: Of the column.
        title: What its owner calls it.
        form: How it is delivered, as a sentence.
        reason: Why it is asked for.
    """

    name: str
    title: str
    form: Saying
    reason: str


@dataclass(frozen=True, slots=True)
class DatasetToSign:
    """A dataset somebody puts their name to.

    Args:
        dataset: Its name.
        title: What its owner calls it.
        output: Its step on the ladder.
        columns: Which columns, how.
        rows: Which rows, as sentences.
    """

    dataset: str
    title: str
    output: Word
    columns: tuple[ColumnToSign, ...]
    rows: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class ToSign:
    """Everything somebody puts their name to: what for, which data, until when, on what terms.

    Args:
        title: Of the plan.
        purpose: What for.
        decision: Which decision hangs on it.
        law: On which law it rests.
        article: And which article.
        access: Who may see it.
        until: After this day nothing opens.
        datasets: Which data.
        links: Which datasets are joined, and why.
        conditions: What policy asks besides.
        advice: The outcome of the officer's advice; None when there is none.
        advice_text: That advice.
        sha256: Of the bytes that will be signed.
    """

    title: str
    purpose: str
    decision: str
    law: str
    article: str
    access: tuple[str, ...]
    until: date
    datasets: tuple[DatasetToSign, ...]
    links: tuple[Link, ...]
    conditions: tuple[Finding, ...]
    advice: Word | None
    advice_text: str
    sha256: str

    @property
    def fingerprint(self) -> str:
        """The hash in groups of four, to read to each other."""
        return in_fours(self.sha256)


def to_sign(read: ReadProject, bundle: Bundle, folder: Path) -> ToSign:
    """What somebody signs.

    Args:
        read: The project as it was judged just now.
        bundle: The bytes that will be signed.
        folder: The project's, for the advice in it; signing verifies that, here people read it.
    """
    plan = read.plan
    advice = standing_advice(folder / APPROVAL)
    return ToSign(
        title=plan.title,
        purpose=plan.purpose_text,
        decision=plan.question.decision.what,
        law=plan.legal_basis.law,
        article=plan.legal_basis.article,
        access=tuple(item.who for item in plan.access),
        until=plan.end_date,
        datasets=tuple(_dataset(need, read.contracts[need.dataset]) for need in plan.data),
        links=tuple(plan.links),
        conditions=tuple(read.verdict.with_severity(Severity.ASKS)),
        advice=None if advice is None else ADVICE_WORDS[AdviceOutcome(advice["outcome"])],
        advice_text="" if advice is None else str(advice["text"]),
        sha256=bundle.sha256,
    )


def form_said(form: Form) -> Saying:
    """How a column is delivered, as a sentence."""
    return saying(f"policy.form.{form.name}", parameter=form.parameter)


def in_fours(digest: str) -> str:
    """A hash in groups of four, to read to each other."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _dataset(need: DataNeed, contract: Contract) -> DatasetToSign:
    rows = []
    if need.period is not None:
        rows.append(saying("cli.sign-period", start=need.period.start, end=need.period.end))
    if need.area is not None:
        rows.append(saying("cli.sign-area", codes=need.area.codes))
    return DatasetToSign(
        dataset=need.dataset,
        title=contract.title,
        output=Word(f"policy.step.{need.output}"),
        columns=tuple(
            ColumnToSign(
                column.name,
                contract.column(column.name).title,
                form_said(column.form),
                column.reason,
            )
            for column in need.columns
        ),
        rows=tuple(rows) or (saying("cli.sign-all-rows"),),
    )
