"""The app of what is shared."""

from importlib import resources

from django.apps import AppConfig

from grondslag.wording import read_also


class SharedConfig(AppConfig):
    """Adds the portal's sentences to those of the engine."""

    name = "grondslag_portal.shared"
    label = "shared"

    def ready(self) -> None:
        """Once, at start."""
        from grondslag_portal.shared import (  # noqa: F401 - each declares itself
            contrast,
            permissions,
        )

        read_also(resources.files("grondslag_portal.shared") / "locales")
