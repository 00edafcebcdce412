"""Attacks on what is released, by someone who knows the method and what can be seen of people."""

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import (
    DistinctDiversity,
    KAnonymity,
    RecursiveDiversity,
    TCloseness,
    anonymise,
    areas,
    intervals,
    smallest_group,
)

QUASI = ["age", "area"]
PLACES = [dict(zip("ABCD", "WWVV", strict=True)), dict.fromkeys("ABCD", "G")]


def town(rows=300, seed=7):
    """People of a made-up town; debt goes with the area, so that areas give it away."""
    draw = np.random.default_rng(seed)
    area = draw.choice(list("ABCD"), rows, p=[0.4, 0.3, 0.2, 0.1])
    debt = [
        draw.choice(["none", "some", "much"], p=[0.2, 0.2, 0.6] if at == "D" else [0.85, 0.1, 0.05])
        for at in area
    ]
    return pa.table({"age": draw.integers(18, 90, rows), "area": area, "debt": debt})


def released(table, *models, **asked):
    hierarchies = [intervals("age", pa.array(range(18, 90)), widths=[5, 10, 20, 40]),
                   areas("area", PLACES)]  # fmt: skip
    return anonymise(
        table,
        hierarchies=hierarchies,
        model=models,
        sensitive=["debt"],
        **({"suppression": 0.1} | asked),
    )


def debts(table):
    """What an attacker reads for each group."""
    groups = defaultdict(Counter)
    for row in table.to_pylist():
        groups[row["age"], row["area"]][row["debt"]] += 1
    return groups


def test_homogeneity_no_group_gives_its_value_away():
    table = town()
    careless = released(table, KAnonymity(3))

    careful = released(table, KAnonymity(3), DistinctDiversity("debt", 2))

    assert careless.report.gives_away["debt"].giving_away > 0  # and the report says so
    assert careful.report.gives_away["debt"].giving_away == 0
    assert all(len(values) >= 2 for values in debts(careful.table).values())


def rules_one_out(values):
    """How many values are left to somebody who knows one value that it is not, at worst."""
    return min(len(values - Counter({out: values[out]})) for out in values)


def test_background_knowledge_who_rules_one_value_out_is_still_in_doubt():
    careless = released(town(), KAnonymity(3), DistinctDiversity("debt", 2))
    assert min(map(rules_one_out, debts(careless.table).values())) == 1  # that one is the value

    careful = released(town(), KAnonymity(3), DistinctDiversity("debt", 3), suppression=0.3)

    assert min(map(rules_one_out, debts(careful.table).values())) >= 2


def test_the_most_frequent_value_stays_in_doubt():
    careful = released(town(), KAnonymity(3), RecursiveDiversity("debt", 12, 2), suppression=0.3)

    for values in debts(careful.table).values():
        assert max(values.values()) < 12 * (sum(values.values()) - max(values.values()))


def test_skewness_no_value_is_much_likelier_in_a_group_than_in_town():
    table = town()
    whole = Counter(table["debt"].to_pylist())

    def learned(made):
        """How much likelier a value becomes at most, for who finds the group of somebody."""
        return max(
            values[value] / sum(values.values()) - whole[value] / 300
            for values in debts(made.table).values()
            for value in whole
        )

    careless = released(table, KAnonymity(3), DistinctDiversity("debt", 2), suppression=0.3)
    careful = released(table, KAnonymity(3), TCloseness("debt", 0.2), suppression=0.3)

    assert learned(careless) > 0.4
    assert learned(careful) <= 0.2 + 1e-9


def test_minimality_the_choice_for_k_says_nothing_about_sensitive_values():
    table = town()
    shuffled = table.set_column(
        2, "debt", table["debt"].take(np.random.default_rng(3).permutation(300))
    )

    one, other = released(table, KAnonymity(4)), released(shuffled, KAnonymity(4))

    assert one.node == other.node
    assert one.table.select(QUASI).equals(other.table.select(QUASI))


def joint(table, *made):
    """The fewest people that two releases together still leave as one: each knows both groups."""
    columns = {}
    for at, (node, hierarchies) in enumerate(made):
        for h in hierarchies:
            level = node[h.column]
            codes = h.codes[level][h.encode(table[h.column])]
            columns[f"{h.column}{at}"] = pa.array(codes)
    return smallest_group(pa.table(columns), quasi=list(columns), person=None).smallest


