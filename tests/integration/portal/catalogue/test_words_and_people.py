"""Definitions, differences that both sides settle, exchange, and who manages what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from grondslag_portal.catalogue.differences import compare_dataset
from grondslag_portal.catalogue.models import Difference, Note, Proposal, Term
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.catalogue.terms import write_term
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.shared.access import Role
from made_catalogue import contract_text
from made_contracts import column


@pytest.fixture
def both(portal, mobility):
    """Two departments that say something else by one word, each with a steward of its own."""
    for key, name, unit in (("mobiliteit", "straten", "km"), ("burgerzaken", "wegen", "m")):
        department = Department.objects.get(key=key)
        length = column("lengte", "number", businessName="Lengte")
        length["customProperties"].append({"property": "definition", "value": {"unit": unit}})
        text = contract_text(name, department=department.name, columns=[length])
        keep_contract(text.encode(), department=department, by="x")
        person = Person.objects.create_user(f"steward-{key}", f"steward {key}")
        RoleGrant.objects.create(
            person=person, role=Role.STEWARD, department=department,
            start=portal.clock.now().date(),
        )  # fmt: skip
        portal.people[person.subject] = person
    return Difference.objects.get(aspect="unit")


def test_both_say_something_else_side_by_side(client, portal, both):
    portal.sign_in(client, "raadslid")

    page = client.get(reverse("catalogue:difference", args=[both.place]))

    assert [both.first_says, both.second_says] == ["km", "m"]
    assert (page.context["first_says"], page.context["second_says"]) == ("km", "m")
    assert not page.context["proposes"]


def test_a_proposal_is_settled_when_both_stewards_accepted(client, portal, both):
    portal.sign_in(client, "beheer")  # the data office
    client.post(reverse("catalogue:propose", args=[both.place]), {"text": "Altijd in kilometers."})
    made = Proposal.objects.get()
    accept = reverse("catalogue:accept", args=[made.pk])

    assert client.post(accept).status_code == 403
    for who, settled in (("steward-mobiliteit", False), ("steward-mobiliteit", False),
                         ("steward-burgerzaken", True)):  # fmt: skip
        portal.sign_in(client, who)
        assert client.post(accept).status_code == 302
        made.refresh_from_db()
        assert made.is_settled == settled
    assert [made.first_by, made.second_by] == ["steward mobiliteit", "steward burgerzaken"]
    page = client.get(reverse("catalogue:dataset", args=["wegen"]))
    assert [one.text for one in page.context["settled"]] == ["Altijd in kilometers."]


def test_a_difference_is_gone_when_the_contract_says_the_same(both, mobility):
    text = bytes(both.first.versions.get(current=True).content).replace(b"unit: km", b"unit: m")

    keep_contract(text, department=mobility, by="x")

    assert not Difference.objects.filter(aspect="unit").exists()


def test_with_many_datasets_the_worker_finds_the_differences(portal, both, mobility, monkeypatch):
    monkeypatch.setattr("grondslag_portal.catalogue.differences._AT_ONCE", 0)
    text = bytes(both.first.versions.get(current=True).content).replace(b"unit: km", b"unit: m")

    keep_contract(text, department=mobility, by="x")

    assert Difference.objects.filter(aspect="unit").exists()  # as it was, until the worker comes
    (waiting,) = DBTaskResult.objects.all()
    compare_dataset.func(*waiting.args_kwargs["args"])
    assert not Difference.objects.filter(aspect="unit").exists()


def test_only_the_data_office_writes_what_a_word_means(client, portal, both):
    new = reverse("catalogue:new-term")
    typed = {"name": "Lengte", "definition": "Van begin tot eind, over het midden van de weg."}

    portal.sign_in(client, "eigenaar")
    assert client.post(new, typed).status_code == 403
    portal.sign_in(client, "beheer")
    page = client.post(new, typed, follow=True)

    assert [one.dataset.key for one in page.context["page"]] == ["straten", "wegen"]
    again = client.post(new, typed | {"name": "LENGTE"})
    assert again.status_code == 400
    assert again.context["form"]["definition"].value() == typed["definition"]
    assert Term.objects.count() == 1


def test_a_question_is_new_to_who_keeps_the_dataset_until_they_read_it(client, portal, both):
    about = reverse("catalogue:about-dataset", args=["wegen"])
    portal.sign_in(client, "adviseur")
    assert client.post(about, {"kind": "question", "text": "Telt een fietspad mee?"}).url == about

    portal.sign_in(client, "steward-burgerzaken")
    assert client.get(reverse("catalogue:list")).context["new"] == 1
    client.post(reverse("catalogue:inbox"))
    assert client.get(reverse("catalogue:list")).context["new"] == 0
    note = Note.objects.get()
    client.post(reverse("catalogue:answer", args=[note.pk]), {"text": "Nee."})

    portal.sign_in(client, "steward-mobiliteit")  # keeps another dataset
    assert client.get(reverse("catalogue:list")).context["new"] == 0
    assert [one.text for one in note.answered_by.all()] == ["Nee."]
    assert "Nee." in client.get(about).content.decode()


def test_an_agreement_is_written_by_who_keeps_the_dataset(client, portal, both):
    about = reverse("catalogue:about-dataset", args=["wegen"])
    typed = {"kind": "agreement", "text": "We tellen <b>elk</b> fietspad."}

    portal.sign_in(client, "adviseur")
    refused = client.post(about, typed)
    assert refused.status_code == 400
    assert refused.context["form"]["text"].value() == typed["text"]
    portal.sign_in(client, "steward-burgerzaken")
    assert client.post(about, typed).status_code == 302
    assert "<b>elk</b>" not in client.get(about).content.decode()


def test_where_nobody_manages_a_dataset_is_said(client, portal, both):
    RoleGrant.objects.exclude(person__subject="steward-burgerzaken").filter(
        role__in=[Role.OWNER, Role.STEWARD]
    ).delete()
    portal.sign_in(client, "raadslid")

    rows = client.get(reverse("catalogue:managers")).context["managed"]

    assert {row.department.key: row.gaps for row in rows} == {
        "burgerzaken": ("catalogue.gap-owner", "catalogue.gap-deputy"),
        "mobiliteit": ("catalogue.gap-owner", "catalogue.gap-steward"),
    }


def test_a_deputy_of_the_steward_fills_the_gap(client, portal, both):
    steward = portal.people["steward-burgerzaken"]
    RoleGrant.objects.create(
        person=portal.people["adviseur"], role=Role.STEWARD, deputy_of=steward,
        department=Department.objects.get(key="burgerzaken"),
        start=portal.clock.now().date() - timedelta(days=1),
    )  # fmt: skip
    portal.sign_in(client, "raadslid")

    rows = client.get(reverse("catalogue:managers")).context["managed"]

    here = next(row for row in rows if row.department.key == "burgerzaken")
    assert (here.gaps, here.deputies) == ((), ("beleidsadviseur Mobiliteit",))


@pytest.mark.parametrize(("typed", "found"), [("straten", 1), ("LENGTE", 2), ("lengte burger", 1),
                                              ("zomaar", 0), ("%", 0), ("\x00", 2)])  # fmt: skip
def test_a_search_finds_every_word_in_title_department_and_columns(
    client, portal, both, typed, found
):
    portal.sign_in(client, "raadslid")

    page = client.get(reverse("catalogue:list"), {"q": typed})

    assert page.context["page"].paginator.count == found


@pytest.mark.parametrize("name", ["list", "managers", "inbox", "terms", "differences", "dataset"])
def test_no_page_asks_the_database_more_than_fifteen_things(
    client, portal, both, name, django_assert_max_num_queries
):
    write_term("lengte", "Van begin tot eind.", by=portal.people["beheer"])
    portal.sign_in(client, "eigenaar")
    address = reverse(f"catalogue:{name}", args=["wegen"] if name == "dataset" else [])
    with django_assert_max_num_queries(15):
        assert client.get(address).status_code == 200
