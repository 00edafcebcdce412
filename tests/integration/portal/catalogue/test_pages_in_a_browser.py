"""The page of a dataset and that of a difference, with everything on them, in a browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grondslag_portal.catalogue.models import Difference, Measurement
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.catalogue.terms import accept, propose, write_term
from grondslag_portal.organisations.models import Department
from made_catalogue import contract_text
from made_contracts import column
from portal_browser import faults_of, opened, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fault(count):
    return {"kind": "nulls", "column": "lengte", "count": count, "is_about": True, "line": 9,
            "type": "", "pattern": ""}  # fmt: skip


def test_nothing_is_wrong_with_the_pages_of_a_dataset_and_a_difference(
    portal, live_server, browser
):
    for name, says in (("straten", "Hoe lang de rijbaan is."), ("wegen", "Van kop tot staart.")):
        length = column("lengte", "number", businessName="Lengte", description=says)
        dataset = keep_contract(
            contract_text(name, columns=[length]).encode(),
            department=Department.objects.get(key="mobiliteit"), by="eigenaar",
        )  # fmt: skip
    for week in range(8):
        Measurement.objects.create(
            dataset=dataset, version=1, at=portal.clock.now() - timedelta(days=7 * week),
            rows=1_200 + week, faults=[fault(10 * week)], refused="x" if week == 3 else "",
        )  # fmt: skip
    write_term("lengte", "Van begin tot eind.", by=portal.people["beheer"])
    difference = Difference.objects.get(aspect="definition")
    made = propose(difference, "Zo.", by=portal.people["beheer"], definition="Over het midden.")
    everywhere = Department.objects.values_list("pk", flat=True)
    accept(made, by=portal.people["eigenaar"], departments=everywhere)
    session = session_of(portal.people["eigenaar"])

    of_dataset = reverse("catalogue:dataset", args=[dataset.key])
    of_difference = reverse("catalogue:difference", args=[difference.place])
    for page, width in ((of_dataset, 320), (of_dataset, 1280), (of_difference, 320)):
        with opened(browser, live_server.url + page, width=width, session=session) as tab:
            assert faults_of(tab) == [], (page, width)
            assert tab.complaints == []
            points = tab.locator("svg[role=img] circle").count()
            assert points == (7 if page == of_dataset else 0)
