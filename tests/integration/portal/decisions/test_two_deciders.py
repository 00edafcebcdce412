"""Two deciders sign the same decision at the same moment, on each database: one decision."""

from time import sleep

import pytest

from portal_apart import ended, run_apart, start_apart, state_apart

DECIDERS = ("beslisser", "beslisser-twee")
pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]


@pytest.fixture
def sqlite(tmp_path):
    return {"data": tmp_path / "data"}


@pytest.fixture
def postgresql(server, tmp_path):
    server.run("CREATE DATABASE apart")
    address = f"postgresql://postgres@127.0.0.1:{server.port}/apart"
    yield {"data": tmp_path / "data", "database": address}
    server.run("DROP DATABASE apart WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request):
    """Where a portal stands."""
    return request.getfixturevalue(request.param)


def at_once(place, tmp_path, orders):
    """Let processes begin at the same moment; their answers."""
    gate = tmp_path / "gate"
    processes = [
        start_apart(**place, wait_for=str(gate), ready=str(tmp_path / f"ready-{at}"), **order)
        for at, order in enumerate(orders)
    ]
    while len(list(tmp_path.glob("ready-*"))) < len(orders):
        assert all(process.poll() is None for process in processes)
        sleep(0.05)
    gate.touch()
    return sorted(ended(process)["status"] for process in processes)


def test_two_deciders_at_once_give_one_decision(place, tmp_path):
    key = run_apart(**place, what="make-answered")["key"]

    first, second = at_once(
        place, tmp_path,
        [{"what": "decide", "account": who, "key": key, "minutes": 2} for who in DECIDERS],
    )  # fmt: skip

    after = state_apart(**place)
    assert first == 302
    assert second in (403, 409)  # too late for the page, or for the engine
    assert after["actions"].count(["decision.recorded", key]) == 1
    assert after["phases"][key] == "decided"
    assert after["versions_of"][key]["decision.json"] == 1
    assert after["versions_of"][key]["decision.signature.json"] == 1


def test_two_deciders_at_once_give_one_signature(place, tmp_path):
    key = "wacht-op-besluit"
    run_apart(**place, what="make")

    answers = at_once(
        place, tmp_path, [{"what": "sign", "account": who, "minutes": 2} for who in DECIDERS]
    )

    after = state_apart(**place)
    assert answers == [302, 409]
    assert after["versions_of"][key]["approval/signatures/decider-project.json"] == 1
    assert after["phases"][key] == "approved"
