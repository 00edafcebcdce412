"""What may be let out of a model: the table `models.yaml`, which an output checker can read."""

from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from grondslag.canonical import read_document
from grondslag.release import ModelData, judge_model_output, mark_of, model_output, profile_on

CASES = read_document(Path(__file__).with_name("models.yaml")).content["cases"]
OPEN = profile_on("open", date(2027, 3, 3))


def data_of(case):
    """Persons as the case describes them; nothing about them but what it says stands out."""
    persons = case["persons"]
    scatter = np.random.default_rng(20270303)
    number = scatter.permutation(np.linspace(-1, 1, persons))
    outcome = 10 + number + scatter.normal(size=persons)
    numbers, categories = {}, {}
    if case.get("numbers"):
        numbers["age"] = number
    if "category" in case:
        sizes = zip("abcdef", case["category"], strict=False)
        categories["place"] = list(chain.from_iterable([one] * size for one, size in sizes))
    if "other_than_zero" in case:
        away = case["other_than_zero"]
        numbers["dogs"] = [1.0 + at % 3 if at < away else 0.0 for at in range(persons)]
    if "far_away" in case:
        numbers["income"] = [float(case["far_away"]), *number[1:]]
    if case.get("odd"):
        numbers["hours"] = [3.0, *number[1:]]
        outcome[0] = 60.0
    if case.get("exact"):
        outcome = 3 + 2 * number
    if case.get("same"):
        outcome = np.full(persons, 4.0)
    return ModelData(outcome, numbers, categories)


def described(case):
    return model_output(
        data_of(case), kind="regression", outcome="care", per_person=case.get("per_person", ())
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_checker_would_say(case):
    earlier = []
    if "earlier" in case:
        earlier.append(mark_of(described(case | {"persons": case["earlier"]})))

    found = judge_model_output(described(case), profile=OPEN, earlier=earlier)

    assert [finding.code for finding in found] == case["findings"]


def test_every_finding_has_a_case_that_has_it():
    source = Path(judge_model_output.__code__.co_filename).read_text(encoding="utf-8")

    codes = {word.strip('"') for word in source.replace("(", " ").replace(",", " ").split()}
    made = {code for code in codes if code.startswith("release.model-")}

    assert made == {code for case in CASES for code in case["findings"]}
