"""The app of the catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Declares who may do what here, which long work there is, and what is done each day."""

    name = "grondslag_portal.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.catalogue import (  # noqa: F401 - each declares itself
            folders,
            measuring,
            permissions,
        )
