"""What every page needs: theme, idle time, the name of the municipality."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from grondslag_portal.shared.words import language


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    return {
        "theme": settings.THEME,
        "page_language": language(),
        "idle_minutes": settings.IDLE_MINUTES,
        "idle_warning_minutes": settings.IDLE_WARNING_MINUTES,
        "standing": getattr(request, "standing", None),
    }
