"""Registers about people: complaints, objections, incomes, public order, employees, rides."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from grondslag.synthetic.chance import Days, Floats, Integers, drawn, stream
from grondslag.synthetic.geography import (
    DANGEROUS_STREET,
    DISTRICT_AT,
    SEEMINGLY_DANGEROUS_DISTRICT,
    street_named,
    streets,
)
from grondslag.synthetic.names import FEMALE, MALE, PREFIX_WEIGHTS, PREFIXES, SURNAMES
from grondslag.synthetic.people import People
from grondslag.synthetic.texts import COMPLAINTS, complaint_texts

PURPOSES = ("verkeersveiligheid", "woonbeleid", "dienstverlening", "statistiek")
OBJECTION_STATES = ("ontvangen", "in_behandeling", "toegewezen", "afgewezen")

_COMPLAINTS_PER_RESIDENT = 0.1
_IN_LINDELAAN, _IN_CENTRE = 0.12, 0.38
_LINDELAAN_KINDS = (0.45, 0.30, 0.15, 0.04, 0.03, 0.03)
_USUAL_KINDS = (0.24, 0.16, 0.10, 0.26, 0.14, 0.10)
_INCOME_SOURCES = ("loon", "winst", "pensioen", "bijstand", "overige uitkering", "geen")
_INCOME_SHARES = (0.52, 0.09, 0.19, 0.05, 0.09, 0.06)
_INCOME_MIDDLE = (38_000.0, 34_000.0, 29_000.0, 15_500.0, 17_500.0, 0.0)
_NUISANCE = ("geluid", "vernieling", "drugshandel", "intimidatie", "jeugdoverlast")
_OFFENCES = ("geen", "art. 350 Sr", "art. 2 Opiumwet", "art. 285 Sr", "art. 424 Sr")
_ROLES = ("melder", "betrokkene", "verdachte")
_DEPARTMENTS = (
    *("Mobiliteit", "Geo", "Burgerzaken", "Openbare Ruimte", "Juridische Zaken"),
    *("Werk en Inkomen", "Veiligheid", "HR"),
)
_JOBS = ("adviseur", "medewerker", "teamleider", "handhaver", "data-analist", "secretaris")


def complaint_rows(seed: int, people: People, today: date) -> Iterator[Sequence[str]]:
    """Complaints about traffic in the last three years; about the Binnenstad and the Lindelaan."""
    chance = stream(seed, "complaints")
    grown = np.flatnonzero(people.ages(today) >= 18)
    count = round(_COMPLAINTS_PER_RESIDENT * people.number.size)
    who = grown[(chance.random(count) ** 1.3 * grown.size).astype(np.int64)]  # some write often
    who = chance.permutation(grown)[np.searchsorted(grown, who)]
    street = _where(chance, people.street[who])
    kind = drawn(chance, np.array(_USUAL_KINDS), count)
    lindelaan = street == streets().index(street_named(DANGEROUS_STREET))
    kind[lindelaan] = drawn(chance, np.array(_LINDELAAN_KINDS), int(lindelaan.sum()))
    day = _sorted_days(chance, count, today, years=3)
    texts = complaint_texts(chance, people, who.tolist(), kind.tolist())
    numbers = people.number[who].tolist()
    for n, (at, sort, on) in enumerate(
        zip(street.tolist(), kind.tolist(), np.datetime_as_string(day).tolist(), strict=True)
    ):
        place = streets()[at]
        yield (
            f"M{n + 1:07d}",
            str(numbers[n]),
            on,
            place.code,
            place.neighbourhood,
            place.district,
            COMPLAINTS[sort],
            texts[n],
        )


def objection_rows(seed: int, people: People, today: date) -> Iterator[Sequence[str]]:
    """Objections under article 21 of the GDPR, per purpose and state."""
    chance = stream(seed, "objections")
    count = max(8, people.number.size // 250)
    who = chance.choice(people.number.size, size=min(count, people.number.size), replace=False)
    purpose = drawn(chance, np.array([0.4, 0.2, 0.25, 0.15]), who.size)
    state = drawn(chance, np.array([0.10, 0.15, 0.45, 0.30]), who.size)
    day = _sorted_days(chance, who.size, today, years=4)
    for number, to, how, on in zip(
        people.number[who].tolist(),
        purpose.tolist(),
        state.tolist(),
        np.datetime_as_string(day).tolist(),
        strict=True,
    ):
        yield str(number), PURPOSES[to], OBJECTION_STATES[how], on


def income_table(seed: int, people: People, today: date) -> pa.Table:
    """Last year's income of every adult."""
    chance = stream(seed, "incomes")
    grown = np.flatnonzero(people.ages(today) >= 18)
    source = drawn(chance, np.array(_INCOME_SHARES), grown.size)
    amount = np.take(_INCOME_MIDDLE, source) * np.exp(0.4 * chance.normal(size=grown.size))
    names = pa.array(_INCOME_SOURCES)
    return pa.table(
        {
            "bsn": pa.array(people.number[grown]).cast(pa.string()),
            "inkomensjaar": pa.array(np.full(grown.size, today.year - 1)),
            "inkomen": pa.array(amount.round(2)),
            "bron": names.take(pa.array(source)),
            "schulden": pa.array(chance.random(grown.size) < 0.08),
        }
    )


