"""Living cramped: small dwellings are found, many families make no area worse, gaps are marked."""

from grondslag.analysis import AreaClass

MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)


def test_the_neighbourhood_with_small_dwellings_is_found(wonen):
    assert wonen.verdict("buurt-fair", wonen.truth["worse"]) is AreaClass.ALMOST_CERTAIN
    assert "In 1 van de" in wonen.page


def test_the_neighbourhood_with_many_families_is_not_called_worse(wonen):
    seeming = wonen.truth["seeming"]

    assert wonen.verdict("buurt-plain", seeming) in MORE
    assert wonen.verdict("buurt-fair", seeming) not in MORE


def test_an_estimated_number_of_households_is_marked(wonen):
    assert wonen.facts.parts["fair"]["imputed"] == [wonen.truth["uncounted"]]
    assert "Dotterveld *" in wonen.page
    assert "Dit is geschat" in wonen.page


def test_another_division_into_areas_was_tried(wonen):
    assert "We deden het ook met wijken" in wonen.page
