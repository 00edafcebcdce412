"""The road of a project as it is shown: whose turn it is; each link may be opened."""

import pytest

from grondslag.project import Step
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.road import now_of, road_of
from grondslag_portal.shared.access import Role, Standing


def state(step, status, *waiting):
    return {
        "step": str(step),
        "status": status,
        "said": {"nl": "Zo staat het."},
        "waiting": waiting,
    }


def waits(role, about="", dataset=""):
    return {"role": role, "about": about, "dataset": dataset, "since": "2027-03-01"}


def project(*states):
    return Project(key="veilige-straat", states=list(states))


def test_the_first_step_that_can_be_taken_is_the_one_that_is_taken_now():
    stops = road_of(
        project(
            state(Step.QUESTION, "done"), state(Step.GROUND, "busy"), state(Step.DATA, "cannot_yet")
        )
    )

    assert now_of(stops) is stops[1]
    assert [stop.number for stop in stops] == [1, 2, 3]
    assert stops[2].url == ""


def test_a_road_that_was_walked_has_no_step_that_is_taken_now():
    assert now_of(road_of(project(state(Step.QUESTION, "done")))) is None


def test_owners_of_several_datasets_are_named_once_per_department_without_keys():
    (stop,) = road_of(
        project(
            state(
                Step.APPROVAL,
                "waiting",
                waits("approval.word-owner", "Verkeer", "ongevallen-per-dag"),
                waits("approval.word-owner", "Verkeer", "wegen-op-kaart"),
                waits("approval.word-owner", "Geo", "wijken-op-kaart"),
                waits("approval.word-decider", "college"),
            )
        )
    )

    assert stop.who == (
        "data-eigenaar Verkeer (bronnen: 2)",
        "data-eigenaar Geo",
        "beslisser (college)",
    )
    assert stop.since is not None


@pytest.mark.parametrize(
    ("role", "phase", "page"),
    [
        (Role.DECIDER, Phase.DECIDED, "/terugkijken/"),
        (Role.EVERYBODY, Phase.DECIDED, "/besluit/"),
        (Role.DECIDER, Phase.REVIEWED, "/besluit/"),
    ],
)
def test_looking_back_leads_to_a_page_that_the_reader_may_open(role, phase, page):
    standing = Standing(None, frozenset({role}), phase)

    (stop,) = road_of(project(state(Step.REVIEW, "not_started")), standing)

    assert stop.url.endswith(page)
