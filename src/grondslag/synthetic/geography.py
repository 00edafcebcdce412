"""The plan of Voorbeeldstad: districts, neighbourhoods and streets, the same for every seed.

The plan is fixed so that one pinned list of areas serves every town that is made. Municipality
code 9999 belongs to no municipality; the district that only seems dangerous is the Binnenstad.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

STREETS_PER_NEIGHBOURHOOD = 8
DANGEROUS_STREET = "Lindelaan"
SEEMINGLY_DANGEROUS_DISTRICT = "Binnenstad"
LEVELS = ("straat", "buurt", "wijk")


@dataclass(frozen=True, slots=True)
class District:
    """A district (wijk).

    Args:
        name: What people call it.
        centre: Metres east and north of the middle of the town.
        people: Its share in the residents, in parts of the whole of all districts.
        busyness: How much more traffic its streets carry than usual.
        neighbourhoods: Names, in the order of their codes.
        stems: First halves of its street names.
        endings: The two last halves.
    """

    name: str
    centre: tuple[float, float]
    people: float
    busyness: float
    neighbourhoods: tuple[str, ...]
    stems: tuple[str, ...]
    endings: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Street:
    """A street, with the neighbourhood and district it lies in, by code and by position."""

    code: str
    name: str
    neighbourhood: str
    district: str
    neighbourhood_at: int
    district_at: int
    rank: int


DISTRICTS = (
    District(
        "Binnenstad",
        (0.0, 620.0),
        0.028,
        2.6,
        ("Marktkwartier", "Oude Kade", "Wallenbuurt", "Stationsbuurt"),
        (
            *("Boter", "Vis", "Hout", "Koren", "Zout", "Haver", "Wol", "Kaas"),
            *("Brouwers", "Smeden", "Wevers", "Kuipers", "Bakkers", "Lakens", "Turf", "Tin"),
        ),
        ("markt", "steeg"),
    ),
    District(
        "Havenkwartier",
        (-2050.0, 900.0),
        0.105,
        1.2,
        ("Scheepsbuurt", "Dokkenbuurt", "Touwbaan", "Loodsenhoek"),
        (
            *("Anker", "Bries", "Kompas", "Boei", "Zeil", "Mast", "Roer", "Loods"),
            *("Sluis", "Dok", "Reede", "Steven", "Tros", "Vlet", "Schoener", "Klipper"),
        ),
        ("kade", "straat"),
    ),
    District(
        "Noorderveld",
        (-900.0, 1900.0),
        0.150,
        0.9,
        ("Vogelbuurt", "Reigershoek", "Nesterven", "Zwaluwveld"),
        (
            *(
                "Merel",
                "Lijster",
                "Spreeuwen",
                "Reiger",
                "Zwaluw",
                "Kieviten",
                "Wulpen",
                "Ooievaar",
            ),
            *("Vinken", "Mezen", "Uilen", "Valken", "Ganzen", "Fazanten", "Roodborst", "Tureluur"),
        ),
        ("straat", "pad"),
    ),
    District(
        "Lindenhof",
        (1050.0, 1850.0),
        0.165,
        1.0,
        ("Lindenbuurt", "Beukenhorst", "Eikenkamp", "Wilgenrijk"),
        (
            *("Linde", "Kastanje", "Esdoorn", "Meidoorn", "Hulst", "Taxus", "Olmen", "Acacia"),
            *("Beuken", "Eiken", "Berken", "Wilgen", "Elzen", "Iepen", "Populieren", "Platanen"),
        ),
        ("laan", "hof"),
    ),
    District(
        "Oosterbroek",
        (2450.0, 700.0),
        0.130,
        1.0,
        ("Rietlanden", "Biezenveld", "Lisdonk", "Veenkant"),
        (
            *("Riet", "Biezen", "Lis", "Veen", "Turfven", "Wollegras", "Gagel", "Moeras"),
            *("Kikker", "Libellen", "Salamander", "Otter", "Waterlelie", "Kroos", "Zegge", "Varen"),
        ),
        ("weg", "dreef"),
    ),
    District(
        "Zuiderpoort",
        (-1900.0, -1050.0),
        0.170,
        1.1,
        ("Poortbuurt", "Singelkant", "Vestehoek", "Bastion"),
        (
            *("Poort", "Vesting", "Bolwerk", "Wallen", "Ravelijn", "Gracht", "Toren", "Schans"),
            *("Zwaard", "Schild", "Harnas", "Ridder", "Banier", "Kasteel", "Burcht", "Wapen"),
        ),
        ("straat", "singel"),
    ),
    District(
        "Molenwijk",
        (150.0, -1150.0),
        0.140,
        1.0,
        ("Molenbuurt", "Wiekenveld", "Graanhoek", "Meelkwartier"),
        (
            *("Molen", "Wieken", "Maalsteen", "Graan", "Tarwe", "Rogge", "Gerst", "Spelt"),
            *("Meel", "Garven", "Oogst", "Sikkel", "Dorsvloer", "Schoven", "Hooi", "Klaver"),
        ),
        ("straat", "weg"),
    ),
    District(
        "Weiderand",
        (2150.0, -1050.0),
        0.112,
        0.8,
        ("Madelief", "Boterbloem", "Klaproos", "Dotterveld"),
        (
            *(
                "Madelief",
                "Boterbloem",
                "Klaproos",
                "Dotter",
                "Korenbloem",
                "Zuring",
                "Pinkster",
                "Ereprijs",
            ),
            *("Distel", "Kamille", "Paardenbloem", "Munt", "Tijm", "Vlas", "Weegbree", "Brem"),
        ),
        ("weide", "pad"),
    ),
)


@cache
def streets() -> tuple[Street, ...]:
    """All streets, in the order of their codes."""
    found: list[Street] = []
    for d, district in enumerate(DISTRICTS):
        names = [stem + ending for stem in district.stems for ending in district.endings]
        # Neighbourhood n gets the names at n, n + 4, ...: so that each has both endings.
        size = STREETS_PER_NEIGHBOURHOOD
        for n in range(len(district.neighbourhoods)):
            for rank, name in enumerate(names[n * size : (n + 1) * size]):
                found.append(
                    Street(
                        code=f"ST{len(found) + 1:04d}",
                        name=name,
                        neighbourhood=neighbourhood_code(d, n),
                        district=district_code(d),
                        neighbourhood_at=d * len(district.neighbourhoods) + n,
                        district_at=d,
                        rank=rank,
                    )
                )
    return tuple(found)


@cache
def street_named(name: str) -> Street:
    """The one street with this name."""
    return next(street for street in streets() if street.name == name)


def district_code(at: int) -> str:
    """Code of a district, in the form Statistics Netherlands uses."""
    return f"WK9999{at + 1:02d}"


def neighbourhood_code(district_at: int, at: int) -> str:
    """Code of a neighbourhood, in the form Statistics Netherlands uses."""
    return f"BU9999{district_at + 1:02d}{at + 1:02d}"


def neighbourhoods() -> tuple[tuple[str, str, str], ...]:
    """Per neighbourhood its code, its name and the code of its district."""
    return tuple(
        (neighbourhood_code(d, n), name, district_code(d))
        for d, district in enumerate(DISTRICTS)
        for n, name in enumerate(district.neighbourhoods)
    )


def area_list() -> dict[str, Any]:
    """The list of areas as contracts pin it."""
    wijken = [
        {"code": district_code(d), "name": district.name, "level": "wijk"}
        for d, district in enumerate(DISTRICTS)
    ]
    buurten = [
        {"code": code, "name": name, "level": "buurt", "within": district}
        for code, name, district in neighbourhoods()
    ]
    straten = [
        {"code": s.code, "name": s.name, "level": "straat", "within": s.neighbourhood}
        for s in streets()
    ]
    return {
        "areas": "grondslag/1",
        "name": "Voorbeeldstad (verzonnen gemeente)",
        "levels": list(LEVELS),
        "list": [*wijken, *buurten, *straten],
    }


DISTRICT_AT = MappingProxyType({district.name: at for at, district in enumerate(DISTRICTS)})
"""Position of a district by its name."""
