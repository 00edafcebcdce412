"""Crime as it happens, as it is registered, and as residents answer a survey about it.

In the Poortbuurt more happens than elsewhere, and residents feel it. In the Stationsbuurt much is
registered because many visitors come: for who is there it is no worse. In Lisdonk residents feel
unsafe while no more is registered. Since 2022 the police count reports by internet too.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from grondslag.synthetic.chance import Floats, Integers, stream
from grondslag.synthetic.geography import DISTRICTS, neighbourhoods
from grondslag.synthetic.households import LEAST, position
from grondslag.synthetic.tables import table_of

WORSE = "Poortbuurt"
VISITED = "Stationsbuurt"
FELT = "Lisdonk"
PRESENT = ("bewoner", "bezoeker")
YEARS = tuple(range(2018, 2026))
CHANGED = 2022
_RESIDENTS = 60_000
_VISITORS = 11_000
_A_YEAR = (0.018, 0.041)
"""Crimes a year per resident and per visitor that is there on a day."""
_MORE_HERE = 1.7
_CORONA = 0.72
_BY_INTERNET = 1.35
_UNSAFE = 0.19
_FELT_MORE = 2.1
_ROUNDED = 10


@dataclass(frozen=True, slots=True)
class Safety:
    """What was drawn.

    Args:
        present: Per neighbourhood how many residents and visitors are there on a day.
        crimes: Registered per neighbourhood, year and kind of victim.
        answers: Per neighbourhood how many answered, how many felt unsafe, and the weighted share
            of those with its standard error, both in percent.
    """

    present: Integers
    crimes: Integers
    answers: tuple[tuple[int, int, float, float], ...]


def make_safety(seed: int) -> Safety:
    """Draw what happens, and what is seen of it."""
    chance = stream(seed, "safety")
    names = [name for _, name, _ in neighbourhoods()]
    present = _present(chance)
    times = np.exp(chance.normal(0.0, 0.08, len(names)))
    times[position(WORSE)] = _MORE_HERE
    times[position(VISITED)] = 1.0
    times[position(FELT)] = 1.0
    crimes = np.zeros((len(names), len(YEARS), len(PRESENT)), dtype=np.int64)
    for at, year in enumerate(YEARS):
        level = _CORONA if year in (2020, 2021) else 1.0
        level *= _BY_INTERNET if year >= CHANGED else 1.0
        for kind, rate in enumerate(_A_YEAR):
            crimes[:, at, kind] = chance.poisson(present[:, kind] * rate * times * level)
    return Safety(present, crimes, tuple(_answers(chance, present[:, 0], times)))


def _present(chance: np.random.Generator) -> Integers:
    """Residents live in the districts; most visitors come to the middle of the town."""
    per_district = len(neighbourhoods()) // len(DISTRICTS)
    people = np.repeat([one.people for one in DISTRICTS], per_district)
    people = people * chance.uniform(0.8, 1.2, people.size)
    pull = people * 0.35
    pull[position(VISITED)] = 0.95
    pull[position("Marktkwartier")] = 0.45
    found = np.zeros((people.size, len(PRESENT)), dtype=np.int64)
    found[:, 0] = np.round(_RESIDENTS * people / people.sum())
    found[:, 1] = np.round(_VISITORS * pull / pull.sum())
    return found


def _answers(
    chance: np.random.Generator, residents: Integers, times: Floats
) -> list[tuple[int, int, float, float]]:
    """A sample per neighbourhood; some answers weigh more, so that the sample looks like all."""
    rows = []
    for at, people in enumerate(residents.tolist()):
        respondents = int(min(260, max(35, round(people * 0.09))))
        more = _FELT_MORE if at == position(FELT) else 1.0
        feel = min(0.9, _UNSAFE * more * (1 + 0.8 * (float(times[at]) - 1)))
        unsafe = chance.random(respondents) < feel
        weight = chance.uniform(0.6, 1.4, respondents)
        weight /= weight.sum()
        share = float((weight * unsafe).sum())
        # The error of a weighted share: the squared weights take the place of one over the number.
        error = float(np.sqrt(np.maximum(share * (1 - share), 0.01) * (weight**2).sum()))
        rows.append((respondents, int(unsafe.sum()), 100 * share, 100 * error))
    return rows


def crime_table(safety: Safety) -> pa.Table:
    """Registered crimes per neighbourhood and year; small counts are left out."""
    rows = [
        (area, year, int(count) if (count := safety.crimes[at, y].sum()) >= LEAST else None)
        for at, (area, _, _) in enumerate(neighbourhoods())
        for y, year in enumerate(YEARS)
    ]
    return table_of(("buurt", "jaar", "misdrijven"), rows)


def victim_table(safety: Safety) -> pa.Table:
    """Registered crimes per kind of victim and year, in the whole town."""
    rows = [
        (kind, year, int(safety.crimes[:, y, k].sum()))
        for k, kind in enumerate(PRESENT)
        for y, year in enumerate(YEARS)
    ]
    return table_of(("aanwezige", "jaar", "misdrijven"), rows)


def present_table(safety: Safety) -> pa.Table:
    """How many residents and visitors are in a neighbourhood on an ordinary day, in tens."""
    rows = [
        (area, kind, _ROUNDED * round(int(safety.present[at, k]) / _ROUNDED))
        for at, (area, _, _) in enumerate(neighbourhoods())
        for k, kind in enumerate(PRESENT)
    ]
    return table_of(("buurt", "aanwezige", "aanwezigen"), rows)


def survey_table(safety: Safety) -> pa.Table:
    """What the survey's office publishes; nothing where fewer than ten said yes."""
    rows = [
        (area, count, round(share, 1), round(error, 2))
        if unsafe >= LEAST
        else (area,) + (None,) * 3
        for (area, _, _), (count, unsafe, share, error) in zip(
            neighbourhoods(), safety.answers, strict=True
        )
    ]
    return table_of(("buurt", "deelnemers", "voelt_zich_onveilig", "foutmarge"), rows)
