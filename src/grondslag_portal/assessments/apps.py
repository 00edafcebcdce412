"""The app of advice and signatures."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Declares who may do what here."""

    name = "grondslag_portal.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.assessments import permissions  # noqa: F401 - declares its table
