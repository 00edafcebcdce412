"""What exists for somebody in a list exists by its address too, and the other way round."""

from itertools import product

import pytest

from grondslag_portal.organisations.models import GIVEN, Department, Person, RoleGrant
from grondslag_portal.projects.models import Project, ProjectDataset
from grondslag_portal.projects.selectors import roles_towards, visible_projects
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role


@pytest.fixture
def town(portal):
    """Two departments, each with an open and a restricted project that asks for data of both."""
    departments = [
        Department.objects.get_or_create(key=key, defaults={"name": key})[0]
        for key in ("noord", "zuid")
    ]
    for department, restricted in product(departments, (False, True)):
        project = Project.objects.create(
            key=f"{department.key}-{restricted}".lower(),
            title="Een vraag",
            applicant=portal.people["adviseur"],
            department=department,
            restricted=restricted,
        )
        ProjectDataset.objects.create(
            project=project, dataset="bestand", department=department.name
        )
    return departments


@pytest.mark.parametrize("role", GIVEN)
@pytest.mark.parametrize("whole", [True, False])
def test_a_list_and_an_address_say_the_same(town, role, whole):
    somebody = Person.objects.create_user(f"iemand-{role}", f"iemand {role}", department=town[0])
    RoleGrant.objects.create(
        person=somebody, role=role, start=engine.today(), department=None if whole else town[0]
    )

    listed = set(visible_projects(somebody).values_list("key", flat=True))

    assert listed == {one.key for one in Project.objects.all() if roles_towards(somebody, one)}
    assert {"noord-false", "zuid-false"} <= listed
    if not whole or role in {Role.ADVISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.DATA_OFFICE}:
        assert "zuid-true" not in listed
