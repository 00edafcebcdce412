"""A worker is killed at any moment of a delivery: whole or absent, and taken up again, once."""

import shutil

import pytest

from portal_apart import KEY, run_apart, state_apart

PORTAL = "grondslag_portal"
STEPS = (
    "judge", "key", "objections", "read", "query", "write", "read", "query", "write", "log",
    "manifest", "show",
)  # fmt: skip
AT_A_STEP = [
    pytest.param({"kill_at": at + 1}, id=f"{at + 1} {name}") for at, name in enumerate(STEPS)
]
AROUND = [
    pytest.param({"kill_around_rename": when}, id=f"{when} it can be seen")
    for when in ("before", "after")
]
KEEPING = [
    pytest.param({"kill_in": name, "when": when}, id=f"{when} {name.rsplit('.', 1)[1]}")
    for name in (
        "grondslag_portal.projects.services.reindex",
        "grondslag_portal.tasks.jobs.end_well",
    )
    for when in ("before", "after")
]
SOME = [AT_A_STEP[5], AROUND[1]]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A portal with an approved project for which a delivery was asked."""
    data = tmp_path_factory.mktemp("portal") / "data"
    run_apart(data, "make")
    run_apart(data, "ask", minutes=1)
    return data


@pytest.fixture
def data(made, tmp_path):
    return shutil.copytree(made, tmp_path / "data")


@pytest.mark.parametrize("moment", SOME)
def test_killed_once_a_delivery_is_made_once(data, moment):
    check_taken_up(data, moment)


@pytest.mark.long
@pytest.mark.parametrize("moment", [*AT_A_STEP, *AROUND, *KEEPING])
def test_killed_once_at_each_moment_a_delivery_is_made_once(data, moment):
    check_taken_up(data, moment)


def check_taken_up(data, moment):
    assert run_apart(data, "work", minutes=2, **moment) == {"killed": 9}
    between = state_apart(data)
    assert len(between["visible"]) + len(between["unfinished"]) <= 1

    run_apart(data, "work", minutes=4)

    after = state_apart(data)
    assert len(after["visible"]) == 1
    assert after["unfinished"] == []
    assert after["keys"] == after["visible"]
    assert after["phases"][KEY] == "delivered"
    (run,) = after["runs"]
    assert run[0] == "done"
    abandoned = {name for action, name in after["actions"] if action == "delivery.abandoned"}
    made = {name for action, name in after["actions"] if action == "delivery.made"}
    assert made - abandoned == set(after["visible"])


@pytest.mark.long
@pytest.mark.parametrize("moment", [AT_A_STEP[0], AT_A_STEP[6], *AROUND, KEEPING[0]])
def test_killed_twice_it_says_so_and_can_be_asked_again(data, moment):
    for minutes in (2, 4):
        assert run_apart(data, "work", minutes=minutes, **again(moment, minutes)) == {"killed": 9}
    run_apart(data, "work", minutes=6)
    between = state_apart(data)
    ((status, attempt, said),) = between["runs"]
    assert (status, attempt) == ("failed", 2)
    assert said.startswith("Het werk is twee keer gestopt.")
    assert len(between["visible"]) <= 1

    run_apart(data, "ask", minutes=8)
    run_apart(data, "work", minutes=10)

    after = state_apart(data)
    assert len(after["visible"]) == 1
    assert after["unfinished"] == []
    assert after["phases"][KEY] == "delivered"


def again(moment, minutes):
    """The second time a delivery that can be seen already is only kept: die there."""
    if moment == {"kill_around_rename": "after"} and minutes == 4:
        return {"kill_in": f"{PORTAL}.projects.services.reindex", "when": "before"}
    return moment
