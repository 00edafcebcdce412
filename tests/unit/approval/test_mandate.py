"""A mandate is made in its room only, and cannot be copied into another, changed or pretended."""

import ast
import copy
import dataclasses
import pickle
from unittest.mock import Mock

import pytest

from grondslag.approval import CheckMandate, Mandate, SealedApproval
from grondslag.approval import mandate as room
from grondslag.approval.mandate import Checking, issue_check
from grondslag.errors import ApprovalError
from made_contracts import made_contract
from our_source import modules, place, room_file
from town import LAST_DAY, at, make_town, refused

NOT_OURS = "approval.mandate-not-made-here"


@pytest.fixture
def town(tmp_path):
    made = make_town(tmp_path)
    made.sign_all()
    return made


@pytest.fixture
def approval(town):
    return town.verified()


@pytest.mark.parametrize("kind", [Mandate, SealedApproval, CheckMandate])
@pytest.mark.parametrize("facts", [(), ("token",), (None, None)])
def test_nobody_makes_one_by_calling_the_class(kind, facts):
    with refused(NOT_OURS):
        kind(*facts)


@pytest.mark.parametrize("kind", [Mandate, SealedApproval, CheckMandate])
def test_nobody_inherits_from_one(kind):
    with refused(NOT_OURS):
        type("Mine", (kind,), {})
    with refused(NOT_OURS):
        type("Mine", (kind,), {"__init_subclass__": None, "__module__": room.__name__})


@pytest.mark.parametrize("kind", [SealedApproval, CheckMandate])
def test_one_made_round_the_class_is_empty_and_is_no_mandate(kind):
    forged = object.__new__(kind)

    assert not isinstance(forged, Mandate)
    for ask in (
        lambda: forged.expires,
        lambda: forged.allowed_columns("meldingen"),
        lambda: forged.check_open(at(2027, 3, 2)),
    ):
        with refused(NOT_OURS):
            ask()


def test_a_stand_in_that_says_it_is_one_is_none(approval):
    stand_in = Mock(spec=SealedApproval)

    assert stand_in.__class__ is SealedApproval
    assert not isinstance(stand_in, Mandate)
    assert isinstance(approval, Mandate)
    assert isinstance(approval, SealedApproval)
    assert not isinstance(approval, CheckMandate)
    assert not isinstance([], Mandate)


def test_replacing_a_field_makes_nothing(approval):
    with pytest.raises(TypeError):
        dataclasses.replace(approval, plan=None)


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy])
def test_a_copy_is_the_same_mandate(approval, way):
    assert way(approval) is approval


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_one_cannot_be_stored(approval, protocol):
    with refused(NOT_OURS):
        pickle.dumps(approval, protocol)


@pytest.mark.parametrize("name", ["plan", "bundle", "expires", "anything", "__class__"])
def test_nothing_on_one_can_be_changed(approval, name):
    with refused(NOT_OURS):
        setattr(approval, name, None)
    with refused(NOT_OURS):
        delattr(approval, name)


@pytest.mark.parametrize("name", ["plan", "bundle", "expires", "anything"])
def test_nothing_can_be_written_round_the_guard_either(approval, name):
    with pytest.raises(AttributeError):
        object.__setattr__(approval, name, None)


def test_the_class_itself_cannot_be_changed():
    with refused(NOT_OURS):
        SealedApproval.allowed_columns = lambda _self, _dataset: ("alles",)


def test_the_contracts_of_one_cannot_be_swapped(approval):
    with pytest.raises(TypeError):
        approval.contracts["meldingen"] = None


def test_one_kind_does_not_become_the_other(tmp_path, approval):
    check = issue_check(Checking(made_contract(tmp_path / "own"), "E. Eigenaar", LAST_DAY))

    object.__setattr__(check, "__class__", SealedApproval)

    with refused(NOT_OURS):
        _ = check.plan


def test_it_says_nothing_of_what_it_opens(approval):
    assert "meldingen" not in repr(approval)


def test_it_covers_exactly_the_approved_contract(approval):
    own = approval.contracts["meldingen"]

    approval.check_covers(own)
    approval.check_covers(dataclasses.replace(own))
    with refused("approval.contract-changed"):  # the hash is copied, the content is not the same
        approval.check_covers(dataclasses.replace(own, columns=own.columns[:1]))
    with refused("approval.dataset-not-covered"):
        approval.check_covers(dataclasses.replace(own, name="iets-anders"))


def test_it_opens_until_the_end_date(approval):
    approval.check_open(at(2027, 12, 31))

    with refused("approval.mandate-over"):
        approval.check_open(at(2028, 1, 1))


def test_it_opens_what_is_wanted_and_what_protections_need(approval):
    assert approval.allowed_columns("meldingen") == ("nummer", "dag", "soort", "buurt")
    assert approval.allowed_columns("inwoners") == ("aantal",)
    with refused("approval.dataset-not-covered"):
        approval.allowed_columns("objections")


def test_only_the_two_rooms_that_check_issue_one():
    allowed = {
        ("issue_sealed", "approval/verification.py"),
        ("issue_check", "approval/checking.py"),
    }
    inside = {"approval/mandate.py"}

    strangers = [
        place(path, node)
        for path, tree in modules()
        for node in ast.walk(tree)
        for name in _names(node)
        if (file := room_file(path)) not in inside
        and (
            (name.startswith("issue_") and hasattr(room, name) and (name, file) not in allowed)
            or name == "_ISSUED"
        )
    ]

    assert strangers == []


def _names(node):
    if isinstance(node, ast.ImportFrom):
        return [alias.name for alias in node.names]
    return [getattr(node, "attr", getattr(node, "id", ""))]


def test_the_search_for_issuing_finds_it():
    tree = ast.parse("from grondslag.approval.mandate import issue_sealed\nroom._ISSUED")

    assert {name for node in ast.walk(tree) for name in _names(node)} >= {"issue_sealed", "_ISSUED"}


def test_the_refusal_is_an_approval_error():
    with pytest.raises(ApprovalError):
        SealedApproval()
