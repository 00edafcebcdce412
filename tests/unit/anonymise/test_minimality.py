"""The minimality attack: who knows the method reads sensitive values from the choice of levels.

The attacker knows of everybody what an outsider may know, sees the release, and tries every way
to give the released values to the people of a group: what would the method have released then?
"""

from collections import Counter, defaultdict
from itertools import permutations, product

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import (
    DistinctDiversity,
    KAnonymity,
    TCloseness,
    anonymise,
    areas,
)
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.wording import explain

STEPS = [areas("area", [{"A": "W", "B": "W", "C": "V"}, dict.fromkeys("ABC", "G")])]
MODELS = [KAnonymity(2), DistinctDiversity("illness", 2)]

# Wong, Fu, Wang and Pei (2007), Minimality attack in privacy preserving data publishing: its
# example, with one patient less: the two in A are the two with HIV.
AREAS = ["A", "A", "B", "B", "B"]
ILLNESSES = ["hiv", "hiv", "flu", "cough", "fever"]


def released(areas_known, illnesses, **asked):
    table = pa.table({"area": areas_known, "illness": illnesses})
    return anonymise(table, hierarchies=STEPS, **({"model": MODELS} | asked))


def groups_of(areas_known, made):
    """Per released area the places of the people in it and the values; the rest is left out."""
    level = made.node["area"]
    labels = dict(zip(["A", "B", "C"], STEPS[0].labels[level].take(
        pa.array(STEPS[0].codes[level])).to_pylist(), strict=True))  # fmt: skip
    values = defaultdict(list)
    for row in made.table.to_pylist():
        values[row["area"]].append(row["illness"])
    people = defaultdict(list)
    for at, area in enumerate(areas_known):
        if labels[area] in values:
            people[labels[area]].append(at)
    return [(people[label], values[label]) for label in values]


def beliefs(areas_known, illnesses, **asked):
    """Per released person the likeliest value's share: as the group shows it, and after the attack.

    Those who are left out keep their values: the attacker may know even those.
    """
    made = released(areas_known, illnesses, **asked)
    groups = groups_of(areas_known, made)
    counted, total = defaultdict(Counter), 0
    ways = [sorted(set(permutations(values))) for _, values in groups]
    for way in product(*ways):
        guess = list(illnesses)
        for (people, _), values in zip(groups, way, strict=True):
            for at, value in zip(people, values, strict=True):
                guess[at] = value
        try:
            other = released(areas_known, guess, **asked)
        except DisclosureRefusedError:
            continue
        if other.table.equals(made.table):
            total += 1
            for people, _ in groups:
                for at in people:
                    counted[at][guess[at]] += 1
    shown = {at: max(Counter(values).values()) / len(values)
             for people, values in groups for at in people}  # fmt: skip
    learned = {at: max(counts.values()) / total for at, counts in counted.items()}
    return shown, learned


def test_the_attack_succeeds_on_the_plain_choice():
    shown, learned = beliefs(AREAS, ILLNESSES)

    assert shown[0] == shown[1] == 2 / 5  # two of five have HIV, says the release
    assert learned[0] == learned[1] == 1  # both in A do, says the choice of level


def test_a_blind_choice_tells_nothing_more_than_the_groups_themselves():
    shown, learned = beliefs(AREAS, ILLNESSES, blind=True, suppression=0.4)

    assert learned == pytest.approx(shown)
    assert sorted(shown) == [2, 3, 4]  # the two in A are left out


# Made-up hospitals of six in which the plain choice tells something: the seed, and the suppression.
HOSPITALS = [(4, 0.0), (5, 0.0), (5, 0.4), (10, 0.0), (15, 0.4), (26, 0.4)]


@pytest.mark.parametrize(("seed", "suppression"), HOSPITALS)
def test_made_up_hospitals_of_which_only_the_plain_choice_tells_more(seed, suppression):
    draw = np.random.default_rng(seed)
    areas_known = draw.choice(list("ABC"), 6, p=[0.4, 0.4, 0.2]).tolist()
    illnesses = draw.choice(["hiv", "hiv2", "flu", "cough"], 6).tolist()

    shown, learned = beliefs(areas_known, illnesses, suppression=suppression)
    blindly_shown, blindly_learned = beliefs(areas_known, illnesses, blind=True, suppression=0.7)

    assert max(learned[at] - shown[at] for at in shown) > 0.1
    assert blindly_learned == pytest.approx(blindly_shown)


def test_what_a_blind_choice_cannot_make_safe_is_not_released():
    with pytest.raises(DisclosureRefusedError) as refused:
        released(AREAS, ILLNESSES, blind=True)

    assert refused.value.code == "anonymise.blind-choice-fails"
    assert explain(refused.value)


def test_a_blind_choice_needs_something_to_follow():
    with pytest.raises(InputError) as refused:
        released(AREAS, ILLNESSES, blind=True, model=DistinctDiversity("illness", 2))

    assert refused.value.code == "anonymise.blind-without-model"
    assert explain(refused.value)


@pytest.mark.parametrize("local", [False, True])
def test_a_blind_choice_has_every_model_and_says_what_it_cost(local):
    draw = np.random.default_rng(4)
    areas_known = draw.choice(list("ABC"), 60).tolist()
    illnesses = draw.choice(["hiv", "flu", "cough"], 60, p=[0.1, 0.6, 0.3]).tolist()
    asked = {"model": [KAnonymity(3), TCloseness("illness", 0.03)], "suppression": 0.8}

    plain = released(areas_known, illnesses, **asked)
    blind = released(areas_known, illnesses, **asked, blind=True, local=local)

    assert blind.report.is_blind
    assert not plain.report.is_blind
    assert 0 < blind.report.suppressed <= blind.report.limit == 48
    lost = blind.report.local_loss if local else blind.report.value
    assert lost > plain.report.value > 0
    assert blind.report.is_optimal  # of what may be chosen without the values