def test_composition_two_releases_tell_no_more_than_the_finer_one():
    table = town(600)
    hierarchies = [intervals("age", pa.array(range(18, 90)), widths=[5, 10, 20, 40]),
                   areas("area", PLACES)]  # fmt: skip
    asked = {"hierarchies": hierarchies, "model": KAnonymity(5), "sensitive": ["debt"]}
    first = anonymise(table, **asked, weights={"age": 50})

    careless = anonymise(table, **asked, weights={"area": 50})
    careful = anonymise(table, **asked, weights={"area": 50}, earlier=[first.node])

    assert joint(table, (first.node, hierarchies), (careless.node, hierarchies)) < 5
    assert joint(table, (first.node, hierarchies), (careful.node, hierarchies)) >= 5


def test_the_suppressed_are_not_a_group_of_their_own():
    table = town()

    made = released(table, KAnonymity(5))

    sizes = Counter(tuple(row[name] for name in QUASI) for row in made.table.to_pylist())
    assert made.report.suppressed > 0
    assert min(sizes.values()) >= 5
    assert not any(value == "*" for key in sizes for value in key)


@pytest.mark.parametrize("local", [False, True])
def test_the_place_of_a_row_says_nothing(local):
    table = town()
    backwards = table.take(list(range(299, -1, -1)))

    one = released(table, KAnonymity(5), local=local)
    other = released(backwards, KAnonymity(5), local=local)

    assert one.table.to_pylist() == other.table.to_pylist()


def test_one_person_with_many_rows_hides_nobody():
    rows = [("A", "alone")] * 50 + [("B", f"p{at}") for at in range(10)]
    table = pa.table({"area": [area for area, _ in rows], "who": [who for _, who in rows]})

    careless = anonymise(
        table.select(["area"]), hierarchies=[areas("area", PLACES)], model=KAnonymity(5)
    )
    assert set(careless.table["area"].to_pylist()) == {"A", "B"}  # who lives in A has one row or 50

    made = anonymise(table, hierarchies=[areas("area", PLACES)], model=KAnonymity(5), person="who")

    assert set(made.table["area"].to_pylist()) == {"W"}  # not A: fifty rows are one person


def test_missing_somebody_without_an_age_is_seen_as_much_as_somebody_with_one():
    table = town()
    ages = [None, *table["age"].to_pylist()[1:]]
    table = table.set_column(0, "age", pa.array(ages, pa.int64()))
    sizes = Counter(tuple(row[name] for name in QUASI) for row in table.to_pylist())
    by_habit = {key: size for key, size in sizes.items() if None not in key}
    assert len(by_habit) < len(sizes)  # who counts as tables of statistics do, never sees this one

    made = released(table, KAnonymity(5))

    sizes = Counter(tuple(row[name] for name in QUASI) for row in made.table.to_pylist())
    assert min(sizes.values()) >= 5
    assert all(size >= 5 for key, size in sizes.items() if None in key)


def test_who_is_left_out_because_few_are_alike_is_not_told_apart_by_their_values():
    """The attacker knows who is in town, and tries every value for who must have been left out."""
    assert told_by_the_pattern(KAnonymity(3), DistinctDiversity("debt", 3)) > 0
    assert told_by_the_pattern(KAnonymity(3)) == 0


def told_by_the_pattern(*models):
    """In how many of ten ways to give those who were left out a value the release is another."""
    table, asked = town(), {"suppression": 0.7}
    made = released(table, *models, **asked)
    left_out = _left_out(table, made)
    assert left_out
    draw = np.random.default_rng(11)
    told = 0
    for _ in range(10):
        debt = table["debt"].to_pylist()
        for at in left_out:
            debt[at] = draw.choice(["none", "some", "much"])
        other = released(table.set_column(2, "debt", pa.array(debt)), *models, **asked)
        told += not other.table.equals(made.table)
    return told


def _left_out(table, made):
    """The places of the people whose group is not in the release."""
    hierarchies = {
        h.column: h
        for h in (
            intervals("age", pa.array(range(18, 90)), widths=[5, 10, 20, 40]),
            areas("area", PLACES),
        )
    }
    kept = {tuple(row[name] for name in QUASI) for row in made.table.to_pylist()}
    labels = []
    for name in QUASI:
        h, level = hierarchies[name], made.node[name]
        codes = h.codes[level][h.encode(table[name])]
        labels.append(h.labels[level].take(pa.array(codes)).to_pylist())
    return {at for at, key in enumerate(zip(*labels, strict=True)) if key not in kept}
