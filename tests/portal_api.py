"""Programs that use the API, for tests: a client with a token, and every address with its action.

api = ApiUser.of(portal, roles=[Role.ANALYST])
assert api.get("/v1/projects").json()["total"] == 1
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client

from grondslag_portal.api.permissions import Scope
from grondslag_portal.api.services import Ask, give_token
from grondslag_portal.organisations.models import Department
from grondslag_portal.shared.access import Role
from portal_addresses import PROJECT
from portal_town import PortalTown

PROBLEM = "application/problem+json"
YAML = "application/yaml"


@dataclass(frozen=True)
class Call:
    """A call of the API.

    Args:
        method: Of HTTP.
        path: With an example of what stands in it.
        action: In the table of rights.
        scope: That its token needs; empty when it needs no token.
    """

    method: str
    path: str
    action: str
    scope: str


_P = f"/v1/projects/{PROJECT}"
CALLS = (
    Call("GET", "/v1/openapi.json", "api.description", ""),
    Call("GET", "/v1/rules", "api.rules", ""),
    Call("GET", "/v1/projects", "api.projects", "projects.read"),
    Call("GET", _P, "api.project", "projects.read"),
    Call("GET", f"{_P}/findings", "api.project", "projects.read"),
    Call("GET", f"{_P}/plan", "api.project", "projects.read"),
    Call("PUT", f"{_P}/plan", "api.replace-plan", "plans.change"),
    Call("POST", f"{_P}/plan/changes", "api.change-plan", "plans.change"),
    Call("GET", f"{_P}/documents", "api.project", "projects.read"),
    Call("GET", f"{_P}/documents/{{sha256}}", "api.export", "projects.export"),
    Call("GET", f"{_P}/export", "api.export", "projects.export"),
    Call("GET", f"{_P}/decision", "api.decision", "decisions.read"),
    Call("GET", "/v1/decisions", "api.decisions", "decisions.read"),
    Call("GET", "/v1/datasets", "api.datasets", "datasets.read"),
    Call("GET", "/v1/datasets/ongevallen", "api.dataset", "datasets.read"),
    Call("GET", "/v1/datasets/ongevallen/contract", "api.dataset", "datasets.read"),
    Call("PUT", "/v1/datasets/ongevallen/contract", "api.replace-contract", "contracts.change"),
    Call("GET", "/v1/tasks", "api.tasks", "tasks.read"),
    Call("GET", "/v1/audit-verification", "api.audit", "audit.verify"),
)
"""Every call of the API."""


@dataclass(frozen=True)
class ApiUser:
    """A program with its token."""

    token: str

    @classmethod
    def of(
        cls, portal: PortalTown, *, roles: Collection[Role] = (Role.ANALYST,),
        scopes: Collection[Scope] = tuple(Scope), key: str = "rapportage",
        department: str = "mobiliteit", days: int = 30,
    ) -> "ApiUser":  # fmt: skip
        """A client of a department, made by the administrator of the example."""
        ask = Ask(
            key=key, name="Rapportage", department=Department.objects.get(key=department),
            answers=portal.people["analist"], roles=roles, scopes=scopes, days=days,
        )  # fmt: skip
        return cls(give_token(ask, by=portal.people["beheer"]))

    def get(self, path: str, **headers: str) -> Any:
        """What it reads."""
        return self.send("GET", path, **headers)

    def send(self, method: str, path: str, body: Any = "", media: str = YAML, **more: str) -> Any:
        """What it gets for a request; names of headers with low lines."""
        headers: Mapping[str, str] = {
            "Authorization": f"Bearer {self.token}",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        return Client().generic(method, path, body, content_type=media, headers=headers)
