"""The web process is killed while somebody asks for a delivery: asked or not, never half."""

import shutil

import pytest

from portal_apart import KEY, run_apart, state_apart

MOMENTS = [
    pytest.param({"kill_in": name, "when": when}, id=f"{when} {name.rsplit('.', 1)[1]}")
    for name in (
        "grondslag_portal.projects.services.put_out",
        "grondslag_portal.projects.services._keep",
        "grondslag_portal.projects.services.reindex",
        "grondslag_portal.deliveries.services.begin_run",
        "grondslag_portal.deliveries.views.redirect",
    )
    for when in ("before", "after")
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A portal with an approved project for which no delivery was asked."""
    data = tmp_path_factory.mktemp("portal") / "data"
    run_apart(data, "make")
    return data


@pytest.fixture
def data(made, tmp_path):
    return shutil.copytree(made, tmp_path / "data")


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_each_moment_a_delivery_is_asked_or_not(data, moment):
    assert run_apart(data, "press", minutes=1, **moment) == {"killed": 9}

    between = state_apart(data)
    begun = between["actions"].count(["run.begun", KEY])
    assert len(between["runs"]) == len(between["handed_out"]) == begun
    assert between["visible"] == between["unfinished"] == []

    assert run_apart(data, "press", minutes=2)["status"] == 302
    run_apart(data, "work", minutes=3)
    check_delivered_once(data)


@pytest.mark.long
def test_killed_while_a_worker_delivers_the_delivery_goes_on(data):
    run_apart(data, "press", minutes=1)
    assert run_apart(data, "work", minutes=2, kill_at=6) == {"killed": 9}
    killed = run_apart(
        data, "press", minutes=3, kill_in="grondslag_portal.projects.services.reindex",
        when="after",
    )  # fmt: skip

    assert killed == {"killed": 9}
    run_apart(data, "work", minutes=4)
    check_delivered_once(data)


def check_delivered_once(data):
    after = state_apart(data)
    assert len(after["visible"]) == 1
    assert after["unfinished"] == []
    assert after["keys"] == after["visible"]
    assert after["phases"][KEY] == "delivered"
    assert [run[0] for run in after["runs"]] == ["done"]
    assert "RUNNING" not in after["handed_out"]
