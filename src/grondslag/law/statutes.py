"""The statutes we cite, with the version and the articles that were read.

What is written here was read, article by article, in the text that was in force on the day named.
Nobody read the rest: a plan that rests on an article outside the list is refused until a jurist of
the municipality confirms it (`policy.parameters`). Dutch texts: the mirror of wetten.overheid.nl
kept by the Ministry of the Interior. The GDPR: its official text.
"""

from datetime import date
from types import MappingProxyType

from grondslag.law.provision import Statute


def _read(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALL = (
    Statute(
        "AVG",
        "32016R0679",
        "Algemene verordening gegevensbescherming",
        date(2016, 5, 4),
        articles_read=_read(
            "4 5 6 7 8 9 10 11 12 13 14 21 22 23 25 26 28 30 32 33 34 35 36 44 45 46 49 88 89"
        ),
    ),
    Statute(
        "UAVG",
        "BWBR0040940",
        "Uitvoeringswet Algemene verordening gegevensbescherming",
        date(2026, 9, 1),
        articles_read=_read(
            "2 5 22 23 23a 24 25 26 27 28 29 30 30a 30b 31 32 33 34 40 41 44 45 46 47"
        ),
    ),
    Statute(
        "Wabb",
        "BWBR0022428",
        "Wet algemene bepalingen burgerservicenummer",
        date(2025, 11, 11),
        articles_read=_read("1 10 11 12 13 14 15 16 17"),
    ),
    Statute(
        "Wet BRP",
        "BWBR0033715",
        "Wet basisregistratie personen",
        date(2026, 10, 1),
        articles_read=_read("3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.16 3.21 3.22"),
    ),
    Statute(
        "Wpg",
        "BWBR0022463",
        "Wet politiegegevens",
        date(2025, 7, 1),
        articles_read=_read("13 14 15 16 17 18 19 20 21 22 23 23a 24"),
    ),
    Statute(
        "WGS",
        "BWBR0049962",
        "Wet gegevensverwerking door samenwerkingsverbanden",
        date(2025, 7, 5),
        articles_read=_read(
            "1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 1.10 1.11 1.12 2.1 2.2"
            " 2.16 2.17 2.18 2.19 2.20 2.21 2.22 2.23 2.24 2.25"
        ),
    ),
    Statute(
        "Gemeentewet",
        "BWBR0005416",
        "Gemeentewet",
        date(2026, 10, 1),
        articles_read=_read(
            "151b 151c 151d 154 154a 156 160 169 170 171 172 172a 172b 174 174a 175 225"
        ),
    ),
    Statute(
        "WVW 1994",
        "BWBR0006622",
        "Wegenverkeerswet 1994",
        date(2026, 9, 1),
        articles_read=_read("2 2a 3 13 14 15 16 17 18 19 20 20a"),
    ),
    Statute(
        "Wegenwet",
        "BWBR0001948",
        "Wegenwet",
        date(2024, 1, 1),
        articles_read=_read("8 9 11 12 13 14 15 16 17 18 18a 19 20"),
    ),
    Statute(
        "Wmo 2015",
        "BWBR0035362",
        "Wet maatschappelijke ondersteuning 2015",
        date(2026, 7, 1),
        articles_read=_read("2.1.1 2.1.2 2.1.3 2.1.4 2.1.4a 2.1.4b 2.5.1 4.1.1 4.2.12 5.1.1 5.1.2"),
    ),
    Statute(
        "Jeugdwet",
        "BWBR0034925",
        "Jeugdwet",
        date(2026, 1, 1),
        articles_read=_read(
            "2.1 2.2 2.3 7.3.1 7.3.2 7.3.4 7.3.5 7.3.8 7.3.10 7.3.11 7.3.12 7.3.15 7.3.17"
            " 7.4.0 7.4.1 7.4.2 7.4.3 7.4.3a 7.4.4 7.4.5"
        ),
    ),
    Statute(
        "Participatiewet",
        "BWBR0015703",
        "Participatiewet",
        date(2026, 7, 1),
        articles_read=_read("7 7a 8 8a 10 63 64 65 66 67 67a 68"),
    ),
    Statute(
        "BW 7",
        "BWBR0005290",
        "Burgerlijk Wetboek Boek 7",
        date(2026, 7, 1),
        articles_read=_read("450 451 452 453 454 455 456 457 458 458a 458b"),
    ),
    Statute(
        "AWR",
        "BWBR0002320",
        "Algemene wet inzake rijksbelastingen",
        date(2026, 1, 1),
        articles_read=_read("55 62 63 64 65 66 66a 66b 67"),
    ),
    Statute(
        "SUWI",
        "BWBR0013060",
        "Wet structuur uitvoeringsorganisatie werk en inkomen",
        date(2026, 7, 1),
        articles_read=_read("54 61 62 63 64 65 73 73a 74"),
    ),
    Statute(
        "Schuldhulpwet",  # its own abbreviation, Wgs, is that of another act as well
        "BWBR0031331",
        "Wet gemeentelijke schuldhulpverlening",
        date(2026, 7, 1),
        articles_read=_read("1 2 3 3a 4 4a 5 6 7 8 8a 8b 8c 8d"),
    ),
    Statute(
        "Leerplichtwet",
        "BWBR0002628",
        "Leerplichtwet 1969",
        date(2026, 8, 1),
        articles_read=_read("16a 17 18 19 21a 22 23 24"),
    ),
    Statute(
        "Wet WOZ",
        "BWBR0007119",
        "Wet waardering onroerende zaken",
        date(2026, 7, 1),
        articles_read=_read("37f 37g 37h 38 39 40 40a 40b"),
    ),
    Statute(
        "Woo",
        "BWBR0045754",
        "Wet open overheid",
        date(2026, 8, 15),
        articles_read=_read("2.4 2.5 3.1 3.3 3.3a 3.3b 3.4 3.5 4.1 5.1 5.2 5.3 5.5 5.6 5.7"),
    ),
    Statute(
        "Who",
        "BWBR0036795",
        "Wet hergebruik van overheidsinformatie",
        date(2025, 11, 21),
        articles_read=_read("1 2 2a 3 4 5"),
    ),
    Statute(
        "Archiefwet",
        "BWBR0007376",
        "Archiefwet 1995",
        date(2024, 6, 19),
        articles_read=_read("1 2 2a 2b 3 4 5 6 7 8 9 10 11 12 13"),
    ),
    Statute("Awb", "BWBR0005537", "Algemene wet bestuursrecht", None),
    Statute(
        "WOR",
        "BWBR0002747",
        "Wet op de ondernemingsraden",
        date(2023, 2, 18),
        articles_read=_read("27 28"),
    ),
    # The text as published in 2024; the regulation that moved its days in 2026 nobody read: those
    # days are settings (`policy.parameters`). Of art. 26 paragraphs 6 to 12, of 49 paragraph 3.
    Statute(
        "AI-verordening",
        "32024R1689",
        "Verordening artificiële intelligentie",
        date(2024, 7, 12),
        articles_read=_read("5 26 49"),
    ),
)

STATUTES = MappingProxyType({statute.key: statute for statute in _ALL})
"""Every statute we cite, by its key."""

_BY_NAME = MappingProxyType(
    {name.casefold(): statute for statute in _ALL for name in (statute.key, statute.name)}
)


def statute(name: str) -> Statute | None:
    """The statute with this key or citation title, or None when we do not know it."""
    return _BY_NAME.get(name.strip().casefold())
