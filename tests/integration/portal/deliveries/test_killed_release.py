"""Figures are let out as long work: killed at any moment, they are out once."""

import shutil

import pytest

from portal_apart import run_apart, state_apart

ANSWERING = "grondslag.analysis.answering"
JOBS = "grondslag_portal.deliveries.jobs"
MOMENTS = [
    pytest.param({"kill_in": name, "when": when}, id=f"{when} {name.rsplit('.', 1)[1]}")
    for name in (
        f"{ANSWERING}.release",
        f"{ANSWERING}.write_release",
        f"{ANSWERING}.read_answer",
        f"{JOBS}.release_answer",
        "grondslag_portal.projects.services._keep",
        f"{JOBS}.begin_run",
        "grondslag_portal.tasks.jobs.end_well",
    )
    for when in ("before", "after")
]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A portal with an analysis that a second person asked to let out."""
    data = tmp_path_factory.mktemp("portal") / "data"
    key = run_apart(data, "make-analysed")["key"]
    assert run_apart(data, "let-out", minutes=1, key=key) == {"status": 302}
    return data, key


@pytest.fixture(scope="module")
def whole(made):
    """How many lines the ledger has when nobody is killed."""
    data = shutil.copytree(made[0], made[0].parent / "whole")
    run_apart(data, "work", minutes=2)
    return state_apart(data)["ledger"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_each_moment_the_figures_are_out_once(made, whole, tmp_path, moment):
    data, key = shutil.copytree(made[0], tmp_path / "data"), made[1]

    assert run_apart(data, "work", minutes=2, **moment) == {"killed": 9}
    run_apart(data, "work", minutes=4)

    after = state_apart(data)
    kept = [path for project, path in after["documents"] if project == key]
    assert len([path for path in kept if path.endswith(".answer.json")]) == 1
    assert after["ledger"] == whole
    assert after["phases"][key] == "answered"
    assert {status for status, *_ in after["runs"]} == {"done"}
    assert "RUNNING" not in after["handed_out"]
