"""The app of the first page."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Declares who may do what here, and what is done each day."""

    name = "grondslag_portal.home"
    label = "home"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.home import (  # noqa: F401 - each declares itself
            chosen,
            mailing,
            permissions,
        )
