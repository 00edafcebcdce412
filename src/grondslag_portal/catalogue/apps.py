"""The app of the catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Declares who may do what here."""

    name = "grondslag_portal.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.catalogue import (  # noqa: F401 - tables of rights, daily chore
            folders,
            permissions,
        )
