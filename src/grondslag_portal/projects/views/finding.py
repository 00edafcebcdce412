"""What an address names: a project, one of its screens, one of its datasets."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from grondslag.errors import InputError
from grondslag_portal.projects.editing import Content
from grondslag_portal.projects.judging import Judged, judged
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import screen_about
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared.access import Standing


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a project.

    Args:
        project: The project.
        judgement: It, as the rules see it.
        screen: The screen; None when the address names none.
        dataset: The dataset; empty for none.
        address: Of the screen within the project, for its draft.
    """

    project: Project
    judgement: Judged
    screen: Screen | None = None
    dataset: str = ""
    address: str = ""

    @property
    def content(self) -> Content:
        """The plan."""
        found: Content = self.judgement.case.plan.document.content
        return found


def spot_standing(
    request: HttpRequest, *, key: str, screen: str = "", dataset: str = "", column: str = ""
) -> Standing:
    """How the visitor stands to the project of an address, with the screen it names.

    Raises:
        Http404: There is no such project for this visitor, or no such screen in it.
    """
    standing = project_standing(request, key=key)
    if not standing.roles:
        return standing
    judgement = judged(standing.thing)
    content: Any = judgement.case.plan.document.content
    found = None
    if screen:
        try:
            contracts = judgement.case.contracts
            found = screen_about(screen, content, contracts, dataset, column)
        except InputError as error:
            raise Http404 from error
        if found is None:
            raise Http404
    address = "/".join(part for part in (screen, dataset, column) if part)
    spot = Spot(standing.thing, judgement, found, dataset, address)
    return Standing(spot, standing.roles, standing.status)
