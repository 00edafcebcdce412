"""Residents, as the register of persons knows them: in households, at an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from grondslag.synthetic.chance import Days, Flags, Floats, Integers, drawn, stream
from grondslag.synthetic.geography import DISTRICTS, streets
from grondslag.synthetic.names import (
    FEMALE,
    MALE,
    PREFIX_WEIGHTS,
    PREFIXES,
    SURNAMES,
    person_numbers,
    postcode,
)

CREATE_RESIDENTS = """
    CREATE TABLE inwoners (
        bsn TEXT, voornaam TEXT, tussenvoegsel TEXT, achternaam TEXT, geboortedatum TEXT,
        geslacht TEXT, straat TEXT, huisnummer INTEGER, postcode TEXT, buurt TEXT, wijk TEXT,
        geheim TEXT, ingeschreven_sinds TEXT
    )
"""
ADD_RESIDENT = "INSERT INTO inwoners VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_SIZES = (0.20, 0.36, 0.16, 0.19, 0.09)  # of households, weighed by the people in them
_SECRET = 0.035
_PART = 200_000
_ADULTS = ((18, 25, 0.10), (25, 45, 0.34), (45, 65, 0.33), (65, 80, 0.17), (80, 101, 0.06))


@dataclass(frozen=True, slots=True)
class People:
    """All residents, by position; texts are only made when they are written.

    Args:
        number: Person number.
        female: Whether registered as a woman; see *unstated*.
        unstated: Whether the sex is not stated.
        first_name: Position in the list of first names of that sex.
        prefix: Position in `names.PREFIXES`.
        surname: Position in `names.SURNAMES`.
        born: Day of birth.
        street: Position of the street.
        house: House number.
        secret: Whether the secrecy mark is set.
        since: Day of registration in the municipality.
    """

    number: Integers
    female: Flags
    unstated: Flags
    first_name: Integers
    prefix: Integers
    surname: Integers
    born: Days
    street: Integers
    house: Integers
    secret: Flags
    since: Days

    def ages(self, today: date) -> Integers:
        """Whole years of age, near enough for choosing adults."""
        days = (np.datetime64(today) - self.born).astype(np.int64)
        return (days / 365.2425).astype(np.int64)


def make_people(seed: int, count: int, today: date) -> People:
    """As many residents as asked, in households of one to five."""
    chance = stream(seed, "people")
    household, place, households = _households(chance, count)
    street = drawn(chance, _street_weights(), households)
    surname = chance.integers(0, len(SURNAMES), households)
    prefix = drawn(chance, np.array(PREFIX_WEIGHTS), households)
    secret = chance.random(households) < _SECRET
    own_name = (place == 1) & (chance.random(count) < 0.6)  # partners mostly keep their own name
    born = _births(chance, household, place, today)
    number = chance.permutation(person_numbers(count))
    female = chance.random(count) < 0.505
    lived = (np.datetime64(today) - born).astype(np.int64)
    return People(
        number=number,
        female=female,
        unstated=chance.random(count) < 0.002,
        first_name=chance.integers(0, 1 << 30, count) % np.where(female, len(FEMALE), len(MALE)),
        prefix=np.where(own_name, chance.permutation(prefix[household]), prefix[household]),
        surname=np.where(own_name, chance.permutation(surname[household]), surname[household]),
        born=born,
        street=street[household],
        house=_house_numbers(street)[household],
        secret=secret[household],
        since=np.datetime64(today) - (lived * chance.random(count) ** 1.6).astype(np.int64),
    )


def resident_rows(people: People) -> Iterator[tuple[str | int | None, ...]]:
    """The rows of the register of persons, in its order of columns."""
    all_streets = streets()
    for start in range(0, people.number.size, _PART):
        part = slice(start, start + _PART)
        born = np.datetime_as_string(people.born[part]).tolist()
        since = np.datetime_as_string(people.since[part]).tolist()
        rows = zip(
            people.number[part].tolist(),
            people.female[part].tolist(),
            people.unstated[part].tolist(),
            people.first_name[part].tolist(),
            people.prefix[part].tolist(),
            people.surname[part].tolist(),
            people.street[part].tolist(),
            people.house[part].tolist(),
            people.secret[part].tolist(),
            born,
            since,
            strict=True,
        )
        for number, female, unstated, first, prefix, surname, at, house, secret, birth, day in rows:
            street = all_streets[at]
            yield (
                str(number),
                (FEMALE if female else MALE)[first],
                PREFIXES[prefix] or None,
                SURNAMES[surname],
                birth,
                "O" if unstated else ("V" if female else "M"),
                street.code,
                house,
                postcode(at, house),
                street.neighbourhood,
                street.district,
                "J" if secret else "N",
                day,
            )


def full_name(people: People, at: int) -> str:
    """First name, prefix and surname of one resident."""
    first = (FEMALE if people.female[at] else MALE)[int(people.first_name[at])]
    parts = (first, PREFIXES[int(people.prefix[at])], SURNAMES[int(people.surname[at])])
    return " ".join(part for part in parts if part)


def _households(chance: np.random.Generator, count: int) -> tuple[Integers, Integers, int]:
    """Per person the household and the place in it, and how many households there are."""
    weights = np.array(_SIZES) / np.arange(1, len(_SIZES) + 1)
    sizes = drawn(chance, weights, count) + 1
    ends = np.cumsum(sizes)
    households = int(np.searchsorted(ends, count)) + 1
    household = np.repeat(np.arange(households), sizes[:households])[:count]
    first = np.concatenate([[0], ends[: households - 1]])
    return household, np.arange(count) - first[household], households


def _street_weights() -> Floats:
    """How many people live in each street: few in the Binnenstad, more in residential streets."""
    chance = np.random.Generator(np.random.PCG64(9999))
    usual = np.array([DISTRICTS[street.district_at].people for street in streets()])
    return usual * chance.uniform(0.6, 1.4, usual.size)


def _house_numbers(street: Integers) -> Integers:
    """House numbers: the households of a street numbered from one, in order of arrival."""
    order = np.argsort(street, kind="stable")
    grouped = street[order]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(grouped)) + 1])
    sizes = np.diff(np.concatenate([starts, [grouped.size]]))
    numbers = np.empty(street.size, dtype=np.int64)
    numbers[order] = np.arange(grouped.size) - np.repeat(starts, sizes) + 1
    return numbers


def _births(chance: np.random.Generator, household: Integers, place: Integers, today: date) -> Days:
    """Days of birth: adults by an age pyramid, partners near each other, then children."""
    band = drawn(chance, np.array([share for _, _, share in _ADULTS]), int(household[-1]) + 1)
    low, high = np.array([edges[:2] for edges in _ADULTS]).T
    head = low[band] + chance.random(band.size) * (high - low)[band]
    family = np.bincount(household) >= 3
    head = np.where(family, 27 + 28 * chance.random(band.size), head)
    age = head[household]
    age = np.where(place == 1, np.clip(age + chance.normal(0, 3, age.size), 18, 102), age)
    child = np.clip(age - 24 - 12 * chance.random(age.size), 0, 24) * chance.random(age.size) ** 0.3
    age = np.where(place >= 2, child, age)
    born: Days = np.datetime64(today) - np.maximum(1, (age * 365.2425).astype(np.int64))
    return born
