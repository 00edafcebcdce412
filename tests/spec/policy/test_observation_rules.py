"""Cameras, number plates, telephones, gates, reading along online: what each rule says."""

import pytest

from made_cases import ASSESSED, GONE, asks
from rule_tables import found, names_of, rows_of


def seen(way, *, covert="no", follows="no", **more):
    """The owner of the reports says how they were seen."""
    return {
        "meldingen.privacy.observation": {"way": way, "covert": covert, "follows": follows} | more
    }


def without(changes, *parts):
    """The same, with parts of what the owner says left out."""
    entry = {k: v for k, v in changes["meldingen.privacy.observation"].items() if k not in parts}
    return changes | {"meldingen.privacy.observation": entry}


def answered(*items):
    """The plan answers which items of the supervisor's list apply."""
    return {"plan.assessment": ASSESSED | {"list_items": list(items)}}


READ = {
    "confirmed": [
        {
            "law": "Zicht-wet",
            "identifier": "BWBR0099999",
            "title": "Wet op het zicht",
            "article": "3",
            "version": "2026-07-01",
            "bodies": ["college"],
            "observing": True,
        }
    ],
    "meldingen.privacy.legal_basis": {"gdpr": "6.1.e", "law": "Zicht-wet", "article": "3"},
}
READ_FOR_A_TASK = READ | {"confirmed": [READ["confirmed"][0] | {"observing": False}]}
CAMERAS = (
    seen(
        "camera",
        place="Uitgaansgebied rond de Markt",
        decision="Besluit van de burgemeester 2027-3",
        until="2027-09-01",
        kept_days=28,
    )
    | {
        "meldingen.privacy.domain": "public_order",
        "meldingen.privacy.legal_basis": {
            "gdpr": "6.1.e", "law": "Gemeentewet", "article": "151c lid 1",
        },
        "plan.controller.body": "burgemeester",
    }
)  # fmt: skip
ENTRY = "meldingen.privacy.observation"
RECORDS = {"plan.data": [asks("meldingen", ("melder", "pseudonym"), output="pseudonymous")]}
OTHER = {"plan.purpose": {"key": "parkeren", "text": "Weten waar het vol staat met auto's."}}

TABLES = {
    "observation.is-described": [
        ("nobody looks at people", {}, []),
        ("cameras, and the owner says how", answered("camera_surveillance") | seen("camera"), []),
        ("cameras, and nobody says how", answered("camera_surveillance"), ["nowhere"]),
        ("sensors, and nobody says how", answered("internet_of_things"), ["nowhere"]),
        ("another item of the list", answered("health"), []),
        ("the questions are not answered: another rule waits", {"plan.assessment": GONE}, []),
    ],
    "cameras.mayor-decides-where-and-how-long": [
        ("no cameras", {}, []),
        ("a decision of the mayor, in plain sight", CAMERAS, []),
        ("a camera that counts traffic", seen("camera"), []),
        ("another law", CAMERAS | {"meldingen.privacy.legal_basis.article": "172"}, ["law"]),
        ("the executive board", CAMERAS | {"plan.controller.body": "college"}, ["body"]),
        ("no decision", without(CAMERAS, "decision"), ["decision"]),
        ("no place", without(CAMERAS, "place"), ["decision"]),
        ("no last day", without(CAMERAS, "until"), ["decision"]),
        ("the decision ended", CAMERAS | {f"{ENTRY}.until": "2027-02-01"}, ["ended"]),
        ("kept for two months", CAMERAS | {f"{ENTRY}.kept_days": 60}, ["kept"]),
        ("nobody knows how long images are kept", without(CAMERAS, "kept_days"), ["kept"]),
    ],
    "observation.images-leave-as-counts": [
        ("nothing was seen", RECORDS, []),
        ("number plates, counted", seen("number_plate"), []),
        ("number plates, for what they were read for", RECORDS | seen("number_plate"), []),
        ("number plates, for something else", RECORDS | seen("number_plate") | OTHER, ["records"]),
        ("nobody described the dataset: another rule refuses",
         {"plan.data": [asks("kroeglopers", "naam", output="identified")]}, []),
    ],
    "observation.covert-needs-its-own-law": [
        ("nothing was seen", {}, []),
        ("in plain sight", seen("camera"), []),
        ("in secret", seen("camera", covert="yes"), ["secret"]),
        ("nobody knows whether in secret", seen("online", covert="unclear"), ["secret"]),
        ("in secret, by a law made for it", seen("camera", covert="yes") | READ, []),
        ("in secret, by a law that gives a task",
         seen("camera", covert="yes") | READ_FOR_A_TASK, ["secret"]),
    ],
    "observation.online-follows-no-one": [
        ("nothing was seen", {}, []),
        ("messages per subject", seen("online"), []),
        ("messages of certain people", seen("online", follows="yes"), ["person"]),
        ("nobody knows whose messages", seen("online", follows="unclear"), ["person"]),
        ("a camera that recognises: another rule", seen("camera", follows="yes"), []),
        ("by a law made for it", seen("online", follows="yes") | READ, []),
    ],
    "counting.no-device-is-followed": [
        ("nothing was seen", {}, []),
        ("a gate that counts", seen("gate"), []),
        ("a gate that may recognise somebody", seen("gate", follows="unclear"),
         ["device", "experience"]),
        ("telephones, by wifi", seen("device", follows="yes"), ["device", "experience"]),
        ("telephones, and they say nobody is followed", seen("device"),
         ["device", "experience"]),
        ("telephones, by a law made for it", seen("device") | READ, []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected
