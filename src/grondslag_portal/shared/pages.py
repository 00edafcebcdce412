"""What every page needs: theme, navigation, language, idle time, the name of the municipality."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from grondslag.wording import Word
from grondslag_portal.shared.words import language

_OF_OTHERS = ("fonts/fonts.css", "components/components.css", "tokens/theme.css")
_OURS = (
    "shared/tokens.css", "shared/layout.css", "shared/forms.css", "shared/parts.css",
    "shared/road.css", "shared/print.css",
)  # fmt: skip
_NAVIGATION = (
    ("shared.navigation-work", "home:my-work"),
    ("shared.navigation-projects", "projects:list"),
    ("shared.navigation-data", "catalogue:list"),
    ("shared.navigation-decisions", "decisions:list"),
    ("shared.navigation-search", "home:search"),
)
_FOOTER = (
    ("shared.footer-public", "public:register"),
    ("shared.footer-check", "public:check"),
    ("shared.footer-accessibility", "shared:accessibility"),
    ("shared.footer-privacy", "shared:privacy"),
    ("shared.footer-logged", "shared:logged"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A link in the navigation.

    Args:
        word: Its words.
        url: Where it goes.
        current: Whether the page is there, or below it.
    """

    word: Word
    url: str
    current: bool


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    here = language()
    other = "en" if here == "nl" else "nl"
    signed_in = request.user.is_authenticated
    return {
        "theme": settings.THEME,
        "municipality": settings.MUNICIPALITY,
        "style_sheets": style_sheets(),
        "page_language": here,
        "other_language": other,
        "other_language_name": dict(settings.LANGUAGES)[other],
        "language_url": _address("shared:language"),
        "home_url": _address("home:my-work") or _address("projects:list"),
        "navigation": _items(_NAVIGATION, request.path) if signed_in else [],
        "footer": _items(_FOOTER, request.path),
        "idle_minutes": settings.IDLE_MINUTES,
        "idle_warning_minutes": settings.IDLE_WARNING_MINUTES,
        "standing": getattr(request, "standing", None),
    }


@cache
def style_sheets() -> list[str]:
    """The style sheets of a page: what `scripts/frontend` took in, when it did, and our own."""
    return [sheet for sheet in _OF_OTHERS if finders.find(sheet)] + list(_OURS)


def _items(wanted: tuple[tuple[str, str], ...], path: str) -> list[Item]:
    """Links to pages that this portal has."""
    found = ((Word(code), _address(name)) for code, name in wanted)
    return [
        Item(word, url, path == url or (url != "/" and path.startswith(url)))
        for word, url in found
        if url
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
