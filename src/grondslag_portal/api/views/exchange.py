"""What stewards tell each other, definitions, differences, and who manages what."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag.wording import Word
from grondslag_portal.api.asking import PageAsked, SearchAsked, a_page, asked, sent
from grondslag_portal.api.bodies import NoteAsked, ProposalAsked, TermAsked, TextAsked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.problems import Refused, fault
from grondslag_portal.api.shapes import page_of
from grondslag_portal.api.told import (
    AnswerItem,
    DifferenceItem,
    DifferenceWhole,
    ManagedItem,
    NoteItem,
    ProposalItem,
    TermItem,
    TermWhole,
)
from grondslag_portal.catalogue.differences import says_in_words
from grondslag_portal.catalogue.exchange import (
    answer_note,
    for_keeper,
    kinds_for,
    notes_about,
    write_note,
)
from grondslag_portal.catalogue.managing import Managed, who_manages
from grondslag_portal.catalogue.models import Dataset, Difference, Note, NoteKind, Term
from grondslag_portal.catalogue.selectors import (
    dataset_standing,
    note_standing,
    term_standing,
    terms_with,
)
from grondslag_portal.catalogue.terms import columns_using, proposals_for, propose, write_term
from grondslag_portal.catalogue.views.terms import difference_standing
from grondslag_portal.shared.access import standing_of
from grondslag_portal.shared.words import words

_NOTE_PAGE = page_of(NoteItem, "NotePage")


@extend_schema(
    methods=["GET"], operation_id="listDatasetNotes", tags=["exchange"], parameters=[PageAsked],
    responses=_NOTE_PAGE,
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="writeDatasetNote", tags=["exchange"], request=NoteAsked,
    responses={201: NoteItem},
)  # fmt: skip
@door(dataset_standing, GET="api.notes-about", POST="api.write-note")
@api_view(["GET", "POST"])
def dataset_notes(request: Request, dataset: Dataset) -> Response:
    """Questions, tips and agreements about a dataset, newest first; a POST adds one."""
    return _notes(request, dataset)


@extend_schema(
    methods=["GET"], operation_id="listTermNotes", tags=["exchange"], parameters=[PageAsked],
    responses=_NOTE_PAGE,
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="writeTermNote", tags=["exchange"], request=NoteAsked,
    responses={201: NoteItem},
)  # fmt: skip
@door(term_standing, GET="api.notes-about", POST="api.write-note")
@api_view(["GET", "POST"])
def term_notes(request: Request, term: Term) -> Response:
    """Questions, tips and agreements about a definition, newest first; a POST adds one."""
    return _notes(request, term)


@extend_schema(
    operation_id="listNotes", tags=["exchange"], parameters=[PageAsked], responses=_NOTE_PAGE
)
@door(GET="api.notes")
@api_view(["GET"])
def inbox(request: Request) -> Response:
    """What others said about the datasets that the client keeps, newest first."""
    found = for_keeper(person_behind(request)).prefetch_related("answered_by__by")
    return a_page(request, found, lambda one: NoteItem(one).data, asked(request, PageAsked))


@extend_schema(
    operation_id="answerNote", tags=["exchange"], request=TextAsked, responses={201: AnswerItem}
)
@door(note_standing, POST="api.write-note")
@api_view(["POST"])
def answers(request: Request, note: Note) -> Response:
    """Answer what somebody said."""
    kept = answer_note(note, sent(request, TextAsked)["text"], by=person_behind(request))
    return Response(AnswerItem(kept).data, status=201)


@extend_schema(
    methods=["GET"], operation_id="listTerms", tags=["exchange"], parameters=[SearchAsked],
    responses=page_of(TermItem, "TermPage"),
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="writeTerm", tags=["exchange"], request=TermAsked,
    responses={201: TermItem},
)  # fmt: skip
@door(GET="api.terms", POST="api.write-term")
@api_view(["GET", "POST"])
def term_list(request: Request) -> Response:
    """What words mean here, by word; a POST writes a definition, as the data office."""
    if request.method == "POST":
        given = sent(request, TermAsked)
        kept = write_term(given["name"], given["definition"], by=person_behind(request))
        place = reverse("api:term", args=[kept.pk])
        return Response(TermItem(kept).data, status=201, headers={"Location": place})
    values = asked(request, SearchAsked)
    found = terms_with(values.get("query", ""))
    return a_page(request, found, lambda one: TermItem(one).data, values)


@extend_schema(methods=["GET"], operation_id="readTerm", tags=["exchange"], responses=TermWhole)
@extend_schema(
    methods=["PUT"], operation_id="changeTerm", tags=["exchange"], request=TermAsked,
    responses=TermWhole,
)  # fmt: skip
@door(term_standing, GET="api.term", PUT="api.change-term")
@api_view(["GET", "PUT"])
def term_item(request: Request, term: Term) -> Response:
    """What a word means, and which columns bear it."""
    if request.method == "PUT":
        given = sent(request, TermAsked)
        term = write_term(given["name"], given["definition"], by=person_behind(request), term=term)
    columns = [{"dataset": one.dataset.key, "column": one.name} for one in columns_using(term)]
    return Response({**TermItem(term).data, "columns": columns})


@extend_schema(
    operation_id="listDifferences", tags=["exchange"], parameters=[PageAsked],
    responses=page_of(DifferenceItem, "DifferencePage"),
)  # fmt: skip
@door(GET="api.differences")
@api_view(["GET"])
def difference_list(request: Request) -> Response:
    """Words that two datasets define differently; contradictions first."""
    found = Difference.objects.select_related("first", "second")
    return a_page(request, found, _difference, asked(request, PageAsked))


@extend_schema(operation_id="readDifference", tags=["exchange"], responses=DifferenceWhole)
@door(difference_standing, GET="api.difference")
@api_view(["GET"])
def difference_item(_request: Request, difference: Difference) -> Response:
    """A difference with what was proposed to settle it."""
    proposals = [ProposalItem(one).data for one in proposals_for(difference.place)]
    return Response({**_difference(difference), "proposals": proposals})


@extend_schema(
    operation_id="proposeSettling", tags=["exchange"], request=ProposalAsked,
    responses={201: ProposalItem},
)  # fmt: skip
@door(difference_standing, POST="api.propose")
@api_view(["POST"])
def proposals(request: Request, difference: Difference) -> Response:
    """Propose how to settle a difference. People of both datasets accept it, on their screen."""
    made = propose(difference, by=person_behind(request), **sent(request, ProposalAsked))
    return Response(ProposalItem(made).data, status=201)


@extend_schema(
    operation_id="listManagers", tags=["datasets"], parameters=[PageAsked],
    responses=page_of(ManagedItem, "ManagedPage"),
)  # fmt: skip
@door(GET="api.managers")
@api_view(["GET"])
def managers(request: Request) -> Response:
    """Who manages the datasets of each department, and who is missing."""
    return a_page(request, who_manages(), _managed, asked(request, PageAsked))


def _notes(request: Request, about: Dataset | Term) -> Response:
    if request.method != "POST":
        found = notes_about(about)
        return a_page(request, found, lambda one: NoteItem(one).data, asked(request, PageAsked))
    given = sent(request, NoteAsked)
    kind = NoteKind(given["kind"])
    if kind not in kinds_for(standing_of(request._request).roles):  # noqa: SLF001 - as in `door`
        said = words("api.field-wrong", name="kind")
        raise Refused(400, faults=[fault("body", "kind", "invalid", said)])
    kept = write_note(about, kind, given["text"], by=person_behind(request))
    return Response(NoteItem(kept).data, status=201)


def _difference(found: Difference) -> dict[str, Any]:
    first, second = says_in_words(found)
    return {
        "place": found.place, "term": found.term, "aspect": found.aspect,
        "severity": found.severity,
        "first": {"dataset": found.first.key, "column": found.first_column, "says": _text(first)},
        "second": {
            "dataset": found.second.key, "column": found.second_column, "says": _text(second),
        },
    }  # fmt: skip


def _text(said: Word | str) -> str:
    return words(said.code) if isinstance(said, Word) else said


def _managed(found: Managed) -> dict[str, Any]:
    return {
        "department": found.department.name, "datasets": found.datasets,
        "owners": list(found.owners), "stewards": list(found.stewards),
        "deputies": list(found.deputies), "gaps": [words(code) for code in found.gaps],
    }  # fmt: skip
