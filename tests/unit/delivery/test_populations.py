"""A population laid beside a table: never more people than there can be, and nobody forgotten."""

from collections import Counter

import pyarrow as pa
import pytest

from grondslag.delivery.populations import Counted, population_beside
from grondslag.plan import WantedModel, WantedModelKind
from small_town import refused

LOWEST = WantedModel(WantedModelKind.PRESENCE, low=0.1, high=0.9, population="inwoners")


def table(*rows):
    """Who, and where."""
    places = pa.array([buurt for _, buurt in rows], pa.string())
    return pa.table({"who": [who for who, _ in rows], "buurt": places})


def counted(is_whole=True, **people):
    """So many people per neighbourhood; ``none`` is where nobody knows the neighbourhood."""
    names = [None if name == "none" else name for name in people]
    combinations = {"buurt": pa.array(names, pa.string()), "__count": list(people.values())}
    return Counted("inwoners", pa.table(combinations), is_whole)


def beside(population, rows, **options):
    return population_beside(population, rows, quasi=["buurt"], person="who", **options)


@pytest.mark.parametrize(
    ("rows", "people", "expected", "not_found"),
    [
        ([("a", "B1"), ("b", "B2")], {"B1": 3, "B2": 2}, {"B1": 3, "B2": 2}, 0),
        ([("a", "B1")], {"B1": 1, "B2": 4}, {"B1": 1, "B2": 4}, 0),
        ([("a", "B1"), ("b", "B1")], {"B1": 0, "B2": 4}, {"B1": 2, "B2": 4}, 2),
        ([("a", "B1"), ("b", "B3")], {"B1": 5}, {"B1": 5, "B3": 1}, 1),
        ([("a", "B1"), ("a", "B1")], {"B1": 0}, {"B1": 1}, 1),
        ([("a", None), ("b", None)], {"none": 7}, {None: 7}, 0),
        ([("a", None), ("b", None)], {"B1": 7}, {None: 2, "B1": 7}, 2),
    ],
    ids=["all", "a combination more", "withheld", "unknown there", "twice in it",
         "missing in both", "missing here"],
)  # fmt: skip
def test_everybody_stands_in_it_once(rows, people, expected, not_found):
    made = beside(counted(**people), table(*rows))

    assert Counter(made.everybody.column("buurt").to_pylist()) == expected
    assert made.not_found == not_found


def test_a_lowest_chance_needs_every_count():
    rows = table(("a", "B1"), ("b", "B2"))

    assert beside(counted(B1=2, B2=2), rows, promises=[LOWEST]).not_found == 0
    with refused("delivery.population-not-whole"):
        beside(counted(is_whole=False, B1=2, B2=2), rows, promises=[LOWEST])
    with refused("delivery.population-not-whole"):
        beside(counted(B1=2), rows, promises=[LOWEST])


def test_few_who_were_not_found_are_not_told():
    made = beside(counted(B1=50), table(("a", "B1"), ("b", "B3")))

    assert made.told(10) == {"dataset": "inwoners", "persons": None, "not_found": None}
    assert made.told(1) == {"dataset": "inwoners", "persons": 51, "not_found": 1}


ATTACK = {"highest": 1 / 94, "average": 1 / 94, "up_to": [{"size": 100, "share": 1.0}]}


def test_beside_a_withheld_count_neither_sum_nor_chance_gives_it_back():
    """Ninety are shown and four are not: neither 94 people nor one in 94 may be told."""
    made = beside(counted(B1=90, B2=4), table(("a", "B1")))

    assert made.told(10)["persons"] is None
    told = made.cautious(ATTACK, 10)
    assert told == {"highest": 1 / 90, "average": 1 / 90,
                    "up_to": [{"size": 100, "share": None}]}  # fmt: skip
    assert made.cautious(ATTACK | {"highest": 1 / 4}, 10)["highest"] == 1


def test_without_a_withheld_count_the_chance_is_told_as_it_is():
    made = beside(counted(B1=90, B2=40), table(("a", "B1")))

    assert made.cautious(ATTACK, 10) == ATTACK
