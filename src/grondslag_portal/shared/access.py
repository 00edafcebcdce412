"""Who may do what: one table per app, closed by default.

A table says per action in which roles, and in which statuses of its object, somebody may. A view
names its action; a view without one never answers. What somebody may not see does not exist for
them (404); what they may see but not do is refused with the reason (403).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


class Role(StrEnum):
    """In which role somebody acts. Some are given by the municipality, some follow from a thing."""

    NOBODY = "nobody"  # without sign-in
    EVERYBODY = "everybody"  # every civil servant who signed in
    ADVISER = "adviser"
    ANALYST = "analyst"
    OWNER = "owner"
    STEWARD = "steward"
    PRIVACY_OFFICER = "privacy_officer"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SECURITY_OFFICER = "security_officer"
    DECIDER = "decider"
    RELEASER = "releaser"
    COUNCIL = "council"
    DATA_OFFICE = "data_office"
    ADMINISTRATOR = "administrator"
    APPLICANT = "applicant"  # of this project


@dataclass(frozen=True, slots=True)
class Allowed:
    """When an action may be done.

    Args:
        roles: In one of these roles.
        statuses: While its object is in one of these; None for all.
    """

    roles: frozenset[Role]
    statuses: frozenset[str] | None = None


def allowed(*roles: Role, when: Collection[str] | None = None) -> Allowed:
    """A row of a table."""
    return Allowed(frozenset(roles), None if when is None else frozenset(when))


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a thing.

    Args:
        thing: What the view works on.
        roles: Their roles towards it; empty when it does not exist for them.
        status: In which status it is; empty when it has none.
    """

    thing: Any
    roles: frozenset[Role]
    status: str = ""


Finds = Callable[..., Standing]
"""Finds the thing an address names, and how the visitor stands to it; given the request and the
parts of the address. Raises Http404 when there is none, or not for this visitor."""

_TABLES: dict[str, Allowed] = {}


def declare(table: Mapping[str, Allowed]) -> Mapping[str, Allowed]:
    """Add an app's table to those in force.

    Raises:
        ValueError: An action stands in two tables.
    """
    twice = sorted(_TABLES.keys() & table.keys())
    if any(_TABLES[action] != table[action] for action in twice):
        raise ValueError(f"declared twice: {', '.join(twice)}")
    _TABLES.update(table)
    return table


def actions() -> Mapping[str, Allowed]:
    """All tables in force."""
    return dict(_TABLES)


def may(action: str, standing: Standing) -> bool:
    """Whether somebody who stands so may do this. An action in no table may never."""
    row = _TABLES.get(action)
    if row is None or not row.roles & standing.roles:
        return False
    return row.statuses is None or standing.status in row.statuses


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """The roles that the municipality gave the visitor; `NOBODY` without sign-in."""
    user = request.user
    if not user.is_authenticated:
        return frozenset({Role.NOBODY})
    given: frozenset[Role] = user.roles_today()  # `organisations.Person`
    return given | {Role.EVERYBODY}


def visitor(request: HttpRequest, **_address: Any) -> Standing:
    """How somebody stands to the portal as a whole: for pages about no one thing."""
    return Standing(None, roles_of(request))


def standing_of(request: HttpRequest) -> Standing:
    """How the visitor stands to the thing of this page, as `guarded` found it."""
    found: Standing = request.standing  # type: ignore[attr-defined]  # set by `guarded`
    return found


def guarded(action: str, find: Finds = visitor) -> Callable[[View], View]:
    """Let a view answer only whom the table allows; it gets the thing after the request.

    Args:
        action: In a table of its app.
        find: Finds the thing of the address. A view about the portal as a whole gets no thing.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **address: Any) -> HttpResponseBase:
            standing = find(request, **address)
            if not standing.roles:
                raise Http404
            request.standing = standing  # type: ignore[attr-defined]  # for templates and audit
            if not may(action, standing):
                raise PermissionDenied(action)
            if find is visitor:
                return view(request, **address)
            return view(request, standing.thing)

        answer.action = action  # type: ignore[attr-defined]  # read by `ClosedByDefault`
        return answer

    return wrap
