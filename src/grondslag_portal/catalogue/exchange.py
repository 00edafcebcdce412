"""Questions, tips and agreements about a dataset or a definition; nothing about projects."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from grondslag.canonical import sha256_hex
from grondslag_portal.catalogue.models import Dataset, LastLook, Note, NoteKind, Term
from grondslag_portal.catalogue.selectors import departments_kept_by
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def write_note(about: Dataset | Term, kind: NoteKind, text: str, *, by: Person) -> Note:
    """Say something about a dataset or a definition."""
    place = {"dataset": about} if isinstance(about, Dataset) else {"term": about}
    return _written(Note(kind=kind, text=text, by=by.human, program=by.as_program, **place))


def answer_note(note: Note, text: str, *, by: Person) -> Note:
    """Answer what somebody said."""
    return _written(
        Note(
            kind=NoteKind.ANSWER, text=text, by=by.human, program=by.as_program, answers=note,
            dataset=note.dataset, term=note.term,
        )
    )  # fmt: skip


def notes_about(about: Dataset | Term) -> QuerySet[Note]:
    """What was said about a dataset or a definition, newest first, each with its answers."""
    notes = about.notes.filter(answers=None).select_related("by")
    return notes.prefetch_related("answered_by__by")


def for_keeper(person: Person) -> QuerySet[Note]:
    """What others said about the datasets somebody keeps; definitions are for the data office."""
    mine = Q(dataset__department__in=departments_kept_by(person))
    if Role.DATA_OFFICE in person.roles_today():
        mine |= ~Q(term=None)
    found = Note.objects.filter(mine, answers=None).exclude(
        by=person.human, program=person.as_program
    )
    found = found.select_related("dataset", "term", "by").annotate(replies=Count("answered_by"))
    return found.order_by("-at", "-pk")


def count_new(person: Person) -> int:
    """How much was said since they last looked, about the datasets they keep."""
    return for_keeper(person).filter(at__gt=last_look(person)).count()


def last_look(person: Person) -> datetime:
    """When somebody last looked at what was said."""
    found = LastLook.objects.filter(person=person).first()
    return found.at if found else _LONG_AGO


def note_look(person: Person) -> None:
    """They looked: what stands there now is no longer new to them."""
    LastLook.objects.update_or_create(person=person, defaults={"at": timezone.now()})


def kinds_for(roles: frozenset[Role]) -> Sequence[NoteKind]:
    """What somebody may write: an agreement only who keeps the dataset, or the data office."""
    keeps = roles & {Role.OWNER, Role.STEWARD, Role.DATA_OFFICE}
    asked = (NoteKind.QUESTION, NoteKind.TIP)
    return (*asked, NoteKind.AGREEMENT) if keeps else asked


def _written(note: Note) -> Note:
    with transaction.atomic():
        note.save()
        about = note.dataset.key if note.dataset else str(note.term)
        digest = sha256_hex(note.text.encode())
        engine.installation().record(
            note.author, f"catalogue.{note.kind}-written", about, sha256=digest
        )
    return note
