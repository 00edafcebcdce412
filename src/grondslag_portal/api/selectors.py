"""Which client a token belongs to, and as whom it acts."""

from dataclasses import dataclass

from django.db.models import QuerySet

from grondslag.canonical import sha256_hex
from grondslag_portal.api.models import Client, Token
from grondslag_portal.api.permissions import CLIENT_ROLES, Scope
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import program
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role


@dataclass(frozen=True, slots=True)
class Caller:
    """A client that came in.

    Args:
        acts_as: For selectors and services of the apps; nobody that can sign in or sign.
        scopes: What its token is for.
    """

    acts_as: Person
    scopes: frozenset[Scope]


def caller_with(token: str) -> Caller | None:
    """Who comes in with a token; None when it is unknown, past its day or revoked."""
    found = (
        Token.objects.select_related("client__department", "client__answers")
        .filter(sha256=sha256_hex(token.encode()), until__gte=engine.today(), revoked=None)
        .first()
    )
    if found is None or not found.client.answers.is_active:
        return None
    client = found.client
    roles = frozenset(Role(role) for role in client.roles) & CLIENT_ROLES
    return Caller(
        acts_as=program(
            name_of(client), department=client.department, roles=roles, answers=client.answers
        ),
        scopes=frozenset(Scope(scope) for scope in found.scopes),
    )


def name_of(client: Client) -> str:
    """How the audit chain names a client: never as a person."""
    return f"programma {client.key}"


def clients() -> QuerySet[Client]:
    """Every client with its tokens."""
    return Client.objects.select_related("department", "answers").prefetch_related("tokens")


def token_with(number: int) -> Token | None:
    """A token by its number, with its client; None when there is none."""
    found = Token.objects.select_related("client__department", "client__answers")
    return found.filter(pk=number).first()


def is_in_force(token: Token) -> bool:
    """Whether a token opens anything today."""
    return (
        token.revoked is None and token.until >= engine.today() and token.client.answers.is_active
    )
