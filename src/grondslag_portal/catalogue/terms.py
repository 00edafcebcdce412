"""Definitions of the data office, and differences between datasets that people settle."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from grondslag.canonical import sha256_hex
from grondslag.contracts import Aspect
from grondslag.errors import InputError
from grondslag_portal.catalogue.differences import note_taken_over
from grondslag_portal.catalogue.models import Dataset, DatasetColumn, Difference, Proposal, Term
from grondslag_portal.catalogue.selectors import contract_in, current_version
from grondslag_portal.catalogue.words import word_of
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine

_MOST_SETTLED = 50
_MOST_PROPOSALS = 25


def write_term(name: str, definition: str, *, by: Person, term: Term | None = None) -> Term:
    """Write what a word means here.

    Args:
        name: The word.
        definition: What it means.
        by: Who writes it, of the data office.
        term: Which definition is changed; None for a new one.

    Raises:
        InputError: The word has a definition already, or holds no letters.
    """
    word = word_of(name)[:120]
    if not word:
        raise InputError("catalogue.no-word")
    with transaction.atomic():
        same = Term.objects.select_for_update().filter(word=word)
        if same.exclude(pk=term.pk if term else 0).exists():
            raise InputError("catalogue.term-taken", term=name)
        found = term or Term()
        found.name, found.word, found.definition, found.by = name, word, definition, by.name
        found.save()
        digest = sha256_hex(definition.encode())
        engine.installation().record(by.name, "catalogue.term-written", word, sha256=digest)
    return found


def columns_using(term: Term) -> QuerySet[DatasetColumn]:
    """The columns that bear a word as their name, business name or synonym."""
    found = DatasetColumn.objects.filter(word=term.word).select_related("dataset__department")
    return found.order_by("dataset__title", "name", "pk")


def is_writable(difference: Difference) -> bool:
    """Whether an agreement can be written in both contracts: what a column means, in words.

    A unit or a type says how the data are: that is only true when the data change too.
    """
    return difference.aspect == Aspect.DEFINITION


def propose(difference: Difference, text: str, *, by: Person, definition: str = "") -> Proposal:
    """Propose how to settle a difference; a new proposal takes the place of an older one.

    Args:
        difference: Between which datasets, about which word.
        text: What is agreed, for people.
        by: Who proposes.
        definition: What both contracts would say then; left out, owners change them by hand.
    """
    agreed = definition if is_writable(difference) else ""
    with transaction.atomic():
        made = Proposal.objects.create(
            place=difference.place, term=difference.term, text=text, by=by.name,
            first=difference.first, second=difference.second, definition=agreed,
            first_column=difference.first_column, second_column=difference.second_column,
        )  # fmt: skip
        engine.installation().record(
            by.name, "catalogue.settling-proposed", made.term, sha256=sha256_hex(text.encode()),
            definition=sha256_hex(agreed.encode()),
        )  # fmt: skip
    return made


def proposals_for(place: str) -> list[Proposal]:
    """What was proposed about a difference, newest first; the newest twenty-five."""
    found = Proposal.objects.filter(place=place).select_related("first", "second")
    return list(found[:_MOST_PROPOSALS])


def accept(proposal: Proposal, *, by: Person, departments: Iterable[int]) -> Proposal:
    """Accept a proposal for the datasets that somebody keeps; settled when both sides did.

    Args:
        proposal: What was proposed.
        by: Who accepts.
        departments: Whose datasets they keep.
    """
    kept = set(departments)
    with transaction.atomic():
        locked = Proposal.objects.select_for_update().select_related("first", "second")
        found = locked.get(pk=proposal.pk)
        if found.first.department_id in kept and not found.first_by:
            found.first_by = by.name
        if found.second.department_id in kept and not found.second_by:
            found.second_by = by.name
        found.save(update_fields=["first_by", "second_by"])
        if found.is_settled:
            for dataset in (found.first, found.second):
                version = current_version(dataset)
                note_taken_over(dataset, contract_in(version), version.number)
        engine.installation().record(
            by.name, "catalogue.settling-accepted", found.term,
            sha256=sha256_hex(found.text.encode()), settled="yes" if found.is_settled else "no",
        )  # fmt: skip
    return found


def terms_used_by(dataset: Dataset) -> list[Term]:
    """The definitions of the words that columns of a dataset bear."""
    words = DatasetColumn.objects.filter(dataset=dataset).values("word")
    return list(Term.objects.filter(word__in=words))


def settled_for(dataset: Dataset) -> list[Proposal]:
    """What both sides agreed about words of a dataset, newest first; the newest fifty."""
    both = Q(first=dataset) | Q(second=dataset)
    found = Proposal.objects.filter(both).exclude(first_by="").exclude(second_by="")
    return list(found.select_related("first", "second")[:_MOST_SETTLED])
