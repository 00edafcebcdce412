"""A provision of a dated version of a statute."""

from dataclasses import dataclass
from datetime import date


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
    """

    key: str
    identifier: str
    name: str
    version_read: date | None
    until: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody read the text this citation rests on."""
        return self.version_read is not None

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
