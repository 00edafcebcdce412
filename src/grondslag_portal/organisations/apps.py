"""The app of departments and people."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Declares who may do what here."""

    name = "grondslag_portal.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.organisations import permissions  # noqa: F401 - declares its table
