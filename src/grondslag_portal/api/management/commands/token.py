"""``python -m grondslag_portal token``: give a program a token, take it away, see who has one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from grondslag.errors import GrondslagError, InputError
from grondslag_portal.api.permissions import CLIENT_ROLES, Scope
from grondslag_portal.api.selectors import clients
from grondslag_portal.api.services import LONGEST, Ask, give_token, revoke_tokens
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Tokens of programs; a token is shown once."""

    help = "Give a program a token for the API, revoke its tokens, or list who has one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be done."""
        steps = parser.add_subparsers(dest="step", required=True)
        give = steps.add_parser("give", help="Give a token, and show it once.")
        give.add_argument("client", help="Key of the client: small letters, digits, hyphens.")
        give.add_argument("--name", required=True, help="Of the client, for people.")
        give.add_argument("--department", required=True, help="Key of the department.")
        give.add_argument("--answers", required=True, help="Account of who answers for it.")
        give.add_argument("--role", required=True, action="append",
                          choices=sorted(role.value for role in CLIENT_ROLES))  # fmt: skip
        give.add_argument("--scope", required=True, action="append",
                          choices=[scope.value for scope in Scope])  # fmt: skip
        give.add_argument("--days", type=int, default=LONGEST, help="How long it lasts.")
        revoke = steps.add_parser("revoke", help="Revoke every token of a client.")
        revoke.add_argument("client", help="Key of the client.")
        for step in (give, revoke):
            step.add_argument("--by", required=True, help="Account of the administrator.")
        steps.add_parser("list", help="Clients and how long their tokens last.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        try:
            steps = {"give": self._give, "revoke": self._revoke, "list": self._list}
            steps[options["step"]](options)
        except GrondslagError as error:
            said = words(error.code, **error.fields)
            raise CommandError(said, returncode=error.exit_status) from error

    def _give(self, options: dict[str, Any]) -> None:
        department = Department.objects.filter(key=options["department"]).first()
        if department is None:
            raise InputError("api.no-such-department", key=options["department"])
        token = give_token(
            Ask(
                key=options["client"], name=options["name"], department=department,
                answers=_person(options["answers"]), roles=[Role(r) for r in options["role"]],
                scopes=[Scope(scope) for scope in options["scope"]], days=options["days"],
            ),
            by=_person(options["by"]),
        )  # fmt: skip
        self.stderr.write(words("api.token-once"))
        self.stdout.write(token)

    def _revoke(self, options: dict[str, Any]) -> None:
        count = revoke_tokens(options["client"], by=_person(options["by"]))
        self.stdout.write(words("api.tokens-gone", count=count))

    def _list(self, _options: dict[str, Any]) -> None:
        for client in clients():
            for token in client.tokens.all():
                last = token.revoked or token.until
                self.stdout.write(
                    f"{client.key}\t{client.department.name}\t{client.answers.name}\t"
                    f"{' '.join(client.roles)}\t{' '.join(token.scopes)}\t{last.isoformat()}"
                )


def _person(subject: str) -> Person:
    found = Person.objects.filter(subject=subject, is_active=True).first()
    if found is None:
        raise InputError("api.no-such-account", name=subject)
    return found
