"""Amounts that are out, attacked by the contributors themselves: nobody is known within a tenth."""

import numpy as np
import pytest
from scipy.optimize import linprog

from figures import OPEN, figure, let_out
from grondslag.release import ALL, Cell, Profile

ROWS, COLUMNS = ("a", "b", "c", "d"), ("x", "y", "z")
INNER = [(row, column) for row in ROWS for column in COLUMNS]
EVERY = [(row, column) for row in (*ROWS, ALL) for column in (*COLUMNS, ALL)]
NEAR = 0.1
RULES = Profile("open", 5, OPEN.since, estimate=NEAR)


def people_of(seed):
    """Per cell its contributors: amount, and whether they agreed to be recognisable."""
    chance = np.random.default_rng(seed)
    found = {}
    for key in INNER:
        each = chance.uniform(5.0, 20.0, chance.integers(6, 12))
        if chance.random() < 0.4:
            each[0] = chance.uniform(200.0, 900.0)
        if chance.random() < 0.2:
            each[1] = chance.uniform(100.0, 400.0)
        found[key] = [(float(one), bool(chance.random() < 0.5)) for one in each]
    return found


def inside(key):
    return [
        one for one in INNER if all(k in (ALL, own) for k, own in zip(key, one, strict=True))
    ]  # fmt: skip


def table(people):
    cells = []
    for key in EVERY:
        everybody = [one for own in inside(key) for one in people[own]]
        each = sorted((amount for amount, _ in everybody), reverse=True)
        asking = max((amount for amount, agreed in everybody if not agreed), default=-1.0)
        cells.append(
            Cell(key, len(each), amount=sum(each), largest=tuple(each[:3]), smallest=each[-1],
                 asking=asking)
        )  # fmt: skip
    return figure(cells, dimensions=("row", "column"), measured="turnover")


def most_of(shown, keys, known):
    """The most that a cell can be, for who knows the own amount in another cell."""
    fits = [[float(one in inside(key)) for one in INNER] for key in shown]
    answer = linprog(
        [-float(one == keys) for one in INNER],
        A_eq=np.array(fits),
        b_eq=np.array(list(shown.values())),
        bounds=[(known.get(one, 0.0), None) for one in INNER],
    )
    assert answer.status in (0, 3)
    return np.inf if answer.status == 3 else -answer.fun


def uncovered(shown, people):
    """Whoever did not agree, and is known within a tenth by another contributor."""
    found = []
    for keys, own in people.items():
        for at, (amount, agreed) in enumerate(own):
            if agreed:
                continue
            rivals = [one for on, (one, _) in enumerate(own) if on != at]
            others = {other: max(one for one, _ in people[other]) for other in INNER}
            del others[keys]
            strongest = max(others, key=others.__getitem__)
            for known, mine in (({}, max(rivals)), ({strongest: others[strongest]}, 0.0)):
                most = most_of(shown, keys, known) - mine
                if most < (1 + NEAR) * amount - 1e-6:
                    found.append((keys, amount))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_nobody_who_did_not_agree_is_known_within_a_tenth(tmp_path, seed):
    people = people_of(seed)
    (out,) = let_out(tmp_path, table(people), profile=RULES)
    shown = {cell.keys: cell.amount for cell in out.cells if cell.amount is not None}

    assert uncovered(shown, people) == []
    assert len(shown) > 2


def test_the_attack_succeeds_where_only_the_unsafe_cell_is_withheld():
    people = {key: [(10.0, False)] * 8 for key in INNER}
    people["a", "x"] = [(900.0, False), (20.0, False), *[(1.0, True)] * 6]
    shown = {cell.keys: cell.amount for cell in table(people).cells if cell.keys != ("a", "x")}

    assert set(uncovered(shown, people)) == {(("a", "x"), 900.0)}
