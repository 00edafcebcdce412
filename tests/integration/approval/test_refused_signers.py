"""Nobody signs who may not: keys, roles, departments, bodies, mandates, applicant, adviser."""

import pytest

from grondslag.approval import Seat, Signer, current_authorities
from grondslag.vocabulary import SigningRole
from town import at, entry, make_town, refused

OWNER = Seat(SigningRole.OWNER, "meldingen")
OFFICER = Seat(SigningRole.PRIVACY_OFFICER)
DECIDER = Seat(SigningRole.DECIDER)


@pytest.fixture
def town(tmp_path):
    made = make_town(tmp_path)
    made.sign_all()
    return made


def with_second_role(town, name, key, **line):
    """Authorities that also let this person or key sign as decider."""
    lines = [item for item in town.entries() if "decider" not in item["roles"]]
    lines.append(entry(name, key, roles=["decider"], bodies=["college"], **line))
    town.give_authorities(lines)


def test_one_key_in_two_roles_is_refused(town):
    shared = town.signer("P. Privacy").public_key
    with_second_role(town, "P. Privacy", shared)

    with refused("approval.person-in-two-roles"):
        town.sign(DECIDER, "P. Privacy")
    town.forge(DECIDER, "P. Privacy")
    with refused("approval.person-in-two-roles"):
        town.verified()


def test_one_key_under_two_names_never_comes_into_the_authorities(town):
    shared = town.signer("P. Privacy").public_key

    with refused("approval.key-under-two-names"):
        with_second_role(town, "Q. Tweede-Naam", shared)


def test_one_person_with_two_keys_in_two_roles_is_refused(town):
    second = Signer(town.signer("tweede sleutel").private)
    with_second_role(town, "p.  PRIVACY", second.public_key)

    with refused("approval.person-in-two-roles"):
        town.sign(DECIDER, second)
    town.forge(DECIDER, second, said="p.  PRIVACY")
    with refused("approval.person-in-two-roles"):
        town.verified()


def test_a_person_with_two_keys_in_two_roles_shows_in_the_authorities(town):
    with_second_role(town, "p.  PRIVACY", town.signer("tweede sleutel").public_key)

    (conflict,) = current_authorities(town.installation).conflicts

    assert conflict.subject == "P. Privacy"
    assert conflict.roles == (SigningRole.DECIDER, SigningRole.PRIVACY_OFFICER)
    assert conflict.keys == 2


def test_one_owner_of_two_datasets_is_allowed(town):
    town.change_entry("E. Eigenaar", departments=["Verkeer", "Burgerzaken"])

    town.sign(Seat(SigningRole.OWNER, "inwoners"), "E. Eigenaar")

    assert town.verified().signatures[0].subject == "E. Eigenaar"


def test_a_key_that_is_not_in_the_authorities_is_refused(town):
    with refused("approval.key-not-in-authorities"):
        town.sign(DECIDER, "X. Vreemdeling")
    town.forge(DECIDER, "X. Vreemdeling")
    with refused("approval.key-not-in-authorities"):
        town.verified()


def test_somebody_taken_off_the_authorities_is_refused(town):
    town.give_authorities([line for line in town.entries() if line["subject"] != "D. Beslisser"])

    with refused("approval.key-not-in-authorities"):
        town.verified()


def test_a_mandate_that_has_ended_is_refused(town):
    town.change_entry("D. Beslisser", until="2027-03-04")

    assert town.verified(on=at(2027, 3, 4))
    with refused("approval.mandate-ended"):
        town.verified(on=at(2027, 3, 5))


def test_a_mandate_that_had_ended_on_the_day_of_signing_is_refused(town):
    town.change_entry("D. Beslisser", until="2027-03-01")

    with refused("approval.mandate-ended"):
        town.sign(DECIDER, "D. Beslisser")
    with refused("approval.mandate-ended"):
        town.verified()


def test_a_mandate_that_has_not_begun_is_refused(town):
    town.change_entry("D. Beslisser", **{"from": "2027-03-03"})

    with refused("approval.mandate-not-begun"):
        town.sign(DECIDER, "D. Beslisser")
    with refused("approval.mandate-not-begun"):
        town.verified(on=at(2027, 3, 4))


def test_another_mandate_than_the_plan_names_is_refused(tmp_path):
    town = make_town(tmp_path)

    def name_a_mandate(plan):
        plan["question"]["decision"]["decider"] = {
            "body": "college",
            "mandate": "Mandaatbesluit 2019, artikel 9",
        }

    town.edit("plan.yaml", name_a_mandate)

    with refused("approval.other-mandate"):
        town.sign(DECIDER, "D. Beslisser")


def test_an_owner_of_another_department_is_refused(town):
    with refused("approval.other-department"):
        town.sign(OWNER, "B. Burgerzaken")
    town.forge(OWNER, "B. Burgerzaken")
    with refused("approval.other-department"):
        town.verified()


def test_a_decider_for_another_body_is_refused(town):
    town.change_entry("D. Beslisser", bodies=["raad"])

    with refused("approval.other-body"):
        town.verified()


def test_someone_without_the_role_is_refused(town):
    with refused("approval.role-not-given"):
        town.sign(DECIDER, "V. Vrijgever")


def test_the_applicant_does_not_sign(town):
    town.edit("plan.yaml", lambda plan: plan.update(applicant="d. beslisser"))

    with refused("approval.applicant-signs"):
        town.sign(DECIDER, "D. Beslisser")
    town.forge_all()
    with refused("approval.applicant-signs"):
        town.verified()


def test_the_applicant_does_not_sign_with_a_key_under_another_name(town):
    key = town.signer("D. Beslisser").public_key
    before = entry("A. Aanvrager", key, roles=["releaser"], until="2027-02-01")
    lines = [
        line | {"from": "2027-02-02"} if line["subject"] == "D. Beslisser" else line
        for line in town.entries()
    ]
    town.give_authorities([*lines, before])

    with refused("approval.applicant-signs"):
        town.sign(DECIDER, "D. Beslisser")
    with refused("approval.applicant-signs"):
        town.verified()


def test_a_plan_without_applicant_is_not_signed(town):
    town.edit("plan.yaml", lambda plan: plan.pop("applicant"))

    with refused("approval.applicant-missing"):
        town.sign(DECIDER, "D. Beslisser")


def test_the_data_protection_officer_never_signs(town):
    with refused("approval.officer-advises"):
        town.sign(Seat(SigningRole.DATA_PROTECTION_OFFICER), "F. Toezicht")


def test_the_data_protection_officer_does_not_sign_in_another_role_either(town):
    extra = entry("F. Toezicht", town.signer("F. Toezicht").public_key, roles=["privacy_officer"])
    town.give_authorities([*town.entries(), extra])

    with refused("approval.officer-signs"):
        town.sign(OFFICER, "F. Toezicht")
    town.forge(OFFICER, "F. Toezicht")
    with refused("approval.officer-signs"):
        town.verified()
