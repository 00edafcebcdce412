"""Delivering, analysing, letting out and reporting as long work.

A run can be the second to begin, after the first was killed. Each asks the engine first what was
made already: the audit chain and the folder know, the run does not.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grondslag.analysis.answering import analyse, latest_analysis, release_answer
from grondslag.analysis.usefulness import answer_use
from grondslag.approval import FAST
from grondslag.approval.bundle import read_bundle
from grondslag.delivery import deliver
from grondslag.delivery.history import history_of
from grondslag.errors import ApprovalError
from grondslag.plan import read_plan
from grondslag.report import report_project
from grondslag_portal.catalogue.measuring import measure_read
from grondslag_portal.deliveries.sources import sources_for
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.services import Workplace, at_long_work
from grondslag_portal.shared import engine
from grondslag_portal.tasks.jobs import Assignment, job
from grondslag_portal.tasks.services import begin_run

DELIVER, ANALYSE = "deliveries.deliver", "deliveries.analyse"
RELEASE, REPORT = "deliveries.release", "deliveries.report"
_AROUND, _PER_TABLE = 5, 3  # judge, key, log, manifest, show; read, query, write
_ANALYSING, _REPORTING = "deliveries.step-analyse", "deliveries.step-report"
_MEASURING, _RELEASING = "deliveries.step-measure", "deliveries.step-release"


def made_in(place: Workplace) -> list[str]:
    """The deliveries that the chain knows and that stand in the folder, oldest first."""
    history = history_of(place.installation, place.project.key)
    folder = place.folder / "deliveries"
    return [past.name for past in history.made if (folder / past.name / "proof.json").is_file()]


def analyses_in(place: Workplace) -> list[str]:
    """The names of the analyses in the folder."""
    return sorted(path.stem for path in (place.folder / "analysis").glob("*.json"))


@job(DELIVER)
def deliver_project(assignment: Assignment) -> Mapping[str, Any]:
    """Deliver what the approval allows, once; `given` names the deliveries that there were."""
    run = assignment.run
    with at_long_work(Project.objects.get(key=run.about), by=run.by) as place:
        made = [name for name in made_in(place) if name not in run.given["before"]]
        if made:
            return {"delivery": made[-1]}
        asked = [need.dataset for need in read_plan(place.folder / "plan.yaml").data]
        assignment.total = _AROUND + _PER_TABLE * len(asked) + 1
        delivery = deliver(
            place.folder, place.installation, clock=place.clock, sources=sources_for(place),
            actor=run.by.name, put=answer_use,
            progress=lambda step, about: assignment.tell(f"tell.step-{step}", about),
        )  # fmt: skip
    assignment.tell(_MEASURING)
    measure_read(asked)
    return {"delivery": delivery.id}


@job(ANALYSE)
def analyse_project(assignment: Assignment) -> Mapping[str, Any]:
    """Put the question of the plan to the newest delivery; the numbers stay sealed."""
    run = assignment.run
    with at_long_work(Project.objects.get(key=run.about), by=run.by) as place:
        made = [name for name in analyses_in(place) if name not in run.given["before"]]
        if made:
            return {"analysis": made[-1]}
        assignment.tell(_ANALYSING)
        record = analyse(place.folder, place.installation, clock=place.clock, actor=run.by.name)
        return {"analysis": record.path.stem}


@job(RELEASE)
def release_figures(assignment: Assignment) -> Mapping[str, Any]:
    """Let the figures of one analysis out, once; the report follows.

    `given` names that analysis by its hash, and says when the second person showed anew who they
    are, for exactly that hash.
    """
    run = assignment.run
    sha256 = str(run.given["sha256"])
    with at_long_work(Project.objects.get(key=run.about), by=run.by) as place:
        if sha256 not in _let_out(place):
            assignment.tell(_RELEASING)
            _release(place, sha256, by=run.by.name, shown=str(run.given["stepped_up"]))
    begin_run(REPORT, about=run.about, by=run.by)
    return {"analysis": sha256}


def _let_out(place: Workplace) -> set[str]:
    """The analyses whose figures are out already."""
    found = (place.folder / "releases").glob("*.answer.json")
    return {str(json.loads(path.read_bytes())["analysis_sha256"]) for path in found}


def _release(place: Workplace, sha256: str, *, by: str, shown: str) -> None:
    if latest_analysis(place.folder).sha256 != sha256:
        raise ApprovalError("deliveries.other-analysis", project=place.project.key)
    is_fast = read_bundle(place.folder / "approval").lane == FAST
    signer = None if is_fast else engine.signer_for(by, stepped_up=datetime.fromisoformat(shown))
    release_answer(place.folder, place.installation, signer=signer, clock=place.clock)


@job(REPORT)
def write_report(assignment: Assignment) -> Mapping[str, Any]:
    """Write the report; a second time it is the same."""
    run = assignment.run
    with at_long_work(Project.objects.get(key=run.about), by=run.by) as place:
        assignment.tell(_REPORTING)
        report_project(place.folder, place.installation, clock=place.clock)
        return {}
