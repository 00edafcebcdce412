"""What people type in a free field: also what does not belong there.

Each text is a sentence, and in part of them a second one with a person number, bank account, mail
address, telephone number, number plate or address. All of it is made up; see `names`.
"""

from collections.abc import Sequence

import numpy as np

from grondslag.synthetic.geography import streets
from grondslag.synthetic.names import bank_account, number_plate, postcode, telephone
from grondslag.synthetic.people import People, full_name

COMPLAINTS = (
    "te_hard_rijden",
    "gevaarlijke_oversteek",
    "onoverzichtelijk_kruispunt",
    "foutparkeren",
    "slecht_wegdek",
    "anders",
)
_COMPLAINT_TEXTS = (
    "Er wordt hier elke dag veel te hard gereden.",
    "Mijn kinderen durven hier niet meer over te steken.",
    "Je ziet het verkeer op de hoek pas als het te laat is.",
    "Auto's staan half op de stoep, dus je moet de rijbaan op.",
    "Er zit een gat in de weg waar fietsers omheen moeten.",
    "Wanneer doet de gemeente hier nu eens iets aan?",
)
_PERSONAL_SHARE = 0.30
_CRASH_TEXTS = (
    "Voorrang niet verleend.",
    "Te laat geremd; kop-staartbotsing.",
    "Gladde weg, macht over het stuur verloren.",
    "Fietser geraakt bij rechts afslaan.",
    "Portier geopend zonder te kijken.",
    "Paaltje over het hoofd gezien.",
    "Bestuurder week uit voor een overstekend dier.",
    "Zicht belemmerd door geparkeerde bus.",
)
_CRASH_EMPTY, _CRASH_PERSONAL = 0.35, 0.12


def complaint_texts(
    chance: np.random.Generator, people: People, who: Sequence[int], kinds: Sequence[int]
) -> list[str]:
    """A text per complaint, by the resident at *who*."""
    personal = (chance.random(len(who)) < _PERSONAL_SHARE).tolist()
    pick = chance.integers(0, 1 << 30, len(who)).tolist()
    return [
        f"{_COMPLAINT_TEXTS[kind]} {_personal_line(people, at, n)}"
        if has_more
        else _COMPLAINT_TEXTS[kind]
        for at, kind, has_more, n in zip(who, kinds, personal, pick, strict=True)
    ]


def _personal_line(people: People, at: int, n: int) -> str:
    name = full_name(people, at)
    street, house = int(people.street[at]), int(people.house[at])
    lines = (
        f"Bel mij terug op {telephone(n)}.",
        f"U kunt mailen naar bewoner{n % 100_000}@voorbeeldstad.example.",
        f"Mijn bsn is {int(people.number[at])}.",
        f"Het was de auto met kenteken {number_plate(n)}.",
        f"Ik woon op {streets()[street].name} {house}, {postcode(street, house)}.",
        f"Stort de schade op {bank_account(n)} op naam van {name}.",
        f"Groet, {name}.",
    )
    return lines[n % len(lines)]


def crash_texts(chance: np.random.Generator, count: int) -> list[str | None]:
    """A note per crash: often none, sometimes with a trailing space, plate, telephone or name.

    No note holds a person number, and no name in one is that of a resident.
    """
    draw = chance.random(count).tolist()
    pick = chance.integers(0, 1 << 30, count).tolist()
    return [_crash_text(share, n) for share, n in zip(draw, pick, strict=True)]


def _crash_text(share: float, n: int) -> str | None:
    if share < _CRASH_EMPTY:
        return None
    note = _CRASH_TEXTS[n % len(_CRASH_TEXTS)]
    if share < 1 - _CRASH_PERSONAL:
        return note + ("  " if n % 9 == 0 else "")
    more = (
        f"Kenteken {number_plate(n)}.",
        f"Getuige bereikbaar op {telephone(n)}.",
        "Bestuurder noemt zich dhr. Voorbeeld.",
    )
    return f"{note} {more[n % len(more)]}"
