"""The app of projects."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Declares who may do what here."""

    name = "grondslag_portal.projects"
    label = "projects"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.projects import (  # noqa: F401 - its table; what other apps ask
            handing,
            permissions,
            resting,
        )
