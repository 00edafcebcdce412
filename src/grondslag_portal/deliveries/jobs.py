"""Delivering, analysing and reporting as long work.

A run can be the second to begin, after the first was killed. Each asks the engine first what was
made already: the audit chain and the folder know, the run does not.
"""

from collections.abc import Mapping
from typing import Any

from grondslag.analysis.answering import analyse
from grondslag.analysis.usefulness import answer_use
from grondslag.delivery import deliver
from grondslag.delivery.history import history_of
from grondslag.plan import read_plan
from grondslag.report import report_project
from grondslag_portal.catalogue.measuring import measure_read
from grondslag_portal.deliveries.sources import sources_for
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.services import Workplace, at_long_work
from grondslag_portal.tasks.jobs import Assignment, job

DELIVER, ANALYSE, REPORT = "deliveries.deliver", "deliveries.analyse", "deliveries.report"
_AROUND, _PER_TABLE = 5, 3  # judge, key, log, manifest, show; read, query, write
_ANALYSING, _REPORTING = "deliveries.step-analyse", "deliveries.step-report"
_MEASURING = "deliveries.step-measure"


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


@job(REPORT)
def write_report(assignment: Assignment) -> Mapping[str, Any]:
    """Write the report; a second time it is the same."""
    run = assignment.run
    with at_long_work(Project.objects.get(key=run.about), by=run.by) as place:
        assignment.tell(_REPORTING)
        report_project(place.folder, place.installation, clock=place.clock)
        return {}