def nuisance_rows(seed: int, people: People, today: date) -> Iterator[Sequence[str]]:
    """The public-order register: who reported, who was involved, who is suspected of what."""
    chance = stream(seed, "nuisance")
    grown = np.flatnonzero(people.ages(today) >= 12)
    count = max(20, people.number.size // 120)
    who = grown[chance.integers(0, grown.size, count)]
    at = people.street[who]
    kind = chance.integers(0, len(_NUISANCE), count)
    role = drawn(chance, np.array([0.5, 0.3, 0.2]), count)
    day = _sorted_days(chance, count, today, years=2)
    for n, (number, street, what, part, on) in enumerate(
        zip(
            people.number[who].tolist(),
            at.tolist(),
            kind.tolist(),
            role.tolist(),
            np.datetime_as_string(day).tolist(),
            strict=True,
        )
    ):
        place = streets()[street]
        yield (
            f"OV{n + 1:06d}",
            str(number),
            on,
            place.code,
            place.neighbourhood,
            place.district,
            _NUISANCE[what],
            _OFFENCES[what] if part == len(_ROLES) - 1 else "geen",
            _ROLES[part],
            "Gesprek gevoerd met buren; wijkagent op de hoogte.",
        )


def employee_rows(seed: int, people: People, today: date) -> Iterator[Sequence[str | int]]:
    """The staff of the municipality; most of them live elsewhere, so they have no person number."""
    chance = stream(seed, "employees")
    count = max(24, people.number.size // 85)
    female = (chance.random(count) < 0.55).tolist()
    first, surname = chance.integers(0, 1 << 30, (2, count)).tolist()
    born = np.datetime64(today) - chance.integers(20 * 366, 66 * 365, count)
    working = (np.datetime64(today) - born).astype(np.int64) - 20 * 365
    since = np.datetime64(today) - (working * chance.random(count)).astype(np.int64)
    prefix = drawn(chance, np.array(PREFIX_WEIGHTS), count).tolist()
    days = np.floor(chance.exponential(9.0, count)).astype(np.int64).tolist()
    for n in range(count):
        given = FEMALE if female[n] else MALE
        yield (
            f"P{n + 1:05d}",
            given[first[n] % len(given)],
            PREFIXES[prefix[n]],
            SURNAMES[surname[n] % len(SURNAMES)],
            str(born[n]),
            _DEPARTMENTS[n % len(_DEPARTMENTS)],
            _JOBS[surname[n] // 61 % len(_JOBS)],
            6 + surname[n] // 7 % 9,
            days[n],
            str(since[n]),
        )


def _where(chance: np.random.Generator, home: Integers) -> Integers:
    """What street a complaint is about: the Lindelaan, the centre, or one's own."""
    draw = chance.random(home.size)
    all_streets = streets()
    lindelaan = all_streets.index(street_named(DANGEROUS_STREET))
    centre_at = DISTRICT_AT[SEEMINGLY_DANGEROUS_DISTRICT]
    centre = np.array([n for n, s in enumerate(all_streets) if s.district_at == centre_at])
    busy: Floats = np.array([3.0 if all_streets[at].rank == 0 else 1.0 for at in centre])
    there = centre[drawn(chance, busy, home.size)]
    street = np.where(draw < _IN_LINDELAAN + _IN_CENTRE, there, home)
    return np.where(draw < _IN_LINDELAAN, lindelaan, street)


def _sorted_days(chance: np.random.Generator, count: int, today: date, *, years: int) -> Days:
    ago: Integers = np.sort(chance.integers(1, years * 365, count))[::-1]
    return np.datetime64(today) - ago
