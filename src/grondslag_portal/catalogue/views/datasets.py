"""Finding a dataset, reading its contract, taking it along."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from grondslag_portal.catalogue.differences import differences_of
from grondslag_portal.catalogue.exchange import count_new
from grondslag_portal.catalogue.managing import people_of, who_manages
from grondslag_portal.catalogue.measuring import allow_measuring, stop_measuring
from grondslag_portal.catalogue.models import ContractVersion, Dataset
from grondslag_portal.catalogue.quality import quality_of
from grondslag_portal.catalogue.reading import SUFFIX
from grondslag_portal.catalogue.resting import resting_on
from grondslag_portal.catalogue.selectors import (
    contract_in,
    contracts_for,
    current_version,
    dataset_standing,
    departments_kept_by,
    search,
    version_standing,
    version_with_notes,
)
from grondslag_portal.catalogue.settling import waiting_in
from grondslag_portal.catalogue.telling import breaks_of, columns_of, facts_of
from grondslag_portal.catalogue.terms import settled_for, terms_used_by
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.step_up import step_up_for
from grondslag_portal.organisations.views import redirect_to_step_up
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import guarded, may, standing_of, visitor
from grondslag_portal.shared.words import words

_PER_PAGE = 25
_MOST_TYPED = 200
_MOST_DIFFERENCES = _MOST_VERSIONS = 10
_MOST_RESTING = 25


@require_GET
@guarded("catalogue.list")
def dataset_list(request: HttpRequest) -> HttpResponse:
    """Every dataset, or those in which all words are found."""
    person = person_of(request)
    typed = request.GET.get("q", "").replace("\0", "")[:_MOST_TYPED]
    department = request.GET.get("afdeling", "").replace("\0", "")[:_MOST_TYPED]
    found = search(contracts_for(person), typed)
    if department:
        found = found.filter(department__key=department)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina"))
    kept = urlencode({"q": typed, "afdeling": department}) + "&"
    adds = may("catalogue.add", visitor(request))
    return render(
        request, "catalogue/list.html",
        {"page": page, "typed": typed, "department": department, "kept": kept, "adds": adds,
         "keeps": adds and departments_kept_by(person).exists(),
         "new": count_new(person) if adds else 0},
    )  # fmt: skip


@require_GET
@guarded("catalogue.read", dataset_standing)
def dataset_page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """The contract of a dataset, as its owner wrote it."""
    person = person_of(request)
    version, said = version_with_notes(dataset)
    contract = contract_in(version)
    managed = people_of(dataset.department)
    settled = settled_for(dataset)
    differences = differences_of(dataset, _MOST_DIFFERENCES + 1)
    resting = resting_on(person, dataset.key)
    versions = Paginator(dataset.versions.defer("content"), _MOST_VERSIONS)
    versions.count = version.number  # each version is numbered, and none goes away
    return render(
        request, "catalogue/dataset.html",
        {"dataset": dataset, "version": version, "facts": facts_of(contract, managed),
         "gaps": managed.gaps, "columns": columns_of(contract), "breaks": breaks_of(contract),
         "differences": differences[:_MOST_DIFFERENCES],
         "differ_more": len(differences) > _MOST_DIFFERENCES, "terms": terms_used_by(dataset),
         "settled": settled, "agreed": waiting_in(dataset, contract, settled),
         "takes_over": may("catalogue.take-over", standing_of(request)),
         "page": versions.get_page(request.GET.get("pagina")), "said": said,
         "resting": resting[:_MOST_RESTING], "rest": len(resting), "quality": quality_of(dataset),
         "is_measured": _is_measured(dataset),
         "measures": may("catalogue.measure", standing_of(request)),
         "changes": may("catalogue.change", standing_of(request))},
    )  # fmt: skip


@require_POST
@guarded("catalogue.measure", dataset_standing)
def measure_page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Let the portal measure a dataset, or no longer, as its owner."""
    digest = current_version(dataset).sha256
    moment = step_up_for(request, digest)
    if moment is None:
        following = reverse("catalogue:dataset", args=[dataset.key])
        about = words("catalogue.about-measuring", title=dataset.title)
        return redirect_to_step_up(request, digest, about=about, following=following)
    stops = _is_measured(dataset)
    change = stop_measuring if stops else allow_measuring
    change(dataset, by=person_of(request), stepped_up=moment)
    messages.success(
        request, words("catalogue.measuring-stopped" if stops else "catalogue.measuring")
    )
    return redirect("catalogue:dataset", dataset=dataset.key)


@require_GET
@guarded("catalogue.read", version_standing)
def download(request: HttpRequest, version: ContractVersion) -> HttpResponse:
    """A version of a contract, byte for byte as it came in."""
    del request
    answer = HttpResponse(bytes(version.content), content_type="application/yaml")
    name = f"{version.dataset.key}{SUFFIX}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@guarded("catalogue.managers")
def managers(request: HttpRequest) -> HttpResponse:
    """Who manages what, and where somebody is missing."""
    return render(request, "catalogue/managers.html", {"managed": who_manages()})


def _is_measured(dataset: Dataset) -> bool:
    return dataset.measured_until is not None and dataset.measured_until >= engine.today()
