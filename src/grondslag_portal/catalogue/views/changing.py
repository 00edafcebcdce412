"""Bringing a contract, and changing it: whole, or its common parts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grondslag.errors import ApprovalError, GrondslagError
from grondslag_portal.catalogue.editing import with_values
from grondslag_portal.catalogue.forms import ContractForm, PartsForm, put_typed, say_at
from grondslag_portal.catalogue.models import Dataset
from grondslag_portal.catalogue.resting import resting_on
from grondslag_portal.catalogue.selectors import (
    contract_in,
    current_version,
    dataset_standing,
    departments_kept_by,
)
from grondslag_portal.catalogue.services import keep_contract, version_text
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import words

_TOO_LARGE, _OVERTAKEN, _AT_FAULT = 413, 409, 400


@dataclass(frozen=True, slots=True)
class _Kept:
    """What came of a form that was sent.

    Args:
        dataset: What was kept; None when nothing was.
        status: For the page that is shown again.
    """

    dataset: Dataset | None
    status: int = _AT_FAULT


@require_http_methods(["GET", "POST"])
@guarded("catalogue.add")
def add_page(request: HttpRequest) -> HttpResponse:
    """Bring a contract of a dataset that is new here."""
    departments = departments_kept_by(person_of(request))
    sent = request.method == "POST"
    form = ContractForm(
        request.POST if sent else None, request.FILES if sent else None, departments=departments
    )
    status = 200
    if sent:
        kept = _keep(form, request, None)
        if kept.dataset is not None:
            return _after(request, kept.dataset)
        status = kept.status
    return render(request, "catalogue/add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@guarded("catalogue.change", dataset_standing)
def replace_page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Change a contract as text, or bring a new file in its place."""
    version = current_version(dataset)
    sent = request.method == "POST"
    form = ContractForm(
        request.POST if sent else None, request.FILES if sent else None, departments=None,
        initial={"text": version_text(version), "seen": version.number},
    )  # fmt: skip
    status = 200
    if sent:
        kept = _keep(form, request, dataset)
        if kept.dataset is not None:
            return _after(request, kept.dataset)
        status = kept.status
    overtaken = status == _OVERTAKEN
    return render(
        request, "catalogue/replace.html",
        {"form": form, "dataset": dataset, "version": version, "overtaken": overtaken,
         "theirs": version_text(version) if overtaken else ""},
        status=status,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("catalogue.change", dataset_standing)
def parts_page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Change the common parts of a contract in a form."""
    version = current_version(dataset)
    contract = contract_in(version)
    sent = request.method == "POST"
    form = PartsForm(
        request.POST if sent else None, contract=contract, initial={"seen": version.number}
    )
    status = 200
    theirs: Mapping[str, tuple[str, str]] = {}
    if sent:
        status = _AT_FAULT
        if form.is_valid():
            if form.cleaned_data["seen"] != version.number:
                status, theirs = _OVERTAKEN, _theirs(form)
                _see(form, version.number)
            else:
                try:
                    text = with_values(contract.document, form.values())
                    keep_contract(
                        text.encode(), department=dataset.department, dataset=dataset,
                        by=person_of(request).name, seen=version.number,
                    )  # fmt: skip
                except GrondslagError as error:
                    form.add_error(None, words(error.code, **error.fields))
                else:
                    return _after(request, dataset)
    return render(
        request, "catalogue/parts.html",
        {"form": form, "dataset": dataset, "version": version, "theirs": theirs}, status=status,
    )  # fmt: skip


def _keep(form: ContractForm, request: HttpRequest, dataset: Dataset | None) -> _Kept:
    """Keep what was sent; what is refused is said at its field, and nothing typed is lost."""
    if not form.is_valid():
        form.keep_text()
        return _Kept(None, _TOO_LARGE if form.is_too_large else _AT_FAULT)
    given = form.cleaned_data
    field = "contract" if given["contract"] else "text"
    try:
        return _Kept(
            keep_contract(
                given["content"], by=person_of(request).name, dataset=dataset,
                department=dataset.department if dataset else given["department"],
                seen=given["seen"] if dataset else None, beside=given["beside"],
            )
        )  # fmt: skip
    except ApprovalError as error:
        form.keep_text()  # an error takes the file out of what the form knows
        say_at(form, field, error)
        if dataset is not None:
            _see(form, current_version(dataset).number)
        return _Kept(None, _OVERTAKEN)
    except GrondslagError as error:
        form.keep_text()  # an error takes the file out of what the form knows
        say_at(form, field, error)
        return _Kept(None)


def _after(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """To the page of the dataset, with which running projects rest on what was changed."""
    messages.success(request, words("catalogue.kept"))
    resting = resting_on(person_of(request), dataset.key)
    if resting:
        titles = ", ".join(one.title for one in resting)
        messages.warning(request, words("catalogue.rest-on-it", projects=titles))
    return redirect("catalogue:dataset", dataset=dataset.key)


def _see(form: ContractForm | PartsForm, number: int) -> None:
    """Who saw what somebody else wrote, may send their own again."""
    put_typed(form, "seen", str(number))


def _theirs(form: PartsForm) -> Mapping[str, tuple[str, str]]:
    """Per question what stands there now, and what was typed here."""
    return {
        str(field.label): (str(field.initial), str(form.cleaned_data[name]))
        for name, field in form.fields.items()
        if name in form.places and str(field.initial).strip() != form.cleaned_data[name]
    }
