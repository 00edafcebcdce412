"""Reading who people are."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from grondslag_portal.organisations.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who signed in.

    Raises:
        PermissionDenied: Nobody did.
    """
    person = request.user
    if not isinstance(person, Person):
        raise PermissionDenied("nobody")
    return person
