"""Every address of the portal against the tables of rights: each role, each status, each method.

What is expected is worked out here out of the tables and the roles, without the portal's own code
that decides.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from grondslag_portal.api.permissions import CLIENT_ROLES, Scope
from grondslag_portal.api.services import Ask, give_token
from grondslag_portal.catalogue.models import Dataset, Difference, Note, Proposal, Term
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.organisations.models import GIVEN, Department, Person, RoleGrant
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.shared.access import Role, actions
from grondslag_portal.shared.models import ChainRecord
from portal_addresses import ADDRESSES, PROJECT, found_addresses

ALL = {found.name: found for found in found_addresses()}
FOUND = {name: found for name, found in ALL.items() if name in ADDRESSES}
OF_DATASETS = {Role.OWNER, Role.STEWARD}
NOTHING_TO_DO_WITH_A_PROJECT = {Role.ADVISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.DATA_OFFICE}
API = "api"
PAGES = [name for name in FOUND if not name.startswith(f"{API}:")]
SPACES = sorted({name.split(":")[0] for name in PAGES})


def test_every_address_is_listed_here_and_each_listed_one_exists():
    assert ALL.keys() - ADDRESSES.keys() == set()
    assert ADDRESSES.keys() - ALL.keys() == set()


def test_every_view_names_an_action_that_stands_in_a_table():
    assert [n for n in ALL if getattr(ALL[n].view, "action", None) not in actions()] == []


def test_every_action_of_a_table_has_an_address_or_is_asked_inside_one():
    views = [found.view for found in ALL.values()]
    guarded = {
        action
        for view in views
        for action in (view.action, *getattr(view, "actions_by_method", {}).values())
    }
    assert actions().keys() - guarded == {"decisions.sign"}


@pytest.fixture
def town(portal):
    """A draft, and for each role somebody who has it where the project is, and elsewhere."""
    project = portal.add_project()
    elsewhere = Department.objects.create(key="elders", name="Elders")
    name = project.datasets.get(dataset="meldingen").department
    here, _ = Department.objects.get_or_create(name=name, defaults={"key": "van-de-gegevens"})
    for role in GIVEN:
        own = here if role in OF_DATASETS else project.department
        for place, department in (("here", own), ("elsewhere", elsewhere)):
            person = Person.objects.create_user(f"{role}-{place}", f"{role} {place}")
            RoleGrant.objects.create(
                person=person, role=role, department=department,
                start=portal.clock.now().date() - timedelta(days=1),
            )  # fmt: skip
    fill_catalogue(project, here)
    return project


def fill_catalogue(project, department):
    """One of everything that an address of the catalogue can name; each with number 1."""
    texts = {
        path.split("/")[1]: bytes(content)
        for path, content in project.documents.filter(path__startswith="contracts/").values_list(
            "path", "content"
        )
    }
    name = next(name for name in texts if name.startswith("meldingen"))
    first = keep_contract(texts.pop(name), department=department, by="x", beside=texts)
    second = Dataset.objects.create(
        key="andere", title="Andere", department=department, personal=False
    )
    Term.objects.create(pk=1, name="Ongeval", word="ongeval", definition="Een botsing.", by="x")
    Note.objects.create(
        pk=1, dataset=first, kind="question", text="Wat?", by=Person.objects.get(subject="adviseur")
    )
    both = {"first": first, "second": second, "term": "ongeval"}
    Difference.objects.create(place="hier", aspect="definition", severity="large", **both)
    Proposal.objects.create(pk=1, place="hier", text="Zo.", by="x", **both)


def address_of(name):
    found, listed = FOUND[name], ADDRESSES[name]
    parts = {"key": PROJECT, **listed.parts}
    path = reverse(name, kwargs={part: parts[part] for part in found.parts})
    return path + listed.query


def is_about_a_project(name):
    return "key" in FOUND[name].parts and not name.startswith(("public:", "organisations:"))


def set_phase(phase, *, restricted=False):
    Project.objects.filter(key=PROJECT).update(phase=phase, restricted=restricted)


def as_person(subject):
    client = Client(raise_request_exception=True)
    client.force_login(Person.objects.get(subject=subject))
    return client


def may(name, roles, phase):
    row = actions()[FOUND[name].view.action]
    if not row.roles & roles:
        return False
    return row.statuses is None or not is_about_a_project(name) or phase in row.statuses


def people():
    """Every role with the roles that whoever has it has; and who began the project."""
    yield "adviseur", frozenset({Role.ADVISER, Role.APPLICANT, Role.EVERYBODY})
    for role in GIVEN:
        yield f"{role}-here", frozenset({role, Role.EVERYBODY})


def names_in(space):
    return [name for name in PAGES if name.split(":")[0] == space]


def told(client, name):
    """What an address answers; one that only takes what is sent, gets something sent."""
    takes = "post" if ADDRESSES[name].answers == {405} else "get"
    return getattr(client, takes)(address_of(name)).status_code


def one_per_action(names):
    """One address about a project for each action."""
    about = [name for name in names if is_about_a_project(name)]
    return list({FOUND[name].view.action: name for name in about}.values())


def faults_in(names, phases):
    """Whatever an address answers otherwise than the tables say."""
    for subject, roles in people():
        client = as_person(subject)
        for name in names:
            about = roles if is_about_a_project(name) else roles - {Role.APPLICANT}
            listed = ADDRESSES[name]
            for phase in phases if is_about_a_project(name) else (listed.phase,):
                set_phase(phase)
                if not may(name, about, phase):
                    if (answer := told(client, name)) not in listed.refusals:
                        yield name, subject, str(phase), answer
                elif phase is listed.phase:
                    answer = client.get(address_of(name)).status_code
                    if answer not in listed.answers:
                        yield name, subject, str(phase), answer


@pytest.mark.parametrize("space", SPACES)
def test_each_role_gets_what_the_table_says_in_a_draft_and_after_a_decision(town, space):
    assert list(faults_in(names_in(space), (Phase.DRAFT,))) == []
    assert list(faults_in(one_per_action(names_in(space)), (Phase.DECIDED,))) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("space", SPACES)
def test_each_role_in_each_status_gets_what_the_table_says(town, space):
    assert list(faults_in(names_in(space), tuple(Phase))) == []


def test_a_stranger_gets_the_sign_in_page_unless_the_table_says_nobody(town):
    wrong = []
    for name in PAGES:
        answer = told(Client(), name)
        if Role.NOBODY in actions()[FOUND[name].view.action].roles:
            ok = answer in ADDRESSES[name].answers | {302, 400}
        else:
            ok = answer == 302
        if not ok:
            wrong.append((name, answer))
    assert wrong == []


def test_no_address_answers_a_method_that_it_has_not(town):
    wrong = []
    client = as_person("adviseur")
    for name in PAGES:
        set_phase(ADDRESSES[name].phase)
        answers = {getattr(client, way)(address_of(name)).status_code for way in ("put", "delete")}
        if answers - {405, 403}:
            wrong.append((name, answers))
    assert wrong == []


ABOUT_PROJECTS = [name for name in PAGES if is_about_a_project(name)]


@pytest.mark.parametrize("role", GIVEN)
def test_a_restricted_project_of_elsewhere_does_not_exist_at_a_guessed_address(town, role):
    client = as_person(f"{role}-elsewhere")
    Project.objects.update(restricted=True)
    wrong = []
    for name in ABOUT_PROJECTS:
        answer = told(client, name)
        if answer != 404:
            wrong.append((name, answer))
    assert wrong == []


def test_an_unknown_project_does_not_exist_at_any_address(town):
    client = as_person("adviser-elsewhere")
    Project.objects.update(key="is-er-niet-meer")
    assert {name: told(client, name) for name in ABOUT_PROJECTS} == dict.fromkeys(
        ABOUT_PROJECTS, 404
    )


def test_a_restricted_project_is_there_for_whoever_has_to_do_with_it_and_for_nobody_else(town):
    set_phase(Phase.DRAFT, restricted=True)
    path = reverse("projects:project", args=[PROJECT])
    seen = {role for role in GIVEN if as_person(f"{role}-here").get(path).status_code == 200}
    assert seen == set(GIVEN) - NOTHING_TO_DO_WITH_A_PROJECT


@pytest.mark.parametrize("where", ["projects:list", "home:search", "home:overview",
                                   "home:my-work", "decisions:list"])  # fmt: skip
def test_no_list_count_or_search_shows_a_restricted_project_of_elsewhere(town, where):
    set_phase(Phase.DECIDED, restricted=False)
    path = address_of(where)
    client = as_person("steward-elsewhere")
    open_page = client.get(path).content.decode()
    set_phase(Phase.DECIDED, restricted=True)
    closed = client.get(path).content.decode()
    assert PROJECT not in closed
    Project.objects.all().delete()
    assert without_token(closed) == without_token(client.get(path).content.decode())
    assert where == "home:my-work" or without_token(open_page) != without_token(closed)


def without_token(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_post_without_the_token_of_a_form_is_refused_everywhere(town):
    before = ChainRecord.objects.count()
    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(subject="adviseur"))
    wrong = []
    for name in PAGES:
        set_phase(ADDRESSES[name].phase)
        if client.post(address_of(name)).status_code != 403:
            wrong.append(name)
    assert wrong == []
    assert ChainRecord.objects.count() == before


CALLS = [name for name in FOUND if name.startswith(f"{API}:")]


def token_for(portal, role, department):
    """A token for every scope, in one role."""
    ask = Ask(f"c-{role.value.replace('_', '-')}", f"Client {role}", department,
              portal.people["beheer"], [role], list(Scope), 30)  # fmt: skip
    return give_token(ask, by=portal.people["beheer"])


def call(name, token, method="get"):
    client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})
    return getattr(client, method)(address_of(name)).status_code


def is_call_allowed(name, role, phase):
    return may(name, frozenset({role, Role.EVERYBODY}), phase)


@pytest.mark.parametrize("role", sorted(CLIENT_ROLES))
def test_a_program_in_each_role_and_status_gets_what_the_table_says(town, portal, role):
    token = token_for(portal, role, town.department)
    wrong = []
    for name in CALLS:
        listed = ADDRESSES[name]
        takes = "post" if listed.answers == {405} else "get"
        for phase in tuple(Phase) if is_about_a_project(name) else (Phase.DRAFT,):
            set_phase(phase)
            answer = call(name, token, takes)
            if not is_call_allowed(name, role, phase):
                if answer not in listed.refusals:
                    wrong.append((name, str(phase), answer))
            elif phase is listed.phase and takes == "get" and answer not in listed.answers:
                wrong.append((name, str(phase), answer))
    assert wrong == []


@pytest.mark.parametrize("role", sorted(CLIENT_ROLES))
def test_a_restricted_project_of_elsewhere_does_not_exist_for_a_program(town, portal, role):
    token = token_for(portal, role, Department.objects.get(key="elders"))
    Project.objects.update(restricted=True)
    about = [name for name in CALLS if is_about_a_project(name)]
    takes = {name: "post" if ADDRESSES[name].answers == {405} else "get" for name in about}
    assert {name: call(name, token, takes[name]) for name in about} == dict.fromkeys(about, 404)
    client = Client(headers={"Authorization": f"Bearer {token}"})
    for listing in ("api:projects", "api:decisions", "api:tasks"):
        assert PROJECT not in client.get(address_of(listing)).content.decode()


def test_without_a_token_the_api_tells_only_what_everybody_may_read(town):
    open_to_all = {name for name in CALLS
                   if Role.NOBODY in actions()[FOUND[name].view.action].roles}  # fmt: skip
    assert {name for name in CALLS if call(name, "") != 401} == open_to_all
    assert {call(name, "gpt_guessed") for name in CALLS} == {401}


def test_a_session_of_a_person_opens_nothing_of_the_api(town):
    client = as_person("administrator-here")
    closed = [name for name in CALLS if Role.NOBODY not in actions()[FOUND[name].view.action].roles]
    assert {client.get(address_of(name)).status_code for name in closed} == {401}
