"""The app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Declares who may do what here, how it is described, and its long work."""

    name = "grondslag_portal.api"
    label = "api"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.api import description, jobs, permissions  # noqa: F401 - they say it
