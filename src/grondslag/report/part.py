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
    """

    heading: str
    said: tuple[str, ...]
    body: Markup
