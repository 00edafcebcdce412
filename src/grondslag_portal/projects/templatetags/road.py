"""Where a page stands on the road of its project: ``{% road project "approval" %}``."""

from typing import Any

from django import template

from grondslag_portal.projects.models import Project
from grondslag_portal.projects.road import road_of
from grondslag_portal.shared.access import may

register = template.Library()


@register.inclusion_tag("projects/road.html", takes_context=True)
def road(context: template.Context, project: Project, here: str = "") -> dict[str, Any]:
    """The eight steps, each a link when the reader may go there.

    Args:
        context: Of the page.
        project: Whose road.
        here: The step that the page is about; empty for none.
    """
    standing = context.get("standing")
    stops = road_of(project, standing)
    return {
        "stops": stops,
        "here": next((stop for stop in stops if str(stop.step) == here), None),
        "opens": standing is not None and may("projects.read", standing),
    }
