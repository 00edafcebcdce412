"""What the screens do, programs can do too: each screen has operations, or a reason for none."""

import importlib.util

from grondslag_portal.api.permissions import SCOPES, TABLE
from grondslag_portal.api.views.ground import described
from grondslag_portal.shared.access import actions
from our_source import ROOT
from portal_addresses import found_addresses

NEVER = {
    "assessments:sign", "assessments:advise", "assessments:answer", "decisions:check",
    "deliveries:release", "catalogue:accept", "organisations:give-role",
}  # fmt: skip
"""Signing, advising, releasing, deciding, and giving rights."""


def pages():
    path = ROOT / "docs" / "api_pages.py"
    spec = importlib.util.spec_from_file_location("api_pages", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def operations():
    return {
        one["operationId"]: one for item in described()["paths"].values() for one in item.values()
    }


SHOWN = [found.name for found in found_addresses() if not found.name.startswith("api:")]


def test_every_screen_has_an_operation_or_a_reason_for_none():
    assert [name for name in SHOWN if not pages().row_of(name)] == []


def test_every_row_is_about_a_screen_that_there_is():
    assert pages().SCREENS.keys() - {pages().row_of(name) for name in SHOWN} == set()


def test_every_operation_of_the_table_exists_and_each_operation_stands_in_it():
    named = {
        name for found in pages().SCREENS.values() if not isinstance(found, str) for name in found
    }
    assert named - operations().keys() == set()
    assert operations().keys() - named == pages().ONLY_HERE


def test_what_only_people_do_has_no_operation():
    assert [name for name in NEVER if not isinstance(pages().SCREENS[name], str)] == []
    rows = {
        "assessments.sign", "assessments.advise", "assessments.answer", "decisions.sign",
        "deliveries.release", "catalogue.accept",
    }  # fmt: skip
    assert rows <= actions().keys()
    assert not {id(actions()[row]) for row in rows} & {id(TABLE[action]) for action in SCOPES}
