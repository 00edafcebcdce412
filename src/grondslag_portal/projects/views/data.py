"""Datasets of a project: searching, reading a contract, adding, choosing columns."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.canonical import to_yaml
from grondslag.contracts import Column, Contract
from grondslag.errors import InputError
from grondslag.plan.first import is_to_settle
from grondslag.vocabulary import PersonalDataCategory
from grondslag.wording import Word
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.answering import Overtaken, save_answers, save_text
from grondslag_portal.projects.data_needs import (
    form_words,
    need_path,
    placeholder_column,
)
from grondslag_portal.projects.datasets import (
    add_dataset,
    datasets_like,
    drop_dataset,
    known_dataset,
)
from grondslag_portal.projects.editing import Content, Path, parts_sha256, place_of, value_at
from grondslag_portal.projects.judging import findings_at
from grondslag_portal.projects.sections import chosen_datasets, fewer
from grondslag_portal.projects.views.finding import Spot, spot_standing
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import words

_WRITTEN = "analysis"
"""The one part of a plan that is richer than its screen: an analyst may write it out."""
_MOST_TEXT = 50_000


@require_GET
@guarded("projects.edit", spot_standing)
def search_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Look for a dataset in the catalogue."""
    typed = request.GET.get("q", "")[:200]
    found, count = datasets_like(person_of(request), typed)
    return render(
        request,
        "projects/search.html",
        {
            "project": spot.project,
            "found": found,
            "count": count,
            "typed": typed,
            "chosen": chosen_datasets(spot.content),
        },
    )


@require_GET
@guarded("projects.read", spot_standing)
def contract_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """A dataset as its owner describes it."""
    known = _dataset(request, spot)
    standing = standing_of(request)
    return render(
        request,
        "projects/contract.html",
        {
            "project": spot.project,
            "contract": known,
            "facts": _facts(known),
            "columns": [_column(column) for column in known.columns],
            "chosen": known.name in chosen_datasets(spot.content),
            "edits": may("projects.edit", standing),
            "added": spot.judgement.case.contracts.get(known.name) is not None,
        },
    )


@require_POST
@guarded("projects.edit", spot_standing)
def add_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Let the plan ask for a dataset."""
    person = person_of(request)
    dataset = known_dataset(person, spot.dataset)
    if dataset is None:
        raise Http404
    objections = dataset.contract.privacy.objections  # people who objected stand in another one
    other = None if objections is None else known_dataset(person, objections.dataset)
    needs = () if other is None else (other,)
    add_dataset(spot.project, dataset, by=person, needs=needs)
    return redirect("projects:data-columns", key=spot.project.key, dataset=spot.dataset)


@require_POST
@guarded("projects.edit", spot_standing)
def drop_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Let the plan ask no longer for a dataset."""
    drop_dataset(spot.project, spot.dataset, by=person_of(request))
    return redirect("projects:data", key=spot.project.key)


@require_http_methods(["GET", "POST"])
@guarded("projects.edit", spot_standing)
def columns_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Choose which columns of a dataset are needed; why, is asked for each."""
    contract = spot.judgement.case.contracts.get(spot.dataset)
    if contract is None or spot.dataset not in chosen_datasets(spot.content):
        raise Http404
    path = (*need_path(spot.dataset), "columns")
    base = parts_sha256(spot.content, [path])
    error, status = "", 200
    if request.method == "POST":
        wanted = request.POST.getlist("column")
        if set(wanted) <= set(contract.column_names):
            try:
                return _chosen(request, spot, contract, path, wanted)
            except Overtaken:
                error, status = words("projects.columns-changed"), 409
        else:
            error, status = words("projects.error-not-in-list"), 400
    return render(
        request,
        "projects/columns.html",
        {
            "project": spot.project,
            "contract": contract,
            "columns": _columns(contract, spot.content),
            "base": base,
            "error": error,
            "fewer": fewer(spot.content, {spot.dataset: contract}),
            "findings": findings_at(
                spot.judgement, place_of(spot.content, need_path(spot.dataset))
            ),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@guarded("projects.edit", spot_standing)
def text_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Write out a part of the plan that is richer than its screen."""
    standing = spot.content.get(_WRITTEN)
    text = "" if standing is None else to_yaml(standing)
    base = parts_sha256(spot.content, [(_WRITTEN,)])
    error, status = "", 200
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        base = request.POST.get("base", "")[:64]
        if len(text) > _MOST_TEXT:
            error, status = words("projects.error-too-long", most=_MOST_TEXT), 413
        else:
            try:
                save_text(spot.project, _WRITTEN, text, base=base, by=person_of(request))
            except InputError as fault:
                error, status = words(fault.code, **fault.fields), 400
            except Overtaken as other:
                error, status = words("projects.text-changed"), 409
                base = parts_sha256(other.content, [(_WRITTEN,)])
            else:
                return redirect("projects:data", key=spot.project.key)
    return render(
        request,
        "projects/text.html",
        {"project": spot.project, "text": text, "base": base, "error": error},
        status=status,
    )


