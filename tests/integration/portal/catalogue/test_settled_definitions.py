"""What stewards agreed on is written in a contract by its owner, with one click."""

import pytest
from django.urls import reverse

from grondslag_portal.catalogue.models import Difference, Proposal
from grondslag_portal.catalogue.selectors import contract_in, current_version
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.catalogue.settling import take_over, waiting_for
from grondslag_portal.catalogue.terms import accept, propose
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.shared.access import Role
from made_catalogue import contract_text
from made_contracts import column

AGREED = "De lengte van de weg over het midden, van begin tot eind."
SAYS = {"mobiliteit": "Hoe lang de rijbaan is tussen twee kruispunten.", "burgerzaken": AGREED}


@pytest.fixture
def difference(portal):
    """Two departments that define a word differently; only the first must change."""
    for (key, says), name in zip(SAYS.items(), ("straten", "wegen"), strict=True):
        department = Department.objects.get(key=key)
        length = column("lengte", "number", businessName="Lengte", description=says)
        text = "# by hand\n" + contract_text(name, department=department.name, columns=[length])
        keep_contract(text.encode(), department=department, by="x")
        person = Person.objects.create_user(f"eigenaar-{key}", f"eigenaar {key}")
        RoleGrant.objects.create(
            person=person, role=Role.OWNER, department=department, start=portal.clock.now().date()
        )
        portal.people[person.subject] = person
    return Difference.objects.get(aspect="definition")


@pytest.fixture
def settled(portal, difference):
    """Both sides agreed on one definition."""
    made = propose(difference, "We meten over het midden.", by=portal.people["beheer"],
                   definition=AGREED)  # fmt: skip
    everywhere = Department.objects.values_list("pk", flat=True)
    return accept(made, by=portal.people["eigenaar"], departments=everywhere)


def shown(client, portal, who, name="straten"):
    portal.sign_in(client, who)
    return client.get(reverse("catalogue:dataset", args=[name]))


def press(client, proposal, name="straten"):
    return client.post(reverse("catalogue:take-over", args=[name, proposal.pk]))


def test_the_owner_takes_it_over_and_every_other_sign_stays(client, portal, settled):
    before = bytes(current_version(settled.first).content).decode()
    page = shown(client, portal, "eigenaar-mobiliteit")
    assert [(one.now, one.proposal) for one in page.context["agreed"]] == [
        (SAYS["mobiliteit"], settled)
    ]

    assert press(client, settled).status_code == 302

    version = current_version(settled.first)
    after = bytes(version.content).decode()
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True)
               if pair[0] != pair[1]]  # fmt: skip
    assert [new.strip() for _, new in changed] == ['version: "1.0.1"', f'description: "{AGREED}"']
    assert (version.number, version.by) == (2, "eigenaar mobiliteit")
    assert not Difference.objects.filter(aspect="definition").exists()
    settled.refresh_from_db()
    assert (settled.first_version, settled.second_version) == (2, 1)
    assert ("catalogue.settling-taken-over", "straten") in portal.audited()
    portal.verified_chain()
    assert shown(client, portal, "eigenaar-mobiliteit").context["agreed"] == []


def test_nobody_writes_in_the_contract_of_another(client, portal, settled):
    for who in ("adviseur", "beheer", "eigenaar-burgerzaken"):
        page = shown(client, portal, who)
        assert page.context["agreed"]
        assert not page.context["takes_over"]
        assert press(client, settled).status_code == 403
    assert current_version(settled.first).number == 1


def test_what_only_one_side_accepted_cannot_be_taken_over(client, portal, difference):
    made = propose(difference, "Zo.", by=portal.people["beheer"], definition=AGREED)
    accept(made, by=portal.people["eigenaar"], departments=[difference.first.department_id])

    assert shown(client, portal, "eigenaar-mobiliteit").context["agreed"] == []
    assert press(client, made).status_code == 400
    assert current_version(difference.first).number == 1


def test_a_second_press_and_an_older_agreement_change_nothing(client, portal, difference, settled):
    newer = propose(difference, "Toch anders.", by=portal.people["beheer"], definition="Anders.")
    everywhere = Department.objects.values_list("pk", flat=True)
    accept(newer, by=portal.people["eigenaar"], departments=everywhere)
    portal.sign_in(client, "eigenaar-mobiliteit")

    assert press(client, settled).status_code == 400
    assert press(client, newer).status_code == 302
    assert press(client, newer).status_code == 400
    assert contract_in(current_version(settled.first)).columns[0].definition == "Anders."


def test_it_waits_in_the_messages_of_the_owner_until_it_stands_there(client, portal, settled):
    owner = portal.people["eigenaar-mobiliteit"]
    assert list(waiting_for(owner)) == [settled]
    assert list(waiting_for(portal.people["eigenaar-burgerzaken"])) == []
    portal.sign_in(client, "eigenaar-mobiliteit")
    assert list(client.get(reverse("catalogue:inbox")).context["agreed"]) == [settled]

    by_hand = contract_in(current_version(settled.first)).document.text
    keep_contract(by_hand.replace(SAYS["mobiliteit"], AGREED).encode(),
                  department=settled.first.department, by="x")  # fmt: skip

    assert list(waiting_for(owner)) == []


def test_a_unit_is_agreed_in_words_only(portal, difference):
    unit = Difference(place="eenheid", aspect="unit", term="lengte", first=difference.first,
                      second=difference.second)  # fmt: skip

    made = propose(unit, "Altijd in meters.", by=portal.people["beheer"], definition="m")

    assert made.definition == ""


def test_an_agreed_definition_that_is_markup_stays_text(client, portal, difference):
    evil = '<script>alert(1)</script> "is": {de} lengte # van\u00e9\n- een weg'
    made = propose(difference, "Zo.", by=portal.people["beheer"], definition=evil)
    everywhere = Department.objects.values_list("pk", flat=True)
    accept(made, by=portal.people["eigenaar"], departments=everywhere)

    take_over(made, difference.first, by=portal.people["eigenaar-mobiliteit"])

    assert contract_in(current_version(difference.first)).columns[0].definition == evil
    page = shown(client, portal, "raadslid").content.decode()
    assert "<script>alert(1)" not in page
    assert Proposal.objects.get().first_version == 2
