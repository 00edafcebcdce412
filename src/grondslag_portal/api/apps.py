"""The app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Declares who may do what here, and how it is described."""

    name = "grondslag_portal.api"
    label = "api"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.api import description, permissions  # noqa: F401 - they say it
