"""An error carries a code and plain facts, and ends the program with the status of its family."""

import pickle

import pytest

from grondslag import errors

STATUSES = [
    (errors.InputError, 2),
    (errors.PolicyRefusedError, 3),
    (errors.ApprovalError, 4),
    (errors.DisclosureRefusedError, 5),
    (errors.IntegrityError, 6),
    (errors.SourceError, 7),
]


@pytest.mark.parametrize(("family", "status"), STATUSES)
def test_each_family_has_its_own_exit_status(family, status):
    error = family("room.code", file="a.yaml", line=3)

    assert isinstance(error, errors.GrondslagError)
    assert error.exit_status == status
    assert (error.code, error.fields) == ("room.code", {"file": "a.yaml", "line": 3})


def test_no_family_shares_its_exit_status():
    statuses = [family.exit_status for family in errors.GrondslagError.__subclasses__()]

    assert len(set(statuses)) == len(statuses)
    assert 0 not in statuses


def test_a_developer_reads_the_code_and_the_facts():
    assert str(errors.InputError("room.code", line=3, file="a")) == "room.code (line=3, file=a)"
    assert str(errors.InputError("room.code")) == "room.code"


def test_an_error_keeps_its_facts_on_its_way_from_another_process():
    error = errors.SourceError("room.code", line=3)

    back = pickle.loads(pickle.dumps(error))

    assert (type(back), back.code, back.fields) == (errors.SourceError, "room.code", {"line": 3})