def _dataset(request: HttpRequest, spot: Spot) -> Contract:
    """The contract in the project, or else in the catalogue."""
    found = spot.judgement.case.contracts.get(spot.dataset)
    if found is None:
        known = known_dataset(person_of(request), spot.dataset)
        if known is None:
            raise Http404
        found = known.contract
    return found


def _facts(contract: Contract) -> list[dict[str, object]]:
    """What an owner tells of a dataset as a whole."""
    privacy, keeping = contract.privacy, contract.retention
    found: list[tuple[str, object]] = [
        ("projects.contract-department", contract.department),
        ("projects.contract-owner", contract.owner),
        ("projects.contract-steward", contract.steward),
        ("projects.contract-origin", privacy.origin),
        ("projects.contract-collection", privacy.collection),
        ("projects.contract-purposes", [one.replace("-", " ") for one in privacy.purposes]),
        ("projects.contract-version", contract.version),
    ]
    if contract.freshness_days is not None:
        fresh = words("projects.contract-fresh-days", count=contract.freshness_days)
        found.append(("projects.contract-fresh", fresh))
    if keeping is not None:
        years, rest = divmod(keeping.months, 12)
        kept = (
            words("projects.contract-kept-years", count=years)
            if years and not rest
            else words("projects.contract-kept-months", count=keeping.months)
        )
        found.append(("projects.contract-kept", kept))
    return [{"label": Word(code), "value": value} for code, value in found]


def _chosen(
    request: HttpRequest, spot: Spot, contract: Contract, path: Path, wanted: list[str]
) -> HttpResponse:
    def make(content: Content) -> dict[Path, Any]:
        standing = {item["name"]: item for item in value_at(content, path) or []}
        columns = [
            standing.get(name) or _first_answer(contract, name)
            for name in contract.column_names
            if name in wanted
        ]
        return {path: columns or [placeholder_column()]}

    base = request.POST.get("base", "")[:64]
    save_answers(spot.project, make, paths=(path,), base=base, by=person_of(request), whole=True)
    new = [item["name"] for item in value_at(spot.content, path) or []]
    first = next((name for name in wanted if name not in new), None)
    if first is None:
        return redirect("projects:data", key=spot.project.key)
    return redirect(
        "projects:data-column", key=spot.project.key, dataset=spot.dataset, column=first
    )


def _first_answer(contract: Contract, name: str) -> dict[str, str]:
    """A column just chosen: as coarse as its owner has it, and why is still to be told."""
    privacy = contract.column(name).privacy
    form = "drop" if privacy is None else str((*privacy.allowed[-1:], privacy.default)[0])
    return {**placeholder_column(), "name": name, "form": form}


def _columns(contract: Contract, content: Content) -> list[dict[str, Any]]:
    asked = {
        item["name"]: item
        for item in value_at(content, (*need_path(contract.name), "columns")) or []
    }
    found = []
    for column in contract.columns:
        row = _column(column)
        wanted = asked.get(column.name)
        row["chosen"] = wanted is not None
        if wanted is not None:
            row["reason"] = "" if is_to_settle(wanted["reason"]) else wanted["reason"]
            row["form"] = next(
                (
                    form_words(form)
                    for form in (column.privacy.allowed if column.privacy else ())
                    if str(form) == wanted["form"]
                ),
                wanted["form"],
            )
        found.append(row)
    return found


def _column(column: Column) -> dict[str, Any]:
    privacy = column.privacy
    category = PersonalDataCategory.NONE if privacy is None else privacy.category
    return {
        "name": column.name,
        "title": column.title,
        "definition": column.definition,
        "unit": column.unit,
        "unknown": privacy is None,
        "personal": privacy is not None and category is not PersonalDataCategory.NONE,
        "heavy": category in (
            PersonalDataCategory.SENSITIVE, PersonalDataCategory.SPECIAL,
            PersonalDataCategory.CRIMINAL, PersonalDataCategory.NATIONAL_ID,
        ),
        "forms": [] if privacy is None else [form_words(form) for form in privacy.allowed],
        "free": privacy is not None and bool(privacy.allowed),
    }  # fmt: skip
