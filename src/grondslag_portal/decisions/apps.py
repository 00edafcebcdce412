"""The app of decisions."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Declares who may do what here."""

    name = "grondslag_portal.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.decisions import permissions  # noqa: F401 - declares its table
