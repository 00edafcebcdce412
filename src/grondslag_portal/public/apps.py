"""The app of public pages."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Declares who may do what here."""

    name = "grondslag_portal.public"
    label = "public"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.public import permissions  # noqa: F401 - declares its table
