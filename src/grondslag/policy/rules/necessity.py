"""Necessity: per column a reason, the coarsest form that still answers, no names."""

from collections.abc import Iterator

from grondslag.law import STATUTES
from grondslag.policy.asked import AskedColumn, asked_columns, personal_needs
from grondslag.policy.changes import Change
from grondslag.policy.edits import Coarsen, DropColumn
from grondslag.policy.model import Case, Fault, notes, refuses, rule
from grondslag.policy.people import GiveReason
from grondslag.policy.words import has_filler, letters_in, repeats
from grondslag.vocabulary import IdentifierRole, OutputStep

AVG = STATUTES["AVG"]

_NOT_A_DEGREE = (
    "drop", "pseudonym", "present", "deidentified", "averaged", "noisy", "rounded",
)  # fmt: skip
"""Forms that stand beside the line from fine to coarse."""


@rule("necessity.each-column-has-a-reason", AVG.article("5", 1, "c"), AVG.article("25", 2))
def each_column_has_a_reason(case: Case) -> Iterator[Fault]:
    """Every column of personal data has a reason of its own that says why it is needed."""
    least = case.parameters.value("shortest_reason", case.day)
    for asked in asked_columns(case):
        if not asked.is_personal or _is_reason(asked, least):
            continue
        yield refuses(
            "policy.necessity.each-column-has-a-reason.none",
            (*asked.where, "reason"),
            DropColumn(asked.dataset, asked.wanted.name),
            GiveReason(),
            dataset=asked.dataset,
            column=asked.wanted.name,
        )


def _is_reason(asked: AskedColumn, least: int | None) -> bool:
    reason = asked.wanted.reason
    column = asked.column
    own = (asked.wanted.name, *(() if column is None else (column.title, column.definition)))
    return (
        least is not None
        and letters_in(reason) >= least
        and not has_filler(reason)
        and not repeats(reason, *own)
    )


@rule("necessity.form-is-allowed", AVG.article("5", 1, "c"), AVG.article("25", 2))
def form_is_allowed(case: Case) -> Iterator[Fault]:
    """A column is delivered only in a form that its owner allows."""
    for asked in asked_columns(case):
        privacy = asked.privacy
        if privacy is None or asked.wanted.form in privacy.allowed:
            continue  # without an entry another rule refuses
        forms = [form for form in privacy.allowed if form.name != "drop"]
        yield refuses(
            "policy.necessity.form-is-allowed.other-form"
            if forms
            else "policy.necessity.form-is-allowed.never",
            (*asked.where, "form"),
            *(
                Coarsen(asked.dataset, asked.wanted.name, form, n)
                for n, form in enumerate(forms, start=1)
                if not form.is_of_numbers or asked.need.output is OutputStep.ANONYMOUS
            ),
            DropColumn(asked.dataset, asked.wanted.name),
            dataset=asked.dataset,
            column=asked.wanted.name,
            form=asked.wanted.form,
            known=tuple(forms),
        )


@rule("necessity.coarsest-form-is-weighed", AVG.article("5", 1, "c"), AVG.article("25", 2))
def coarsest_form_is_weighed(case: Case) -> Iterator[Fault]:
    """Where the owner offers coarser forms of personal data, they are put forward."""
    for asked in asked_columns(case):
        privacy, form = asked.privacy, asked.wanted.form
        if privacy is None or not asked.is_personal or form not in privacy.allowed:
            continue
        coarser = [
            item
            for item in privacy.allowed[privacy.allowed.index(form) + 1 :]
            if item.name not in _NOT_A_DEGREE
        ]
        if coarser and form.name not in _NOT_A_DEGREE:
            yield notes(
                "policy.necessity.coarsest-form-is-weighed.coarser",
                (*asked.where, "form"),
                *(
                    Coarsen(asked.dataset, asked.wanted.name, item, n)
                    for n, item in enumerate(coarser, start=1)
                ),
                dataset=asked.dataset,
                column=asked.wanted.name,
                form=form,
                known=tuple(coarser),
            )


@rule("necessity.no-names-without-need", AVG.article("25", 2), AVG.article("89", 1))
def no_names_without_need(case: Case) -> Iterator[Fault]:
    """What names a person leaves only with identified records, a pseudonym only with records."""
    for asked in asked_columns(case):
        privacy, form, output = asked.privacy, asked.wanted.form, asked.need.output
        pseudonyms_fit = output.height >= OutputStep.PSEUDONYMOUS.height
        if form.name == "pseudonym":
            if not pseudonyms_fit:
                yield _named(asked, "policy.necessity.no-names-without-need.pseudonym", ())
            continue
        names = privacy is None or (
            privacy.role is IdentifierRole.DIRECT and not privacy.free_text  # a rule of its own
        )
        if not names or form.name == "present" or output is OutputStep.IDENTIFIED:
            continue
        offered: tuple[Change, ...] = ()
        if pseudonyms_fit and privacy is not None:
            offered = _offered(asked, "pseudonym")
        yield _named(asked, "policy.necessity.no-names-without-need.name", offered)


@rule("necessity.free-text-stays-in", AVG.article("5", 1, "c"), AVG.article("25", 2))
def free_text_stays_in(case: Case) -> Iterator[Fault]:
    """Free text leaves only as filled in or not, or de-identified within records.

    What was de-identified can still be about one person ("the only family in the street"), also
    when its owner called the column no free text and no personal data.
    """
    for asked in asked_columns(case):
        privacy, form = asked.privacy, asked.wanted.form
        if privacy is None or form.name == "present":
            continue
        if not privacy.free_text and form.name != "deidentified":
            continue
        records = asked.need.output.height >= OutputStep.PSEUDONYMOUS.height
        if form.name == "deidentified" and records:
            continue
        offered = _offered(asked, "deidentified") if records else ()
        offered += _offered(asked, "present")
        yield _named(asked, "policy.necessity.free-text-stays-in.text", offered)


def _offered(asked: AskedColumn, name: str) -> tuple[Change, ...]:
    """The change to another form, when the owner allows that form."""
    allowed = () if asked.privacy is None else asked.privacy.allowed
    names = [str(form) for form in allowed]
    if name not in names:
        return ()
    at = names.index(name)
    return (Coarsen(asked.dataset, asked.wanted.name, allowed[at], at + 1),)


def _named(asked: AskedColumn, code: str, offered: tuple[Change, ...]) -> Fault:
    return refuses(
        code,
        (*asked.where, "form"),
        *offered,
        DropColumn(asked.dataset, asked.wanted.name),
        dataset=asked.dataset,
        column=asked.wanted.name,
    )


@rule("necessity.rows-are-limited", AVG.article("5", 1, "c"), AVG.article("25", 2))
def rows_are_limited(case: Case) -> Iterator[Fault]:
    """Rows about people are limited to a period or an area where that is possible."""
    for at in personal_needs(case):
        need = case.plan.data[at]
        if need.period is None and need.area is None:
            code = "policy.necessity.rows-are-limited.all"
            yield notes(code, ("data", at), dataset=need.dataset)
