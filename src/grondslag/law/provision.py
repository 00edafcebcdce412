"""A provision of a dated version of a statute."""

import re
from dataclasses import dataclass
from datetime import date

_CITED = re.compile(
    r"(?:art(?:ikel|\.)?\s*)?(?P<article>[1-9][0-9]*[a-z]*(?:[.:][0-9]+[a-z]*)*)"
    r"(?:,?\s+lid\s+(?P<paragraph>[1-9][0-9]?))?"
    r"(?:,?\s+(?:aanhef\s+en\s+)?onder(?:deel)?\s+(?P<point>[a-z]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute or regulation we cite.

    Args:
        key: Short key as used in plans and contracts, such as ``UAVG``.
        identifier: BWB identifier (``BWBR0040940``) or CELEX number (``32016R0679``).
        name: Official Dutch name or citation title.
        version_read: In-force date of the text that was read; None means nobody read it yet, so
            that everything resting on it is unconfirmed.
        until: Last day this statute is in force, when known.
        articles_read: Articles of that version that were read; another article is unconfirmed.
    """

    key: str
    identifier: str
    name: str
    version_read: date | None
    until: date | None = None
    articles_read: frozenset[str] = frozenset()

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody read the text this citation rests on."""
        return self.version_read is not None

    def is_in_force(self, day: date) -> bool:
        """Whether the statute, as far as we know, is in force on a day."""
        return self.until is None or day <= self.until

    def article(self, number: str, paragraph: int | None = None, point: str = "") -> "Provision":
        """A provision of this statute."""
        return Provision(self, number, paragraph, point)


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: article, paragraph, point.

    Args:
        statute: Of which statute.
        article: Number as printed: ``46``, ``3.8``, ``151c``.
        paragraph: The *lid*; None cites the whole article.
        point: The letter, such as ``c``.
    """

    statute: Statute
    article: str
    paragraph: int | None = None
    point: str = ""

    def __str__(self) -> str:
        text = f"{self.statute.key} art. {self.article}"
        if self.paragraph is not None:
            text += f" lid {self.paragraph}"
        if self.point:
            text += f" onder {self.point}"
        return text

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody read this very article, in the version the statute names."""
        return self.statute.is_confirmed and self.article in self.statute.articles_read

    @property
    def url(self) -> str:
        """Permanent link to the text that was read.

        Source:
            Juriconnect 1.3 for Dutch statutes; ELI for Union law.
        """
        read = self.statute.version_read
        if self.statute.identifier.startswith("BWB"):
            paragraph = "" if self.paragraph is None else f"&lid={self.paragraph}"
            day = "" if read is None else f"&g={read:%Y-%m-%d}"
            return (
                f"https://wetten.overheid.nl/jci1.3:c:{self.statute.identifier}"
                f"&artikel={self.article}{paragraph}{day}"
            )
        return (
            f"https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:{self.statute.identifier}"
        )


def cited(statute: Statute, text: str) -> Provision | None:
    """The provision that a text such as ``18 lid 1 onder d`` names; None when it names none.

    Args:
        statute: Of which statute.
        text: As written in a plan, a contract or an agreement.
    """
    found = _CITED.fullmatch(text.strip())
    if found is None:
        return None
    paragraph = found["paragraph"]
    return Provision(
        statute,
        found["article"].lower(),
        None if paragraph is None else int(paragraph),
        (found["point"] or "").lower(),
    )
