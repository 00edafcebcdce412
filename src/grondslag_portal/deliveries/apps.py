"""The app of deliveries."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    """Declares who may do what here, which long work there is, and what is done each day."""

    name = "grondslag_portal.deliveries"
    label = "deliveries"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.deliveries import (  # noqa: F401 - each declares itself
            jobs,
            permissions,
            services,
        )
