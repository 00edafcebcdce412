"""Names and numbers of people who do not exist, recognisable as such.

Surnames are put together from halves that do not go together in real life. Person numbers pass the
eleven-test and run from 999999999 downwards: first the range 9999xxxxx that Dutch test sets use,
then, for larger towns, what lies below it. Postcodes end in SA, SD or SS, which are never given
out; bank accounts stand at a bank called TEST; mail goes to the reserved domain ``.example``;
number plates begin with SS, telephone numbers with 06-000: neither is given out.
"""

import numpy as np

from grondslag.synthetic.chance import Integers

FEMALE = (
    *("Aafke", "Amina", "Anouk", "Berend-Jantje", "Chloë", "Daphne", "Eline", "Fatima", "Femke"),
    *("Geertje", "Hanneke", "Ilse", "Jasmijn", "Kübra", "Lieke", "Maud", "Noëlle", "Nynke"),
    *("Oumaima", "Renée", "Roos", "Saar", "Sanne", "Tess", "Wietske", "Yara", "Zoë"),
)
MALE = (
    *("Abel", "Bram", "Cas", "Daan", "Eelco", "Farid", "Gijs", "Hidde", "Ivo", "Jelle", "José"),
    *("Koen", "Lars", "Mehmet", "Niels", "Olivier", "Pelle", "Quinten", "Ruben", "Sjoerd"),
    *("Stijn", "Teun", "Ümit", "Wessel", "Willem-Jan", "Yusuf", "Zeno"),
)
_HALVES = (
    *("Wolken", "Zilver", "Regen", "Sterren", "Nevel", "Koper", "Pluim", "Honing", "Vuurtoren"),
    *("Kiezel", "Schemer", "Donder", "Krekel", "Fluister", "Sneeuw", "Appel", "Reuzen", "Vlinder"),
    *("Kandelaar", "Dwaal", "Mosterd", "Zomer", "Winter", "Anijs", "Theepot", "Klok", "Doorn"),
    *("Waaier", "Ridder", "Knoop"),
)
_ENDINGS = (
    *("beek", "dam", "hoven", "veld", "stein", "kamp", "ster", "huis", "brink", "molen", "wagen"),
    *("boom", "snijder", "meester", "vanger", "kijker", "draad", "zang", "goed", "reëel"),
)
SURNAMES = tuple(half + ending for half in _HALVES for ending in _ENDINGS)
PREFIXES = ("", "van", "de", "van de", "van der", "ten", "ter", "van 't")
PREFIX_WEIGHTS = (0.70, 0.10, 0.07, 0.04, 0.05, 0.02, 0.01, 0.01)

_FIRST_NUMBER = 999_999_999
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def person_numbers(count: int) -> Integers:
    """Made-up person numbers that pass the eleven-test, from high to low.

    The test: nine digits weighed 9 to 2 and -1 have a sum that is a multiple of eleven.
    """
    candidates = _FIRST_NUMBER - np.arange(count * 11 + 11, dtype=np.int64)
    total = np.zeros(candidates.size, dtype=np.int64)
    for place, weight in enumerate(_WEIGHTS):
        total += (candidates // 10 ** (8 - place)) % 10 * weight
    passing: Integers = candidates[total % 11 == 0][:count]
    return passing


def number_plate(at: int) -> str:
    """A number plate that is not given out."""
    letters = "BDFGHJKLNPRSTVXZ"
    return f"SS-{at % 1000:03d}-{letters[at // 1000 % len(letters)]}"


def telephone(at: int) -> str:
    """A telephone number that is not given out."""
    return f"06-000{at % 100_000:05d}"


def bank_account(at: int) -> str:
    """A bank account whose check digits are right, at a bank that does not exist.

    Source:
        ISO 13616 and ISO 7064 (mod 97-10).
    """
    account = f"TEST{at % 10**10:010d}"
    digits = "".join(str(int(sign, 36)) for sign in f"{account}NL00")
    return f"NL{98 - int(digits) % 97:02d}{account}"


def postcode(street_at: int, house_number: int) -> str:
    """A postcode whose letters are never given out: one per street and side."""
    letters = "SS" if house_number > 100 else ("SD", "SA")[house_number % 2]
    return f"{9000 + street_at} {letters}"
