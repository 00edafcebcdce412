"""Roles with a term, deputies, handing over, leaving, the yearly look, the list of who may sign."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile

from grondslag.approval import sign_authorities
from grondslag.canonical import read_document
from grondslag.errors import ApprovalError, GrondslagError
from grondslag_portal.organisations import rights, terms
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.organisations.services import Gift, end_role, give_role
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.models import ChainRecord

DAY = timedelta(days=1)


def again(person):
    """The same person, read anew as at the next request."""
    return Person.objects.get(pk=person.pk)


def last_action():
    return ChainRecord.objects.order_by("number").last().action


@pytest.fixture
def one(portal):
    return Person.objects.create_user("een", "Eerste collega")


@pytest.fixture
def other(portal):
    return Person.objects.create_user("twee", "Tweede collega")


def test_a_role_counts_from_its_first_day_up_to_and_including_its_last(portal, one):
    day = engine.today()
    give_role(Gift(one, Role.OWNER, start=day + DAY, end=day + 2 * DAY), by="beheer")
    seen = []
    for _ in range(4):
        seen.append(Role.OWNER in again(one).roles_today())
        portal.clock.moment += DAY
    assert seen == [False, True, True, False]


def test_nobody_gives_themselves_a_role_under_any_spelling_of_their_name(one):
    with pytest.raises(ApprovalError, match="not-yourself"):
        give_role(Gift(one, Role.DECIDER), by="eerste  COLLEGA")
    assert not again(one).roles_today()


def test_a_deputy_acts_only_while_the_other_is_away_and_has_the_role(one, other):
    day = engine.today()
    grant = give_role(Gift(one, Role.DECIDER), by="beheer")
    give_role(Gift(other, Role.DECIDER, deputy_of=one), by="beheer")
    assert not again(other).roles_today()
    absence = terms.note_absence(one, day, day + DAY, by=one.name)
    assert again(other).roles_today() == {Role.DECIDER}
    terms.end_absence(absence, by=one.name)
    assert not again(other).roles_today()
    terms.note_absence(one, day, day, by=one.name)
    end_role(grant, by="beheer")
    assert not again(other).roles_today()


def test_every_change_has_its_record_and_without_a_record_nothing_changes(one):
    give_role(Gift(one, Role.OWNER), by="beheer")
    assert last_action() == "organisations.role-given"
    end_role(RoleGrant.objects.get(person=one), by="beheer")
    assert last_action() == "organisations.role-ended"
    with pytest.raises(GrondslagError):
        give_role(Gift(one, Role.OWNER), by="")
    assert not RoleGrant.objects.filter(person=one).exists()


def test_everything_goes_to_another_at_once_and_only_then_an_account_closes(portal, one, other):
    give_role(Gift(one, Role.OWNER, Department.objects.get(key="mobiliteit")), by="beheer")
    give_role(Gift(one, Role.RELEASER), by="beheer")
    with pytest.raises(ApprovalError, match="hand-over-first"):
        terms.close_account(one, by="beheer")
    assert again(one).is_active
    terms.hand_over(one, other, by=portal.people["beheer"])
    assert again(other).roles_today() == {Role.OWNER, Role.RELEASER}
    assert not again(one).roles_today()
    terms.close_account(one, by="beheer")
    assert not again(one).is_active


def test_a_role_without_a_person_and_one_without_a_deputy_are_gaps(portal, one, other):
    RoleGrant.objects.all().delete()
    mobility = Department.objects.get(key="mobiliteit")
    Department.objects.exclude(pk=mobility.pk).delete()

    def told():
        return {(gap.role, gap.department, gap.is_deputy) for gap in rights.gaps()}

    assert (Role.OWNER, mobility, False) in told()
    assert (Role.DECIDER, None, False) in told()
    give_role(Gift(one, Role.OWNER, mobility), by="beheer")
    assert (Role.OWNER, mobility, True) in told()
    give_role(Gift(other, Role.OWNER, mobility, deputy_of=one), by="beheer")
    assert not [gap for gap in told() if gap[0] is Role.OWNER]


def test_an_administrator_gives_a_role_after_showing_anew_who_they_are(portal, client, one):
    portal.sign_in(client, "beheer")
    filled = {"person": one.pk, "role": "steward", "department": "", "start": "", "end": "",
              "deputy_of": ""}  # fmt: skip
    answer = client.post("/wie-mag-wat/geven/", filled)
    assert answer.url == "/opnieuw-inloggen/"
    assert not again(one).roles_today()
    session = client.session
    asked = session["step_up_asked"]
    session["step_up_shown"] = {asked["sha256"]: engine.clock().now().isoformat()}
    session.save()
    page = client.get(asked["following"])
    assert f'value="{one.pk}" selected' in page.content.decode()
    client.post("/wie-mag-wat/geven/", filled | {"role": "decider"})  # another change: no proof
    assert not again(one).roles_today()
    session["step_up_shown"] = {asked["sha256"]: engine.clock().now().isoformat()}
    session.save()
    assert client.post("/wie-mag-wat/geven/", filled).url == "/wie-mag-wat/"
    assert again(one).roles_today() == {Role.STEWARD}


def test_the_draft_of_who_may_sign_names_the_portal_as_witness_and_no_signature(
    portal, client, one
):
    give_role(Gift(one, Role.PRIVACY_OFFICER, end=engine.today() + DAY), by="beheer")
    portal.sign_in(client, "beheer")
    text = client.get("/wie-mag-tekenen/voorstel/").content.decode()
    draft = read_document(text, file="authorities.yaml").content
    assert "signature" not in draft
    entry = next(item for item in draft["entries"] if item["subject"] == one.name)
    assert entry == {
        "subject": one.name, "public_key": engine.witness_public_key(), "witness": True,
        "roles": ["privacy_officer"], "departments": ["*"], "mandate": "",
        "from": engine.today().isoformat(), "until": (engine.today() + DAY).isoformat(),
    }  # fmt: skip
    decider = next(item for item in draft["entries"] if item["roles"] == ["decider"])
    assert decider["mandate"]  # of the list in force
    assert any("revoker" in item["roles"] for item in draft["entries"])  # with a key of their own


def test_a_list_that_another_key_signed_is_refused(portal, client, tmp_path):
    portal.sign_in(client, "beheer")
    before = engine.installation().authorities_file.read_bytes()
    path = tmp_path / "authorities.yaml"
    path.write_bytes(client.get("/wie-mag-tekenen/voorstel/").content)
    sign_authorities(path, Ed25519PrivateKey.generate())
    for content in (path.read_bytes(), b"geen lijst", b"x" * 100):
        sent = SimpleUploadedFile("authorities.yaml", content)
        assert client.post("/wie-mag-tekenen/", {"signed": sent}).status_code == 400
    assert engine.installation().authorities_file.read_bytes() == before
