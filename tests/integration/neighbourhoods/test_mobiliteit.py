"""Far from a stop without a car: distance is found, and a new neighbourhood keeps years apart."""

from grondslag.analysis import AreaClass

MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)


def test_the_neighbourhood_without_a_stop_is_found(mobiliteit):
    assert mobiliteit.verdict("buurt-fair", mobiliteit.truth["worse"]) is AreaClass.ALMOST_CERTAIN


def test_the_neighbourhood_with_few_cars_is_not_called_worse(mobiliteit):
    seeming = mobiliteit.truth["seeming"]

    assert mobiliteit.verdict("buurt-plain", seeming) in MORE
    assert mobiliteit.verdict("buurt-fair", seeming) not in MORE


def test_years_before_the_new_neighbourhood_are_shown_apart(mobiliteit):
    assert mobiliteit.facts.period == ("2025-01-01", "2025-12-31")
    assert mobiliteit.facts.parts["fair"]["stretches"] == [[2023, 2024], [2025, 2025]]
    assert "Vanaf 2025 staan er andere gebieden in de gegevens" in mobiliteit.page


def test_households_of_one_year_are_not_added_to_those_of_another(mobiliteit):
    assert "Die jaren tellen we niet bij elkaar op" in mobiliteit.page
