"""A wanted column and its contract to a `ColumnPlan`: a form that fits, or a refusal."""

from collections.abc import Mapping
from datetime import date

from grondslag.contracts import Column, ColumnPrivacy, Contract, LogicalType
from grondslag.delivery.model import ColumnPlan
from grondslag.errors import InputError
from grondslag.plan import WantedColumn
from grondslag.vocabulary import Form
from grondslag.vocabulary.forms import DROP, EXACT

_DAYS = (LogicalType.DATE, LogicalType.TIMESTAMP)
_TEXTS = (LogicalType.STRING, LogicalType.INTEGER)
_NUMBERS = (LogicalType.INTEGER, LogicalType.NUMBER)
_FITS: Mapping[str, tuple[LogicalType, ...]] = {
    "year": _DAYS,
    "quarter": _DAYS,
    "month": _DAYS,
    "age": _DAYS,
    "band": _NUMBERS,
    "averaged": _NUMBERS,
    "noisy": _NUMBERS,
    "rounded": _NUMBERS,
    "prefix": _TEXTS,
    "area": _TEXTS,
    "deidentified": (LogicalType.STRING,),
}
"""The types that a form can be made of; the other forms can be made of all."""


def column_plan(wanted: WantedColumn, contract: Contract, reference: date) -> ColumnPlan:
    """How one wanted column is delivered.

    Args:
        wanted: From the plan.
        contract: Of its dataset.
        reference: The day on which ages are taken.

    Raises:
        InputError: The column has no privacy entry, its owner does not allow the form, or the
            form fits no such column.
    """
    column = contract.column(wanted.name)
    privacy = privacy_of(contract, column)
    if wanted.form not in privacy.allowed:
        raise InputError(
            "delivery.form-not-allowed",
            dataset=contract.name,
            column=column.name,
            form=str(wanted.form),
            known=[str(form) for form in privacy.allowed],
        )
    marked = _marked_form(wanted.form, contract, column, privacy)
    for form in (wanted.form, marked or DROP):
        _check_fits(form, contract, column)
    if marked is not None and marked.is_of_numbers:  # of all people together, not of those marked
        raise _does_not_fit(marked, contract, column)
    is_age = "age" in (wanted.form.name, marked.name if marked else "")
    return ColumnPlan(
        name=column.name,
        type=column.type,
        form=wanted.form,
        edges=_edges(privacy, wanted.form, contract, column),
        codes=_codes(contract, privacy, wanted.form),
        reference=reference if is_age else None,
        marked_form=marked,
        marked_edges=_edges(privacy, marked, contract, column) if marked else (),
        marked_codes=_codes(contract, privacy, marked) if marked else {},
    )


def privacy_of(contract: Contract, column: Column) -> ColumnPrivacy:
    """The privacy entry of a column.

    Raises:
        InputError: It has none: what a column is, is never guessed.
    """
    if column.privacy is None:
        raise InputError(
            "delivery.no-privacy-entry",
            dataset=contract.name,
            column=column.name,
            file=contract.file,
            line=column.line,
        )
    return column.privacy


def _marked_form(
    form: Form, contract: Contract, column: Column, privacy: ColumnPrivacy
) -> Form | None:
    """The form for persons with the secrecy mark; None when it is the same.

    The mark never makes a column finer than the plan asked for. Which of two forms is coarser
    follows from the order in which the owner lists them; where that does not say, nothing is
    delivered of these persons.
    """
    mark = contract.privacy.secrecy_mark
    marked = mark.coarsen.get(column.name) if mark else None
    if marked in (None, form, EXACT):
        return None
    if marked == DROP or form == EXACT:
        return marked
    if marked not in privacy.allowed:
        return DROP
    later = privacy.allowed.index(marked) > privacy.allowed.index(form)
    return marked if later else None


def _check_fits(form: Form, contract: Contract, column: Column) -> None:
    fits = column.type in _FITS.get(form.name, tuple(LogicalType))
    if form.name == "pseudonym":
        fits = column.name == contract.privacy.person_key
    if not fits or not form.suits(privacy_of(contract, column).role):
        raise _does_not_fit(form, contract, column)


def _does_not_fit(form: Form, contract: Contract, column: Column) -> InputError:
    return InputError(
        "delivery.form-does-not-fit",
        dataset=contract.name,
        column=column.name,
        form=str(form),
        contract=contract.file,
    )


def _edges(
    privacy: ColumnPrivacy, form: Form, contract: Contract, column: Column
) -> tuple[float, ...]:
    if form.name not in ("band", "age"):
        return ()
    edges = privacy.bands.get(form.parameter)
    if not edges:
        raise InputError(
            "delivery.no-such-band", dataset=contract.name, column=column.name, form=str(form)
        )
    return edges


def _codes(contract: Contract, privacy: ColumnPrivacy, form: Form) -> Mapping[str, str]:
    """Per code of the source the coarser one; a code that is not there becomes missing."""
    if form.name != "area":
        return {}
    areas = contract.privacy.areas
    if areas is None:
        raise InputError("delivery.no-area-list", dataset=contract.name, contract=contract.file)
    return areas.mapping(privacy.area_level, form.parameter)
