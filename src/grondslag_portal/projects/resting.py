"""Which running projects rest on a dataset: the catalogue asks, this app knows who sees what."""

from django.urls import reverse

from grondslag_portal.catalogue.resting import Resting, tells_what_rests
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.selectors import visible_projects

_ENDED = (Phase.DECIDED, Phase.REVIEWED, Phase.STOPPED)


@tells_what_rests
def running_projects(person: Person, dataset: str) -> list[Resting]:
    """The projects on their way that ask for a dataset, and that somebody may see."""
    found = Project.objects.filter(
        pk__in=visible_projects(person).values("pk"), datasets__dataset=dataset
    ).exclude(phase__in=_ENDED)
    return [
        Resting(title, reverse("projects:project", args=[key]))
        for key, title in found.values_list("key", "title")
    ]
