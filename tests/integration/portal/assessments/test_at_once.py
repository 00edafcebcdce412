"""A web process dies while somebody signs, or two people sign at once: one state, one chain."""

import shutil
from time import sleep

import pytest

from portal_apart import ended, run_apart, start_apart, state_apart

WAITING = "wacht-op-besluit"
DECIDER = [WAITING, "approval/signatures/decider-project.json"]
_SIGN = "grondslag_portal.assessments.services.sign_bundle"
_KEEP = "grondslag_portal.projects.services._keep"
_INDEX = "grondslag_portal.projects.services.reindex"
MOMENTS = [
    pytest.param({"kill_in": name, "when": when}, id=f"{when} {name.rsplit('.', 1)[1]}")
    for name in (_SIGN, _KEEP, _INDEX)
    for when in ("before", "after")
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A portal with a project that waits for its decider only."""
    data = tmp_path_factory.mktemp("portal") / "data"
    run_apart(data, "make")
    return data


@pytest.fixture
def data(made, tmp_path):
    return shutil.copytree(made, tmp_path / "data")


def signatures(state):
    """How often somebody signed that project, as the chain tells it and as documents show."""
    told = state["actions"].count(["approval.signed", WAITING])
    kept = [path for path in state["documents"] if path[1].startswith("approval/signatures/")]
    return told, len([path for path in kept if path[0] == WAITING]), DECIDER in kept


@pytest.mark.parametrize("moment", [MOMENTS[3]])
def test_killed_while_signing_nobody_signed(data, moment):
    check_killed(data, moment)


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_each_moment_of_signing_nobody_signed(data, moment):
    check_killed(data, moment)


def check_killed(data, moment):
    before = signatures(state_apart(data))

    assert run_apart(data, "sign", account="beslisser", minutes=2, **moment) == {"killed": 9}

    assert signatures(state_apart(data)) == before
    assert run_apart(data, "sign", account="beslisser", minutes=4) == {"status": 302}
    after = state_apart(data)
    assert signatures(after) == (before[0] + 1, before[1] + 1, True)
    assert after["phases"][WAITING] == "approved"


def at_once(data, tmp_path, orders):
    """Let processes begin at the same moment; their answers."""
    gate = tmp_path / "gate"
    processes = [
        start_apart(data, wait_for=str(gate), ready=str(tmp_path / f"ready-{at}"), **order)
        for at, order in enumerate(orders)
    ]
    while len(list(tmp_path.glob("ready-*"))) < len(orders):
        assert all(process.poll() is None for process in processes)
        sleep(0.05)
    gate.touch()
    return [ended(process) for process in processes]


def test_two_deciders_at_once_give_one_signature(data, tmp_path):
    before = signatures(state_apart(data))

    answers = at_once(
        data, tmp_path,
        [{"what": "sign", "account": who, "minutes": 2} for who in ("beslisser", "beslisser-twee")],
    )  # fmt: skip

    assert sorted(answer["status"] for answer in answers) == [302, 409]
    after = state_apart(data)
    assert signatures(after) == (before[0] + 1, before[1] + 1, True)
    assert after["phases"][WAITING] == "approved"


@pytest.mark.long
def test_four_writers_at_once_lose_nothing(data, tmp_path):
    answers = at_once(data, tmp_path, [{"what": "save", "times": 5}] * 4)

    saved = sum(answer["saved"] for answer in answers)
    state = state_apart(data)
    assert saved >= 4
    assert state["versions"] == list(range(1, saved + 1))
    assert state["actions"].count(["project.saved", "veilige-straat"]) == saved
