"""Giving, limiting and revoking tokens; each with an audit record in the same transaction."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from grondslag.canonical import sha256_hex
from grondslag.errors import ApprovalError, InputError
from grondslag_portal.api.models import Client, Token
from grondslag_portal.api.permissions import CLIENT_ROLES, Scope
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

LONGEST = 366
"""Days that a token may last: once a year somebody looks whether it is still needed."""
_MARK = "grondslag_"  # so that a scanner for secrets knows one when it lies around


@dataclass(frozen=True, slots=True)
class Ask:
    """What a token is asked for.

    Args:
        key: Of the client: small letters, digits and hyphens.
        name: Of the client, for people.
        department: For which it acts.
        answers: Who answers for it.
        roles: In which roles it acts.
        scopes: What the token is for.
        days: How long it lasts.
    """

    key: str
    name: str
    department: Department
    answers: Person
    roles: Collection[Role]
    scopes: Collection[Scope]
    days: int


def give_token(ask: Ask, *, by: Person) -> str:
    """A new token for a client; the client is made, or follows what is asked now.

    Returns:
        The token: to show once. Only its hash is kept.

    Raises:
        ApprovalError: Who gives it is no administrator, or a role is only for people.
        InputError: It lasts too long, is for nothing, or nobody answers for it.
    """
    _must_administer(by)
    for role in sorted(set(ask.roles) - CLIENT_ROLES):
        raise ApprovalError("api.role-for-people", role=role.value)
    if not 1 <= ask.days <= LONGEST:
        raise InputError("api.token-days", most=LONGEST)
    if not ask.roles or not ask.scopes:
        raise InputError("api.token-for-nothing")
    if not ask.answers.is_active:
        raise InputError("api.nobody-answers", name=ask.answers.name)
    token = _MARK + secrets.token_urlsafe(32)
    today = engine.today()
    until = today + timedelta(days=ask.days)
    with transaction.atomic():
        client, _ = Client.objects.update_or_create(
            key=ask.key,
            defaults={
                "name": ask.name, "department": ask.department, "answers": ask.answers,
                "roles": sorted(role.value for role in ask.roles),
            },
        )  # fmt: skip
        kept = Token.objects.create(
            client=client, sha256=sha256_hex(token.encode()), by=by.name, start=today, until=until,
            scopes=sorted(scope.value for scope in ask.scopes),
        )  # fmt: skip
        engine.installation().record(
            by.name, "api.token-given", client.key, number=kept.pk, until=until.isoformat(),
            department=ask.department.name, answers=ask.answers.name,
            roles=" ".join(client.roles), scopes=" ".join(kept.scopes),
        )  # fmt: skip
    return token


def revoke_tokens(key: str, *, by: Person) -> int:
    """Revoke every token of a client that is in force; from now on they open nothing.

    Returns:
        How many there were.

    Raises:
        ApprovalError: Who does it is no administrator.
        InputError: There is no such client.
    """
    _must_administer(by)
    with transaction.atomic():
        client = Client.objects.select_for_update().filter(key=key).first()
        if client is None:
            raise InputError("api.no-such-client", key=key)
        count = client.tokens.filter(revoked=None).update(revoked=engine.today())
        engine.installation().record(by.name, "api.tokens-revoked", client.key, count=count)
    return count


@dataclass(frozen=True, slots=True)
class Limit:
    """What a token keeps.

    Args:
        scopes: Of those it has.
        until: Last day it opens anything; not later than it was.
    """

    scopes: Collection[Scope]
    until: date


def limit_token(token: Token, wanted: Limit, *, by: Person) -> None:
    """Let a token open less, or for a shorter time; never more: for that a new one is given.

    Raises:
        ApprovalError: Who does it is no administrator.
        InputError: It ended, would open more or nothing, or for longer.
    """
    _must_administer(by)
    with transaction.atomic():
        found = Token.objects.select_for_update().select_related("client").get(pk=token.pk)
        scopes = sorted(scope.value for scope in wanted.scopes)
        if found.revoked is not None or found.until < engine.today():
            raise InputError("api.token-over")
        if not scopes or not set(scopes) <= set(found.scopes):
            raise InputError("api.token-no-more")
        if not engine.today() <= wanted.until <= found.until:
            raise InputError("api.token-no-longer", until=found.until)
        found.scopes, found.until = scopes, wanted.until
        found.save(update_fields=["scopes", "until"])
        engine.installation().record(
            by.name, "api.token-limited", found.client.key, number=found.pk,
            until=wanted.until.isoformat(), scopes=" ".join(scopes),
        )  # fmt: skip


def revoke_token(token: Token, *, by: Person) -> None:
    """End one token: from now on it opens nothing. Ending it twice changes nothing.

    Raises:
        ApprovalError: Who does it is no administrator.
    """
    _must_administer(by)
    with transaction.atomic():
        found = Token.objects.select_for_update().select_related("client").get(pk=token.pk)
        if found.revoked is not None:
            return
        found.revoked = engine.today()
        found.save(update_fields=["revoked"])
        engine.installation().record(
            by.name, "api.token-revoked", found.client.key, number=found.pk
        )


def _must_administer(by: Person) -> None:
    if Role.ADMINISTRATOR not in by.roles_today():
        raise ApprovalError("api.not-an-administrator", name=by.name)
