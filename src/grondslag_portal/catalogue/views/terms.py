"""Definitions of the data office, and differences that people settle."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.errors import InputError
from grondslag_portal.catalogue.differences import says_in_words
from grondslag_portal.catalogue.forms import ProposalForm, TermForm, say_at
from grondslag_portal.catalogue.models import Dataset, Difference, Proposal, Term
from grondslag_portal.catalogue.selectors import (
    dataset_standing,
    departments_kept_by,
    roles_towards_department,
    term_standing,
)
from grondslag_portal.catalogue.settling import take_over
from grondslag_portal.catalogue.terms import (
    accept,
    columns_using,
    is_writable,
    proposals_for,
    propose,
    write_term,
)
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.shared.access import Standing, guarded, may, standing_of, visitor
from grondslag_portal.shared.words import words

_PER_PAGE = 25


def difference_standing(request: HttpRequest, *, place: str, **_address: Any) -> Standing:
    """How the visitor stands to a difference: as to either of its two datasets.

    Raises:
        Http404: There is none.
    """
    found = (
        Difference.objects.select_related("first__department", "second__department")
        .filter(place=place)
        .first()
    )
    if found is None:
        raise Http404
    return Standing(found, _either(request, found))


def proposal_standing(request: HttpRequest, *, proposal: int, **_address: Any) -> Standing:
    """How the visitor stands to a proposal: as to either of its two datasets.

    Raises:
        Http404: There is none.
    """
    found = Proposal.objects.select_related("first", "second").filter(pk=proposal).first()
    if found is None:
        raise Http404
    return Standing(found, _either(request, found))


def agreed_standing(
    request: HttpRequest, *, dataset: str, proposal: int, **_address: Any
) -> Standing:
    """How the visitor stands to a dataset about which something was agreed.

    Raises:
        Http404: There is no such dataset, or nothing was proposed about it.
    """
    standing = dataset_standing(request, dataset=dataset)
    about = Q(first=standing.thing) | Q(second=standing.thing)
    found = Proposal.objects.filter(about, pk=proposal).first()
    if found is None:
        raise Http404
    return Standing((found, standing.thing), standing.roles)


@require_GET
@guarded("catalogue.terms")
def term_list(request: HttpRequest) -> HttpResponse:
    """Every definition of the data office."""
    page = Paginator(Term.objects.all(), _PER_PAGE).get_page(request.GET.get("pagina"))
    writes = may("catalogue.write-term", visitor(request))
    return render(request, "catalogue/terms.html", {"page": page, "writes": writes})


@require_GET
@guarded("catalogue.terms", term_standing)
def term_page(request: HttpRequest, term: Term) -> HttpResponse:
    """What a word means, and which columns bear it."""
    page = Paginator(columns_using(term), _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request, "catalogue/term.html",
        {"term": term, "page": page,
         "said": term.notes.filter(answers=None).count(),
         "writes": may("catalogue.write-term", standing_of(request))},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("catalogue.write-term")
def new_term(request: HttpRequest) -> HttpResponse:
    """Write a new definition."""
    return _write(request, None)


@require_http_methods(["GET", "POST"])
@guarded("catalogue.write-term", term_standing)
def change_term(request: HttpRequest, term: Term) -> HttpResponse:
    """Change a definition."""
    return _write(request, term)


@require_GET
@guarded("catalogue.conflicts")
def difference_list(request: HttpRequest) -> HttpResponse:
    """Words that two datasets define differently; contradictions first."""
    found = Difference.objects.select_related("first", "second")
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "catalogue/differences.html", {"page": page})


@require_GET
@guarded("catalogue.conflicts", difference_standing)
def difference_page(request: HttpRequest, difference: Difference) -> HttpResponse:
    """Both datasets side by side, and what was proposed."""
    form = ProposalForm(writable=is_writable(difference))
    return _difference(request, difference, form, 200)


@require_POST
@guarded("catalogue.propose", difference_standing)
def propose_page(request: HttpRequest, difference: Difference) -> HttpResponse:
    """Propose how to settle a difference."""
    form = ProposalForm(request.POST, writable=is_writable(difference))
    if not form.is_valid():
        return _difference(request, difference, form, 400)
    given = form.cleaned_data
    propose(
        difference, given["text"], by=person_of(request), definition=given.get("definition", "")
    )
    messages.success(request, words("catalogue.proposed"))
    return redirect("catalogue:difference", place=difference.place)


@require_POST
@guarded("catalogue.accept", proposal_standing)
def accept_page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Accept a proposal for the datasets that the visitor keeps."""
    person = person_of(request)
    departments = departments_kept_by(person).values_list("pk", flat=True)
    found = accept(proposal, by=person, departments=departments)
    messages.success(
        request, words("catalogue.settled" if found.is_settled else "catalogue.accepted")
    )
    if Difference.objects.filter(place=found.place).exists():
        return redirect("catalogue:difference", place=found.place)
    return redirect("catalogue:dataset", dataset=found.first.key)


@require_POST
@guarded("catalogue.take-over", agreed_standing)
def take_over_page(request: HttpRequest, found: tuple[Proposal, Dataset]) -> HttpResponse:
    """Take over what was agreed in the contract of a dataset."""
    proposal, dataset = found
    take_over(proposal, dataset, by=person_of(request))
    messages.success(request, words("catalogue.taken-over", title=dataset.title))
    return redirect("catalogue:dataset", dataset=dataset.key)


def _write(request: HttpRequest, term: Term | None) -> HttpResponse:
    first = {"name": term.name, "definition": term.definition} if term else {}
    form = TermForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = write_term(given["name"], given["definition"], by=person_of(request), term=term)
        except InputError as error:
            say_at(form, "name", error)
        else:
            messages.success(request, words("catalogue.term-kept"))
            return redirect("catalogue:term", term=kept.pk)
    status = 400 if form.is_bound else 200
    return render(request, "catalogue/write_term.html", {"form": form, "term": term}, status=status)


def _difference(
    request: HttpRequest, difference: Difference, form: ProposalForm, status: int
) -> HttpResponse:
    standing = standing_of(request)
    kept = set(departments_kept_by(person_of(request)).values_list("pk", flat=True))
    first, second = says_in_words(difference)
    proposals = [
        {"proposal": one, "accepts": may("catalogue.accept", standing) and _waits(one, kept)}
        for one in proposals_for(difference.place)
    ]
    return render(
        request, "catalogue/difference.html",
        {"difference": difference, "first_says": first, "second_says": second, "form": form,
         "proposals": proposals, "proposes": may("catalogue.propose", standing)},
        status=status,
    )  # fmt: skip


def _waits(proposal: Proposal, kept: set[int]) -> bool:
    """Whether a proposal waits for somebody who keeps these departments' datasets."""
    return (not proposal.first_by and proposal.first.department_id in kept) or (
        not proposal.second_by and proposal.second.department_id in kept
    )


def _either(request: HttpRequest, pair: Difference | Proposal) -> Any:
    person = person_of(request)
    return roles_towards_department(person, pair.first.department_id) | roles_towards_department(
        person, pair.second.department_id
    )
