"""Starting long work, and closing what ended."""

from datetime import datetime

from grondslag.analysis.answering import latest_analysis
from grondslag.delivery.closing import close_when_ended
from grondslag.errors import ApprovalError, SourceError
from grondslag_portal.deliveries.jobs import (
    ANALYSE,
    DELIVER,
    RELEASE,
    REPORT,
    analyses_in,
    made_in,
)
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.services import at_work
from grondslag_portal.shared import engine
from grondslag_portal.tasks.chores import daily
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.services import begin_run

_HOLDS_DATA = (Phase.APPROVED, Phase.DELIVERED, Phase.ANSWERED, Phase.DECIDED, Phase.REVIEWED)


def start_delivery(project: Project, *, by: Person) -> Run:
    """Ask for a delivery; whether one is due, the engine says when it is made.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with at_work(project, by=by) as place:  # also makes the index anew after a killed run
        before = made_in(place)
    return begin_run(DELIVER, about=project.key, by=by, given={"before": before})


def start_analysis(project: Project, *, by: Person) -> Run:
    """Ask for the analysis of the newest delivery.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with at_work(project, by=by) as place:  # also makes the index anew after a killed run
        before = analyses_in(place)
    return begin_run(ANALYSE, about=project.key, by=by, given={"before": before})


def start_report(project: Project, *, by: Person) -> Run:
    """Ask for the report of the newest answer."""
    return begin_run(REPORT, about=project.key, by=by)


def start_release(project: Project, *, sha256: str, by: Person, stepped_up: datetime) -> Run:
    """Ask to let the figures of the newest analysis out, as a second person; the report follows.

    Args:
        project: Which project.
        sha256: Of the analysis that they were told about.
        by: Who releases; never who analysed: the engine says so when it is done.
        stepped_up: When they showed anew who they are, for that hash.

    Raises:
        ApprovalError: There is another analysis now.
        SourceError: Somebody else is busy with this project.
    """
    with at_work(project, by=by) as place:  # also makes the index anew after a killed run
        if latest_analysis(place.folder).sha256 != sha256:
            raise ApprovalError("deliveries.other-analysis", project=project.key)
    given = {"sha256": sha256, "stepped_up": stepped_up.isoformat()}
    return begin_run(RELEASE, about=project.key, by=by, given=given)


@daily("deliveries.close-ended")
def close_ended() -> None:
    """Destroy the keys of every project whose end date has passed; a busy one waits a day."""
    ended = Project.objects.filter(end_date__lt=engine.today(), phase__in=_HOLDS_DATA)
    for project in ended.select_related("applicant"):
        try:
            with at_work(project, by=project.applicant) as place:
                close_when_ended(place.folder, place.installation, clock=place.clock)
        except SourceError:
            continue
