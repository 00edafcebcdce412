"""A part of the page that one question has and another has not."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page.

    Args:
        heading: Above it.
        said: Sentences, first of all.
        body: Figures and tables under them.
        leads: Whether it stands before the pictures of the areas, right after what is not known.
    """

    heading: str
    said: tuple[str, ...]
    body: Markup
    leads: bool = False
