"""What people tell each other about datasets and definitions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from grondslag_portal.catalogue.exchange import (
    answer_note,
    for_keeper,
    kinds_for,
    last_look,
    note_look,
    notes_about,
    write_note,
)
from grondslag_portal.catalogue.forms import AnswerForm, NoteForm
from grondslag_portal.catalogue.models import Dataset, Note, NoteKind, Term
from grondslag_portal.catalogue.selectors import dataset_standing, note_standing, term_standing
from grondslag_portal.catalogue.settling import waiting_for
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.shared.access import guarded, standing_of
from grondslag_portal.shared.words import words

_PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@guarded("catalogue.exchange")
def inbox(request: HttpRequest) -> HttpResponse:
    """What others said about the datasets the visitor keeps, newest first; sent: all was read."""
    person = person_of(request)
    if request.method == "POST":
        note_look(person)
        return redirect("catalogue:inbox")
    seen = last_look(person)
    page = Paginator(for_keeper(person), _PER_PAGE).get_page(request.GET.get("pagina"))
    rows = [{"note": note, "new": note.at > seen} for note in page]
    new = any(row["new"] for row in rows)
    return render(
        request, "catalogue/inbox.html",
        {"page": page, "rows": rows, "new": new, "agreed": waiting_for(person)[:_PER_PAGE]},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("catalogue.write-note", dataset_standing)
def about_dataset(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """What was said about a dataset, and saying something."""
    return _about(request, dataset, reverse("catalogue:about-dataset", args=[dataset.key]))


@require_http_methods(["GET", "POST"])
@guarded("catalogue.write-note", term_standing)
def about_term(request: HttpRequest, term: Term) -> HttpResponse:
    """What was said about a definition, and saying something."""
    return _about(request, term, reverse("catalogue:about-term", args=[term.pk]))


@require_http_methods(["GET", "POST"])
@guarded("catalogue.write-note", note_standing)
def answer_page(request: HttpRequest, note: Note) -> HttpResponse:
    """Answer what somebody said."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer_note(note, form.cleaned_data["text"], by=person_of(request))
        messages.success(request, words("catalogue.answered"))
        if note.dataset is not None:
            return redirect("catalogue:about-dataset", dataset=note.dataset.key)
        return redirect("catalogue:about-term", term=note.term_id)
    status = 400 if form.is_bound else 200
    return render(request, "catalogue/answer.html", {"form": form, "note": note}, status=status)


def _about(request: HttpRequest, about: Dataset | Term, address: str) -> HttpResponse:
    roles = standing_of(request).roles
    form = NoteForm(request.POST if request.method == "POST" else None, kinds=kinds_for(roles))
    if request.method == "POST" and form.is_valid():
        write_note(
            about, NoteKind(form.cleaned_data["kind"]), form.cleaned_data["text"],
            by=person_of(request),
        )  # fmt: skip
        messages.success(request, words("catalogue.said"))
        return redirect(address)
    page = Paginator(notes_about(about), _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request, "catalogue/about.html",
        {"form": form, "about": about, "page": page,
         "dataset": about if isinstance(about, Dataset) else None},
        status=400 if form.is_bound else 200,
    )  # fmt: skip
