"""Programs that use the API, for tests: a client with a token, and every address with its action.

api = ApiUser.of(portal, roles=[Role.ANALYST])
assert api.get("/v1/projects").json()["total"] == 1
"""

import json
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.test import Client

from grondslag_portal.api.permissions import Scope
from grondslag_portal.api.services import Ask, give_token
from grondslag_portal.organisations.models import Department
from grondslag_portal.shared.access import Role
from grondslag_portal.tasks.jobs import perform
from grondslag_portal.tasks.models import Run
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
        there: Whether what it names is there in a portal with one project that nobody signed.
    """

    method: str
    path: str
    action: str
    scope: str
    there: bool = True


_P = f"/v1/projects/{PROJECT}"
_D = "/v1/datasets/ongevallen"
_READ, _DATA, _NOTES = "projects.read", "datasets.read", "notes.read"
_DELIVERIES, _RIGHTS = "deliveries.read", "rights.read"
CALLS = (
    Call("GET", "/v1/openapi.json", "api.description", ""),
    Call("GET", "/v1/rules", "api.rules", ""),
    Call("GET", "/v1/public-projects", "api.public", ""),
    Call("GET", "/v1/public-projects/geen", "api.public", "", there=False),
    Call("GET", "/v1/projects", "api.projects", _READ),
    Call("POST", "/v1/projects", "api.begin-project", "projects.begin"),
    Call("POST", "/v1/project-imports", "api.import-project", "projects.begin"),
    Call("GET", "/v1/projects-alike?question=veilig", "api.projects-alike", _READ),
    Call("GET", "/v1/lessons", "api.lessons", _READ),
    Call("GET", "/v1/overview", "api.overview", _READ),
    Call("GET", _P, "api.project", _READ),
    Call("GET", f"{_P}/findings", "api.project", _READ),
    Call("GET", f"{_P}/plan", "api.project", _READ),
    Call("PUT", f"{_P}/plan", "api.replace-plan", "plans.change"),
    Call("POST", f"{_P}/plan/changes", "api.change-plan", "plans.change"),
    Call("GET", f"{_P}/documents", "api.project", _READ),
    Call("GET", f"{_P}/documents/{{sha256}}", "api.export", "projects.export"),
    Call("GET", f"{_P}/export", "api.export", "projects.export"),
    Call("POST", f"{_P}/reopenings", "api.reopen", "projects.reopen"),
    Call("GET", f"{_P}/advice", "api.assessment", _READ, there=False),
    Call("GET", f"{_P}/approval", "api.assessment", _READ),
    Call("GET", f"{_P}/deliveries", "api.deliveries", _DELIVERIES),
    Call("POST", f"{_P}/deliveries", "api.start-delivery", "deliveries.start"),
    Call("GET", f"{_P}/deliveries/geen/proof", "api.proof", "deliveries.proof", there=False),
    Call("GET", f"{_P}/runs", "api.runs", _DELIVERIES),
    Call("GET", f"{_P}/insight", "api.insight", _DELIVERIES),
    Call("POST", f"{_P}/analyses", "api.start-analysis", "analyses.start"),
    Call("GET", f"{_P}/report", "api.report", "reports.read", there=False),
    Call("POST", f"{_P}/report", "api.start-report", "analyses.start"),
    Call("GET", f"{_P}/report/figures/x.csv", "api.figures", "reports.read", there=False),
    Call("GET", f"{_P}/decision", "api.decision", "decisions.read", there=False),
    Call("GET", f"{_P}/decision-draft", "api.read-draft", "decisions.write", there=False),
    Call("PUT", f"{_P}/decision-draft", "api.write-draft", "decisions.write"),
    Call("POST", f"{_P}/review", "api.review", "decisions.write"),
    Call("GET", "/v1/decisions", "api.decisions", "decisions.read"),
    Call("GET", "/v1/datasets", "api.datasets", _DATA),
    Call("POST", "/v1/datasets", "api.add-dataset", "contracts.change"),
    Call("GET", _D, "api.dataset", _DATA, there=False),
    Call("GET", f"{_D}/contract", "api.dataset", _DATA, there=False),
    Call("PUT", f"{_D}/contract", "api.replace-contract", "contracts.change", there=False),
    Call("GET", f"{_D}/versions", "api.dataset", _DATA, there=False),
    Call("GET", f"{_D}/versions/1", "api.dataset", _DATA, there=False),
    Call("GET", f"{_D}/notes", "api.notes-about", _NOTES, there=False),
    Call("POST", f"{_D}/notes", "api.write-note", "notes.write", there=False),
    Call("GET", "/v1/managers", "api.managers", _DATA),
    Call("GET", "/v1/notes", "api.notes", _NOTES),
    Call("POST", "/v1/notes/1/answers", "api.write-note", "notes.write", there=False),
    Call("GET", "/v1/terms", "api.terms", _DATA),
    Call("POST", "/v1/terms", "api.write-term", "terms.change"),
    Call("GET", "/v1/terms/1", "api.term", _DATA, there=False),
    Call("PUT", "/v1/terms/1", "api.change-term", "terms.change", there=False),
    Call("GET", "/v1/terms/1/notes", "api.notes-about", _NOTES, there=False),
    Call("POST", "/v1/terms/1/notes", "api.write-note", "notes.write", there=False),
    Call("GET", "/v1/differences", "api.differences", _DATA),
    Call("GET", "/v1/differences/hier", "api.difference", _DATA, there=False),
    Call("POST", "/v1/differences/hier/proposals", "api.propose", "differences.propose",
         there=False),
    Call("GET", "/v1/tasks", "api.tasks", "tasks.read"),
    Call("GET", "/v1/grants", "api.rights", _RIGHTS),
    Call("GET", "/v1/gaps", "api.rights", _RIGHTS),
    Call("GET", "/v1/rights-reviews", "api.rights-reviews", _RIGHTS),
    Call("GET", "/v1/people/0", "api.person", _RIGHTS, there=False),
    Call("GET", "/v1/authorities-draft", "api.authorities", _RIGHTS),
    Call("GET", "/v1/audit-verification", "api.audit", "audit.verify"),
    Call("POST", "/v1/audit-verification", "api.verify-audit", "audit.verify"),
)  # fmt: skip
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

    def post(self, path: str, body: Any) -> Any:
        """What it gets for what it sends as JSON."""
        return self.send("POST", path, json.dumps(body), "application/json")

    def put(self, path: str, body: Any) -> Any:
        """The same, in the place of what is there."""
        return self.send("PUT", path, json.dumps(body), "application/json")


def work() -> None:
    """What a worker does, without its heartbeat: a test has one connection."""
    for run in Run.objects.filter(status="waiting"):
        perform(run.pk, beating=lambda _run: nullcontext())


def named(answer: Any) -> set[str]:
    """The fields that a refusal names."""
    return {one["location"]["name"] for one in answer.json()["errors"]}
