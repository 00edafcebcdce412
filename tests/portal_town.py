"""A portal with the seven people of the example and a tiny lawful project, for tests.

def test_the_owner_signs(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "eigenaar")
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as portal_settings
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from grondslag.approval import FAST, Seat, bundle_for, required_seats, sign_bundle
from grondslag.audit import ChainReport, verify_chain
from grondslag.delivery import read_project
from grondslag.vocabulary import SigningRole
from grondslag_portal.example.people import MANDATE, make_home, make_people
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.services import add_project, at_work
from grondslag_portal.shared import engine
from small_project import (
    AGGREGATE,
    OBJECTIONS,
    OPEN,
    WIJKEN,
    lawful_plan,
    write_csv,
    write_reports,
    write_small_project,
)
from small_town import TownClock

SIGNS = {
    SigningRole.OWNER: "eigenaar",
    SigningRole.PRIVACY_OFFICER: "privacy",
    SigningRole.DECIDER: "beslisser",
}
ADVISER = "beleidsadviseur Mobiliteit"
_BACKEND = portal_settings.AUTHENTICATION_BACKENDS[-1]


@dataclass
class PortalTown:
    """A portal for one test.

    Args:
        folder: Where it keeps its things.
        people: The seven people and the administrator, by account.
        clock: The one clock of everything.
    """

    folder: Path
    people: Mapping[str, Person]
    clock: TownClock = field(default_factory=TownClock)

    def sign_in(self, client: Client, account: str) -> Person:
        """Let somebody sign in, without the page."""
        client.force_login(self.people[account], backend=_BACKEND)
        return self.people[account]

    def add_project(self, **plan: Any) -> Project:
        """The tiny lawful project, in the name of the adviser; nobody signed it yet."""
        folder = self.folder / "written" / str(plan.get("id", "veilige-straat"))
        write_small_project(folder, small_plan(**plan))
        documents = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        department = Department.objects.get(key="mobiliteit")
        return add_project(documents, by=self.people["adviseur"], department=department)

    def approve(self, project: Project, *, roles: Collection[SigningRole] = tuple(SIGNS)) -> None:
        """Everybody who must sign signs; or only who do so in these roles."""
        with at_work(project, by=self.people["beslisser"]) as place:
            judgement = read_project(place.folder, clock=place.clock).judgement
            assert judgement.lane != FAST
            bundle = bundle_for(place.folder, place.installation, judgement, clock=place.clock)
            for seat in (seat for seat in required_seats(bundle) if seat.role in roles):
                sign_bundle(
                    place.folder, place.installation, judgement, seat=seat,
                    signer=engine.signer_for(self.people[SIGNS[seat.role]].name),
                    clock=place.clock,
                )  # fmt: skip
        project.refresh_from_db()

    def signed(self, project: Project) -> set[str]:
        """The names of the files of the signatures under a project."""
        paths = project.documents.filter(current=True, path__startswith="approval/signatures/")
        return {path.rsplit("/", 1)[1] for path in paths.values_list("path", flat=True)}

    def verified_chain(self) -> ChainReport:
        """The audit chain in the database, verified."""
        home = engine.installation()
        return verify_chain(home.chain, public_key=home.machine_public_key)

    def audited(self) -> list[tuple[str, str]]:
        """Action and object of every record in the audit chain."""
        return [(item.action, item.object) for item in engine.installation().chain.records()]


def small_plan(**changes: Any) -> dict[str, Any]:
    """The plan of the tiny project, as the people of the example can sign it."""
    content: dict[str, Any] = lawful_plan(AGGREGATE, OPEN, **{"applicant": ADVISER, **changes})
    content["question"]["decision"]["decider"]["mandate"] = MANDATE
    return content


def seat_of(role: SigningRole, dataset: str = "") -> Seat:
    """A place under an approval."""
    return Seat(role, dataset)


def set_up_portal(folder: Path, clock: TownClock, *, password: str = "") -> PortalTown:
    """People, installation and data in a folder to which the settings point already."""
    data = portal_settings.PROJECTS / "data"  # where the contracts look: beside the projects
    write_reports(data)
    write_csv(data / "bezwaren.csv", ("bsn", "doel", "staat"), OBJECTIONS)
    write_csv(data / "wijken.csv", ("code", "inwoners", "naam"), [(*row, "Wijk") for row in WIJKEN])
    people = make_people(password=password)
    make_home()
    return PortalTown(folder, people, clock)


@pytest.fixture
def portal(tmp_path: Path, settings: Any, db: None) -> PortalTown:
    """A portal with its people, its installation and no project yet."""
    _count_from_one()
    clock = TownClock()
    settings.DATA = tmp_path / "portal"
    settings.INSTALLATION = settings.DATA / "installation"
    settings.PROJECTS = settings.DATA / "projects"
    settings.PORTAL_CLOCK = clock
    return set_up_portal(tmp_path, clock)


def _count_from_one() -> None:
    """PostgreSQL counts on after a test whose rows are gone; the first row is 1 in every test."""
    sequences = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for statement in sequences:
            cursor.execute(statement)


def later(portal: PortalTown, amount: timedelta) -> None:
    """Let time pass."""
    portal.clock.moment += amount
